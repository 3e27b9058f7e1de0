"""Saved ways of looking at the inbox, and the words to find threads by."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from grapevine.converse.actions.threads import WORK
from grapevine.converse.models import Label, SavedView
from grapevine.core import access, audit

LIMIT = 50
COLOURS = 8
SHARE = "converse.view.share"


class NameTaken(ValueError):
    """There is one of that name already."""


class TooMany(ValueError):
    """There are more than anybody looks through."""


@transaction.atomic
def save(*, name: str, params: Mapping[str, str], shared: bool, by: Any, at: datetime) -> SavedView:
    """Keep a way of looking at the inbox, for oneself or (for leads) for everybody. Raises NameTaken, TooMany."""
    access.require(by, SHARE if shared else WORK)
    owner = None if shared else by
    there = SavedView.objects.filter(user=owner)
    if there.filter(name=name).exists():
        raise NameTaken(name)
    if there.count() >= LIMIT:
        raise TooMany
    kept = SavedView.objects.create(
        name=name, user=owner, params=dict(params), position=there.count(), created_at=at
    )
    audit.record("converse.view.saved", subject=kept, by=by, at=at, shared=shared)
    return kept


@transaction.atomic
def remove(*, kept: SavedView, by: Any, at: datetime) -> None:
    """Delete a saved view: one's own, or (for leads) one of everybody's."""
    access.require(by, SHARE if kept.user_id is None else WORK)
    if kept.user_id not in (None, by.pk):
        raise access.AccessDenied(SHARE)
    audit.record("converse.view.removed", subject=kept, by=by, at=at)
    kept.delete()


@transaction.atomic
def add_label(*, name: str, by: Any, at: datetime) -> Label:
    """A new word; the one that is there when it is the same. Raises TooMany."""
    access.require(by, WORK)
    name = " ".join(name.split())[:60]
    known = Label.objects.filter(name__iexact=name).first()
    if known is not None:
        return known
    count = Label.objects.count()
    if count >= 500:
        raise TooMany
    word, is_new = Label.objects.get_or_create(
        name=name, defaults={"colour": count % COLOURS, "created_at": at}
    )
    if not is_new:  # somebody else had the same word in the same moment
        return word
    audit.record("converse.label.added", subject=word, by=by, at=at)
    return word
