"""Connectors' posts as rows of the table. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from typing import Any

import msgspec

from grapevine.connectors.base import Author, Post
from grapevine.core import bulk

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


def author_key(external_id: str) -> str:
    """An author's id as posts have it, for what names authors without a post."""
    return key(_clean(external_id))


def nameless(posts: Sequence[Post]) -> list[int]:
    """Places of the posts without an id: each of them would pass for the one before. Call it with posts that are `cleaned`."""
    return [place for place, post in enumerate(posts) if not post.external_id.strip()]


def columns(posts: Sequence[Post]) -> dict[str, list[Any]]:
    """What rows say of their posts, by the table's columns. Ids, moments of ours and places of raw items are missing."""
    moment = bulk.moment
    authors = [post.author or _NOBODY for post in posts]
    return {
        "external_id": [post.external_id for post in posts],
        "kind": [post.kind for post in posts],
        "title": [post.title for post in posts],
        "text": [post.text for post in posts],
        "url": [post.url for post in posts],
        "site": [post.site for post in posts],
        "lang": [post.lang[:LONGEST_LANG] for post in posts],
        "country": [post.country[:20] for post in posts],
        "published_at": [moment(post.published_at) for post in posts],
        "edited_at": [None if post.edited_at is None else moment(post.edited_at) for post in posts],
        "parent_external_id": [post.parent_id for post in posts],
        "thread_external_id": [post.thread_id for post in posts],
        "repost_of_external_id": [post.repost_of for post in posts],
        "author_external_id": [author.external_id for author in authors],
        "author_handle": [author.handle for author in authors],
        "author_name": [author.name for author in authors],
        "author_url": [author.url for author in authors],
        "author_followers": [
            None if author.followers is None else min(author.followers, _MOST) for author in authors
        ],
        "links": [as_json(post.links) for post in posts],
        "tags": [as_json(post.tags) for post in posts],
        "mentions": [as_json(post.mentions) for post in posts],
        "media": [as_json(post.media) for post in posts],
        "metrics": [_encode(post.metrics).decode() if post.metrics else "{}" for post in posts],
        "notes": [as_json(notes_of(post)) for post in posts],
    }


BY_US = "by_us"
"""Among a post's notes: the brand itself published it. (That the platform denies it, or says nothing, is not kept.)"""


def notes_of(post: Post) -> tuple[str, ...]:
    """What is kept of a post beside its words."""
    return post.notes if post.by_us is not True or BY_US in post.notes else (*post.notes, BY_US)


def as_json(values: tuple[str, ...]) -> str:
    """A list of words as JSON."""
    return _encode(values).decode() if values else "[]"
