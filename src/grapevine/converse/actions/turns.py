"""Whose turn it is in a thread, and what follows from that for its status. The clocks (`waits`) run along. Changes the row in memory; the
caller saves `FIELDS`.

An open thread is one in which it is our turn, and has always a moment at which the answer is due, by which the inbox is ordered.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from grapevine.converse import rules
from grapevine.converse.actions import waits
from grapevine.converse.models import Status, Thread
from grapevine.converse.targets import Book

FIELDS = ("status", "snoozed_until", "wakes_on_answer", "resolved_at", *waits.FIELDS)


def ours(thread: Thread, *, since: datetime, at: datetime, book: Book | None = None) -> None:
    """It is our turn, and has been since `since` unless they have waited longer already."""
    waits.ours(thread, since=since, at=at, book=book)
    _stand(thread, Status.OPEN)
    if thread.due_at is None:  # nobody ever works where this belongs: it is due by the clock on the wall
        thread.due_at = (thread.waiting_since or since) + timedelta(hours=rules.HOURS[thread.priority])


def theirs(thread: Thread, *, at: datetime) -> None:
    """It is their turn: the clock stands still, and ends once our answer is there (`answered`)."""
    waits.paused(thread, at=at)
    _stand(thread, Status.WAITING)


def answered(thread: Thread, *, at: datetime, since: datetime | None = None) -> None:
    """Our answer is there since `at`: where it was our turn it is theirs, but where they have said something after it, or since a moment
    that whoever answered had not seen (`since`)."""
    was_open, said = thread.status == Status.OPEN, since
    if said is None and thread.last_from_them_at is not None and thread.last_from_them_at > at:
        said = thread.last_from_them_at
    waits.answered(thread, at=at)
    if was_open and said is not None:
        ours(thread, since=said, at=said)
    elif was_open:
        _stand(thread, Status.WAITING)


def resolved(thread: Thread, *, at: datetime, answer_follows: bool = False) -> None:
    """Done; perhaps with an answer that is on its way."""
    waits.resolved(thread, at=at, answer_follows=answer_follows)
    _stand(thread, Status.RESOLVED)
    thread.resolved_at = at


def spam(thread: Thread, *, at: datetime) -> None:
    """Nothing to answer."""
    waits.closed(thread, at=at)
    _stand(thread, Status.SPAM)


def snoozed(thread: Thread, *, until: datetime | None, on_answer: bool, at: datetime) -> None:
    """Nobody's turn until a moment, until they answer, or until the first of both. The clock stands still."""
    waits.paused(thread, at=at)
    _stand(thread, Status.SNOOZED)
    thread.snoozed_until = until
    thread.wakes_on_answer = on_answer or until is None


def merged(thread: Thread, *, at: datetime) -> None:
    """It is part of another one now."""
    waits.closed(thread, at=at)
    _stand(thread, Status.RESOLVED)
    thread.resolved_at = at


def _stand(thread: Thread, status: str) -> None:
    thread.status = status
    thread.snoozed_until = thread.resolved_at = None
    thread.wakes_on_answer = True
