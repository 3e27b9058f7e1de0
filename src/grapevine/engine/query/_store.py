"""The compiled watches: growing arrays, and the index made of them when they changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from grapevine.engine.query import _hashing
from grapevine.engine.query._index import Index, build, sieve_of, stem_marks
from grapevine.engine.query._terms import Code
from grapevine.engine.query._tokenise import Sieve
from grapevine.engine.query._values import Wants
from grapevine.engine.query.documents import HAS


class Column:
    """A numpy array that grows at its end."""

    def __init__(self, dtype: Any) -> None:
        self._room = np.zeros(256, dtype)
        self.size = 0

    def extend(self, values: Any) -> None:
        """Put values behind those that are there."""
        size = self.size + len(values)
        if size > self._room.size:
            grown = np.zeros(size + size // 4, self._room.dtype)
            grown[: self.size] = self._room[: self.size]
            self._room = grown
        self._room[self.size : size] = values
        self.size = size

    def replace(self, values: Any) -> None:
        """Hold these values alone."""
        self._room = np.array(values, self._room.dtype)
        self.size = len(values)

    @property
    def values(self) -> Any:
        """What is there, as a view."""
        return self._room[: self.size]

    @property
    def nbytes(self) -> int:
        """Memory, the room to grow included."""
        return int(self._room.nbytes)


class Block(NamedTuple):
    """Compiled watches on their way into a store, numbered from 0. Fields as those of `Store`."""

    code: Any
    code_at: Any
    posted: Any
    posted_by: Any
    needs: Any
    stems: Any
    stem_hashes: Any
    stems_of: Any
    always: Any
    uses: Any


class Store:
    """Code, postings and stems of watches by number. Numbers are never used twice; `compact` hands out new ones."""

    def __init__(self) -> None:
        self.secret = _hashing.seeds()
        self.alive, self.uses = Column(np.uint8), Column(np.int32)
        self.code, self.code_at = Column(np.uint64), Column(np.int64)
        self.posted, self.posted_by, self.needs = Column(np.uint64), Column(np.int32), Column(np.uint64)
        self.stems, self.stem_hashes, self.stems_of = Column(np.int64), Column(np.uint64), Column(np.int32)
        self.always = Column(np.int32)
        self.dead = 0
        self._index: tuple[Index, Sieve, Wants] | None = None

    def prepare(self, codes: Sequence[Code], terms: Sequence[tuple[int, str]]) -> Block:
        """The arrays of watches whose code speaks of `terms` by number. Changes nothing."""
        hashes, marks = self._hash(terms)
        words: list[int] = []
        gaps: list[int] = []
        at: list[int] = []
        for code in codes:
            begin = len(words)
            at.append(begin)
            gaps += [begin + gap for gap in code.gaps]
            words += code.words
        filled = np.array(words, np.uint64)
        places = np.array(gaps, np.int64)
        numbers = filled[places].astype(np.int64)
        filled[places] = hashes[numbers]
        owners = np.searchsorted(np.array(at), places, side="right") - 1
        # Each stem of a watch once.
        is_stem = marks[numbers] >= 0
        stems = np.unique(np.stack([owners[is_stem], numbers[is_stem]]), axis=1)
        posted = np.array([term for code in codes for term in code.posted], np.int64)
        posted_by = np.repeat(np.arange(len(codes)), [len(code.posted) for code in codes])
        return Block(
            filled,
            np.array(at, np.int64),
            hashes[posted],
            posted_by,
            self._needs(codes, hashes)[posted_by],
            marks[stems[1]],
            hashes[stems[1]],
            stems[0],
            np.array([number for number, code in enumerate(codes) if not code.posted], np.int64),
            np.array([code.uses for code in codes], np.int32),
        )

    def add(self, block: Block) -> int:
        """Add the watches of a block; returns the number of the first of them."""
        first = self.alive.size
        self.code_at.extend(block.code_at + self.code.size)
        self.code.extend(block.code)
        self.posted.extend(block.posted)
        self.posted_by.extend(block.posted_by + first)
        self.needs.extend(block.needs)
        self.stems.extend(block.stems)
        self.stem_hashes.extend(block.stem_hashes)
        self.stems_of.extend(block.stems_of + first)
        self.always.extend(block.always + first)
        self.alive.extend(np.ones(block.uses.size, np.uint8))
        self.uses.extend(block.uses)
        self._index = None
        return first

    def _hash(self, terms: Sequence[tuple[int, str]]) -> tuple[Any, Any]:
        pieces = [text.encode() for _, text in terms]
        kinds = np.array([kind for kind, _ in terms], np.int64)
        offsets = np.zeros(len(pieces) + 1, np.int64)
        np.cumsum([len(piece) for piece in pieces], out=offsets[1:])
        data = np.frombuffer(b"".join(pieces) + bytes(64), np.uint8)
        return _hashing.hash_pieces(data, offsets, kinds, self.secret), stem_marks(data, offsets, kinds)

    @staticmethod
    def _needs(codes: Sequence[Code], hashes: Any) -> Any:
        """For each watch the bits that the signature of a matching post has."""
        bits = np.uint64(1) << (hashes >> np.uint64(58))
        counts = [len(code.needed) for code in codes]
        flat = np.array([term for code in codes for term in code.needed], np.int64)
        result = np.zeros(len(codes), np.uint64)
        np.bitwise_or.at(result, np.repeat(np.arange(len(codes)), counts), bits[flat])
        return result

    def kill(self, number: int) -> None:
        """A watch is no more."""
        if self.alive.values[number]:
            self.alive.values[number] = 0
            self.dead += 1
            self._index = None

    def compact(self) -> Any:
        """Drop what belongs to dead watches; returns each old number's new one (-1: dead)."""
        alive = self.alive.values.astype(bool)
        renumbered = np.where(alive, np.cumsum(alive) - 1, -1)
        ends = np.append(self.code_at.values[1:], self.code.size)
        sizes = (ends - self.code_at.values)[alive]
        code = self.code.values[np.repeat(alive, ends - self.code_at.values)]
        self.code.replace(code)
        self.code_at.replace(np.cumsum(sizes) - sizes)
        kept = alive[self.posted_by.values]
        self.posted.replace(self.posted.values[kept])
        self.needs.replace(self.needs.values[kept])
        self.posted_by.replace(renumbered[self.posted_by.values[kept]])
        kept = alive[self.stems_of.values]
        self.stems.replace(self.stems.values[kept])
        self.stem_hashes.replace(self.stem_hashes.values[kept])
        self.stems_of.replace(renumbered[self.stems_of.values[kept]])
        always = self.always.values
        self.always.replace(renumbered[always[alive[always]]])
        self.uses.replace(self.uses.values[alive])
        self.alive.replace(self.alive.values[alive])
        self.dead = 0
        self._index = None
        return renumbered

    def index(self) -> tuple[Index, Sieve, Wants]:
        """What the kernel takes; made anew when watches have changed."""
        if self._index is None:
            alive = self.alive.values
            *table, bits = build(self.posted.values, self.posted_by.values, self.needs.values, alive)
            always = self.always.values
            always = always[alive[always].astype(bool)] if always.size else always
            index = Index(*table, np.ascontiguousarray(always), self.code.values, self.code_at.values)
            used = alive[self.stems_of.values].astype(bool)
            stems = self.stems.values[used], self.stem_hashes.values[used]
            uses = int(np.bitwise_or.reduce(self.uses.values[alive.astype(bool)], initial=0))
            has = self._hash([(_hashing.HAS, what) for what in HAS])[0]
            self._index = index, sieve_of(bits, *stems, self.secret), Wants(np.int64(uses), has)
        return self._index

    @property
    def nbytes(self) -> int:
        """Memory of the arrays and, when it is made, the index."""
        columns = (value for value in vars(self).values() if isinstance(value, Column))
        made = 0
        if self._index is not None:
            index, sieve, _ = self._index
            made = sum(array.nbytes for array in (*index[:6], *sieve))
        return sum(column.nbytes for column in columns) + made
