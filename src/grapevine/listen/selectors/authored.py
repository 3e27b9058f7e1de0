"""Who wrote what stands under a filter: every post's number and author, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from grapevine.listen.contracts.filters import Filter
from grapevine.listen.selectors import searches

CHUNK = 2_000
Authored = tuple[int, int | None]


@dataclass(frozen=True)
class Some:
    """So many posts of so many people were found; `more` when there are, or may be, more than were looked at."""

    posts: int
    people: int
    more: bool


def some(chosen: Filter, *, most: int) -> Some:
    """How much stands under the filter, counted no further than `most` posts, and no longer than somebody waits."""
    found = searches.older(replace(chosen, folded=False), limit=most)
    people = {one.identity_id for one in found.rows if one.identity_id is not None}
    return Some(len(found.rows), len(people), found.more or found.stopped_at is not None)


def chunks(chosen: Filter, *, size: int = CHUNK) -> Iterator[list[Authored]]:
    """(post, identity of its author) of every post under the filter, newest first, each once, near-duplicates too; what is passed on as it is
    is one of these. A chunk at a time is held, and each costs the same few questions."""
    for found in searches.chunks(replace(chosen, folded=False), size=size):
        yield [(one.post_id, one.identity_id) for one in found]
