"""Tens of thousands of watches against batches of posts: `WatchSet`.

    >>> watches = WatchSet()
    >>> watches.put("fire", "volvo NEAR/3 fire")
    >>> watches.match_texts(["Fire in a Volvo", "Saab"])
    [['fire'], []]

A post is read once: its words are hashed, and only watches whose rarest required word it holds are looked at, by code that LLVM made of
`_match`. What the kernel cannot decide exactly it hands to the plain matcher, so results are always those of `reference`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from threading import Lock
from typing import Any, NamedTuple

import msgspec
import numpy as np

from grapevine.engine.query import _match, parser
from grapevine.engine.query._compile import Compiler
from grapevine.engine.query._frequencies import Frequencies
from grapevine.engine.query._posts import BadLine, Columns, document_at, document_in, pack, padded
from grapevine.engine.query._run import Run, settle
from grapevine.engine.query._store import Block, Store
from grapevine.engine.query.documents import Document
from grapevine.engine.query.syntax import Node

Id = int | str
# Trees of unsure watches that are kept at hand.
KEPT_NODES = 1_000
# Watches that are compiled together: enough to share the work, few enough that their parts do not pile up.
AT_ONCE = 500


class Matches(NamedTuple):
    """Pairs of post and watch, ordered by post. `ids[watches[k]]` is the id of the watch that caught post number `posts[k]`."""

    posts: Any  # int32
    watches: Any  # int64
    ids: Sequence[Id]

    def by_post(self, posts: int) -> list[list[Id]]:
        """The ids of each of so many posts."""
        result: list[list[Id]] = [[] for _ in range(posts)]
        for post, watch in zip(self.posts.tolist(), self.watches.tolist(), strict=True):
            result[post].append(self.ids[watch])
        return result


class Stats(NamedTuple):
    """What a set of watches takes: how many they are, their memory in bytes, how many were looked at in the last batch."""

    watches: int
    bytes: int
    evaluated: int


class Lines(NamedTuple):
    """What came of a block of lines: how many posts they were, lines of results, and lines (from 0) that were no posts, with the reason."""

    posts: int
    output: bytes
    rejected: list[tuple[int, str]]


class WatchSet:
    """Watches by id, compiled. `sample`: some texts of the kind to be matched, from which it learns which words are rare."""

    def __init__(self, sample: Iterable[str] = ()) -> None:
        self._frequencies = Frequencies(sample)
        self._store = Store()
        self._run = Run()
        self._ids: list[Id] = []
        self._numbers: dict[Id, int] = {}
        self._unsure: dict[int, str | Node] = {}
        self._nodes: dict[int, Node] = {}
        self._names: tuple[Any, Any] | None = None
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._numbers)

    def __contains__(self, id: Id) -> bool:
        return id in self._numbers

    # Watches come and go

    def put(self, id: Id, query: str | Node) -> None:
        """Add a watch, or change it. It counts from the next batch on. Raises QueryError."""
        self.put_many([(id, query)])

    def put_many(self, watches: Iterable[tuple[Id, str | Node]]) -> None:
        """Add or change many watches at once; all of them or, when a query is wrong (QueryError), none."""
        given = dict(watches)
        compiled = [self._compile(chunk) for chunk in _chunks(list(given.values()), AT_ONCE)]
        unsure = [flag for _, flags in compiled for flag in flags]
        with self._lock:
            firsts = [self._store.add(block) for block, _ in compiled]
            for number, (id, query) in enumerate(given.items(), firsts[0] if firsts else 0):
                self._forget(id)
                self._numbers[id] = number
                self._ids.append(id)
                if unsure[number - firsts[0]]:
                    self._unsure[number] = query
            self._changed()

    def _compile(self, queries: Sequence[str | Node]) -> tuple[Block, list[bool]]:
        """The compiled watches, and which of them may need a second look."""
        compiler = Compiler(self._frequencies)
        codes = [
            compiler.compile(parser.parse_with_lints(query)[0] if isinstance(query, str) else query)
            for query in queries
        ]
        return self._store.prepare(codes, list(compiler.terms)), [code.unsure for code in codes]

    def remove(self, id: Id) -> None:
        """Take a watch away. Raises KeyError when there is none with this id."""
        with self._lock:
            if id not in self._numbers:
                raise KeyError(id)
            self._forget(id)
            self._changed()

    def _forget(self, id: Id) -> None:
        number = self._numbers.pop(id, None)
        if number is not None:
            self._store.kill(number)
            self._unsure.pop(number, None)
            self._nodes.pop(number, None)

    def _changed(self) -> None:
        self._names = None
        if self._store.dead > 256 and self._store.dead > len(self._numbers) // 4:
            renumbered = self._store.compact()
            self._ids = [id for id, number in zip(self._ids, renumbered.tolist(), strict=True) if number >= 0]
            self._numbers = {id: int(renumbered[number]) for id, number in self._numbers.items()}
            self._unsure = {int(renumbered[number]): query for number, query in self._unsure.items()}
            self._nodes = {}
            self._run = Run()

    # Posts

    def match(self, columns: Columns) -> Matches:
        """Match a batch of posts given as columns: "text" and any other field of `Document`, all of one length."""
        with self._lock:
            packed = pack(columns)
            posts, watches, statuses = self._run.texts(self._store, packed)
            posts, watches = self._settle(posts, watches, statuses, lambda post: document_at(columns, post))
            return Matches(posts, watches, self._ids)

    def match_texts(self, texts: Sequence[str], columns: Columns | None = None) -> list[list[Id]]:
        """The ids of the watches that each text satisfies; `columns` holds further fields of the posts."""
        return self.match({**(columns or {}), "text": texts}).by_post(len(texts))

    def match_lines(self, data: bytes | bytearray | memoryview) -> Lines:
        """Match posts given as lines of JSON, `{"id", "text", …}`; gives lines `{"id": post, "watches": [ids]}` for those with a match."""
        with self._lock:
            source = padded(data)
            posts, watches, statuses, lines = self._run.lines(self._store, source, len(data))
            given, rejected = _read_by_hand(source, statuses, lines)

            def document(post: int) -> Document:
                return given[post][1] if post in given else document_in(_line(source, lines, post))[1]

            posts, watches = self._settle(posts, watches, statuses, document)
            ids = lines[:, _match.ID : _match.ID_END + 1]
            if given:  # their ids have no place in the source that is known
                source = _with_ids(source, ids, {post: id for post, (id, _) in given.items()})
            names, names_at = self._watch_names()
            size = int(
                (names_at[watches + 1] - names_at[watches] + 2).sum()
                + (ids[posts, 1] - ids[posts, 0] + 96).sum()
            )
            out = np.empty(size + 256, np.uint8)
            written = _match.write_lines(source, ids, posts, watches, names, names_at, out)
            return Lines(len(lines) - len(rejected), out[:written].tobytes(), rejected)

    def match_json_lines(self, data: bytes | bytearray | memoryview) -> Iterator[tuple[Id, list[Id]]]:
        """The id of every post in lines of JSON that some watch caught, and the watches' ids. Lines that are no posts are passed over."""
        for line in self.match_lines(data).output.splitlines():
            found = msgspec.json.decode(line)
            yield found["id"], found["watches"]

    def _settle(
        self, posts: Any, watches: Any, statuses: Any, document: Callable[[int], Document]
    ) -> tuple[Any, Any]:
        return settle(
            posts,
            watches,
            statuses,
            document_at=document,
            node_of=self._node,
            by_hand=lambda post: self._run.by_hand(self._store, post),
        )

    def _node(self, number: int) -> Node:
        """The tree of a watch that the kernel was not sure about."""
        node = self._nodes.get(number)
        if node is None:
            query = self._unsure[number]
            node = parser.parse_with_lints(query)[0] if isinstance(query, str) else query
            if len(self._nodes) >= KEPT_NODES:
                self._nodes.pop(next(iter(self._nodes)))
            self._nodes[number] = node
        return node

    def _watch_names(self) -> tuple[Any, Any]:
        """The watches' ids as JSON, behind one another, and where each begins."""
        if self._names is None:
            names = [msgspec.json.encode(id) for id in self._ids]
            starts = np.zeros(len(names) + 1, np.int64)
            np.cumsum(np.fromiter(map(len, names), np.int64, len(names)), out=starts[1:])
            self._names = np.frombuffer(b"".join(names), np.uint8), starts
        return self._names

    def stats(self) -> Stats:
        """How many watches, how much memory, and how many were looked at in the last batch."""
        with self._lock:
            kept = sum(sys.getsizeof(query) for query in self._unsure.values() if isinstance(query, str))
            python = sum(map(sys.getsizeof, (self._ids, self._numbers, self._unsure)))
            return Stats(len(self._numbers), self._store.nbytes + kept + python, self._run.evaluated)


