"""The fast tier: every text, at the speed of the stream. Hashed n-grams and facts into linear heads, in one pass of compiled code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grapevine.engine.text import shelf
from grapevine.engine.text.reading import signs

LANGUAGES = ("sv", "da", "no", "nn", "nl", "de", "en", "af")
MOODS = ("negative", "neutral", "positive")
LEARNT = ("complains", "idea")
"""Wishes that have a head of their own, since few who have them use a phrase that the shelf knows."""
HEADS = (*MOODS, "spam", *LEARNT, *LANGUAGES)
SPAM, FIRST_LEARNT = len(MOODS), len(MOODS) + 1
FIRST_LANGUAGE = FIRST_LEARNT + len(LEARNT)
LONGEST = 4000
"""So many characters of a text are read."""
MODEL = Path(__file__).with_name("model.npz")


@dataclass(frozen=True)
class Model:
    """The weights as they ship: `table` int8 (2**bits, heads) times `scale` (heads,), `facts` (facts, heads), `bias` (heads,)."""

    bits: int
    table: NDArray[np.int8]
    scale: NDArray[np.float32]
    facts: NDArray[np.float32]
    bias: NDArray[np.float32]

    @cached_property
    def packed(self) -> NDArray[np.uint64]:
        """The table as the kernel adds it up: rows of sixteen bytes without sign, eight to a word. Shape (2**bits, 2)."""
        from grapevine.engine.text.reading._score import LANES, ZERO

        rows = np.full((len(self.table), LANES), ZERO, np.uint8)
        rows[:, : self.table.shape[1]] = self.table.view(np.uint8) ^ np.uint8(ZERO)
        return rows.view("<u8").astype(np.uint64, copy=False)


@dataclass(frozen=True)
class Sums:
    """What the heads said of n texts: `heads` (n, len(HEADS)) sums before any sigmoid, `facts` (n, FACTS), `sizes` (n,) tokens."""

    heads: NDArray[np.float32]
    facts: NDArray[np.float32]
    sizes: NDArray[np.int32]

    @property
    def moods(self) -> NDArray[np.float32]:
        return self.heads[:, :SPAM]

    @property
    def spam(self) -> NDArray[np.float32]:
        return self.heads[:, SPAM]

    @property
    def learnt(self) -> NDArray[np.float32]:
        return self.heads[:, FIRST_LEARNT:FIRST_LANGUAGE]

    @property
    def languages(self) -> NDArray[np.float32]:
        return self.heads[:, FIRST_LANGUAGE:]


@cache
def model(path: Path = MODEL) -> Model:
    """The shipped model."""
    with np.load(path) as kept:
        return Model(int(kept["bits"]), kept["table"], kept["scale"], kept["facts"], kept["bias"])


def codes_of(texts: Sequence[str]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """The characters of all texts one after the other, and where each begins; long texts are cut."""
    cut = [text[:LONGEST] for text in texts]
    offsets = np.zeros(len(cut) + 1, np.int64)
    np.cumsum(np.fromiter(map(len, cut), np.int64, len(cut)), out=offsets[1:])
    codes = np.frombuffer("".join(cut).encode("utf-32-le", "surrogatepass"), np.uint32)
    if len(codes) and codes.max() >= signs.WIDE:
        dressed_up = np.flatnonzero((codes >= signs.WIDE) & (codes < signs.WIDE_END))
        if len(dressed_up):
            codes = codes.copy()
            codes[dressed_up] = signs.plain()[codes[dressed_up] - signs.WIDE]
    return codes, offsets


def places(codes: Sequence[str]) -> NDArray[np.int64]:
    """The place on the shelf of each language; -1 for those that are not there. Written Norwegian is one language for the shelf."""
    there = {code: place for place, code in enumerate(shelf.languages())}
    alike = {"nn": "no", "nb": "no"}
    return np.array([there.get(alike.get(code, code), -1) for code in codes], np.int64)


class _Room:
    """What the kernel needs beside the model; one for each call, so that threads do not meet."""

    def __init__(self) -> None:
        from grapevine.engine.text.reading import _tokens

        self.tokens = _tokens.room(LONGEST)
        self.buckets: Any = np.empty(LONGEST * 8, np.uint32)


def read(
    texts: Sequence[str], *, languages: Sequence[str] | None = None, weights: Model | None = None
) -> Sums:
    """What the heads say of each text. Same text, same answer, whatever the batch. `languages` where they are known."""
    from grapevine.engine.text.reading import _score, _tokens
    from grapevine.engine.text.reading.table import table

    used = weights or model()
    codes, offsets = codes_of(texts)
    room = _Room()
    given = np.full(len(texts), -2, np.int64) if languages is None else places(languages)
    heads, facts, sizes = _score.score(
        codes, offsets, *signs.tables(), _tokens.domains(), _tokens.marks(), room.tokens, room.buckets,
        used.packed, used.bits, used.scale, used.bias, used.facts, table(), FIRST_LANGUAGE, places(LANGUAGES), given,
    )  # fmt: skip
    return Sums(heads, facts, sizes)


def features(
    texts: Sequence[str], languages: Sequence[str], bits: int
) -> tuple[NDArray[np.uint32], NDArray[np.int64], NDArray[np.float32]]:
    """For training: the buckets of all texts, where each text's end, and the facts."""
    from grapevine.engine.text.reading import _features, _score, _tokens
    from grapevine.engine.text.reading.table import table

    codes, offsets = codes_of(texts)
    room = _Room()
    out = np.empty(len(codes) * 5 + len(texts) * 8 + 64, np.uint32)
    ends = np.zeros(len(texts) + 1, np.int64)
    facts = np.zeros((len(texts), _features.FACTS), np.float32)
    used = _score.emit(
        codes, offsets, *signs.tables(), _tokens.domains(), _tokens.marks(), room.tokens, room.buckets,
        bits, table(), places(languages), out, ends, facts,
    )  # fmt: skip
    return out[:used], ends, facts


def shares(sums: NDArray[np.float32]) -> NDArray[np.float32]:
    """Shares of one, row by row (softmax)."""
    up = np.exp(sums - sums.max(1, keepdims=True))
    return (up / up.sum(1, keepdims=True)).astype(np.float32)
