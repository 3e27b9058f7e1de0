"""Hand-over outside the hours: what is urgent and waits goes to who is on call, and comes back in the morning."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from grapevine.converse import clocks
from grapevine.converse.actions import messages
from grapevine.converse.models import HandOver, Priority, Shift, Status, Thread
from grapevine.converse.selectors import desks
from grapevine.core import access, audit

AT_ONCE = 200  # threads of a team in one go; the next go takes the rest


def hand_over(*, at: datetime) -> int:
    """Bring what is urgent to who is on call, where a team is not there; and back where it is. Returns how many threads moved."""
    hours = desks.book(at).hours
    on_call = {shift.team_id: shift for shift in desks.shifts_at(at)}
    moved = 0
    for team_id, ours in hours.items():
        if clocks.is_open(ours, at):
            moved += _bring_back(team_id, at=at)
        elif team_id in on_call:
            moved += _bring(on_call[team_id], at=at)
    return moved


@transaction.atomic
def _bring(shift: Shift, *, at: datetime) -> int:
    """To who is on call. What was handed over once tonight is left where somebody put it since."""
    known = HandOver.objects.filter(team_id=shift.team_id, ended_at=None).values("thread_id")
    rows = Thread.objects.filter(
        team_id=shift.team_id, status=Status.OPEN, merged_into=None, priority=Priority.URGENT
    ).exclude(assignee_id=shift.user_id)
    threads = list(
        rows.exclude(waiting_since=None)
        .exclude(pk__in=known)
        .order_by("due_at", "pk")
        .select_for_update(of=("self",))[:AT_ONCE]
    )
    HandOver.objects.bulk_create(
        HandOver(
            thread=one, team_id=shift.team_id, user_id=shift.user_id, from_user_id=one.assignee_id, at=at
        )
        for one in threads
    )
    for thread in threads:
        _give(thread, shift.user_id, "hours_over", at=at)
    return len(threads)


@transaction.atomic
def _bring_back(team_id: int, *, at: datetime) -> int:
    """In the morning: what still waits with who was on call goes back to whom it was with, or to the team."""
    rows = HandOver.objects.filter(team_id=team_id, ended_at=None).select_related("thread")
    ended = list(rows.order_by("pk").select_for_update(of=("self",))[:AT_ONCE])
    moved = 0
    for one in ended:
        thread = one.thread
        if thread.status == Status.OPEN and thread.assignee_id == one.user_id and thread.team_id == team_id:
            _give(thread, one.from_user_id, "hours_begin", at=at)
            moved += 1
    HandOver.objects.filter(pk__in=[one.pk for one in ended]).update(ended_at=at)
    return moved


def _give(thread: Thread, user_id: int | None, code: str, *, at: datetime) -> None:
    before, thread.assignee_id = thread.assignee_id, user_id
    thread.save(update_fields=["assignee"])
    messages.event(
        thread, "routed", by=access.SYSTEM, at=at, team=thread.team_id, user=user_id, reasons=[{"code": code}]
    )
    audit.record(
        "converse.thread.handed_over", subject=thread, by=access.SYSTEM, at=at, user_id=user_id, code=code
    )
    messages.tell(thread, before=before)
