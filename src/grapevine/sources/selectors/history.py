"""All that is stored, from the oldest post to the newest, as connectors gave it: for looking at it again."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from grapevine.connectors.base import Author, Post
from grapevine.core import bulk
from grapevine.sources import facts
from grapevine.sources.contracts.intake import SourceFacts
from grapevine.sources.models import Source
from grapevine.sources.rows import BY_US

_COLUMNS = (
    "id, source_id, external_id, kind, title, text, url, site, lang, country, published_at, parent_external_id, thread_external_id, "
    "repost_of_external_id, author_external_id, author_handle, author_name, author_url, author_followers, links, tags, mentions, media, notes"
)


class Kept(NamedTuple):
    """A stored post with its id and source."""

    id: int
    source_id: int
    post: Post


def after(post_id: int, *, limit: int) -> list[Kept]:
    """The next published posts with a text, oldest first. (What was written to us alone is nobody's mention.)"""
    found = bulk.ask(
        f"SELECT {_COLUMNS} FROM sources_post WHERE id > %s AND deleted_at IS NULL AND kind <> 'message' "
        "ORDER BY id LIMIT %s",
        [post_id, limit],
    )
    return [_kept(row) for row in found]


def some(post_ids: Sequence[int]) -> list[Kept]:
    """These posts, oldest first."""
    condition, values = bulk.among("id", post_ids)
    statement = f"SELECT {_COLUMNS} FROM sources_post WHERE {condition} AND deleted_at IS NULL ORDER BY id"
    found = bulk.ask(statement, values)
    return [_kept(row) for row in found]


def _kept(row: tuple[Any, ...]) -> Kept:
    published_at: datetime = row[10]
    if published_at.tzinfo is None:  # SQLite keeps UTC without saying so
        published_at = published_at.replace(tzinfo=UTC)
    author, notes = None, _list(row[23])
    if row[14] or row[15]:
        author = Author(external_id=row[14], handle=row[15], name=row[16], url=row[17], followers=row[18])
    return Kept(
        row[0],
        row[1],
        Post(
            external_id=row[2], kind=row[3], title=row[4], text=row[5], url=row[6], site=row[7], lang=row[8], country=row[9],
            published_at=published_at, parent_id=row[11], thread_id=row[12], repost_of=row[13], author=author,
            links=_list(row[19]), tags=_list(row[20]), mentions=_list(row[21]), media=_list(row[22]),
            notes=tuple(one for one in notes if one != BY_US), by_us=True if BY_US in notes else None,
        ),
    )  # fmt: skip


def _list(value: Any) -> tuple[str, ...]:
    if value == "[]" or value == []:
        return ()
    return tuple(json.loads(value) if isinstance(value, str) else value)


def count() -> int:
    """How many posts are stored, as counted along with the batches."""
    return sum(Source.objects.values_list("posts_count", flat=True))


def sources() -> dict[int, SourceFacts]:
    """What is to be known of each source."""
    return {source.pk: facts.of(source) for source in Source.objects.all()}
