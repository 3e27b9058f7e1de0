"""What a mandate says: where, about what, up to what promise, and as whom. Plain values; they are stored as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

CURRENCIES = ("SEK", "DKK", "EUR", "GBP", "NOK", "USD")
CROWNS = frozenset({"SEK", "DKK", "NOK"})


@dataclass(frozen=True)
class Terms:
    """The terms of one version. Where a list is empty, nothing is left out: all brands, all channels, every topic, any language.

    `brand_ids` and `source_ids` may name what is gone meanwhile: that widens nothing. `except_label_ids` are labels whose threads are left to
    others whatever else is said. `amount` is the largest sum that may be promised, `percent` the largest share off a price.
    """

    speaks_as: str = "service"
    relation: str = ""
    brand_ids: tuple[int, ...] = ()
    source_ids: tuple[int, ...] = ()
    langs: tuple[str, ...] = ()
    wants: tuple[str, ...] = ()
    label_ids: tuple[int, ...] = ()
    except_label_ids: tuple[int, ...] = ()
    amount: Decimal = Decimal(0)
    currency: str = "EUR"
    percent: int = 0

    def as_json(self) -> dict[str, Any]:
        """For the database: the amount as text, since a float would change it."""
        return {**asdict(self), "amount": str(self.amount)}

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> Terms:
        """From what `as_json` made; what a later release no longer knows is let be."""
        known = {name: value for name, value in stored.items() if name in cls.__dataclass_fields__}
        lists = {name: tuple(value) for name, value in known.items() if isinstance(value, list | tuple)}
        return cls(**{**known, **lists, "amount": Decimal(str(known.get("amount") or 0))})
