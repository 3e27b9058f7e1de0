"""Reminders to ask, some days after a thread was resolved, whether it worked."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from grapevine.converse.models import Colleague, FollowUp, Thread
from grapevine.core import access, audit

WORK = "converse.thread.work"
USUAL_DAYS = 7
LONGEST = 365


def remind(threads: Collection[Thread], *, by: Any, at: datetime, days: int | None = None) -> int:
    """Remind of threads that were just resolved: whoever has each, or else who resolved it. Returns how many reminders there are.

    Without `days` it is after as many as that person wishes; 0 is no reminder. Called in the transaction of the resolution.
    """
    owners = {one.pk: one.assignee_id or by.pk for one in threads}
    wished = dict(
        Colleague.objects.filter(user_id__in=set(owners.values()) - {None}).values_list(
            "user_id", "follow_up_days"
        )
    )
    rows = []
    for thread in threads:
        owner = owners[thread.pk]
        after = days if days is not None else wished.get(owner, USUAL_DAYS)
        if owner is not None and after > 0:
            rows.append(
                FollowUp(thread=thread, user_id=owner, due_at=at + timedelta(days=after), created_at=at)
            )
    FollowUp.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def drop(threads: Collection[Thread], *, at: datetime) -> None:
    """They wrote again, or the resolution was undone: there is nothing to remind of any longer."""
    FollowUp.objects.filter(thread_id__in=[one.pk for one in threads], done_at=None).update(done_at=at)


@transaction.atomic
def done(*, follow_up: FollowUp, by: Any, at: datetime) -> None:
    """It was asked, or need not be."""
    access.require(by, WORK)
    follow_up.done_at = at
    follow_up.save(update_fields=["done_at"])
    audit.record("converse.follow_up.done", subject=follow_up.thread, by=by, at=at)


@transaction.atomic
def undo(*, follow_up: FollowUp, by: Any, at: datetime) -> bool:
    """It was not done after all. False when the thread has another reminder by now."""
    access.require(by, WORK)
    if FollowUp.objects.filter(thread_id=follow_up.thread_id, done_at=None).exists():
        return False
    follow_up.done_at = None
    follow_up.save(update_fields=["done_at"])
    audit.record("converse.follow_up.undone", subject=follow_up.thread, by=by, at=at)
    return True


@transaction.atomic
def postpone(*, follow_up: FollowUp, days: int, by: Any, at: datetime) -> datetime:
    """Ask later: so many days from now. Returns when it was due before."""
    access.require(by, WORK)
    before = follow_up.due_at
    follow_up.due_at = at + timedelta(days=min(max(days, 1), LONGEST))
    follow_up.save(update_fields=["due_at"])
    audit.record("converse.follow_up.postponed", subject=follow_up.thread, by=by, at=at, days=days)
    return before


@transaction.atomic
def put_back(*, follow_up: FollowUp, due_at: datetime, by: Any, at: datetime) -> None:
    """Undo `postpone`."""
    access.require(by, WORK)
    follow_up.due_at = due_at
    follow_up.save(update_fields=["due_at"])
    audit.record("converse.follow_up.undone", subject=follow_up.thread, by=by, at=at)
