"""Signs that talk isn't what it seems: copies by many newcomers, authors that post like a clock. Pure.

They are signs and no proof: pages show them with their reason and leave the judging to people.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

NEW = timedelta(days=3)
"""Who was first heard so shortly before the copy is new."""
AUTHORS = 5
NEWCOMERS = 0.6
POSTS = 12
EVEN = 0.8
SLACK = 0.02


@dataclass(frozen=True)
class Chorus:
    """The same text by many: how many authors, and how many of these were not heard before."""

    authors: int
    new: int


def chorus(
    copies: Sequence[tuple[int, datetime, datetime]], *, heard_since: datetime | None
) -> Chorus | None:
    """Whether copies look arranged: at least `AUTHORS` authors, `NEWCOMERS` of them new. None where they do not.

    `copies` are (author, first heard, published). Where the source has not been heard from `NEW` before the first copy, everybody
    is new and nothing can be said: `heard_since` is when its first post was published.
    """
    if not copies:
        return None
    if heard_since is None or min(published for _a, _f, published in copies) - heard_since < 2 * NEW:
        return None
    authors = {author for author, _first, _published in copies}
    new = {author for author, first, published in copies if published - first <= NEW}
    if len(authors) < AUTHORS or len(new) < NEWCOMERS * len(authors):
        return None
    return Chorus(len(authors), len(new))


def clockwork(times: Sequence[datetime]) -> timedelta | None:
    """The beat of an author who posts like a clock: the usual gap, where `EVEN` of the gaps are that long to within 2 %. Else None.

    At least `POSTS` posts are needed. Times that are known to the day only keep any beat and say nothing.
    """
    if len(times) < POSTS or all(at.hour == at.minute == at.second == 0 for at in times):
        return None
    ordered = sorted(times)
    gaps = [(b - a).total_seconds() for a, b in pairwise(ordered)]
    usual = median(gaps)
    if usual < 60:
        return None
    even = sum(abs(gap - usual) <= max(1.0, usual * SLACK) for gap in gaps)
    return timedelta(minutes=round(usual / 60)) if even >= EVEN * len(gaps) else None
