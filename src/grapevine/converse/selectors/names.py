"""What ids in mandates and reasons are called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from grapevine.converse.models import Label
from grapevine.listen.selectors import brands
from grapevine.sources.selectors import shown


@dataclass(frozen=True)
class Names:
    """Brands, channels and labels by their ids."""

    brands: Mapping[int, str]
    sources: Mapping[int, str]
    labels: Mapping[int, str]


def known() -> Names:
    """All of them; three questions."""
    return Names(
        {brand.pk: brand.name for brand in brands.choices()},
        {pk: one.name for pk, one in shown.source_names().items()},
        dict(Label.objects.values_list("pk", "name")),
    )


def named(ids: Iterable[int], names: Mapping[int, str]) -> list[str]:
    """Their names; what is gone has none left, only its number."""
    return [names.get(one) or f"#{one}" for one in ids]
