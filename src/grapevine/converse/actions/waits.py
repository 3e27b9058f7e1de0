"""The clocks of threads: since when somebody waits for us, until when an answer is due, and what is counted along with it.

The inbox's actions call these in their own transaction, after they asked for the permission. Each keeps the thread's turn and the counts, and
sets `waiting_since` and `due_at` on the thread in memory; the caller saves `FIELDS`. Nothing here decides a status.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from grapevine.converse.actions import follow_ups, tallies
from grapevine.converse.clocks import Hours, Watch
from grapevine.converse.models import Kind, Status, Tally, Thread, Turn
from grapevine.converse.selectors import desks
from grapevine.converse.targets import Book

FIELDS = ("waiting_since", "due_at")
_KEPT = ("began_at", "since", "spent_seconds", "due_at", "ended_at")


def opened(thread: Thread, *, at: datetime) -> None:
    """A conversation began: count it. Call it once the thread has its team, after routing."""
    tallies.tally(Kind.OPENED, [thread], at=at)


def ours(thread: Thread, *, since: datetime, at: datetime, book: Book | None = None) -> None:
    """It is our turn, and has been since `since` unless they wait longer already. A clock that stood runs on, with what was left, from `at`."""
    follow_ups.drop([thread], at=at)
    turn = _running([thread]).get(thread.pk)
    if turn is None:
        turn = Turn(thread=thread, began_at=since, since=since)
    elif turn.since is None:
        turn.since = at if turn.spent_seconds else min(since, at)
    _lay(thread, turn, book or desks.book(at))


def answered(thread: Thread, *, at: datetime, book: Book | None = None) -> None:
    """Our answer is out there since `at`, as the platform says: the turn ends and is counted, in time or late.

    An answer to nobody who waits counts for nothing. Where they have written again meanwhile, `ours` follows.
    """
    turn = _running([thread]).get(thread.pk)
    if turn is not None:
        target, hours = _counting(thread, book or desks.book(at))
        in_time = at <= turn.due_at if turn.due_at is not None else _watch(turn).shows(at, hours) <= target
        waited = max(at - turn.began_at, timedelta(0))
        tallies.tally(Kind.ANSWERED, [thread], at=at, seconds=int(waited.total_seconds()), in_time=in_time)
        _end(turn, at=at, answered=True)
    thread.waiting_since = thread.due_at = None


def paused(thread: Thread, *, at: datetime, book: Book | None = None) -> None:
    """Nothing is to be done by us though there was no answer here: snoozed, or waiting for them by hand. What was used of the target is kept."""
    turn = _running([thread]).get(thread.pk)
    if turn is not None and turn.since is not None:
        _target, hours = _counting(thread, book or desks.book(at))
        turn.spent_seconds = int(_watch(turn).shows(at, hours).total_seconds())
        turn.since = turn.due_at = None
        turn.save(update_fields=_KEPT)
    thread.waiting_since = thread.due_at = None


def resolved(thread: Thread, *, at: datetime, answer_follows: bool = False) -> None:
    """The thread is resolved: count it. Nobody waits any longer; a turn without an answer is counted as none.

    Where the answer is on its way (`answer_follows`), the turn only stands, until `answered` ends it when it is there.
    """
    tallies.tally(Kind.RESOLVED, [thread], at=at)
    (paused if answer_follows else closed)(thread, at=at)


def closed(thread: Thread, *, at: datetime) -> None:
    """Nobody waits any longer, and nothing is counted: spam, or merged into another thread."""
    turn = _running([thread]).get(thread.pk)
    if turn is not None:
        _end(turn, at=at, answered=False)
    thread.waiting_since = thread.due_at = None


def restored(thread: Thread, *, before: str, at: datetime, book: Book | None = None) -> None:
    """A change of status was undone: `before` is the status it had until now, the thread bears the one it has again.

    The clock has run all the time; what was counted of the change is counted no longer.
    """
    if before == Status.RESOLVED and thread.status != Status.RESOLVED:
        latest = Tally.objects.filter(thread=thread, kind=Kind.RESOLVED).order_by("-pk").first()
        tallies.take_back([latest] if latest is not None else [])
        follow_ups.drop([thread], at=at)
    turn = Turn.objects.filter(thread=thread).order_by("-pk").first()
    if thread.status == Status.OPEN:
        if turn is None or turn.answered:
            turn = Turn(thread=thread, began_at=at, since=at)
        turn.ended_at, turn.since = None, turn.since or at
        _lay(thread, turn, book or desks.book(at))
    elif thread.status in (Status.WAITING, Status.SNOOZED):
        if turn is not None and turn.ended_at is not None and not turn.answered:
            turn.ended_at = None
            turn.save(update_fields=["ended_at"])
        paused(thread, at=at, book=book)
    else:
        closed(thread, at=at)


def changed(threads: Sequence[Thread], *, at: datetime, book: Book | None = None) -> list[Thread]:
    """Team or priority is another, or hours and targets are: what is due is due anew, counted since they began to wait.

    Returns the threads whose `due_at` moved. Three questions, however many threads.
    """
    book = book or desks.book(at)
    running = _running(threads)
    moved, turns = [], []
    for thread in threads:
        turn = running.get(thread.pk)
        if turn is None or turn.since is None:
            continue
        turn.due_at = _due(thread, turn, book)
        if thread.due_at != turn.due_at:
            thread.due_at = turn.due_at
            moved.append(thread)
            turns.append(turn)
    Turn.objects.bulk_update(turns, ["due_at"], batch_size=500)
    return moved


def _running(threads: Collection[Thread]) -> dict[int, Turn]:
    rows = Turn.objects.filter(thread_id__in=[one.pk for one in threads], ended_at=None)
    return {row.thread_id: row for row in rows}


def _counting(thread: Thread, book: Book) -> tuple[timedelta, Hours | None]:
    return book.counting(team_id=thread.team_id, source_id=thread.source_id, priority=thread.priority)


def _watch(turn: Turn) -> Watch:
    return Watch(turn.since, timedelta(seconds=turn.spent_seconds))


def _lay(thread: Thread, turn: Turn, book: Book) -> None:
    """Reckon when the answer is due, and keep it in both."""
    turn.due_at = _due(thread, turn, book)
    if turn.pk is None:
        turn.save()
    else:
        turn.save(update_fields=_KEPT)
    thread.waiting_since, thread.due_at = turn.began_at, turn.due_at


def _due(thread: Thread, turn: Turn, book: Book) -> datetime | None:
    return book.due(
        _watch(turn), team_id=thread.team_id, source_id=thread.source_id, priority=thread.priority
    )


def _end(turn: Turn, *, at: datetime, answered: bool) -> None:
    turn.ended_at, turn.answered = at, answered
    turn.save(update_fields=["ended_at", "answered"])
