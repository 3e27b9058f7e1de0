"""Decisions on plain values: when to try again, and what counts as a change."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from random import Random

LONGEST_WAIT = timedelta(hours=6)
_FIRST_WAIT = 30.0
LONGEST_NAME = 120
NAME = r"^[^\x00-\x1f\x7f]*[^\x00-\x20\x7f][^\x00-\x1f\x7f]*$"
"""What a source may be called, wherever it is named: anything that shows, in one line. (For engines without look-around, too.)"""


def may_be_called(name: str) -> bool:
    """Whether a source may have this name."""
    try:
        name.encode()  # half a character, as a command line may hold, is nothing a database takes
    except UnicodeEncodeError:
        return False
    return len(name) <= LONGEST_NAME and re.fullmatch(NAME, name) is not None


def wait_after_failure(failures: int, *, rng: Random, asked_for: float | None = None) -> timedelta:
    """How long to leave a source alone after `failures` in a row: doubling, with jitter, at least what the platform asked for.

    Jitter is between half and the whole ("equal jitter"), so that sources that failed together don't come back together.
    """
    grown = min(LONGEST_WAIT.total_seconds(), _FIRST_WAIT * 2 ** min(failures - 1, 12))
    seconds = grown * rng.uniform(0.5, 1.0)
    if asked_for is not None:
        seconds = max(seconds, asked_for * rng.uniform(1.0, 1.1))
    return timedelta(seconds=seconds)


def next_pull(
    *, at: datetime, done: bool, wait: float | None, every: float | None, rng: Random
) -> datetime | None:
    """When to ask again after a success; None when there is nothing to come back for (a file).

    A little earlier or later each time, so that many sources on one host spread out.
    """
    if not done:
        return at
    seconds = wait if wait is not None else every
    if seconds is None:
        return None
    return at + timedelta(seconds=seconds * rng.uniform(0.95, 1.05))


def oldest_kept(retention_days: int, at: datetime) -> datetime | None:
    """Posts published before this are not kept; None when all are."""
    return at - timedelta(days=retention_days) if retention_days else None
