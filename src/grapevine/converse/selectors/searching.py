"""Searching what was said: the full-text index of messages and notes, the newest first, in the language of watches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from grapevine.converse.models import Message, Seat
from grapevine.converse.selectors import walks, word_hits
from grapevine.converse.selectors.wishes import Wish
from grapevine.converse.selectors.word_hits import HITS, Hits
from grapevine.engine import query
from grapevine.listen.contracts import searching

CHARACTERS = 20_000


@dataclass(frozen=True)
class Found:
    """Threads in the order of their latest message that fits, with the numbers of these messages. `after` is where to go on; `looked_back` says
    how far one looked where that is why they are so few."""

    ids: tuple[int, ...]
    hits: dict[int, int]
    after: str = ""
    looked_back: datetime | None = None
    fault: str = ""


def page(wish: Wish, *, user: Any, after: str = "") -> Found:
    """The next threads in which something was said that fits."""
    try:
        node = query.parse(wish.q)
    except query.QueryError as error:
        return Found((), {}, fault=error.message)
    need = searching.needed(node)
    before = int(after) if after.isascii() and after.isdigit() and len(after) < 19 else None
    hits = word_hits.of(need, before) if need is not None else _newest(before)
    said = Message.objects.filter(pk__in=hits.numbers).values_list("pk", "thread_id", "text").order_by("-pk")
    rows = [row for row in said if query.matches(node, query.Document(text=row[2][:CHARACTERS]))]
    return _kept(wish, user, rows, hits)


def _kept(wish: Wish, user: Any, rows: Sequence[tuple[int, int, str]], found: Hits) -> Found:
    threads = walks.rows_of([row[1] for row in rows])
    fits = walks.fitting(wish, list(threads))
    seen_in = _in_view(wish.view, user)
    hits: dict[int, int] = {}
    for number, thread, _text in rows:
        if thread in threads and thread not in hits and seen_in(threads[thread]) and fits(threads[thread]):
            if len(hits) == walks.PAGE:
                return Found(tuple(hits), hits, str(min(hits.values())))
            hits[thread] = number
    if found.rest is None:
        return Found(tuple(hits), hits)
    return Found(tuple(hits), hits, str(found.rest), _said_at(found.rest))


def _said_at(number: int) -> datetime | None:
    """When the first message of this number or a higher one was said."""
    later = Message.objects.filter(pk__gte=number).order_by("pk")
    return later.values_list("at", flat=True).first()


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


def _newest(before: int | None) -> Hits:
    """Nothing that the index knows is asked for (an emoji, say): what was said last is looked through."""
    rows = Message.objects.exclude(direction="event")
    rows = rows.filter(pk__lt=before) if before is not None else rows
    numbers = tuple(rows.order_by("-pk").values_list("pk", flat=True)[:HITS])
    return Hits(numbers, numbers[-1] if len(numbers) == HITS else None)
