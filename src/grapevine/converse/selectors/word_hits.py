"""Which messages hold some words, by the full-text index, the newest first: as many as a page can use, for a cost that has an end.

Neither database's index can be asked for "the newest with these words" alone: PostgreSQL fetches all that have them and sorts, SQLite walks
down all their places. So the newest part of the store is looked through first, where common words are found at once. Then the index is asked for the
rest where that is cheap. Where it isn't, one goes back part by part, and says at last how far one came; the next page goes on there.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from typing import Any

from django.db import OperationalError, transaction

from grapevine.converse.models import Message
from grapevine.core import bulk
from grapevine.listen.contracts import searching

HITS = 300
"""So many messages with the words are held against the query and the filters at a time."""
ENOUGH = HITS // 4
NEWEST = 20_000
"""So many of PostgreSQL's rows are looked through without the index at a time."""
MOST_PARTS = 5
RARE = 5_000
"""Words in no more messages than this, as PostgreSQL reckons, are asked of its index as a whole."""
PART = 250_000
"""So many of SQLite's at a time, by its index."""
PATIENCE = 0.2
"""Seconds. So long the index may take, should more have the words than was reckoned; and SQLite goes back part by part."""

_FIRST = 1  # the lowest number a message has


@dataclass(frozen=True)
class Hits:
    """Messages, the newest first. `rest` is the number below which nobody has looked; None: there is nothing more."""

    numbers: tuple[int, ...]
    rest: int | None = None


def of(need: searching.Need, before: int | None) -> Hits:
    """The newest messages that hold the words, of those with numbers below `before`."""
    if before is None:
        before = (Message.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1
    if bulk.is_postgresql():
        return _in_postgresql(searching.as_tsquery(need), before)
    return _in_sqlite(searching.as_fts5(need), before)


def _in_postgresql(asked: str, before: int) -> Hits:
    found: list[int] = []
    low = before
    for part in range(MOST_PARTS):
        low, top = max(low - NEWEST, _FIRST), low
        # Materialised, so that they are found by their numbers: else the index would fetch all with the words, to sort them.
        found += _numbers(
            "WITH part AS MATERIALIZED (SELECT message_id, words FROM converse_words WHERE message_id >= %s AND message_id < %s) "
            "SELECT message_id FROM part WHERE words @@ %s::tsquery ORDER BY message_id DESC LIMIT %s",
            [low, top, asked, HITS - len(found)],
        )
        if len(found) == HITS:
            return Hits(tuple(found), found[-1])
        if low <= _FIRST:
            return Hits(tuple(found))
        if len(found) >= ENOUGH:
            break
        older = _by_index(asked, low, HITS - len(found)) if part == 0 else None
        if older is not None:
            found += older
            return Hits(tuple(found), found[-1] if len(found) == HITS else None)
    return Hits(tuple(found), low)


def _by_index(asked: str, low: int, limit: int) -> list[int] | None:
    """What is older than `low`, all of it sorted; None where too many have the words for that, or more than was reckoned."""
    import psycopg  # only where it is there

    plan = bulk.ask("EXPLAIN (FORMAT JSON) SELECT 1 FROM converse_words WHERE words @@ %s::tsquery", [asked])[
        0
    ][0]
    reckoned = (json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]["Plan Rows"]
    if reckoned > RARE:
        return None
    try:
        with transaction.atomic():
            bulk.run(f"SET LOCAL statement_timeout = {int(PATIENCE * 1000)}")
            found = _numbers(
                "WITH hits AS MATERIALIZED (SELECT message_id FROM converse_words WHERE words @@ %s::tsquery AND message_id < %s) "
                "SELECT message_id FROM hits ORDER BY message_id DESC LIMIT %s",
                [asked, low, limit],
            )
            bulk.run("SET LOCAL statement_timeout = DEFAULT")
    except OperationalError as error:
        if not isinstance(error.__cause__, psycopg.errors.QueryCanceled):
            raise
        return None
    return found


def _in_sqlite(asked: str, before: int) -> Hits:
    """Its index walks from the newest to the oldest by itself, but of two common words that never meet it would look at all there are."""
    found: list[int] = []
    end = time.monotonic() + PATIENCE
    low = before
    while low > _FIRST and len(found) < HITS:
        low, top = max(low - PART, _FIRST), low
        found += _numbers(
            "SELECT rowid FROM converse_words WHERE converse_words MATCH %s AND rowid >= %s AND rowid < %s ORDER BY rowid DESC LIMIT %s",
            [asked, low, top, HITS - len(found)],
        )
        if len(found) >= ENOUGH or time.monotonic() > end:
            break
    if len(found) == HITS:
        return Hits(tuple(found), found[-1])
    return Hits(tuple(found), low if low > _FIRST else None)


def _numbers(statement: str, values: list[Any]) -> list[int]:
    return [row[0] for row in bulk.ask(statement, values)]
