"""A connector's post as a row of the table. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from typing import Any

import msgspec

from grapevine.connectors.base import Author, Post
from grapevine.core import bulk

COLUMNS = (
    "id", "source_id", "external_id", "kind", "title", "text", "url", "site", "lang", "country", "published_at", "edited_at",
    "received_at", "deleted_at", "erased_at", "parent_external_id", "thread_external_id", "repost_of_external_id",
    "author_external_id", "author_handle", "author_name", "author_url", "author_followers", "links", "tags", "mentions", "media",
    "metrics", "notes", "raw_block_id", "raw_index",
)  # fmt: skip
LONGEST_ID = 500
LONGEST_LANG = 20
_MOST = 1 << 62
_NOBODY = Author(external_id="")
_encode = msgspec.json.Encoder().encode


def cleaned(posts: Sequence[Post]) -> Sequence[Post]:
    """The posts with what no database takes put right: zero characters, half surrogates, endless ids. Mostly the very same list."""
    pieces: list[str] = []
    for post in posts:
        author = post.author or _NOBODY
        pieces += (
            post.external_id, post.text, post.title, post.url, post.site, post.parent_id, post.thread_id, post.repost_of,
            author.external_id, author.handle, author.name, author.url, *post.tags, *post.mentions, *post.links,
        )  # fmt: skip
    joined = "".join(pieces)
    try:
        joined.encode()
        dirty = "\0" in joined
    except UnicodeEncodeError:
        dirty = True
    if not dirty and all(len(post.external_id) <= LONGEST_ID for post in posts):
        return posts
    return [_cleaned(post) for post in posts]


def _cleaned(post: Post) -> Post:
    values = {name: _clean(value) for name, value in msgspec.structs.asdict(post).items()}
    author = post.author
    if author is not None:
        author = Author(**{name: _clean(value) for name, value in msgspec.structs.asdict(author).items()})
        author = msgspec.structs.replace(author, external_id=key(author.external_id))
    values["author"] = author
    for name in ("external_id", "parent_id", "thread_id", "repost_of"):
        values[name] = key(values[name])
    return Post(**values)


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("\0", "").encode("utf-8", "replace").decode()
    if isinstance(value, tuple):
        return tuple(_clean(one) for one in value)
    if isinstance(value, dict):
        return {_clean(name): one for name, one in value.items()}
    return value


def key(external_id: str) -> str:
    """An id of bounded length: a longer one keeps its beginning and gets a fingerprint of the whole."""
    if len(external_id) <= LONGEST_ID:
        return external_id
    whole = blake2b(external_id.encode("utf-8", "replace"), digest_size=16).hexdigest()
    return f"{external_id[: LONGEST_ID - 33]}#{whole}"


def nameless(posts: Sequence[Post]) -> list[int]:
    """Places of the posts without an id: each of them would pass for the one before. Call it with posts that are `cleaned`."""
    return [place for place, post in enumerate(posts) if not post.external_id.strip()]


def made(
    posts: Sequence[Post],
    ids: Sequence[int],
    published: Sequence[str],
    *,
    source_id: int,
    received_at: str,
    block_id: int | None,
) -> list[tuple[Any, ...]]:
    """Rows in the order of COLUMNS. `published` is when, as the database takes it; raw items lie in the block in the same order."""
    moment, rows = bulk.moment, []
    for place, (post, post_id, published_at) in enumerate(zip(posts, ids, published, strict=True)):
        author = post.author or _NOBODY
        rows.append(
            (
                post_id, source_id, post.external_id, post.kind, post.title, post.text, post.url, post.site, post.lang[:LONGEST_LANG],
                post.country[:20], published_at,
                None if post.edited_at is None else moment(post.edited_at), received_at, None, None,
                post.parent_id, post.thread_id, post.repost_of,
                author.external_id, author.handle, author.name, author.url,
                author.followers if author.followers is None else min(author.followers, _MOST),
                as_json(post.links) if post.links else "[]",
                as_json(post.tags) if post.tags else "[]",
                as_json(post.mentions) if post.mentions else "[]",
                as_json(post.media) if post.media else "[]",
                _encode(post.metrics).decode() if post.metrics else "{}",
                as_json(post.notes) if post.notes else "[]",
                block_id, place,
            )
        )  # fmt: skip
    return rows


def as_json(values: tuple[str, ...]) -> str:
    """A list of words as JSON."""
    return _encode(values).decode() if values else "[]"
