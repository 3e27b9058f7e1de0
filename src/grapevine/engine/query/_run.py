"""Running the kernel over a batch: giving it room, tables and a second look where it asks for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from grapevine.engine.query import _by_hand, _json, _match, _read, _tables, reference
from grapevine.engine.query._cook import BY_HAND, NO_PAGE, NO_ROOM
from grapevine.engine.query._posts import Packed
from grapevine.engine.query._spans import Stack
from grapevine.engine.query._store import Store
from grapevine.engine.query.documents import Document, Prepared
from grapevine.engine.query.syntax import Node

MOST_SPANS = 4_000_000
_NO_LINES, _NO_OFFSETS, _NO_FIELDS = (
    np.zeros((0, _match.LINE_COLUMNS), np.int64),
    np.zeros((0, 1), np.int64),
    np.zeros(0, np.int64),
)


class Run:
    """The workspace of one set of watches. Not for two threads at once."""

    def __init__(self) -> None:
        self._tables = _tables.shared()
        self._wanted = np.zeros(_tables.PAGES, np.uint8)
        self._base = 0
        self._seen = np.zeros(0, np.int64)
        self._pairs = 1 << 14
        self._make_room(1 << 12, 1 << 12)
        self.evaluated = 0

    def _make_room(self, size: int, entries: int) -> None:
        self._size, self._entries = size, entries
        self._room = _read.room_for(size, entries)
        slots = 64
        while slots < 2 * entries:
            slots *= 2
        # Lists of spans rarely outgrow the words they are made of, but nested NEARs may.
        spans = min(max(1 << 14, 16 * entries), max(MOST_SPANS, 2 * entries))
        self._stack = Stack(
            np.zeros(spans, np.int64),
            np.zeros(1 << 13, np.int64),
            np.zeros(1 << 13, np.int64),
            np.zeros(8, np.int64),
            np.zeros(slots, np.int32),
            np.zeros(entries, np.int32),
        )

    def _begin(self, store: Store) -> None:
        index = store.index()[0]
        if self._seen.size < index.code_at.size:
            self._seen = np.zeros(index.code_at.size + index.code_at.size // 4 + 64, np.int64)
        self._found = _match.Found(
            np.zeros(self._pairs, np.int32),
            np.zeros(self._pairs, np.int64),
            self._seen,
            np.zeros(_match.PROGRESS, np.int64),
            np.zeros((_json.ID + 1, 3), np.int64),
        )

    def _until_done(self, step: Callable[[], int], longest: int) -> None:
        """Call the kernel until it is through, giving it what it stops for."""
        if longest > self._size:
            self._make_room(longest + longest // 4, max(self._entries, longest // 2 + 256))
        while (why := step()) != _match.DONE:
            if why == NO_PAGE:
                self._tables.add([int(page) for page in np.flatnonzero(self._wanted)])
                self._wanted[:] = 0
            elif why == NO_ROOM:
                self._make_room(max(self._size, longest), 2 * self._entries)
            else:
                self._pairs *= 2
                posts, watches, seen, progress, spans = self._found
                self._found = _match.Found(
                    np.resize(posts, self._pairs), np.resize(watches, self._pairs), seen, progress, spans
                )

    def texts(self, store: Store, packed: Packed) -> tuple[Any, Any, Any]:
        """Match packed columns; returns posts, watches (number << 1 | to be looked at again) and each post's status."""
        index, sieve, wants = store.index()
        self._begin(store)
        statuses = np.zeros(packed.offsets.shape[1] - 1, np.int8)

        def step() -> int:
            return _match.match(  # type: ignore[no-any-return]
                packed.source, 0, packed.offsets, packed.fields, packed.kinds, _NO_LINES, self._room, self._stack, sieve, wants,
                index, self._tables.pages, self._wanted, self._found, statuses, self._base,
            )  # fmt: skip

        self._until_done(step, packed.longest)
        return (*self._pairs_found(), statuses)

    def lines(self, store: Store, source: Any, end: int) -> tuple[Any, Any, Any, Any]:
        """Match lines of JSON, source[:end]; returns as `texts`, and where the posts' lines and ids are."""
        index, sieve, wants = store.index()
        self._begin(store)
        count, longest = _match.count_lines(source, end)
        statuses = np.zeros(count + 1, np.int8)
        lines = np.zeros((count + 1, _match.LINE_COLUMNS), np.int64)

        def step() -> int:
            return _match.match(  # type: ignore[no-any-return]
                source, end, _NO_OFFSETS, _NO_FIELDS, _NO_FIELDS, lines, self._room, self._stack, sieve, wants,
                index, self._tables.pages, self._wanted, self._found, statuses, self._base,
            )  # fmt: skip

        self._until_done(step, int(longest))
        posts = int(self._found.progress[_match.POST])
        return (*self._pairs_found(), statuses[:posts], lines[:posts])

    def _pairs_found(self) -> tuple[Any, Any]:
        progress = self._found.progress
        count = int(progress[_match.FOUND])
        self.evaluated = int(progress[_match.EVALUATED])
        self._base += int(progress[_match.POST])
        return self._found.posts[:count].copy(), self._found.watches[:count].copy()

    def by_hand(self, store: Store, document: Document) -> tuple[Any, Prepared]:
        """Match one post that the kernel could not read; returns watches (as `texts`) and the post as read."""
        index, sieve, _ = store.index()
        self._begin(store)
        entries, post = _by_hand.packed(document)

        def step() -> int:
            self._found.progress[_match.FOUND] = 0
            return _match.match_entries(  # type: ignore[no-any-return]
                *entries, self._room, self._stack, sieve, index, self._found, 0, self._base
            )

        self._until_done(step, len(entries[0]))
        self._base += 1
        evaluated = self.evaluated + int(self._found.progress[_match.EVALUATED])
        watches = self._found.watches[: int(self._found.progress[_match.FOUND])].copy()
        self.evaluated = evaluated
        return watches, post


def settle(
    posts: Any,
    watches: Any,
    statuses: Any,
    *,
    document_at: Callable[[int], Document],
    node_of: Callable[[int], Node],
    by_hand: Callable[[Document], tuple[Any, Prepared]],
) -> tuple[Any, Any]:
    """The pairs that hold, in order: reads by hand what must be and asks the plain matcher where the kernel was not sure."""
    extra_posts: list[int] = []
    extra_watches: list[int] = []
    prepared: tuple[int, Prepared | None] = (-1, None)
    for post in np.flatnonzero(statuses == BY_HAND).tolist():
        found, read = by_hand(document_at(post))
        for watch in found.tolist():
            if not watch & 1 or reference.matches(node_of(watch >> 1), read):
                extra_posts.append(post)
                extra_watches.append(watch & ~1)
    holds = np.ones(posts.size, bool)
    for place in np.flatnonzero(watches & 1).tolist():
        post = int(posts[place])
        if prepared[0] != post:
            prepared = (post, Prepared(document_at(post)))
        assert prepared[1] is not None
        holds[place] = reference.matches(node_of(int(watches[place]) >> 1), prepared[1])
    posts, watches = posts[holds], watches[holds] >> 1
    if extra_posts:
        posts = np.concatenate([posts, np.array(extra_posts, np.int32)])
        watches = np.concatenate([watches, np.array(extra_watches, np.int64) >> 1])
        order = np.lexsort((watches, posts))
        posts, watches = posts[order], watches[order]
    return posts, watches
