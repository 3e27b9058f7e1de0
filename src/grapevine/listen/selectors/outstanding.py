"""What stands out among the mentions since a moment: new words of each brand, and the posts that made most of a stir.

Read, not only counted, so it is bounded: three brands, and the newest few hundred mentions.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from grapevine.listen import periods
from grapevine.listen.contracts.filters import Filter
from grapevine.listen.models import Brand
from grapevine.listen.rising import RisingWord
from grapevine.listen.selectors import walks, words
from grapevine.sources.selectors import texts

BRANDS = 3
WORDS = 6
LOOKED_AT = 200
SHOWN = 3
LEAST_STIR = 3


@dataclass(frozen=True)
class NewWords:
    """The words that rose in the talk about a brand."""

    brand: Brand
    words: tuple[RisingWord, ...]


@dataclass(frozen=True)
class Outstanding:
    """What stands out."""

    words: tuple[NewWords, ...]
    loudest: tuple[walks.Found, ...]


def since(start: datetime, *, now: datetime, zone: tzinfo) -> Outstanding:
    """New words (of at least a week, since a day has too few) and the loudest posts since `start`."""
    day = min(start.astimezone(zone), now.astimezone(zone) - timedelta(days=6)).date()
    asked = {"from": day.isoformat(), "to": now.astimezone(zone).date().isoformat()}
    period = periods.chosen(asked, now=now, zone=zone)
    found = []
    for brand in Brand.objects.present()[:BRANDS]:
        risen = words.rising_of(brand, period)
        if risen.compared and risen.found:
            found.append(NewWords(brand, risen.found[:WORDS]))
    return Outstanding(tuple(found), _loudest(start))


def _loudest(start: datetime) -> tuple[walks.Found, ...]:
    rows = walks.older(Filter(start=start), limit=LOOKED_AT).rows
    stirs = texts.stirs(row.post_id for row in rows)
    weighed = sorted(
        ((row.copies * 5 + stirs.get(row.post_id, 0), row) for row in rows), key=lambda pair: -pair[0]
    )
    return tuple(row for stir, row in weighed[:SHOWN] if stir >= LEAST_STIR)
