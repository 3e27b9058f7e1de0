"""Who wrote what stands under a filter: every post's number and author, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from grapevine.listen import documents
from grapevine.listen.contracts.filters import Filter
from grapevine.listen.selectors import searches, walks

CHUNK = 2_000
Authored = tuple[int, int | None]


def chunks(chosen: Filter, *, size: int = CHUNK) -> Iterator[list[Authored]]:
    """(post, identity of its author) of every post under the filter, newest first, each once, near-duplicates too; what is passed on as it is
    is one of these. A chunk at a time is held, and each costs the same few questions."""
    chosen = replace(chosen, folded=False)
    node = documents.node(chosen.q) if chosen.q else None
    if chosen.q and node is None:
        return
    before: int | None = None
    while True:
        page = walks.older(chosen, before=before, limit=size)
        found: Sequence[walks.Found] = page.rows
        if node is not None and found:
            found = searches.verified(node, found)
        if found:
            yield [(one.post_id, one.identity_id) for one in found]
        if not page.more:
            return
        before = page.rows[-1].post_id
