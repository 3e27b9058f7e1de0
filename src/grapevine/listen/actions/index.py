"""The full-text index: which words are in which post that has a mention.

On SQLite an FTS5 table without contents, whose rows are taken out by the words they were put in with; on PostgreSQL a table with a GIN index.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from django.db import transaction

from grapevine.core import bulk

TABLE = "listen_words"


def add(rows: Sequence[tuple[int, str]]) -> None:
    """Index posts by (id, words)."""
    if bulk.is_postgresql():
        # Folded words are letters and digits only, so they are a tsvector as they stand.
        post_ids, words = map(list, zip(*rows, strict=True)) if rows else ([], [])
        bulk.insert(TABLE, {"post_id": post_ids, "words": words})
    else:
        # One statement: before each one of several rows FTS5 writes out what it holds in memory.
        bulk.run(
            f"INSERT INTO {TABLE} (rowid, words) SELECT CAST(key AS INTEGER), value FROM json_each(CAST(%s AS TEXT))",
            [msgspec.json.encode(dict(rows))],
        )


def remove(rows: Sequence[tuple[int, str]]) -> None:
    """Take posts out of the index again; the words are those they were put in with."""
    if not rows:
        return
    if bulk.is_postgresql():
        condition, values = bulk.among("post_id", [post_id for post_id, _words in rows])
        bulk.run(f"DELETE FROM {TABLE} WHERE {condition}", values)
    else:
        bulk.run_many(f"INSERT INTO {TABLE} ({TABLE}, rowid, words) VALUES ('delete', %s, %s)", rows)


def tidy() -> None:
    """Merge what small batches left behind, so that searching stays quick. For the nightly job."""
    if bulk.is_postgresql():
        bulk.run("SELECT gin_clean_pending_list('listen_words_gin')")
        return
    # A positive number of pages at a time: each step is a short transaction, so that nobody waits for long.
    for _step in range(1000):
        with transaction.atomic():
            before = bulk.ask("SELECT total_changes()")[0][0]
            bulk.run(f"INSERT INTO {TABLE} ({TABLE}, rank) VALUES ('merge', 500)")
            if bulk.ask("SELECT total_changes()")[0][0] - before < 2:
                return
