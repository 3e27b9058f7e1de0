"""Notes among colleagues: never sent, with those they name."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from grapevine.converse import events, rules
from grapevine.converse.actions import drafts, messages
from grapevine.converse.actions.threads import WORK
from grapevine.converse.models import Direction, Message, Naming, Thread
from grapevine.core import access, audit, news
from grapevine.core.models import User

LONGEST = 20_000


class Empty(ValueError):
    """There is nothing in it, or more than fits."""


@transaction.atomic
def write(*, thread: Thread, text: str, by: Any, at: datetime) -> Message:
    """Leave a note; who is named with @ finds it on their list. Tells NoteWritten. Raises Empty."""
    access.require(by, WORK)
    text = text.strip()
    if not text or len(text) > LONGEST:
        raise Empty
    held = Thread.objects.select_for_update(of=("self",)).get(pk=thread.pk)
    note = messages.add(held, direction=Direction.NOTE, at=at, text=text, user=by if by.pk else None)
    named = rules.named(text, dict(User.objects.active().values_list("pk", "name")))
    named = [user for user in named if user != by.pk]
    Naming.objects.bulk_create(Naming(message=note, user_id=user) for user in named)
    if by.pk:
        drafts.drop(thread=held, user=by, is_note=True)
    audit.record("converse.note.written", subject=held, by=by, at=at, message=note.pk, named=named)
    messages.tell(held, named=named)
    news.tell(events.NoteWritten(held.pk, note.pk, tuple(named), at))
    return note


@transaction.atomic
def remove(*, note: Message, by: Any, at: datetime) -> bool:
    """Take one's own note back; a lead may take back any. Raises AccessDenied.

    As with an answer that is taken back, its words go into its writer's own box: True when they did.
    """
    access.require(by, WORK)
    if note.direction != Direction.NOTE:
        raise ValueError("only notes are taken back")
    if note.user_id != by.pk:
        access.require(by, "converse.view.share")
    own = bool(by.pk) and note.user_id == by.pk
    if own and note.text:
        drafts.give_back(thread=note.thread, text=note.text, is_note=True, by=by, at=at)
    Naming.objects.filter(message=note).delete()
    messages.blank([note], at=at)
    audit.record("converse.note.removed", subject=note.thread, by=by, at=at, message=note.pk)
    messages.tell(note.thread)
    return own
