"""Folding near-duplicates across batches, workers and restarts.

Each worker holds the latest leads in memory (`engine.text.folding`). What a batch added is stored with it as one `FoldBlock`; before the next
batch every worker reads the blocks it has not seen, its own too, so that a batch that was undone leaves nothing behind. Whether a lead is
still there is asked of the mentions, whose rows are the truth.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from grapevine.core import bulk
from grapevine.engine.text import folding
from grapevine.engine.text.folding import Fingerprints, Folder, Leads
from grapevine.listen.models import FoldBlock

# Blocks of two workers may be committed in another order than they were numbered.
_LOOK_BACK = 64


class Memory:
    """The leads one process remembers."""

    def __init__(self, window: int = folding.WINDOW) -> None:
        self.window = window
        self.clear()

    def clear(self) -> None:
        """Forget all; the blocks are read again when needed."""
        self.__dict__.pop("_folder", None)
        self._last = 0
        self._seen: dict[int, None] = {}  # marks, in the order they were met

    @cached_property
    def _folder(self) -> Folder:
        return Folder(self.window)

    def fold(
        self,
        ids: NDArray[np.int64],
        groups: NDArray[np.uint64],
        prints: Fingerprints,
        *,
        check: Callable[[Sequence[int]], set[int]],
    ) -> NDArray[np.int64]:
        """The lead of each post, or 0. `check` tells which of some older leads may still be folded into.

        In the transaction of the batch; new leads are stored for all workers.
        """
        self._catch_up()
        leads = self._folder.fold(ids, groups, prints)
        if _is_haunted(ids, leads):
            # A batch that was undone left leads behind whose ids were given again: to this one.
            self._folder.forget(ids.tolist())
            leads = self._folder.fold(ids, groups, prints)
        own = set(ids.tolist())
        for again in range(4):
            older = sorted({lead for lead in leads.tolist() if lead and lead not in own})
            stale = sorted(set(older) - check(older)) if older else []
            if not stale:
                break
            self._folder.forget(stale)
            rows = np.flatnonzero(np.isin(leads, stale))
            leads[rows] = self._folder.fold(ids[rows], groups[rows], prints.take(rows)) if again < 3 else 0
        return leads

    def _catch_up(self) -> None:
        rows = FoldBlock.objects.order_by("-id").values_list("id", "mark", "items")
        wanted, room, newest = [], self.window, 0
        for pk, mark, items in rows.filter(id__gt=self._last - _LOOK_BACK).iterator(chunk_size=500):
            newest = max(newest, pk)
            if mark not in self._seen:
                wanted.append(pk)
                room -= items
            if room <= 0:
                break
        # The folder may hold leads of a batch that was undone. They do no harm: `check` finds that they aren't there.
        for ids in bulk.chunks(reversed(wanted), 200):
            for mark, data in FoldBlock.objects.filter(pk__in=ids).order_by("id").values_list("mark", "data"):
                self._folder.remember(Leads.load(bytes(data)))
                self._seen[mark] = None
        self._last = newest
        while len(self._seen) > 8 * _LOOK_BACK:
            self._seen.pop(next(iter(self._seen)))

    def own(self, mark: int) -> None:
        """Say that a block came from this very memory and need not be read."""
        self._seen[mark] = None


def _is_haunted(ids: NDArray[np.int64], leads: NDArray[np.int64]) -> bool:
    """Whether a post was folded into itself, into a later one of its batch, or into one that is folded away itself."""
    rows = np.flatnonzero(leads)
    if not len(rows):
        return False
    place = {post_id: number for number, post_id in enumerate(ids.tolist())}
    for row, lead in zip(rows.tolist(), leads[rows].tolist(), strict=True):
        its = place.get(lead)
        if its is not None and (its >= row or leads[its]):
            return True
    return False


memory = Memory()


def store(leads: Leads, *, at: datetime) -> int:
    """Keep leads for all workers; returns the block's mark (0 when there are none)."""
    sizes = np.diff(leads.prints.offsets)
    rows = np.flatnonzero(sizes >= folding.FEWEST)
    if not len(rows):
        return 0
    kept = Leads(leads.ids[rows], leads.groups[rows], leads.prints.take(rows))
    mark = secrets.randbits(62)
    columns = {"mark": mark, "data": kept.dump(), "items": len(rows), "stored_at": bulk.moment(at)}
    bulk.insert_block("listen_foldblock", columns)
    return mark


def prune(*, window: int = folding.WINDOW) -> int:
    """Remove blocks beyond the window; returns how many."""
    room = window
    for pk, items in FoldBlock.objects.order_by("-id").values_list("id", "items").iterator(chunk_size=1000):
        room -= items
        if room <= 0:
            return FoldBlock.objects.filter(id__lt=pk).delete()[0]
    return 0
