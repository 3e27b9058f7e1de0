"""The filters somebody keeps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from grapevine.listen.contracts.filters import Wish
from grapevine.listen.models import SavedFilter


@dataclass(frozen=True)
class Kept:
    """A saved filter and whether it is the one now looked through."""

    id: int
    name: str
    wish: Wish
    current: bool


def of(user: Any, wish: Wish) -> tuple[Kept, ...]:
    """This person's saved filters by name."""
    if not user.pk:
        return ()
    rows = SavedFilter.objects.filter(user_id=user.pk)
    return tuple(
        Kept(one.pk, one.name, its, bool(wish) and its == wish)
        for one in rows
        for its in (Wish.read(one.params),)
    )


def reachable_by(user: Any, filter_id: int) -> SavedFilter | None:
    """One of this person's own filters."""
    return SavedFilter.objects.filter(user_id=user.pk, pk=filter_id).first()
