"""Answers that go out later, as their page lists them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from grapevine.converse.models import Message, MessageState

SHOWN = 200


@dataclass(frozen=True)
class ScheduledRow:
    """An answer that waits for its moment. `late` says that the moment has passed."""

    id: int
    thread_id: int
    subject: str
    text: str
    by: str
    by_id: int | None
    send_at: datetime | None
    late: bool

    @property
    def href(self) -> str:
        """The thread's page."""
        return reverse("converse:thread", args=[self.thread_id])


def coming(*, at: datetime) -> list[ScheduledRow]:
    """What goes out later, the next first. One question, of as many rows as are scheduled."""
    rows = Message.objects.pending(MessageState.SCHEDULED).select_related("thread", "user")
    return [
        ScheduledRow(
            id=row.pk,
            thread_id=row.thread_id,
            subject=row.thread.subject,
            text=row.text[:300],
            by=row.user.name if row.user else "",
            by_id=row.user_id,
            send_at=row.send_at,
            late=row.send_at is not None and row.send_at < at,
        )
        for row in rows.order_by("send_at", "pk")[:SHOWN]
    ]
