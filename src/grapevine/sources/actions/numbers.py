"""The running numbers that ids of posts end with."""

from __future__ import annotations

from grapevine.core import bulk

SEQUENCE = "sources_post_number"
STEP = 64
"""PostgreSQL's sequence gives so many numbers at once (see the migration)."""


def take(count: int) -> list[int]:
    """`count` numbers that nobody else gets, ascending."""
    if bulk.is_postgresql():
        # A sequence, and not a row, so that sources can be written at the same time.
        found = bulk.ask(f"SELECT nextval('{SEQUENCE}') FROM generate_series(1, %s)", [-(-count // STEP)])  # noqa: S608
        return [first + n for (first,) in found for n in range(STEP)][:count]
    found = bulk.ask("UPDATE sources_counter SET value = value + %s WHERE name = 'post' RETURNING value", [count])
    return list(range(found[0][0] - count, found[0][0]))
