"""Searching what was said: the full-text index of messages and notes, the newest first, in the language of watches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from grapevine.converse.models import Message, Seat
from grapevine.converse.selectors import walks
from grapevine.converse.selectors.wishes import Wish
from grapevine.core import bulk
from grapevine.engine import query
from grapevine.listen.contracts import searching

HITS = 300
"""So many messages with the words are held against the query and the filters at a time."""
_NEWEST = 20_000
CHARACTERS = 20_000


@dataclass(frozen=True)
class Found:
    """Threads in the order of their latest message that fits, with the numbers of these messages. `after` is where to go on."""

    ids: tuple[int, ...]
    hits: dict[int, int]
    after: str = ""
    fault: str = ""


def page(wish: Wish, *, user: Any, after: str = "") -> Found:
    """The next threads in which something was said that fits."""
    try:
        node = query.parse(wish.q)
    except query.QueryError as error:
        return Found((), {}, fault=error.message)
    need = searching.needed(node)
    before = int(after) if after.isascii() and after.isdigit() and len(after) < 19 else None
    numbers = _with(need, before) if need is not None else _newest(before)
    said = Message.objects.filter(pk__in=numbers).values_list("pk", "thread_id", "text").order_by("-pk")
    rows = [row for row in said if query.matches(node, query.Document(text=row[2][:CHARACTERS]))]
    return _kept(wish, user, rows, numbers)


def _kept(wish: Wish, user: Any, rows: Sequence[tuple[int, int, str]], numbers: Sequence[int]) -> Found:
    threads = walks.rows_of([row[1] for row in rows])
    fits = walks.fitting(wish, list(threads))
    seen_in = _in_view(wish.view, user)
    hits: dict[int, int] = {}
    for number, thread, _text in rows:
        if thread in threads and thread not in hits and seen_in(threads[thread]) and fits(threads[thread]):
            if len(hits) == walks.PAGE:
                return Found(tuple(hits), hits, str(min(hits.values())))
            hits[thread] = number
    more = str(numbers[-1]) if len(numbers) == HITS else ""
    return Found(tuple(hits), hits, more)


def _in_view(view: str, user: Any) -> Any:
    """Whether a row of `walks.rows_of` belongs into a view. Searching, "all" is where one begins."""
    teams = (
        set(Seat.objects.filter(user_id=user.pk or 0).values_list("team_id", flat=True))
        if view == "team"
        else set()
    )
    checks = {
        "mine": lambda row: row[7] == "open" and row[5] == user.pk,
        "team": lambda row: row[7] == "open" and row[8] in teams,
        "free": lambda row: row[7] == "open" and row[5] is None and row[8] is None,
        "open": lambda row: row[7] == "open",
    }
    if view in ("waiting", "snoozed", "resolved", "spam"):
        return lambda row: row[7] == view
    return checks.get(view, lambda row: True)


def _newest(before: int | None) -> list[int]:
    """Nothing that the index knows is asked for (an emoji, say): what was said last is looked through."""
    rows = Message.objects.exclude(direction="event")
    rows = rows.filter(pk__lt=before) if before is not None else rows
    return list(rows.order_by("-pk").values_list("pk", flat=True)[:HITS])


def _with(need: searching.Need, before: int | None) -> list[int]:
    """Numbers of messages that hold the words, the newest first."""
    if not bulk.is_postgresql():
        condition, values = ("AND rowid < %s", [before]) if before is not None else ("", [])
        statement = f"SELECT rowid FROM converse_words WHERE converse_words MATCH %s {condition} ORDER BY rowid DESC LIMIT %s"
        return [row[0] for row in bulk.ask(statement, [searching.as_fts5(need), *values, HITS])]
    asked = searching.as_tsquery(need)
    top = (
        before
        if before is not None
        else (bulk.ask("SELECT COALESCE(MAX(message_id), 0) FROM converse_words")[0][0] + 1)
    )
    low = top - _NEWEST
    # A common word is in so many messages that all of them would be fetched to be sorted: among the newest it is found at once.
    found = [row[0] for row in bulk.ask(
        "WITH newest AS MATERIALIZED (SELECT message_id, words FROM converse_words WHERE message_id >= %s AND message_id < %s) "
        "SELECT message_id FROM newest WHERE words @@ %s::tsquery ORDER BY message_id DESC LIMIT %s",
        [low, top, asked, HITS],
    )]  # fmt: skip
    if len(found) >= HITS // 4:
        return found
    rest = bulk.ask(
        "WITH hits AS MATERIALIZED (SELECT message_id FROM converse_words WHERE words @@ %s::tsquery AND message_id < %s) "
        "SELECT message_id FROM hits ORDER BY message_id DESC LIMIT %s",
        [asked, low, HITS - len(found)],
    )
    return found + [row[0] for row in rest]
