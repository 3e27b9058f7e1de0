"""What is done to threads: who answers, where they stand, how much they matter. One, or many at once; each can be undone exactly."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from grapevine.converse import events
from grapevine.converse.actions import follow_ups, messages, standing, turns, waits
from grapevine.converse.models import Deed, Label, Message, Priority, Status, Team, Thread
from grapevine.core import access, audit, news
from grapevine.core.models import User

WORK = "converse.thread.work"
AT_ONCE = 200
UNDO_WITHIN = timedelta(days=1)
_KEPT = (
    "status", "snoozed_until", "resolved_at", "wakes_on_answer", "assignee_id", "team_id", "priority",
)  # fmt: skip


class MayNotAnswer(ValueError):
    """This user can't be given threads: a reader, or somebody who has left."""


class NotInFuture(ValueError):
    """A moment to snooze until has passed."""


Alter = Callable[[Thread], dict[str, Any] | None]
"""Changes a thread in memory; returns the facts to tell, or None when there was nothing to change."""


@transaction.atomic
def _change(kind: str, thread_ids: Sequence[int], alter: Alter, *, by: Any, at: datetime) -> Deed | None:
    """Do one thing to threads. None when it changed nothing. Tells ThreadChanged of each."""
    access.require(by, WORK)
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    told: list[int] = []
    for thread in _held(thread_ids):
        was = _facts(thread)
        facts = alter(thread)
        if facts is None:
            continue
        messages.keep(thread, "assignee", "team", "priority")
        told.append(messages.event(thread, kind, by=by, at=at, **facts).pk)
        before[str(thread.pk)], after[str(thread.pk)] = was, _facts(thread)
        _tell(thread, kind, was["assignee_id"], by=by, at=at, **facts)
    if not before:
        return None
    user = by if by.pk else None
    return Deed.objects.create(kind=kind, before=before, after=after, events=told, by=user, at=at)


def _held(thread_ids: Sequence[int]) -> list[Thread]:
    rows = Thread.objects.select_for_update(of=("self",)).filter(pk__in=list(thread_ids)[:AT_ONCE])
    return list(rows.filter(merged_into=None).order_by("pk"))


def _tell(thread: Thread, kind: str, had: int | None, *, by: Any, at: datetime, **facts: Any) -> None:
    audit.record(f"converse.thread.{kind}", subject=thread, by=by, at=at, **facts)
    messages.tell(thread, had=had)
    news.tell(events.ThreadChanged(thread.pk, kind, at))


def _facts(thread: Thread) -> dict[str, Any]:
    return standing.told(thread, _KEPT)


def assign(
    *,
    thread_ids: Sequence[int],
    user_id: int | None = None,
    team_id: int | None = None,
    by: Any,
    at: datetime,
) -> Deed | None:
    """Give threads to a person, or to a team for whoever of them comes first; to nobody when neither is named. Raises MayNotAnswer."""
    user = User.objects.active().filter(pk=user_id).first() if user_id is not None else None
    if user_id is not None and (user is None or not access.may(user, WORK)):
        raise MayNotAnswer(user_id)
    team = Team.objects.get(pk=team_id) if team_id is not None else None

    def alter(thread: Thread) -> dict[str, Any] | None:
        # A person of the team takes it: the team stays the one it falls back to.
        new_team = team if user is None else (team or thread.team)
        if (thread.assignee, thread.team) == (user, new_team):
            return None
        moves = thread.team != new_team
        thread.assignee, thread.team = user, new_team
        if moves:
            waits.changed([thread], at=at)
        return {"user": user_id, "team": team_id}

    return _change("assigned", thread_ids, alter, by=by, at=at)


@transaction.atomic
def resolve(
    *, thread_ids: Sequence[int], by: Any, at: datetime, follow_up_days: int | None = None
) -> Deed | None:
    """Done: until they write again. A reminder to ask whether it worked is set, after as many days as its owner wishes unless they are given."""
    deed = _change("resolved", thread_ids, _to(Status.RESOLVED, turns.resolved, at), by=by, at=at)
    if deed is not None:
        resolved = list(Thread.objects.filter(pk__in=[int(pk) for pk in deed.before]))
        follow_ups.remind(resolved, by=by, at=at, days=follow_up_days)
    return deed


def wait(*, thread_ids: Sequence[int], by: Any, at: datetime) -> Deed | None:
    """It is their turn: the clock stops."""
    return _change("waiting", thread_ids, _to(Status.WAITING, turns.theirs, at), by=by, at=at)


