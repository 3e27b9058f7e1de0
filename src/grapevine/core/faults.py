"""Faults of the database, as they are logged."""

from __future__ import annotations

_LONGEST = 300


def told(error: BaseException) -> str:
    """Its kind and what the database said, on one line and cut.

    Only the first line: PostgreSQL puts values of rows into the lines after it ("DETAIL: Key (email)=(…)"), and logs hold no texts.
    """
    first = next(iter(str(error).strip().splitlines()), "")
    return f"{type(error).__name__}: {first[:_LONGEST]}" if first else type(error).__name__
