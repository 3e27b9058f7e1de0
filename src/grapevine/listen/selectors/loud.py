"""Who and what is loudest about a brand: rising words, topics, busiest authors, most repeated texts, the latest mentions.

These are read, not only counted, so each has a bound that doesn't grow with the store; the page fetches them after itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from grapevine.listen.contracts.filters import Filter
from grapevine.listen.models import Brand, Mention
from grapevine.listen.periods import Period
from grapevine.listen.selectors import authors, suspicions, talk, topics, walks, words
from grapevine.listen.suspicions import Chorus
from grapevine.sources.contracts import ids

LOOKED_AT = 20_000  # the newest mentions of the period, for repeats
SHOWN_REPEATS = 4
SHOWN_LATEST = 4


@dataclass(frozen=True)
class Loud:
    """`repeats` and `latest` are rows as the stream's selectors know them.

    `repeats_since` is set when not all of the period could be looked at.
    """

    words: words.Words
    topics: topics.Topics
    authors: tuple[authors.Busy, ...]
    repeats: tuple[walks.Found, ...]
    repeats_since: datetime | None
    latest: tuple[walks.Found, ...]
    beats: dict[int, timedelta]  # by identity: who posts like a clock
    choruses: dict[int, Chorus]  # by post: what many newcomers repeated


def of_brand(brand: Brand, period: Period) -> Loud:
    """All of it, for one brand and period."""
    repeats, since = _repeats(brand.pk, period)
    said = talk.of_brand(brand, period)
    chosen = Filter(brand_id=brand.pk, start=period.start_at, end=period.end_at)
    busiest = authors.busiest(brand.pk, period)
    return Loud(
        words=words.rising_in(said),
        topics=topics.in_talk(brand, period, said),
        authors=busiest,
        repeats=repeats,
        repeats_since=since,
        latest=walks.older(chosen, limit=SHOWN_LATEST).rows,
        beats=suspicions.clockwork([one.identity_id for one in busiest]),
        choruses=suspicions.choruses(repeats),
    )


def _repeats(brand_id: int, period: Period) -> tuple[tuple[walks.Found, ...], datetime | None]:
    """The texts with most copies among the newest `LOOKED_AT` mentions, and from when on these were looked at if not all."""
    statement = (
        f"SELECT {walks.COLUMNS} FROM (SELECT * FROM listen_mention WHERE brand_id = %s AND post_id >= %s AND post_id < %s "
        "ORDER BY post_id DESC LIMIT %s) m WHERE m.nth <= 1 AND m.lead_id = 0 AND m.copies > 0 "
        "ORDER BY m.copies DESC, m.post_id DESC LIMIT %s"
    )
    low, high = ids.floor(period.start_at), ids.floor(period.end_at)
    found = walks.run(statement, [brand_id, low, high, LOOKED_AT, SHOWN_REPEATS])
    return tuple(found), _beyond(brand_id, low, high)


def _beyond(brand_id: int, low: int, high: int) -> datetime | None:
    last = (
        Mention.objects.filter(brand_id=brand_id, post_id__gte=low, post_id__lt=high)
        .order_by("-post_id")
        .values_list("post_id", flat=True)[LOOKED_AT : LOOKED_AT + 1]
    )
    return next((ids.moment(post_id) for post_id in last), None)
