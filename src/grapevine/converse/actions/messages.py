"""Messages: the only place that writes them, with what is kept along in the thread and in the index. No permission is asked here: the
actions that call these functions have."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import F

from grapevine.converse import channels
from grapevine.converse.actions import index, turns
from grapevine.converse.models import Direction, Message, MessageState, Thread
from grapevine.core import live

SIDES = (Direction.THEIRS, Direction.OURS)
_WORDS = ("text", "url", "media", "has_html", "copies", "reply_to")


def add(thread: Thread, *, direction: str, at: datetime, text: str = "", **values: Any) -> Message:
    """Write a message, note or event into a thread. The thread in memory is brought up to date; `keep` saves it."""
    message = Message.objects.create(thread=thread, direction=direction, at=at, text=text, **values)
    index.add([(message.pk, text)])
    if direction in SIDES:
        thread.messages += 1
        if thread.latest_id is None or at >= thread.last_at:
            thread.last_at, thread.latest_id = at, message.pk
    return message


def event(thread: Thread, what: str, *, by: Any, at: datetime, **facts: Any) -> Message:
    """Tell in the conversation's order what was done: a word for it, with ids and facts."""
    user = by if getattr(by, "pk", None) else None
    return add(thread, direction=Direction.EVENT, at=at, user=user, event={"what": what, **facts})


def keep(thread: Thread, *extra: str) -> None:
    """Save what `add` and `turns` changed of a thread, and other fields by name."""
    fields = {"messages", "latest_id", "last_at", *turns.FIELDS, *extra}
    thread.save(update_fields=sorted(fields))


def blank(messages: Iterable[Message], *, at: datetime) -> int:
    """Take the words of messages and keep the rows: the platform has deleted them, or somebody is forgotten."""
    rows = list(messages)
    index.remove([(one.pk, one.text) for one in rows])
    for one in rows:
        one.text, one.url, one.media, one.has_html = "", "", [], False
        one.copies, one.reply_to = [], ""
        one.deleted_at = one.deleted_at or at
    Message.objects.bulk_update(rows, [*_WORDS, "deleted_at"], batch_size=500)
    return len(rows)


def reword(message: Message, text: str, **values: Any) -> None:
    """Give a message another text: its author changed it there, or a colleague before it went out."""
    index.remove([(message.pk, message.text)])
    message.text = text
    for name, value in values.items():
        setattr(message, name, value)
    message.save(update_fields=["text", *values])
    index.add([(message.pk, text)])


def move(message_ids: Iterable[int], *, to: Thread) -> None:
    """Put messages into another thread. `recount` brings both threads up to date."""
    Message.objects.filter(pk__in=list(message_ids)).update(thread=to)


def recount(thread: Thread) -> None:
    """Count anew what is kept along, after messages moved."""
    said = Message.objects.filter(thread=thread, direction__in=SIDES)
    thread.messages = said.count()
    latest = said.order_by("-at", "-pk").values("pk", "at").first()
    thread.latest_id = latest["pk"] if latest else None
    if latest:
        thread.last_at = latest["at"]
    thread.last_from_them_at = _latest_of(thread, Direction.THEIRS)
    thread.last_from_us_at = _latest_of(
        thread, Direction.OURS, state__in=[MessageState.SENT, MessageState.MODERATED]
    )
    keep(thread, "last_from_them_at", "last_from_us_at")


def _latest_of(thread: Thread, direction: str, **only: Any) -> datetime | None:
    rows = Message.objects.filter(thread=thread, direction=direction, **only).order_by(F("at").desc())
    return rows.values_list("at", flat=True).first()


def tell(*threads: Thread, had: int | None = None, **facts: Any) -> None:
    """Let open pages know that something of these threads is other than it was. `had` is who had it before."""
    for thread in threads:
        people = sorted({one for one in (thread.assignee_id, had) if one is not None})
        live.publish(
            channels.INBOX, thread=thread.pk, users=people, team=thread.team_id, status=thread.status, **facts
        )