def _chunks(values: list[str | Node], size: int) -> Iterator[list[str | Node]]:
    for start in range(0, len(values), size):
        yield values[start : start + size]


def _line(source: Any, lines: Any, post: int) -> bytes:
    return source[lines[post, _match.LINE] : lines[post, _match.LINE_END]].tobytes()  # type: ignore[no-any-return]


def _read_by_hand(
    source: Any, statuses: Any, lines: Any
) -> tuple[dict[int, tuple[Id, Document]], list[tuple[int, str]]]:
    """The posts that the kernel left to Python's own JSON reader, and what turned out to be none."""
    given: dict[int, tuple[Id, Document]] = {}
    rejected: list[tuple[int, str]] = []
    number = at = 0
    for post in np.flatnonzero(statuses).tolist():
        begin = int(lines[post, _match.LINE])
        number += int(np.count_nonzero(source[at:begin] == ord("\n")))
        at = begin
        try:
            given[post] = document_in(_line(source, lines, post))
        except BadLine as error:
            rejected.append((number, str(error)))
            statuses[post] = 0
    return given, rejected


def _with_ids(source: Any, ids: Any, given: dict[int, Id]) -> Any:
    """The source with these posts' ids behind it; notes in `ids` where they stand."""
    pieces = [msgspec.json.encode(id) for id in given.values()]
    at = source.size
    for post, piece in zip(given, pieces, strict=True):
        ids[post] = at, at + len(piece)
        at += len(piece)
    return np.concatenate([source, np.frombuffer(b"".join(pieces), np.uint8)])
