"""Which posts were caught, and how they read: for who walks along all posts there are."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from grapevine.core import bulk
from grapevine.listen.models import Brand


class Caught(NamedTuple):
    """A post that a watch caught: its language as read by us (empty: unsure), whether it is spam, and whether a brand of ours says it itself."""

    lang: str
    spam: bool
    by_us: bool


def ours() -> frozenset[int]:
    """Our own brands."""
    return frozenset(Brand.objects.present().filter(ours=True).values_list("pk", flat=True))


def between(first: int, last: int, *, our_brands: Collection[int]) -> dict[int, Caught]:
    """The posts caught whose ids lie from `first` to `last`, both included. One statement."""
    rows = bulk.ask(
        "SELECT post_id, lang, spam, by_brand, brand_id, nth FROM listen_mention WHERE post_id >= %s AND post_id <= %s ORDER BY post_id, nth",
        [first, last],
    )
    found: dict[int, Caught] = {}
    for post_id, lang, spam, by_brand, brand_id, nth in rows:
        by_us = bool(by_brand) and brand_id in our_brands
        if nth == 0:
            found[post_id] = Caught(lang, bool(spam), by_us)
        elif by_us and post_id in found:
            found[post_id] = found[post_id]._replace(by_us=True)
    return found


def of_brand(post_ids: Collection[int], brand_id: int) -> set[int]:
    """Those of the posts that mention the brand."""
    condition, values = bulk.among("post_id", list(post_ids))
    rows = bulk.ask(
        f"SELECT post_id FROM listen_mention WHERE {condition} AND brand_id = %s AND nth <= 1",
        [*values, brand_id],
    )
    return {post_id for (post_id,) in rows}
