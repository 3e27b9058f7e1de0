"""What is counted of mentions, kept along with every change of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from itertools import compress, repeat
from typing import Any

import numpy as np
from django.db import transaction

from grapevine.core import bulk
from grapevine.listen.authors import Day
from grapevine.listen.models import AuthorDay, HourlyRollup
from grapevine.listen.reads import WANTS
from grapevine.listen.rows import STORED, Row
from grapevine.sources.contracts import ids
from grapevine.understand.contracts import MOODS

_HOUR, _DAY = 3600, 86400
_FIRST_DAY = date(1900, 1, 1)
_CHUNK = 20_000

COUNTERS = ("mentions", "posts", "leads", *MOODS, "spam", "by_brand", *WANTS)
"""What is counted for each brand, source, language and hour, in the order of the lists here."""
_MENTIONS, _POSTS, _LEADS = range(3)
_MOOD = 2  # plus the mood's number
_SPAM = COUNTERS.index("spam")
_BY_BRAND = _SPAM + 1
_WANT = _BY_BRAND + 1

_Hours = dict[tuple[int, int, str, int], list[int]]
_Authors = dict[tuple[int, int], dict[int, int]]


class Tally:
    """What rows add to the counts, before it is written."""

    def __init__(self) -> None:
        # By brand, source, language and hour since 1900 (all but the language are numbers, so that nothing is parsed).
        self._hours: _Hours = {}
        self._authors: _Authors = {}

    def add(self, rows: Iterable[Row], sign: int = 1) -> None:
        """Count rows, or with -1 take them out again."""
        hours, authors = self._hours, self._authors
        for row in rows:
            second = row.post_id >> ids.NUMBER_BITS
            key = (row.brand_id, row.source_id, row.lang, second // _HOUR)
            counts = hours.get(key)
            if counts is None:
                counts = hours[key] = [0] * len(COUNTERS)
            counts[_MENTIONS] += sign
            if row.nth > 1:
                continue
            counts[_POSTS] += sign
            if not row.lead_id:
                counts[_LEADS] += sign
            for place in _places(row.mood, row.wants, row.spam, row.by_brand):
                counts[place] += sign
            if row.identity_id is not None and not row.by_brand:
                day = authors.setdefault((row.brand_id, second // _DAY), {})
                day[row.identity_id] = day.get(row.identity_id, 0) + sign

    def add_columns(self, columns: Mapping[str, Sequence[Any]], *, source_id: int) -> None:
        """Count new rows of one source given column by column (by the names of `rows.COLUMNS`): as `add`, in a third of the time."""
        seconds = np.array(columns["post_id"], np.int64) >> ids.NUMBER_BITS
        brands, nths, leads = columns["brand_id"], columns["nth"], columns["lead_id"]
        keys = list(zip(brands, repeat(source_id), columns["lang"], (seconds // _HOUR).tolist()))
        every = Counter(keys)
        first = [nth < 2 for nth in nths]
        of_brand = every if all(first) else Counter(compress(keys, first))
        alone = Counter(compress(keys, [one and not lead for one, lead in zip(first, leads, strict=True)]))
        for key, number in every.items():
            counts = self._hours.setdefault(key, [0] * len(COUNTERS))
            counts[_MENTIONS] += number
            counts[_POSTS] += of_brand[key]
            counts[_LEADS] += alone[key]
        said = zip(keys, columns["mood"], columns["wants"], columns["spam"], columns["by_brand"], strict=True)
        for (key, mood, wants, spam, by_brand), number in Counter(compress(said, first)).items():
            counts = self._hours[key]
            for place in _places(mood, wants, spam, by_brand):
                counts[place] += number
        spoke = zip(brands, (seconds // _DAY).tolist(), columns["identity_id"], strict=True)
        others = [one and not own for one, own in zip(first, columns["by_brand"], strict=True)]
        for (brand, day, who), number in Counter(compress(spoke, others)).items():
            if who is not None:
                of_day = self._authors.setdefault((brand, day), {})
                of_day[who] = of_day.get(who, 0) + number

    def write(self) -> None:
        """Write what was counted, in the transaction of the change."""
        self._write_hours()
        self._write_authors()

    def _write_hours(self) -> None:
        changed = {key: counts for key, counts in sorted(self._hours.items()) if any(counts)}
        bulk.run_many(
            f"INSERT INTO listen_hourlyrollup (brand_id, source_id, lang, hour, {', '.join(COUNTERS)}) "
            f"VALUES ({', '.join(['%s'] * (4 + len(COUNTERS)))}) ON CONFLICT (brand_id, hour, source_id, lang) DO UPDATE SET "
            + ", ".join(f"{name} = listen_hourlyrollup.{name} + excluded.{name}" for name in COUNTERS),
            [(*key[:3], _hour(key[3]), *counts) for key, counts in changed.items()],
        )
        if any(counts[0] < 0 for counts in changed.values()):
            bulk.run_many(
                "DELETE FROM listen_hourlyrollup WHERE mentions = 0 AND brand_id = %s AND source_id = %s AND lang = %s AND hour = %s",
                [(*key[:3], _hour(key[3])) for key, counts in changed.items() if counts[0] < 0],
            )

    def _write_authors(self) -> None:
        changed = {
            key: {who: n for who, n in counts.items() if n} for key, counts in sorted(self._authors.items())
        }
        changed = {key: counts for key, counts in changed.items() if counts}
        if not changed:
            return
        bulk.run_many(
            "INSERT INTO listen_authorday (brand_id, day, authors, repeats, size) VALUES (%s, %s, %s, %s, 0) "
            "ON CONFLICT (brand_id, day) DO NOTHING",
            [(brand, _day(day), b"", b"") for brand, day in changed],
        )
        for keys in bulk.chunks(changed, 400):
            self._write_days(keys, changed)

    def _write_days(self, keys: list[tuple[int, int]], changed: _Authors) -> None:
        places = " OR ".join(["(brand_id = %s AND day = %s)"] * len(keys))
        lock = " ORDER BY brand_id, day FOR UPDATE" if bulk.is_postgresql() else ""
        values: list[Any] = [value for brand, day in keys for value in (brand, _day(day))]
        written, emptied = [], []
        for pk, brand, day, authors, repeats in bulk.ask(
            f"SELECT id, brand_id, day, authors, repeats FROM listen_authorday WHERE {places}{lock}",
            values,
        ):
            number = ((day if isinstance(day, date) else date.fromisoformat(day)) - _FIRST_DAY).days
            one = Day(authors, repeats)
            one.change(changed[brand, number])
            if len(one):
                written.append((*one.dump(), len(one), pk))
            else:
                emptied.append((pk,))
        bulk.run_many(
            "UPDATE listen_authorday SET authors = %s, repeats = %s, size = %s WHERE id = %s", written
        )
        bulk.run_many("DELETE FROM listen_authorday WHERE id = %s", emptied)


@lru_cache(maxsize=65536)
def _places(mood: int, wants: int, spam: bool, by_brand: bool) -> tuple[int, ...]:
    """The places in COUNTERS of what a post reads as."""
    found = [_MOOD + mood] if mood else []
    if spam:
        found.append(_SPAM)
    if by_brand:
        found.append(_BY_BRAND)
    return (*found, *(_WANT + place for place in range(len(WANTS)) if wants >> place & 1))


def _hour(number: int) -> str | None:
    return bulk.moment(ids.moment((number * _HOUR) << ids.NUMBER_BITS))


def _day(number: int) -> str:
    return (_FIRST_DAY + timedelta(days=number)).isoformat()


def apply(*, added: Iterable[Row] = (), removed: Iterable[Row] = ()) -> None:
    """Count rows that came and rows that went."""
    tally = Tally()
    tally.add(removed, -1)
    tally.add(added)
    tally.write()


@transaction.atomic
def rebuild() -> None:
    """Count everything anew from the mentions. For when somebody changed the database by hand; takes a minute for 5 million."""
    if bulk.is_postgresql():
        # Nobody may add a mention meanwhile; reading goes on.
        bulk.run("LOCK TABLE listen_mention IN SHARE MODE")
    HourlyRollup.objects.all()._raw_delete("default")
    AuthorDay.objects.all()._raw_delete("default")
    last = -1
    # By post, so that a tally is of a few hours and days, and each is written about once.
    while rows := _after(last):
        tally = Tally()
        tally.add(rows)
        tally.write()
        last = rows[-1].post_id


def _after(post_id: int) -> list[Row]:
    """The mentions of the posts that follow, whole posts only."""
    statement = f"SELECT {STORED} FROM listen_mention WHERE post_id > %s"
    rows = [Row(*row) for row in bulk.ask(f"{statement} ORDER BY post_id LIMIT {_CHUNK}", [post_id])]
    if len(rows) == _CHUNK:
        whole = [row for row in rows if row.post_id != rows[-1].post_id]
        if not whole:  # more watches than a chunk holds caught one post
            bound = [post_id, rows[-1].post_id]
            return [Row(*row) for row in bulk.ask(f"{statement} AND post_id <= %s", bound)]
        return whole
    return rows
