"""What is known of mentions before anything is stored. Pure: made with the batch, beside the writing of the one before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from grapevine.connectors.base import Post
from grapevine.listen import rows
from grapevine.listen.reads import OfPost, Read
from grapevine.people.contracts import Seen

if TYPE_CHECKING:
    from grapevine.listen.matching import Snapshot


@dataclass(frozen=True)
class Caught:
    """The mentions of the posts at `places` of a batch, column by column, one row for each watch.

    `of` says of which post each is, by its place in `places`, and `read` are the columns of how it reads. `authors` (their ids at the
    platform) and `groups` (`rows.group`) go with the posts; `seen` is what the posts say of each author.
    """

    places: list[int]
    of: list[int]
    watches: list[int]
    brands: list[int]
    versions: list[int]
    nths: list[int]
    read: dict[str, list[Any]]
    authors: list[str]
    groups: NDArray[np.uint64]
    seen: dict[str, Seen]


def of(
    places: Sequence[int],
    posts: Sequence[Post],
    hits: Sequence[tuple[int, ...]],
    reads: Sequence[OfPost],
    snapshot: Snapshot,
) -> Caught:
    """The mentions of some posts of a batch."""
    found: list[tuple[int, int, int]] = []  # which post, watch, nth
    for number, place in enumerate(places):
        hit = hits[place]
        if len(hit) == 1:
            found.append((number, hit[0], 0))
        else:
            found += [(number, watch, nth) for watch, nth in rows.places(hit, snapshot.brands)]
    which = [number for number, _watch, _nth in found]
    watches = [watch for _number, watch, _nth in found]
    brands = [snapshot.brands[watch] for watch in watches]
    return Caught(
        places=list(places),
        of=which,
        watches=watches,
        brands=brands,
        versions=[snapshot.versions[watch] for watch in watches],
        nths=[nth for _number, _watch, nth in found],
        read=_read([reads[places[number]].by(brand) for number, brand in zip(which, brands, strict=True)]),
        authors=[author.external_id if (author := posts[place].author) else "" for place in places],
        groups=np.array([rows.group(hits[place]) for place in places], np.uint64),
        seen=seen_in(posts[place] for place in places),
    )


def _read(found: Sequence[Read]) -> dict[str, list[Any]]:
    columns = map(list, zip(*found, strict=True)) if found else ([] for _name in Read._fields)
    return dict(zip(Read._fields, columns, strict=True))


def seen_in(posts: Iterable[Post]) -> dict[str, Seen]:
    """What posts say of their authors, by the authors' ids at the platform; of several the latest counts."""
    seen: dict[str, Seen] = {}
    for post in posts:
        author, at = post.author, post.published_at
        if author is None or not author.external_id:
            continue
        one = seen.get(author.external_id)
        if one is None:
            seen[author.external_id] = Seen(
                author.external_id, author.handle, author.name, author.url, author.followers, at, at
            )
            continue
        if at < one.first_at:
            one.first_at = at
        if at >= one.last_at:
            one.last_at = at
            one.handle, one.name, one.url, one.followers = (
                author.handle,
                author.name,
                author.url,
                author.followers,
            )
    return seen
