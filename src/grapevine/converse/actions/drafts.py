"""What is one's own in a thread: a draft, being there, having seen it. No audit: nothing of it changes what others see for good."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from grapevine.converse import channels
from grapevine.converse.actions import files
from grapevine.converse.actions.threads import WORK
from grapevine.converse.models import Draft, Naming, Presence, Seen, Thread
from grapevine.core import access, live

LONGEST = 100_000
STAYS = timedelta(seconds=45)
"""So long somebody counts as there after the last sign of them; a page that is open gives one every twenty seconds."""
TYPES = timedelta(seconds=8)


@transaction.atomic
def save(*, thread: Thread, text: str, is_note: bool, by: Any, at: datetime) -> None:
    """Keep what somebody has begun to write; an empty text lets it go."""
    access.require(by, WORK)
    if not text.strip():
        drop(thread=thread, user=by, is_note=is_note)
        return
    _draft, is_new = Draft.objects.update_or_create(
        thread=thread, user=by, is_note=is_note, defaults={"text": text[:LONGEST], "saved_at": at}
    )
    if is_new and not is_note:
        live.publish(channels.PRESENCE, thread=thread.pk, user=by.pk)


def drop(*, thread: Thread, user: Any, is_note: bool) -> None:
    """Let a draft go: it was sent, or emptied."""
    Draft.objects.filter(thread=thread, user=user, is_note=is_note).delete()


@transaction.atomic
def throw_away(*, thread: Thread, by: Any) -> None:
    """Let go what somebody had begun to answer, with its files: it was sent, or need not be."""
    access.require(by, WORK)
    drop(thread=thread, user=by, is_note=False)
    files.drop_draft(thread, by=by)


def give_back(*, thread: Thread, text: str, by: Any, at: datetime, is_note: bool = False) -> None:
    """The words of an answer that went nowhere, or of a note, before what its writer has begun since."""
    mine = Draft.objects.filter(thread=thread, user=by, is_note=is_note)
    begun = mine.values_list("text", flat=True).first()
    save(
        thread=thread,
        text=f"{text}\n\n{begun}" if begun and begun != text else text,
        is_note=is_note,
        by=by,
        at=at,
    )


def drop_as(*, thread: Thread, text: str, user: Any) -> None:
    """Let the draft of an answer go whose words were left as a note."""
    begun = Draft.objects.filter(thread=thread, user=user, is_note=False).first()
    if begun is not None and begun.text.strip() and text.startswith(begun.text.strip()):
        begun.delete()


@transaction.atomic
def look(*, thread: Thread, by: Any, typing: bool, at: datetime) -> None:
    """A sign that somebody has the thread open, and whether they type. They have seen what is in it, and where they are named."""
    access.require(by, WORK)
    known = Presence.objects.filter(thread=thread, user=by).first()
    was = (known is not None and known.until > at, _types(known, at))
    until = at + TYPES if typing else None
    Presence.objects.update_or_create(
        thread=thread, user=by, defaults={"until": at + STAYS, "typing_until": until}
    )
    if was != (True, typing):
        live.publish(channels.PRESENCE, thread=thread.pk, user=by.pk)
    Seen.objects.update_or_create(thread=thread, user=by, defaults={"at": at})
    Naming.objects.filter(user=by, seen_at=None, message__thread=thread).update(seen_at=at)


def _types(known: Presence | None, at: datetime) -> bool:
    return known is not None and known.typing_until is not None and known.typing_until > at


@transaction.atomic
def leave(*, thread: Thread, by: Any) -> None:
    """Somebody has closed the page."""
    access.require(by, WORK)
    if Presence.objects.filter(thread=thread, user=by).delete()[0]:
        live.publish(channels.PRESENCE, thread=thread.pk, user=by.pk)


def forget_presence(*, at: datetime) -> int:
    """Remove those who are there no longer. For the job."""
    return Presence.objects.filter(until__lt=at).delete()[0]
