"""The stream searched by meaning: the caught posts closest to some words, in whatever language, under the stream's other filters."""

from __future__ import annotations

from dataclasses import dataclass

from grapevine.core import bulk
from grapevine.listen.contracts.filters import Filter
from grapevine.listen.reads import SUBJECT
from grapevine.listen.selectors import conditions, walks
from grapevine.understand.selectors import vectors

SHOWN = 50
_AT_ONCE = 500


@dataclass(frozen=True)
class Close:
    """The rows, the closest first, and among how many posts they were looked for."""

    rows: tuple[walks.Found, ...]
    among: int


def closest(chosen: Filter, *, limit: int = SHOWN) -> Close:
    """The posts closest in meaning to `chosen.meaning` that the other filters let through. Each five hundred of them are one statement."""
    near = vectors.nearest(SUBJECT, chosen.meaning)
    span = conditions.span_of(chosen)
    ids = near.ids[(near.ids >= span.low) & (near.ids < span.high)].tolist()
    condition, params = conditions.conditions(chosen)
    found: list[walks.Found] = []
    for some in bulk.chunks(ids, _AT_ONCE):
        places = ", ".join(["%s"] * len(some))
        statement = (
            f"SELECT {walks.COLUMNS} FROM listen_mention m WHERE m.post_id IN ({places}) AND {condition}"
        )
        by_id = {one.post_id: one for one in walks.run(statement, [*some, *params])}
        found += [by_id[one] for one in some if one in by_id]
        if len(found) >= limit:
            break
    return Close(tuple(found[:limit]), near.among)
