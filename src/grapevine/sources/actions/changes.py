"""Which posts of a batch are new, which are known, and which of those their authors changed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

import msgspec

from grapevine.connectors.base import Author, Post
from grapevine.core import bulk
from grapevine.sources import raws, rows
from grapevine.sources.contracts import ids, intake
from grapevine.sources.models import PostVersion

# What an edit replaces; the rest of a row stays as it was when the post was first seen.
_REPLACED = (
    "title", "text", "url", "site", "lang", "country", "edited_at", "links", "tags", "mentions", "media", "metrics", "notes",
    "author_handle", "author_name", "author_url", "author_followers", "author_external_id", "deleted_at", "raw_block_id", "raw_index",
)  # fmt: skip


class _Known(NamedTuple):
    external_id: str
    id: int
    title: str
    text: str
    url: str
    lang: str
    tags: Any
    mentions: Any
    links: Any
    media: Any
    metrics: Any
    edited_at: Any
    is_deleted: Any
    is_erased: Any
    raw_block_id: int | None
    raw_index: int
    author_external_id: str
    author_handle: str
    author_name: str
    author_url: str
    author_followers: int | None


class Sorted(NamedTuple):
    """How many posts were known already (or too old to be kept), and the places of messages that bear another one's id."""

    known: int
    taken: list[int]


def sort_out(stored: intake.Stored, *, oldest: datetime | None) -> Sorted:
    """Fill in `new`, `changed` and `before` of `stored`.

    Of a post that stands in the batch twice, the last counts; but a message is never changed: whoever knows its id could write over
    it. Counts of likes and the like are taken over at once. Who wrote a post does not change: where the platform names another author now,
    `stored.posts` gets the first one back.
    """
    posts = stored.posts
    places, taken = _places(posts)
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
        elif posts[place].kind == "message" and not row.is_deleted:
            taken += [place] if _is_another(posts[place], row.author_external_id, ids.moment(row.id)) else []
        elif row.is_deleted or _differs(row, posts[place]):
            changed.append((place, row))
        elif posts[place].metrics and posts[place].metrics != _plain(row.metrics):
            counted.append((json.dumps(posts[place].metrics), row.id))
    bulk.run_many("UPDATE sources_post SET metrics = %s WHERE id = %s", counted)
    new.sort()
    changed.sort(key=lambda pair: pair[0])
    _keep_first_authors(stored, changed)
    stored.new = new
    stored.changed = [place for place, _row in changed]
    stored.before = [
        intake.Before(row.id, row.title, row.text, _text(row.tags), _text(row.mentions))
        for _place, row in changed
    ]
    _keep_versions(stored, [row for _place, row in changed])
    return Sorted(len(posts) - len(new), taken)


def _places(posts: Sequence[Post]) -> tuple[dict[str, int], list[int]]:
    """Where each id stands, and the messages of the batch whose id an earlier one of it has."""
    places: dict[str, int] = {}
    taken = []
    for place, post in enumerate(posts):
        first = places.get(post.external_id)
        if first is None or post.kind != "message":
            places[post.external_id] = place
        elif _is_another(post, _author(posts[first]), posts[first].published_at):
            taken.append(place)
    return places, taken


def _is_another(post: Post, author: str, published_at: datetime) -> bool:
    """Whether a message is not the one known by its id: it is of somebody else, or bears another date."""
    dated = "date_first_seen" not in post.notes
    return _author(post) != author or (
        dated and int(post.published_at.timestamp()) != int(published_at.timestamp())
    )


def _author(post: Post) -> str:
    return post.author.external_id if post.author is not None else ""


def _ask(source_id: int, keys: list[str]) -> list[_Known]:
    condition, values = bulk.among("external_id", keys)
    columns = (
        "external_id, id, title, text, url, lang, tags, mentions, links, media, metrics, edited_at, deleted_at, erased_at, "
        "raw_block_id, raw_index, author_external_id, author_handle, author_name, author_url, author_followers"
    )
    found = bulk.ask(
        f"SELECT {columns} FROM sources_post WHERE source_id = %s AND {condition}", [source_id, *values]
    )
    return [_Known(*row) for row in found]


def _differs(row: _Known, post: Post) -> bool:
    """Whether the author changed what is shown of a post or what watches look at."""
    return (
        row.text != post.text
        or row.title != post.title
        or row.url != post.url
        or row.lang != post.lang[: rows.LONGEST_LANG]
        or not _same(row.tags, post.tags)
        or not _same(row.mentions, post.mentions)
        or not _same(row.links, post.links)
        or not _same(row.media, post.media)
    )


def _same(kept: Any, heard: tuple[str, ...]) -> bool:
    # Text against text is the cheap way; only where the database writes its JSON otherwise must it be read.
    return bool(kept == rows.as_json(heard)) or _plain(kept) == list(heard)


def _keep_first_authors(stored: intake.Stored, changed: list[tuple[int, _Known]]) -> None:
    posts = stored.posts
    others = [
        (place, row)
        for place, row in changed
        if row.author_external_id
        and getattr(posts[place].author, "external_id", "") != row.author_external_id
    ]
    if not others:
        return
    kept = list(posts)
    for place, row in others:
        first = Author(
            external_id=row.author_external_id, handle=row.author_handle, name=row.author_name, url=row.author_url,
            followers=row.author_followers,
        )  # fmt: skip
        kept[place] = msgspec.structs.replace(kept[place], author=first)
    stored.posts, stored.altered = kept, True


def _plain(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _keep_versions(stored: intake.Stored, known: list[_Known]) -> None:
    said = {
        before.id: stored.posts[place] for place, before in zip(stored.changed, stored.before, strict=True)
    }
    # A tag or a link that changed leaves no earlier text behind.
    edited = {
        row.id: row
        for row in known
        if not row.is_deleted and (row.text, row.title) != (said[row.id].text, said[row.id].title)
    }
    moments = dict(_edited_at(list(edited)))
    PostVersion.objects.bulk_create(
        PostVersion(
            post_id=row.id,
            title=row.title,
            text=row.text,
            edited_at=moments.get(row.id),
            replaced_at=stored.at,
        )
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
    columns = {**rows.columns(posts), "deleted_at": [None] * len(posts), "raw_block_id": [block] * len(posts)}
    columns["raw_index"] = list(range(len(posts)))
    assignments = ", ".join(f"{name} = %s" for name in _REPLACED)
    bulk.run_many(
        f"UPDATE sources_post SET {assignments} WHERE id = %s",
        list(
            zip(*(columns[name] for name in _REPLACED), [before.id for before in stored.before], strict=True)
        ),
    )
