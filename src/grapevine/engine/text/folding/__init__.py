"""Near-duplicates: reposts, syndicated articles, copies with a word changed, found as they arrive.

A post is seen as the set of its words (links, and the "RT @name" before a retweet, left out). Two posts are near-duplicates when both
have `NEAR_WORDS` words or more and their sets agree to `ALIKE` (Jaccard), or, from `FEWEST` words on, when the sets are equal. Shorter
posts ("thank you!") are never folded: many people say the same by themselves.

How: MinHash in 48 parts, cut into 12 bands of four (Broder 1997; Indyk & Motwani 1998). A band's key leads to a bucket of
eight places in a table of fixed size; a new post takes the place of the oldest, so memory is bounded and old posts are forgotten without being
deleted. Candidates are then compared word by word, so a fold is never a guess. Only leads are kept: a storm of copies takes no room.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

ALIKE = 0.6
NEAR_WORDS = 7
FEWEST = 5
LONGEST = 4000
"""So many bytes of a text are looked at."""
WINDOW = 1 << 17
"""So many leads are remembered unless said otherwise (52 MB)."""


def _kernel() -> Any:
    """The compiled part. It brings a compiler along: loaded by who folds, not by every page."""
    from grapevine.engine.text.folding import _kernels

    return _kernels


@dataclass(frozen=True)
class Fingerprints:
    """The word sets of n posts: hashes of post i, ascending, are `words[offsets[i]:offsets[i + 1]]` (at most 64: the least)."""

    offsets: NDArray[np.int64]
    words: NDArray[np.uint32]

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def take(self, rows: NDArray[np.intp]) -> Fingerprints:
        """Those of some rows only, in that order."""
        sizes = np.diff(self.offsets)[rows]
        offsets = np.zeros(len(rows) + 1, np.int64)
        np.cumsum(sizes, out=offsets[1:])
        at = np.repeat(self.offsets[rows] - offsets[:-1], sizes) + np.arange(offsets[-1])
        return Fingerprints(offsets=offsets, words=self.words[at])


@dataclass(frozen=True)
class Leads:
    """Leads to be remembered: their ids, groups and word sets. As bytes they outlive a process and reach others."""

    ids: NDArray[np.int64]
    groups: NDArray[np.uint64]
    prints: Fingerprints

    def dump(self) -> bytes:
        """All of it as bytes (little-endian)."""
        return msgspec.msgpack.encode(
            [
                one.astype(kind).tobytes()
                for one, kind in (
                    (self.ids, "<i8"), (self.groups, "<u8"), (self.prints.offsets, "<i8"), (self.prints.words, "<u4"),
                )
            ]
        )  # fmt: skip

    @classmethod
    def load(cls, data: bytes) -> Leads:
        """From what `dump` made."""
        ids, groups, offsets, words = msgspec.msgpack.decode(data, type=list[bytes])
        prints = Fingerprints(offsets=np.frombuffer(offsets, "<i8"), words=np.frombuffer(words, "<u4"))
        return cls(np.frombuffer(ids, "<i8"), np.frombuffer(groups, "<u8"), prints)


def fingerprints(texts: Sequence[str]) -> Fingerprints:
    """The word sets of texts. Stateless, and lets other threads run meanwhile."""
    joined = "\0".join(texts)
    if joined.count("\0") != max(0, len(texts) - 1):
        joined = "\0".join([text.replace("\0", " ") for text in texts])
    data = np.frombuffer(joined.encode("utf-8", "replace"), np.uint8)
    ends, words = _kernel().word_sets(data, len(texts), LONGEST)
    return Fingerprints(offsets=ends, words=words)


def alike(first: str, second: str) -> float:
    """How far two texts agree (Jaccard of their word sets), from 0 to 1."""
    both = fingerprints([first, second])
    return float(
        _kernel().jaccard(
            both.words, both.offsets[0], both.offsets[1], both.words, both.offsets[1], both.offsets[2]
        )
    )


def keys(prints: Fingerprints, bands: int = 6, rows: int = 4) -> NDArray[np.int64]:
    """Keys by which near-duplicates find each other in a database, where the folder's memory is not at hand; shape (n, bands).

    Two texts that agree to 0.75 share one of six keys with a probability of 0.9, two that agree to 0.9 practically always.
    """
    kernels = _kernel()
    found = np.zeros((len(prints), bands), np.int64)
    for place in range(len(prints)):
        words = prints.words[prints.offsets[place] : prints.offsets[place + 1]]
        if not len(words):
            continue
        parts = words[:, None] * kernels.MULTIPLIERS[: bands * rows] + kernels.ADDENDS[: bands * rows]
        least = (parts ^ (parts >> np.uint32(15))).min(axis=0).reshape(bands, rows)
        for band in range(bands):
            seed = least[band].tobytes() + bytes([band])
            found[place, band] = int.from_bytes(blake2b(seed, digest_size=8).digest(), "little", signed=True)
    return found


def agreement(first: NDArray[np.uint32], second: NDArray[np.uint32]) -> float:
    """How far two word sets agree (Jaccard), from 0 to 1."""
    if not len(first) or not len(second):
        return 0.0
    return float(_kernel().jaccard(first, 0, len(first), second, 0, len(second)))


class Folder:
    """Remembers the latest leads and tells of each new post which of them it repeats. Not for several threads at once."""

    def __init__(self, window: int = WINDOW) -> None:
        """`window` leads are remembered, rounded up to a power of two."""
        size = 1 << max(4, (window - 1).bit_length())
        self._ids = np.zeros(size, np.int64)
        kernels = _kernel()
        self._leads = np.zeros((size, 3 + kernels.MOST_WORDS), np.uint32)
        # Twice as many buckets as leads: the twelve entries of each lead fill three places in four, so few are pushed out early.
        # An entry holds the upper half of the band's key and the number of the lead.
        self._table = np.zeros((size * 2, kernels.PLACES), np.uint64)
        self._state = np.zeros(1, np.int64)  # how many leads came so far

    def fold(
        self, ids: NDArray[np.int64], groups: NDArray[np.uint64], prints: Fingerprints
    ) -> NDArray[np.int64]:
        """For each post the id of the lead it repeats, or 0; those with 0 become leads themselves. Shape (n,).

        `groups`: only posts with the same number are folded together (posts caught by the same watches).
        """
        return self._run(ids, groups, prints, compare=True)

    def remember(self, leads: Leads) -> None:
        """Take in leads found elsewhere or earlier, as they are."""
        self._run(leads.ids, leads.groups, leads.prints, compare=False)

    def forget(self, ids: Sequence[int]) -> None:
        """Let no more posts be folded into these leads."""
        slots = np.isin(self._ids, np.asarray(ids, np.int64))
        self._ids[slots] = 0
        self._leads[slots] = 0

    def _run(
        self, ids: NDArray[np.int64], groups: NDArray[np.uint64], prints: Fingerprints, *, compare: bool
    ) -> NDArray[np.int64]:
        kernels = _kernel()
        return kernels.fold(
            np.ascontiguousarray(ids, np.int64),
            np.ascontiguousarray(groups, np.uint64),
            prints.offsets,
            prints.words,
            self._ids,
            self._leads,
            self._table,
            self._state,
            compare,
            np.float32(ALIKE),
            NEAR_WORDS,
            FEWEST,
            kernels.MULTIPLIERS,
            kernels.ADDENDS,
        )  # type: ignore[no-any-return]
