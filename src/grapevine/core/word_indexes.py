"""Full-text indexes: which words are in which row of a room's table.

On SQLite an FTS5 table without contents, whose rows are taken out by the words they were put in with; on PostgreSQL a table with a GIN index.
The tables are made by the rooms' migrations; what words a text has is the rooms' own affair, too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
from django.db import transaction

from grapevine.core import bulk

_STEPS = 1000
_MANY = 256
"""So many rows are worth a compiler."""
_PAGES = 500


@dataclass(frozen=True)
class WordIndex:
    """The index in `table`, whose column `key` holds the numbers of what is found (SQLite has them in its `rowid`)."""

    table: str
    key: str

    def add(self, rows: Sequence[tuple[int, str]]) -> None:
        """Put in (number, words)."""
        if not rows:
            return
        if bulk.is_postgresql():
            numbers, words = map(list, zip(*rows, strict=True))
            # Of a long list of words waiting, so much is sorted into the index at a time: with the usual 4 MB it takes nearly twice as long.
            bulk.run("SET LOCAL work_mem = '64MB'")
            if len(rows) < _MANY:
                # Folded words are letters and digits only, so they are a tsvector as they stand.
                bulk.insert(self.table, {self.key: numbers, "words": words})
            else:
                from grapevine.engine.text import plainwords  # it brings numpy along

                bulk.copy_binary(self.table, (self.key, "words"), plainwords.copied(words, numbers))
        else:
            # One statement: before each one of several rows FTS5 writes out what it holds in memory.
            bulk.run(
                f"INSERT INTO {self.table} (rowid, words) SELECT CAST(key AS INTEGER), value FROM json_each(CAST(%s AS TEXT))",
                [msgspec.json.encode(dict(rows))],
            )

    def remove(self, rows: Sequence[tuple[int, str]]) -> None:
        """Take out again; the words are those they were put in with."""
        if not rows:
            return
        if bulk.is_postgresql():
            condition, values = bulk.among(self.key, [number for number, _words in rows])
            bulk.run(f"DELETE FROM {self.table} WHERE {condition}", values)
        else:
            bulk.run_many(
                f"INSERT INTO {self.table} ({self.table}, rowid, words) VALUES ('delete', %s, %s)", rows
            )

    def tidy(self) -> None:
        """Merge what small batches left behind, so that searching stays quick. For the nightly job."""
        if bulk.is_postgresql():
            bulk.run(f"SELECT gin_clean_pending_list('{self.table}_gin')")
            return
        # A positive number of pages at a time: each step is a short transaction, so that nobody waits for long.
        for _step in range(_STEPS):
            with transaction.atomic():
                before = bulk.ask("SELECT total_changes()")[0][0]
                bulk.run(f"INSERT INTO {self.table} ({self.table}, rank) VALUES ('merge', {_PAGES})")
                if bulk.ask("SELECT total_changes()")[0][0] - before < 2:
                    return
