"""Files of answers: kept while an answer waits for a lead or for its writer, handed to the outbox with it. No permission is asked here."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from grapevine.connectors.base import Attachment
from grapevine.converse.models import AnswerFile, Message, Thread

MOST = 10
ROOM = 30_000_000
"""Bytes that lie with one draft at most."""


def add(
    thread: Thread,
    attachments: Sequence[Attachment],
    *,
    by: Any,
    at: datetime,
    message: Message | None = None,
) -> None:
    """Keep files with an answer, or (without one) with what somebody has begun to write."""
    AnswerFile.objects.bulk_create(
        AnswerFile(
            thread=thread,
            user=by,
            message=message,
            name=one.name[:255],
            media_type=one.media_type[:120],
            content=one.content,
            size=len(one.content),
            added_at=at,
        )
        for one in attachments
    )


def add_that_fit(thread: Thread, attachments: Sequence[Attachment], *, by: Any, at: datetime) -> int:
    """Keep files with a draft as long as there is room; returns how many."""
    kept = AnswerFile.objects.filter(thread=thread, user=by, message=None).values_list("size", flat=True)
    number, room = len(kept), ROOM - sum(kept)
    fitting: list[Attachment] = []
    for one in attachments:
        if number + len(fitting) >= MOST or len(one.content) > room:
            break
        fitting.append(one)
        room -= len(one.content)
    add(thread, fitting, by=by, at=at)
    return len(fitting)


def of_draft(thread: Thread, *, by: Any, only: Collection[int] | None = None) -> list[Attachment]:
    """What lies with somebody's draft; `only` those that are still wanted."""
    rows = AnswerFile.objects.filter(thread=thread, user_id=by.pk or 0, message=None)
    return _attachments(rows if only is None else rows.filter(pk__in=only))


def drop_draft(thread: Thread, *, by: Any, but: Collection[int] = ()) -> None:
    """What lay with a draft has been sent, or is not wanted any longer."""
    AnswerFile.objects.filter(thread=thread, user_id=by.pk or 0, message=None).exclude(pk__in=but).delete()


def take_from(message: Message) -> list[Attachment]:
    """What was kept with an answer, for the outbox, which keeps it from now on."""
    rows = AnswerFile.objects.filter(message=message)
    found = _attachments(rows)
    rows.delete()
    return found


def to_draft(message: Message) -> None:
    """The answer goes nowhere, and its writer may send them with another."""
    AnswerFile.objects.filter(message=message).update(message=None, thread=message.thread_id)


def move(thread: Thread, *, to: Thread, only: Collection[int] | None = None) -> list[int]:
    """Files of drafts and of answers that wait go along into another conversation; returns which."""
    rows = AnswerFile.objects.filter(thread=thread)
    moved = list((rows if only is None else rows.filter(pk__in=only)).values_list("pk", flat=True))
    AnswerFile.objects.filter(pk__in=moved).update(thread=to)
    return moved


def _attachments(rows: Any) -> list[Attachment]:
    return [
        Attachment(name=one.name, media_type=one.media_type, content=bytes(one.content))
        for one in rows.order_by("pk")
    ]
