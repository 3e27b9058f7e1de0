"""The stream under a search: posts that a query in the watch language matches, beside the other filters.

Without a search this is a walk along an index (`walks`). With one, the newest posts under the other filters are read and held against
the query, which finds common words at once. Rarer ones are then looked up in the full-text index, whose hits are held against the query too,
since an index knows nothing of NEAR, NOT or exact spelling. A search that takes too long says how far it looked and can be taken up from there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from time import monotonic

from grapevine.engine import query
from grapevine.listen import documents
from grapevine.listen.contracts.filters import Filter
from grapevine.listen.selectors import walks
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


def _search(chosen: Filter, *, place: int | None, limit: int, newest_first: bool, seconds: float) -> Walked:
    node = documents.node(chosen.q)
    if node is None:
        return Walked((), False)
    until = monotonic() + seconds
    hits: list[Found] = []
    size = _FIRST
    while True:
        if newest_first:
            page = walks.older(chosen, before=place, limit=size)
            rows = page.rows
        else:
            page = walks.newer(chosen, after=place or 0, limit=size)
            rows = tuple(reversed(page.rows))
        hits += verified(node, rows)
        done = not page.more or len(hits) > limit
        if done or monotonic() > until:
            kept = hits[:limit] if newest_first else hits[:limit][::-1]
            return Walked(tuple(kept), len(hits) > limit, None if done else rows[-1].post_id)
        place, size = rows[-1].post_id, min(size * 2, _LARGEST)


def verified(node: query.Node, rows: Sequence[Found]) -> list[Found]:
    """Those of the rows whose posts satisfy the query, in their order."""
    posts = shown.posts([one.post_id for one in rows], characters=CHARACTERS)
    names = shown.source_names() if rows else {}
    kept = []
    for one in rows:
        post = posts.get(one.post_id)
        if post is None:
            continue
        name = names[one.source_id].name if one.source_id in names else ""
        if query.matches(node, documents.document(post, source=name, lang=one.lang)):
            kept.append(one)
    return kept


def arrived(chosen: Filter, *, since: int, oldest: int, limit: int) -> list[Found]:
    """Rows of mentions stored after the mention `since`, for posts from `oldest` on; newest first.

    A big import may have stored a million since: the last `_LATEST` are looked at.
    """
    condition, params = walks.conditions(chosen)
    span = walks.span_of(chosen)
    statement = (
        f"SELECT {walks.COLUMNS} FROM "  # noqa: S608
        "(SELECT * FROM listen_mention WHERE id > %s ORDER BY id DESC LIMIT %s) m "
        f"WHERE {condition} AND m.post_id >= %s AND m.post_id < %s ORDER BY m.post_id DESC LIMIT %s"
    )
    values = [since, _LATEST, *params, max(span.low, oldest), span.high, limit]
    found = walks.run(statement, values)
    node = documents.node(chosen.q) if chosen.q else None
    return found if node is None else verified(node, found)
