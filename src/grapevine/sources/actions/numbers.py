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
        found = bulk.ask(f"SELECT nextval('{SEQUENCE}') FROM generate_series(1, %s)", [-(-count // STEP)])
        return [first + n for (first,) in found for n in range(STEP)][:count]
    # The row is there since the migration; one that was lost (a database emptied by hand, a test) begins anew.
    found = bulk.ask(
        "INSERT INTO sources_counter (name, value) VALUES ('post', %s) "
        "ON CONFLICT (name) DO UPDATE SET value = value + excluded.value RETURNING value",
        [count],
    )
    return list(range(found[0][0] - count, found[0][0]))