def spam(*, thread_ids: Sequence[int], by: Any, at: datetime) -> Deed | None:
    """Nothing to answer, whatever follows."""
    return _change("spam", thread_ids, _to(Status.SPAM, turns.spam, at), by=by, at=at)


def reopen(*, thread_ids: Sequence[int], by: Any, at: datetime) -> Deed | None:
    """It is our turn again."""

    def alter(thread: Thread) -> dict[str, Any] | None:
        if thread.status == Status.OPEN:
            return None
        before = thread.status
        turns.ours(thread, since=at, at=at)
        return {"before": before}

    return _change("reopened", thread_ids, alter, by=by, at=at)


def snooze(
    *, thread_ids: Sequence[int], until: datetime | None, on_answer: bool, by: Any, at: datetime
) -> Deed | None:
    """Out of sight until a moment, until they answer (`until` None), or until the first of both. Raises NotInFuture."""
    if until is not None and until <= at:
        raise NotInFuture(until)

    def alter(thread: Thread) -> dict[str, Any] | None:
        turns.snoozed(thread, until=until, on_answer=on_answer, at=at)
        return {"until": until.isoformat() if until else None, "on_answer": thread.wakes_on_answer}

    return _change("snoozed", thread_ids, alter, by=by, at=at)


def prioritise(*, thread_ids: Sequence[int], priority: int, by: Any, at: datetime) -> Deed | None:
    """How much threads matter; what is due moves with it."""
    wanted = Priority(priority)

    def alter(thread: Thread) -> dict[str, Any] | None:
        if thread.priority == wanted:
            return None
        before, thread.priority = thread.priority, wanted
        waits.changed([thread], at=at)
        return {"priority": int(wanted), "before": before}

    return _change("prioritised", thread_ids, alter, by=by, at=at)


def label(*, thread_ids: Sequence[int], label_id: int, on: bool = True, by: Any, at: datetime) -> Deed | None:
    """Put a label on threads, or take it off."""
    word = Label.objects.get(pk=label_id)

    def alter(thread: Thread) -> dict[str, Any] | None:
        if thread.labels.filter(pk=word.pk).exists() == on:
            return None
        (thread.labels.add if on else thread.labels.remove)(word)
        return {"label": word.pk}

    return _change("labelled" if on else "unlabelled", thread_ids, alter, by=by, at=at)


def _to(status: str, turn: Callable[..., None], at: datetime) -> Alter:
    def alter(thread: Thread) -> dict[str, Any] | None:
        if thread.status == status:
            return None
        before = thread.status
        turn(thread, at=at)
        return {"before": before}

    return alter


@transaction.atomic
def undo(*, deed: Deed, by: Any, at: datetime) -> int:
    """Put back what a deed changed, in the threads where nothing was changed since; returns in how many."""
    access.require(by, WORK)
    if not Deed.objects.select_for_update().filter(pk=deed.pk, undone_at=None).exists():
        return 0
    count = 0
    for thread in _held([int(pk) for pk in deed.before]):
        if _facts(thread) != deed.after[str(thread.pk)]:
            continue
        was, now, stood = deed.before[str(thread.pk)], thread.assignee_id, thread.status
        standing.put_back(thread, was, _KEPT)
        if thread.status != stood:
            waits.restored(thread, before=stood, at=at)
        waits.changed([thread], at=at)
        messages.keep(thread, "assignee", "team", "priority")
        Message.objects.filter(thread=thread, pk__in=deed.events).delete()
        _tell(thread, "undone", now, by=by, at=at, deed=deed.kind)
        count += 1
    deed.undone_at = at
    deed.save(update_fields=["undone_at"])
    return count


@transaction.atomic
def wake(*, at: datetime) -> int:
    """Open what was snoozed until now; returns how many. For the job."""
    due = Thread.objects.filter(status=Status.SNOOZED, snoozed_until__lte=at).values_list("pk", flat=True)
    count = 0
    for thread in _held(list(due[:AT_ONCE])):
        turns.ours(thread, since=at, at=at)
        messages.event(thread, "woke", by=access.SYSTEM, at=at)
        messages.keep(thread)
        messages.tell(thread)
        news.tell(events.ThreadChanged(thread.pk, "woke", at))
        count += 1
    return count


def forget_deeds(*, at: datetime) -> int:
    """Remove deeds that can be undone no longer. For the nightly job."""
    return Deed.objects.filter(at__lt=at - UNDO_WITHIN).delete()[0]
