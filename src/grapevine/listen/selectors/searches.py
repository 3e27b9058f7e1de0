"""The stream under a search: posts that a query in the watch language matches, beside the other filters.

Without a search this is a walk along an index (`walks`). With one, the newest posts under the other filters are
read and held against the query, which finds common words at once. Rarer ones are then looked up in the
full-text index, whose hits are held against the query too, since an index knows nothing of NEAR, NOT or exact
spelling. A search that takes too long says how far it looked and can be taken up from there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from time import monotonic

from grapevine.engine import query
from grapevine.listen import documents, index_queries
from grapevine.listen.contracts.filters import Filter
from grapevine.listen.selectors import conditions, index, walks
from grapevine.listen.selectors.walks import Found
from grapevine.sources.selectors import shown

CHARACTERS = 20_000  # of each text are searched
SECONDS = 2.0  # how long somebody waits for a part of the stream
_FIRST, _LARGEST = 200, 2000  # posts read at a time
_LATEST = 2000


@dataclass(frozen=True)
class Walked:
    """`rows` newest first; `more` in the direction walked; `stopped_at` is the post where a long search was left off."""

    rows: tuple[Found, ...]
    more: bool
    stopped_at: int | None = None


def older(chosen: Filter, *, before: int | None = None, limit: int, seconds: float = SECONDS) -> Walked:
    """The newest `limit` rows, or those that follow `before`."""
    if not chosen.q:
        page = walks.older(chosen, before=before, limit=limit)
        return Walked(page.rows, page.more)
    return _search(chosen, place=before, limit=limit, newest_first=True, seconds=seconds)


def newer(chosen: Filter, *, after: int, limit: int, seconds: float = SECONDS) -> Walked:
    """The `limit` rows just newer than `after`, newest first as always."""
    if not chosen.q:
        page = walks.newer(chosen, after=after, limit=limit)
        return Walked(page.rows, page.more)
    return _search(chosen, place=after, limit=limit, newest_first=False, seconds=seconds)


def chunks(chosen: Filter, *, size: int) -> Iterator[Sequence[Found]]:
    """Every row, newest first, each once. What is stored while it runs is left out or in, but never twice.

    No more than `size` are held at a time; each chunk costs the same few questions, so the last of a million comes as fast as the first.
    """
    node = documents.node(chosen.q) if chosen.q else None
    if chosen.q and node is None:
        return
    before: int | None = None
    while True:
        page = walks.older(chosen, before=before, limit=size)
        found = page.rows if node is None else verified(node, page.rows)
        if found:
            yield found
        if not page.more:
            return
        before = page.rows[-1].post_id


def _search(chosen: Filter, *, place: int | None, limit: int, newest_first: bool, seconds: float) -> Walked:
    node = documents.node(chosen.q)
    if node is None:
        return Walked((), False)
    if place is None:
        place = conditions.span_of(chosen).high
    here: int = place
    ways: list[_Way] = [_Reading(chosen, newest_first)]
    need = index_queries.needed(node)
    if need is not None:
        ways.append(_Lookup(chosen, newest_first, need))
    until = monotonic() + seconds
    hits: list[Found] = []
    while True:
        # Each way tells all hits up to where it has come, so they can take turns: the one that gets
        # further in a second goes on.
        way = max(ways, key=lambda one: one.pace)
        begun = monotonic()
        rows, reached = way.step(here)
        hits += verified(node, rows)
        if reached is None or len(hits) > limit or monotonic() > until:
            kept = hits[:limit] if newest_first else hits[:limit][::-1]
            more = len(hits) > limit
            return Walked(tuple(kept), more, None if more else reached)
        way.pace = abs(here - reached) / max(monotonic() - begun, 1e-4)
        here = reached


class _Way:
    """A way to walk towards older (or newer) posts. `step` returns the rows of the next stretch and where it ends, None at the end."""

    pace = float("inf")  # ids a second; each way is tried first

    def __init__(self, chosen: Filter, newest_first: bool) -> None:
        self.chosen, self.newest_first = chosen, newest_first
        self.size = _FIRST

    def step(self, place: int) -> tuple[Sequence[Found], int | None]:
        raise NotImplementedError


class _Reading(_Way):
    """Reads what the other filters let through."""

    def step(self, place: int) -> tuple[Sequence[Found], int | None]:
        if self.newest_first:
            page = walks.older(self.chosen, before=place, limit=self.size)
            rows = page.rows
        else:
            page = walks.newer(self.chosen, after=place, limit=self.size)
            rows = tuple(reversed(page.rows))
        self.size = min(self.size * 2, _LARGEST)
        return rows, rows[-1].post_id if page.more else None


class _Lookup(_Way):
    """Looks up in the full-text index which posts hold the words, and lets the other filters choose among them."""

    def __init__(self, chosen: Filter, newest_first: bool, need: index_queries.Need) -> None:
        super().__init__(chosen, newest_first)
        self.need = need

    def step(self, place: int) -> tuple[Sequence[Found], int | None]:
        span = conditions.span_of(self.chosen)
        if self.newest_first:
            low, high = span.low, min(span.high, place)
        else:
            low, high = max(span.low, place + 1), span.high
        self.size = _LARGEST
        ids = index.posts_with(self.need, low=low, high=high, limit=self.size, newest_first=self.newest_first)
        if not ids:
            return (), None
        condition, params = conditions.conditions(self.chosen)
        order = "DESC" if self.newest_first else "ASC"
        places = ", ".join(["%s"] * len(ids))
        statement = (
            f"SELECT {walks.COLUMNS} FROM listen_mention m "
            f"WHERE m.post_id IN ({places}) AND {condition} ORDER BY m.post_id {order}"
        )
        return walks.run(statement, [*ids, *params]), ids[-1] if len(ids) == self.size else None


def verified(node: query.Node, rows: Sequence[Found]) -> list[Found]:
    """Those of the rows whose posts satisfy the query, in their order."""
    posts = shown.posts([one.post_id for one in rows], characters=CHARACTERS)
    names = {pk: one.name for pk, one in shown.source_names().items()} if rows else {}
    there = [one for one in rows if one.post_id in posts]
    asked = [
        documents.document(posts[one.post_id], source=names.get(one.source_id, ""), lang=one.lang)
        for one in there
    ]
    if len(asked) <= _FIRST:
        kept = [query.matches(node, one) for one in asked]
    else:
        kept = documents.satisfied(node, asked)
    return [one for one, fits in zip(there, kept, strict=True) if fits]


def arrived(chosen: Filter, *, since: int, oldest: int, limit: int) -> list[Found]:
    """Rows of mentions stored after the mention `since`, for posts from `oldest` on; newest first.

    A big import may have stored a million since: the last `_LATEST` are looked at.
    """
    condition, params = conditions.conditions(chosen)
    span = conditions.span_of(chosen)
    statement = (
        f"SELECT {walks.COLUMNS} FROM "
        "(SELECT * FROM listen_mention WHERE id > %s ORDER BY id DESC LIMIT %s) m "
        f"WHERE {condition} AND m.post_id >= %s AND m.post_id < %s ORDER BY m.post_id DESC LIMIT %s"
    )
    values = [since, _LATEST, *params, max(span.low, oldest), span.high, limit]
    found = walks.run(statement, values)
    node = documents.node(chosen.q) if chosen.q else None
    return found if node is None else verified(node, found)
