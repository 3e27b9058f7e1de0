"""Which posts of a batch are new, which are known, and which of those their authors changed."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any, NamedTuple

from grapevine.connectors.base import Post
from grapevine.core import bulk
from grapevine.sources import raws, rows
from grapevine.sources.contracts import intake
from grapevine.sources.models import PostVersion

# What an edit replaces; the rest of a row stays as it was when the post was first seen.
_REPLACED = (
    "title", "text", "url", "site", "lang", "country", "edited_at", "links", "tags", "mentions", "media", "metrics", "notes",
    "author_handle", "author_name", "author_url", "author_followers", "author_external_id", "deleted_at", "raw_block_id", "raw_index",
)  # fmt: skip
_PLACES = {name: place for place, name in enumerate(rows.COLUMNS)}


class _Known(NamedTuple):
    external_id: str
    id: int
    title: str
    text: str
    tags: Any
    mentions: Any
    metrics: Any
    edited_at: Any
    is_deleted: Any
    is_erased: Any
    raw_block_id: int | None
    raw_index: int


def sort_out(stored: intake.Stored, *, oldest: datetime | None) -> int:
    """Fill in `new`, `changed` and `before` of `stored`; returns how many posts were known already (or too old to be kept).

    Of a post that stands in the batch twice, the last counts. Counts of likes and the like are taken over at once.
    """
    posts = stored.posts
    places = {post.external_id: place for place, post in enumerate(posts)}
    if oldest is not None:
        places = {key: place for key, place in places.items() if posts[place].published_at >= oldest}
    known = {row.external_id: row for row in _ask(stored.source.id, list(places))} if places else {}
    new: list[int] = []
    changed: list[tuple[int, _Known]] = []
    counted: list[tuple[str, int]] = []
    for key, place in places.items():
        row = known.get(key)
        if row is None:
            new.append(place)
        elif row.is_erased:
            continue
        elif row.is_deleted or row.text != posts[place].text or row.title != posts[place].title:
            changed.append((place, row))
        elif posts[place].metrics and posts[place].metrics != _plain(row.metrics):
            counted.append((json.dumps(posts[place].metrics), row.id))
    bulk.run_many("UPDATE sources_post SET metrics = %s WHERE id = %s", counted)
    new.sort()
    changed.sort(key=lambda pair: pair[0])
    stored.new = new
    stored.changed = [place for place, _row in changed]
    stored.before = [
        intake.Before(row.id, row.title, row.text, _text(row.tags), _text(row.mentions)) for _place, row in changed
    ]
    _keep_versions(stored, [row for _place, row in changed])
    return len(posts) - len(new)


def _ask(source_id: int, keys: list[str]) -> list[_Known]:
    condition, values = bulk.among("external_id", keys)
    columns = "external_id, id, title, text, tags, mentions, metrics, edited_at, deleted_at, erased_at, raw_block_id, raw_index"
    found = bulk.ask(f"SELECT {columns} FROM sources_post WHERE source_id = %s AND {condition}", [source_id, *values])  # noqa: S608
    return [_Known(*row) for row in found]


def _plain(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _keep_versions(stored: intake.Stored, known: list[_Known]) -> None:
    edited = {row.id: row for row in known if not row.is_deleted}
    moments = dict(_edited_at(list(edited)))
    PostVersion.objects.bulk_create(
        PostVersion(post_id=row.id, title=row.title, text=row.text, edited_at=moments.get(row.id), replaced_at=stored.at)
        for row in edited.values()
    )
    raws.cut((row.raw_block_id, row.raw_index) for row in known)


def _edited_at(post_ids: list[int]) -> list[tuple[int, datetime | None]]:
    from grapevine.sources.models import Post as StoredPost

    return list(StoredPost.objects.filter(pk__in=post_ids).values_list("pk", "edited_at")) if post_ids else []


def write(stored: intake.Stored, *, raw: list[bytes]) -> None:
    """Write the changed posts over their rows; who wrote a post and when it was published does not change."""
    if not stored.changed:
        return
    posts: list[Post] = [stored.posts[place] for place in stored.changed]
    block = raws.keep(raw, source_id=stored.source.id, at=stored.at)
    made = rows.made(
        posts,
        [before.id for before in stored.before],
        [stored.published[place] for place in stored.changed],
        source_id=stored.source.id,
        received_at=bulk.moment(stored.at) or "",
        block_id=block,
    )
    assignments = ", ".join(f"{name} = %s" for name in _REPLACED)
    bulk.run_many(
        f"UPDATE sources_post SET {assignments} WHERE id = %s",  # noqa: S608 - names are ours
        [(*(row[_PLACES[name]] for name in _REPLACED), row[0]) for row in made],
    )
