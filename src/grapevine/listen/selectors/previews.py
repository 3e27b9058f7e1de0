"""What a query would have caught: the newest posts of the store looked through, within a budget, while somebody types.

All stored posts are looked at and not mentions only: a new watch finds what no other has found yet. The same matcher does it that
watches new posts; a near miss is a post that the query without one of its parts would have caught.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from grapevine.engine import query
from grapevine.engine.query import Node
from grapevine.listen import documents, estimates, near_misses
from grapevine.listen.estimates import Estimate
from grapevine.listen.near_misses import Alternative
from grapevine.sources.contracts import ids
from grapevine.sources.selectors import shown, texts
from grapevine.sources.selectors.texts import Heard
from grapevine.understand.actions import readings

POSTS = 20_000
SECONDS = 0.3
CHUNK = 2000
PLAIN_CHUNK = 200
CHARACTERS = 5000
SHOWN_CAUGHT = 8
SHOWN_MISSED = 8


@dataclass(frozen=True)
class Example:
    """A post that would be caught, or nearly. `missing` is the part of the query that alone kept it out (characters).

    `missing_kind` says how: "not": it stands there; "near", "phrase": its words stand apart; "word": it is not there.
    """

    post: shown.ShownPost
    lang: str
    title_spans: tuple[tuple[int, int], ...]
    text_spans: tuple[tuple[int, int], ...]
    missing: tuple[int, int] | None = None
    missing_kind: str = ""


@dataclass(frozen=True)
class Preview:
    """What the newest `scanned` posts say about a query. `complete`: there are no more posts in the store."""

    caught: tuple[Example, ...]
    missed: tuple[Example, ...]
    caught_count: int
    missed_count: int
    scanned: int
    complete: bool
    estimate: Estimate | None


@dataclass
class _Scan:
    """What a walk through the store from the newest post on has found so far."""

    caught: list[tuple[Heard, str]] = field(default_factory=list)
    missed: list[tuple[Heard, str, Alternative]] = field(default_factory=list)
    caught_ids: list[int] = field(default_factory=list)
    missed_count: int = 0
    scanned: int = 0
    newest_id: int | None = None
    oldest_id: int | None = None
    complete: bool = False


def of_query(node: Node, *, posts: int = POSTS, seconds: float = SECONDS) -> Preview:
    """Look through the newest `posts` posts, or as many as `seconds` allow (at least one chunk)."""
    lens = near_misses.Lens(node)
    sources = {pk: source.name for pk, source in shown.source_names().items()}
    scan = _scanned(lens, sources, posts, seconds)
    estimate = None
    if scan.newest_id is not None and scan.oldest_id is not None:
        estimate = estimates.per_day(
            [ids.moment(post_id) for post_id in scan.caught_ids],
            scanned=scan.scanned,
            oldest_at=ids.moment(scan.oldest_id),
            newest_at=ids.moment(scan.newest_id),
        )
    wanted = [heard.id for heard, _lang in scan.caught] + [heard.id for heard, _lang, _way in scan.missed]
    rows = shown.posts(wanted, characters=CHARACTERS)
    return Preview(
        caught=tuple(
            _example(rows[heard.id], lang, node, sources) for heard, lang in scan.caught if heard.id in rows
        ),
        missed=tuple(
            _example(rows[heard.id], lang, way.node, sources, way)
            for heard, lang, way in scan.missed
            if heard.id in rows
        ),
        caught_count=len(scan.caught_ids),
        missed_count=scan.missed_count,
        scanned=scan.scanned,
        complete=scan.complete,
        estimate=estimate,
    )


def _scanned(lens: near_misses.Lens, sources: dict[int, str], posts: int, seconds: float) -> _Scan:
    scan = _Scan()
    until = time.monotonic() + seconds
    while scan.scanned < posts and not scan.complete and (not scan.scanned or time.monotonic() < until):
        size = min(CHUNK if lens.is_fast else PLAIN_CHUNK, posts - scan.scanned)
        chunk = texts.newest(
            before=scan.oldest_id, limit=size, characters=CHARACTERS, with_lists=lens.needs_lists
        )
        scan.complete = len(chunk) < size
        if chunk:
            _look(scan, chunk, lens, sources)
    return scan


def _look(scan: _Scan, chunk: list[Heard], lens: near_misses.Lens, sources: dict[int, str]) -> None:
    langs = _languages(chunk) if lens.needs_language else [heard.lang for heard in chunk]
    for heard, lang, way in _found(chunk, langs, lens, sources):
        if way is None:
            scan.caught_ids.append(heard.id)
            if len(scan.caught) < SHOWN_CAUGHT:
                scan.caught.append((heard, lang))
        else:
            scan.missed_count += 1
            if len(scan.missed) < SHOWN_MISSED:
                scan.missed.append((heard, lang, way))
    scan.scanned += len(chunk)
    scan.newest_id = scan.newest_id or chunk[0].id
    scan.oldest_id = chunk[-1].id


def _found(
    chunk: Sequence[Heard], langs: Sequence[str], lens: near_misses.Lens, sources: dict[int, str]
) -> Iterator[tuple[Heard, str, Alternative | None]]:
    """The posts that are caught (None) or nearly, with what would have to go for the latter."""
    for place, way in enumerate(lens.look(_columns(chunk, langs, lens, sources), len(chunk))):
        if way is not near_misses.NEITHER:
            yield chunk[place], langs[place], way if isinstance(way, Alternative) else None


def _columns(
    chunk: Sequence[Heard], langs: Sequence[str], lens: near_misses.Lens, sources: dict[int, str]
) -> dict[str, Any]:
    columns: dict[str, Any] = {"text": [heard.text for heard in chunk]}
    if any(heard.title for heard in chunk):
        columns["title"] = [heard.title for heard in chunk]
    if not lens.needs_lists:
        return columns
    return {
        **columns,
        "author": [heard.author_handle for heard in chunk],
        "author_name": [heard.author_name for heard in chunk],
        "lang": list(langs),
        "country": [heard.country for heard in chunk],
        "source": [sources.get(heard.source_id, "") for heard in chunk],
        "type": [heard.kind for heard in chunk],
        "site": [heard.site for heard in chunk],
        "url": [heard.url for heard in chunk],
        "links": [heard.links for heard in chunk],
        "media": [heard.media for heard in chunk],
        "hashtags": [heard.tags for heard in chunk],
        "mentions": [heard.mentions for heard in chunk],
    }


def _languages(chunk: Sequence[Heard]) -> list[str]:
    read = readings.languages([readings.whole(heard.title, heard.text) for heard in chunk])
    return [ours or heard.lang for ours, heard in zip(read, chunk, strict=True)]


def _example(
    post: shown.ShownPost, lang: str, node: Node, sources: dict[int, str], way: Alternative | None = None
) -> Example:
    document = documents.document(post, source=sources.get(post.source_id, ""), lang=lang)
    marks = query.explain(node, document).highlights
    return Example(
        post=post,
        lang=lang,
        title_spans=tuple((mark.start, mark.end) for mark in marks if mark.field == "title"),
        text_spans=tuple((mark.start, mark.end) for mark in marks if mark.field == "text"),
        missing=way.part if way else None,
        missing_kind=way.kind if way else "",
    )
