"""A stored post as the watch language sees it, and what of it a query was satisfied by."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache

from grapevine.engine import query
from grapevine.engine.query import syntax
from grapevine.sources.selectors.shown import ShownPost

Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Marks:
    """Where the words stand that a query asked for, in characters of title and text."""

    title: Spans = ()
    text: Spans = ()


NO_MARKS = Marks()


@lru_cache(maxsize=2048)
def node(text: str) -> query.Node | None:
    """The tree of a query; None when it can't be read."""
    try:
        return query.parse(text)
    except query.QueryError:
        return None


def document(post: ShownPost, *, source: str, lang: str) -> query.Document:
    """What may be asked of a post. `lang` is as we read it, `source` the source's name."""
    return query.Document(
        text=post.text,
        title=post.title,
        author=post.author_handle,
        author_name=post.author_name,
        lang=lang or post.lang,
        country=post.country,
        source=source,
        type=post.kind,
        site=post.site,
        url=post.url,
        links=tuple(post.links),
        media=tuple(post.media),
        hashtags=tuple(post.tags),
        mentions=tuple(post.mentions),
    )


def marks(of: query.Document, queries: Iterable[str]) -> Marks:
    """What to highlight: all that any of the queries was satisfied by. A query that can't be read marks nothing."""
    nodes = [found for found in map(node, dict.fromkeys(queries)) if found is not None]
    if not nodes:
        return NO_MARKS
    # One look at the post for all of them.
    whole = nodes[0] if len(nodes) == 1 else syntax.Or(at=(0, 0), parts=tuple(nodes))
    found = query.explain(whole, of).highlights
    return Marks(
        title=tuple((one.start, one.end) for one in found if one.field == "title"),
        text=tuple((one.start, one.end) for one in found if one.field == "text"),
    )


def satisfied(of: query.Node, found: Sequence[query.Document]) -> list[bool]:
    """For each document whether it satisfies the query, by the compiled matcher; worth its start from some hundred on."""
    from grapevine.engine.query.watchset import (
        WatchSet,  # brings a compiler along, which most pages don't need
    )

    alone = WatchSet()
    alone.put(0, of)
    columns = {
        one.name: values
        for one in fields(query.Document)
        # Fields that are empty in all of them are left out.
        if any(values := [getattr(document, one.name) for document in found]) or one.name == "text"
    }
    hits = set(alone.match(columns).posts.tolist())
    return [place in hits for place in range(len(found))]
