"""Who mentioned a brand on a day and how often: sets that merge over any range of days. Pure.

Who wrote one post that day is in a roaring bitmap (Lemire et al. 2016); who wrote more is there too, and again in a small
table of counts. So a day of 18,000 authors is some 40 kB, days merge at millions of authors a second, and every count stays
exact when mentions are taken out again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
from pyroaring import BitMap

_PAIR = np.dtype([("identity", "<u4"), ("posts", "<u4")])


class Day:
    """The authors of one brand on one day."""

    def __init__(self, authors: bytes | memoryview = b"", repeats: bytes | memoryview = b"") -> None:
        """From what `dump` made; without it an empty day."""
        self._authors = BitMap.deserialize(bytes(authors)) if len(authors) else BitMap()
        pairs = np.frombuffer(bytes(repeats), _PAIR)
        self._repeats: dict[int, int] = dict(
            zip(pairs["identity"].tolist(), pairs["posts"].tolist(), strict=True)
        )

    def __len__(self) -> int:
        return len(self._authors)

    def posts_of(self, identity_id: int) -> int:
        """How many posts of this author mention the brand that day."""
        return self._repeats.get(identity_id) or int(identity_id in self._authors)

    def change(self, differences: Mapping[int, int]) -> None:
        """Add to (or take from) the counts of authors. Raises ValueError when one would fall below nothing."""
        for identity_id, difference in differences.items():
            now = self.posts_of(identity_id) + difference
            if now < 0:
                raise ValueError(f"author {identity_id} would have {now} posts")
            if now:
                self._authors.add(identity_id)
            else:
                self._authors.discard(identity_id)
            if now > 1:
                self._repeats[identity_id] = now
            else:
                self._repeats.pop(identity_id, None)

    def dump(self) -> tuple[bytes, bytes]:
        """The bytes of `authors` and `repeats`. The same content always gives the same bytes."""
        pairs = np.array(sorted(self._repeats.items()), _PAIR)
        plain = BitMap(self._authors.to_array())  # made anew, so that one content has one form
        plain.run_optimize()
        return plain.serialize(), pairs.tobytes()


def unique(days: Iterable[bytes | memoryview]) -> int:
    """How many different authors the days' `authors` have together."""
    return len(BitMap.union(*bitmaps)) if (bitmaps := [BitMap.deserialize(bytes(day)) for day in days]) else 0


def busiest(
    days: Iterable[tuple[bytes | memoryview, bytes | memoryview]], *, limit: int
) -> list[tuple[int, int]]:
    """(identity, posts) of the authors with most posts over days given as (`authors`, `repeats`), the busiest first.

    Candidates are those with two posts or more on some day, and their counts are exact. Somebody who never wrote twice on one day is
    considered only when the candidates leave room, in the order of how many days they wrote on.
    """
    bitmaps, tables = [], []
    for authors, repeats in days:
        bitmaps.append(BitMap.deserialize(bytes(authors)))
        tables.append(np.frombuffer(bytes(repeats), _PAIR))
    if not bitmaps:
        return []
    pairs = np.concatenate(tables)
    identities, places = np.unique(pairs["identity"], return_inverse=True)
    sums = np.bincount(places, weights=pairs["posts"], minlength=len(identities)).astype(np.int64)
    # Whoever repeats most has most: a single post a day adds at most one for each day.
    likely = identities[np.argsort(-sums, kind="stable")[: max(limit * 4, 64)]].tolist()
    counts = dict.fromkeys(likely, 0)
    for bitmap, table in zip(bitmaps, tables, strict=True):
        extra = (
            dict(zip(table["identity"].tolist(), table["posts"].tolist(), strict=True)) if len(table) else {}
        )
        for one in likely:
            counts[one] += extra.get(one) or int(one in bitmap)
    if len(counts) < limit:
        for one in _often(bitmaps, set(counts), limit - len(counts)):
            counts[one] = sum(one in bitmap for bitmap in bitmaps)
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:limit]


def _often(bitmaps: list[BitMap], known: set[int], wanted: int) -> list[int]:
    """Authors on most of the days: present twice, three times and so on, as far as there are any."""
    levels: list[BitMap] = []
    for bitmap in bitmaps:
        carried = bitmap
        for at, level in enumerate(levels):
            levels[at], carried = level | carried, level & carried
            if not carried or at > 30:
                break
        else:
            if carried:
                levels.append(carried)
    found: list[int] = []
    for level in reversed(levels):
        for one in level:
            if one not in known and one not in found:
                found.append(one)
                if len(found) == wanted:
                    return found
    return found
