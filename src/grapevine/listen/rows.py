"""A mention as its actions handle it: a plain row. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

from grapevine.listen.reads import Read


class Row(NamedTuple):
    """What is counted of a mention. `id` is 0 while it isn't stored."""

    id: int
    post_id: int
    watch_id: int
    version_id: int
    brand_id: int
    source_id: int
    identity_id: int | None
    lang: str
    mood: int
    wants: int
    spam: bool
    by_brand: bool
    nth: int
    lead_id: int
    copies: int

    @property
    def read(self) -> Read:
        return Read(self.lang, self.mood, self.wants, self.spam, self.by_brand)


STORED = ", ".join(Row._fields)


def places(watches: Iterable[int], brands: Mapping[int, int]) -> list[tuple[int, int]]:
    """(watch, nth) of the watches that caught one post, in the order that decides which is first of its post and of its brand."""
    ordered = sorted((brands[watch], watch) for watch in watches)
    found, last = [], None
    for number, (brand, watch) in enumerate(ordered):
        found.append((watch, 0 if number == 0 else 1 if brand != last else 2))
        last = brand
    return found


@lru_cache(maxsize=65536)
def group(watches: tuple[int, ...]) -> int:
    """A number for a set of watches (ascending): posts are folded together only when the same watches caught them."""
    return int.from_bytes(blake2b(repr(watches).encode(), digest_size=8).digest(), "little")
