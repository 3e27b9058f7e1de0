"""What was taken away, by whom and why: leads read it here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from grapevine.converse.models import Direction, Message, Removal
from grapevine.core import access
from grapevine.sources.selectors import outbox, shown

SHOWN = 50


@dataclass(frozen=True)
class Taken:
    """A removal with what was known when it was decided."""

    id: int
    message_id: int
    thread_id: int
    how: str
    how_name: str
    reason: str
    state: str
    state_name: str
    why: str
    measured: dict[str, Any]
    text: str
    source: str
    removed_by: str
    at: datetime
    settled_at: datetime | None


def latest(*, before: int = 0) -> list[Taken]:
    """The latest removals, fifty at a time: `before` is the id of the last one seen."""
    rows = Removal.objects.filter(pk__lt=before) if before else Removal.objects.all()
    return _told(rows.order_by("-pk")[:SHOWN])


def of_messages(message_ids: Iterable[int]) -> dict[int, Taken]:
    """The latest removal of each of these messages, for the page of their thread."""
    rows = Removal.objects.filter(message_id__in=list(message_ids)).order_by("pk")
    return {one.message_id: one for one in _told(rows)}


def message_for(user: Any, message_id: int) -> Message:
    """A message of theirs that one may have taken away. Raises AccessDenied, Http404."""
    access.require(user, "converse.message.remove")
    rows = Message.objects.select_related("thread", "identity")
    found = rows.filter(pk=message_id, direction=Direction.THEIRS).first()
    if found is None:
        raise Http404("no such message of theirs")
    return found


def ways(message: Message) -> tuple[str, ...]:
    """How the platform lets us take it away: hide, delete, both or nothing."""
    way = outbox.way(message.source_id) if message.source_id else None
    return tuple(way.removes) if way and message.external_id else ()


def _told(rows: QuerySet[Removal]) -> list[Taken]:
    found = list(rows.select_related("message", "removed_by"))
    sendings = outbox.of("converse.removal", [row.pk for row in found])
    names = shown.source_names()
    return [_taken(row, sendings.get(row.pk), names) for row in found]


def _taken(row: Removal, sending: Any, names: dict[int, Any]) -> Taken:
    source = names.get(row.message.source_id or 0)
    return Taken(
        row.pk,
        row.message_id,
        row.message.thread_id,
        row.how,
        row.get_how_display(),
        row.reason,
        row.state,
        row.get_state_display(),
        sending.words if sending else "",
        row.measured,
        row.message.text,
        source.name if source else "",
        row.removed_by.name if row.removed_by else "",
        row.at,
        row.settled_at,
    )
