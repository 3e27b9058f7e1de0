"""The stream under a search: posts that a query in the watch language matches, beside the other filters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from grapevine.listen.contracts.filters import Filter
from grapevine.listen.selectors import walks
from grapevine.sources.selectors.shown import ShownPost

Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Marks:
    """Where the words stand that a watch or the search asked for, in characters of title and text."""

    title: Spans = ()
    text: Spans = ()


NO_MARKS = Marks()


@dataclass(frozen=True)
class Walked:
    """`rows` newest first; `more` in the direction walked; `stopped_at` is the post where a long search was left off."""

    rows: tuple[walks.Found, ...]
    more: bool
    stopped_at: int | None = None


def older(chosen: Filter, *, before: int | None = None, limit: int) -> Walked:
    walked = walks.older(chosen, before=before, limit=limit)
    return Walked(walked.rows, walked.more)


def newer(chosen: Filter, *, after: int, limit: int) -> Walked:
    walked = walks.newer(chosen, after=after, limit=limit)
    return Walked(walked.rows, walked.more)


_LATEST = 2000


def arrived(chosen: Filter, *, since: int, oldest: int, limit: int) -> Sequence[walks.Found]:
    """Rows of mentions stored after the mention `since`, for posts from `oldest` on; newest first.

    A big import may have stored a million since: the last `_LATEST` are looked at.
    """
    condition, params = walks.conditions(chosen)
    span = walks.span_of(chosen)
    statement = (
        "SELECT m.post_id, m.id, m.source_id, m.lead_id, m.copies FROM "
        "(SELECT * FROM listen_mention WHERE id > %s ORDER BY id DESC LIMIT %s) m "
        f"WHERE {condition} AND m.post_id >= %s AND m.post_id < %s ORDER BY m.post_id DESC LIMIT %s"  # noqa: S608
    )
    return walks.run(statement, [since, _LATEST, *params, max(span.low, oldest), span.high, limit])


def marks(
    posts: Mapping[int, tuple[ShownPost, Any]], queries: Mapping[int, Sequence[str]], *, q: str = ""
) -> dict[int, Marks]:
    """What to highlight in each post: what its watches and the search were satisfied by."""
    return {}
