"""Reminders as their list shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404
from django.urls import reverse

from grapevine.converse.models import FollowUp
from grapevine.core import access

WORK = "converse.thread.work"
SHOWN = 100


@dataclass(frozen=True)
class FollowUpRow:
    """A reminder: of which thread, with whom, and since when it is due."""

    id: int
    thread_id: int
    subject: str
    name: str
    due_at: datetime
    resolved_at: datetime | None
    is_due: bool

    @property
    def href(self) -> str:
        """The thread's page."""
        return reverse("converse:thread", args=[self.thread_id])


def of_user(user_id: int, *, at: datetime, only_due: bool = False, limit: int = SHOWN) -> list[FollowUpRow]:
    """Somebody's reminders, the longest due first. One question, along an index."""
    rows = FollowUp.objects.filter(user_id=user_id, done_at=None)
    if only_due:
        rows = rows.filter(due_at__lte=at)
    rows = rows.select_related("thread", "thread__identity").order_by("due_at", "pk")
    return [
        FollowUpRow(
            id=row.pk,
            thread_id=row.thread_id,
            subject=row.thread.subject,
            name=str(row.thread.identity) if row.thread.identity else "",
            due_at=row.due_at,
            resolved_at=row.thread.resolved_at,
            is_due=row.due_at <= at,
        )
        for row in rows[:limit]
    ]


def reachable_by(user: Any, follow_up_id: int) -> FollowUp:
    """One of one's own reminders. Raises AccessDenied, Http404."""
    access.require(user, WORK)
    found = FollowUp.objects.filter(pk=follow_up_id, user_id=user.pk).select_related("thread").first()
    if found is None:
        raise Http404("no such reminder")
    return found
