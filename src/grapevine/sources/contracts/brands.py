"""Which brands a mailbox or a form may be given. The room that knows brands offers them when Django starts."""

from __future__ import annotations

from collections.abc import Callable, Sequence

Offer = Callable[[], Sequence[tuple[int, str]]]
_offers: list[Offer] = []


def offer(brands: Offer) -> None:
    """Let sources choose among these, by their ids and names."""
    _offers.append(brands)


def offered() -> list[tuple[str, str]]:
    """Values and names to choose from."""
    return [(str(pk), name) for each in _offers for pk, name in each()]
