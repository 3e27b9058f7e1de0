"""Filters that somebody keeps under a name. They are their own: nobody else sees or changes them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from grapevine.core import access, audit
from grapevine.listen.contracts.filters import Wish
from grapevine.listen.models import SavedFilter

LIMIT = 100


class NameTaken(ValueError):
    """This person has a filter of that name already."""


class TooMany(ValueError):
    """This person has as many filters as we keep for one."""


def save(*, wish: Wish, name: str, by: Any, at: datetime) -> SavedFilter:
    """Keep a filter under a name. Raises NameTaken and TooMany."""
    access.require(by, "listen.filter.save")
    if SavedFilter.objects.filter(user_id=by.pk).count() >= LIMIT:
        raise TooMany(str(LIMIT))
    try:
        with transaction.atomic():
            kept = SavedFilter.objects.create(user_id=by.pk, name=name, params=wish.params(), created_at=at)
            audit.record("listen.filter.saved", by=by, at=at, subject=kept)
    except IntegrityError as error:
        raise NameTaken(name) from error
    return kept


def rename(*, kept: SavedFilter, name: str, by: Any, at: datetime) -> SavedFilter:
    """Give a filter another name. Raises NameTaken."""
    _own(kept, by)
    before, kept.name = kept.name, name
    try:
        with transaction.atomic():
            kept.save(update_fields=["name"])
            audit.record("listen.filter.renamed", by=by, at=at, subject=kept, before=before)
    except IntegrityError as error:
        kept.name = before
        raise NameTaken(name) from error
    return kept


def change(*, kept: SavedFilter, wish: Wish, by: Any, at: datetime) -> SavedFilter:
    """Let a name stand for other filters."""
    _own(kept, by)
    kept.params = wish.params()
    with transaction.atomic():
        kept.save(update_fields=["params"])
        audit.record("listen.filter.changed", by=by, at=at, subject=kept)
    return kept


def remove(*, kept: SavedFilter, by: Any, at: datetime) -> None:
    """Forget a filter. What is needed to bring it back is known by the one who asked."""
    _own(kept, by)
    with transaction.atomic():
        audit.record("listen.filter.removed", by=by, at=at, subject=kept)
        kept.delete()


def _own(kept: SavedFilter, by: Any) -> None:
    access.require(by, "listen.filter.save")
    if kept.user_id != by.pk:
        raise access.AccessDenied("listen.filter.save")
