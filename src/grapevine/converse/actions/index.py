"""The full-text index of messages and notes: which words are in which. Kept as listen keeps its own, under the message's number."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from django.db import transaction

from grapevine.core import bulk
from grapevine.listen.contracts import searching

TABLE = "converse_words"


def add(texts: Sequence[tuple[int, str]]) -> None:
    """Index messages by (id, text)."""
    rows = _words(texts)
    if not rows:
        return
    if bulk.is_postgresql():
        ids, words = map(list, zip(*rows, strict=True))
        bulk.insert(TABLE, {"message_id": ids, "words": words})
    else:
        bulk.run(
            f"INSERT INTO {TABLE} (rowid, words) SELECT CAST(key AS INTEGER), value FROM json_each(CAST(%s AS TEXT))",
            [msgspec.json.encode(dict(rows))],
        )


def remove(texts: Sequence[tuple[int, str]]) -> None:
    """Take messages out again. The texts are those they were put in with: SQLite's index finds its words by them."""
    rows = _words(texts)
    if not rows:
        return
    if bulk.is_postgresql():
        condition, values = bulk.among("message_id", [number for number, _said in rows])
        bulk.run(f"DELETE FROM {TABLE} WHERE {condition}", values)
    else:
        bulk.run_many(f"INSERT INTO {TABLE} ({TABLE}, rowid, words) VALUES ('delete', %s, %s)", rows)


def _words(texts: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    """What says nothing is in no index."""
    said = [(number, text[: searching.LONGEST]) for number, text in texts if text]
    if not said:
        return []
    found = searching.of_many([text for _number, text in said])
    return [(number, words) for (number, _text), words in zip(said, found, strict=True)]


def tidy() -> None:
    """Merge what single messages left behind, so that searching stays quick. For the nightly job."""
    if bulk.is_postgresql():
        bulk.run("SELECT gin_clean_pending_list('converse_words_gin')")
        return
    for _step in range(1000):
        with transaction.atomic():
            before = bulk.ask("SELECT total_changes()")[0][0]
            bulk.run(f"INSERT INTO {TABLE} ({TABLE}, rank) VALUES ('merge', 500)")
            if bulk.ask("SELECT total_changes()")[0][0] - before < 2:
                return
