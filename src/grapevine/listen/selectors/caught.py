"""Which posts were caught, and how they read: for who walks along all posts there are."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from grapevine.core import bulk


class Caught(NamedTuple):
    """A post that a watch caught: its language as read by us (empty: unsure), and whether it is spam."""

    lang: str
    spam: bool


def between(first: int, last: int) -> dict[int, Caught]:
    """The posts caught whose ids lie from `first` to `last`, both included."""
    rows = bulk.ask(
        "SELECT post_id, lang, spam FROM listen_mention WHERE post_id >= %s AND post_id <= %s AND nth = 0",
        [first, last],
    )
    return {post_id: Caught(lang, bool(spam)) for post_id, lang, spam in rows}


def of_brand(post_ids: Collection[int], brand_id: int) -> set[int]:
    """Those of the posts that mention the brand."""
    condition, values = bulk.among("post_id", list(post_ids))
    rows = bulk.ask(
        f"SELECT post_id FROM listen_mention WHERE {condition} AND brand_id = %s AND nth <= 1",
        [*values, brand_id],
    )
    return {post_id for (post_id,) in rows}
