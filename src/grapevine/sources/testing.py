"""Makers for everybody's tests."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from grapevine.connectors.base import Author, Batch, Deletion
from grapevine.connectors.base import Post as Heard
from grapevine.core.testing import NOON
from grapevine.sources import facts
from grapevine.sources.actions import batches
from grapevine.sources.models import Import, Post, PostVersion, RawBlock, Rejected, Source
from grapevine.sources.privacy import Posts

__all__ = [
    "Import",
    "Post",
    "PostVersion",
    "Posts",
    "RawBlock",
    "Rejected",
    "Source",
    "batch",
    "facts",
    "heard",
    "make_import",
    "make_post",
    "make_source",
    "store",
]

_numbers = itertools.count(1)


def make_source(*, name: str = "The Elsinore Gazette", connector: str = "file", **values: Any) -> Source:
    """A source; a file unless said otherwise, so that nothing is fetched."""
    values.setdefault("created_at", NOON)
    return Source.objects.create(name=name, connector=connector, **values)


def start_over() -> None:
    """Count from one again: the minute at which a test's first post was published must not hang on the tests before it."""
    global _numbers
    _numbers = itertools.count(1)


def heard(
    text: str = "Something is rotten in the state of Denmark",
    *,
    author: str = "hamlet",
    external_id: str = "",
    at: datetime | None = None,
    **values: Any,
) -> Heard:
    """A post as a connector yields it. Each is a minute after the one before unless `at` is given."""
    number = next(_numbers)
    return Heard(
        external_id=external_id or f"post-{number}",
        kind=values.pop("kind", "post"),
        text=text,
        author=Author(external_id=author, handle=author, name=author.title()) if author else None,
        published_at=at or NOON + timedelta(minutes=number),
        **values,
    )


def batch(posts: Sequence[Heard], *, gone: Sequence[str] = (), **values: Any) -> Batch:
    """A batch of posts with raw items, and deletions by external id."""
    return Batch(
        posts=[(post, f'{{"id":"{post.external_id}"}}'.encode()) for post in posts],
        deletions=[Deletion(one, NOON) for one in gone],
        done=values.pop("done", True),
        **values,
    )


def store(
    source: Source, *posts: Heard, gone: Sequence[str] = (), at: datetime = NOON, **values: Any
) -> batches.Outcome:
    """Let posts come in from a source, the way they really come: matched, counted, indexed."""
    return batches.store(source=source, batch=batch(posts, gone=gone, **values), at=at)


def make_post(
    *, source: Source | None = None, text: str = "Something is rotten in the state of Denmark", **values: Any
) -> Post:
    """A stored post. Watches that are there catch it."""
    source = source or Source.objects.first() or make_source()
    post = heard(text, **values)
    store(source, post)
    return Post.objects.get(source=source, external_id=post.external_id)


def make_import(
    *, source: Source | None = None, file_name: str = "letters.csv", path: str = "", **values: Any
) -> Import:
    """An import, as it stands before it began."""
    values.setdefault("created_at", NOON)
    return Import.objects.create(
        source=source or make_source(), file_name=file_name, path=path or file_name, **values
    )
