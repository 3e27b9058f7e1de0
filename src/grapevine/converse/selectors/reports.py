"""What was done at the desk in a period: read from the sums of days and months, never from threads.

Whole months inside the period are read as months, the days at its ends as days, so that five years cost about what a month does. The number of
questions is fixed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet, Sum

from grapevine.converse.models import Rollup, Team
from grapevine.converse.sums import CLASSES, COUNTERS, quantile
from grapevine.listen.selectors import brands
from grapevine.sources.selectors import shown

DAILY = 92
"""A curve has a bar for each day up to so many days, for each week up to `WEEKLY`, and then for each month."""
WEEKLY = 2 * 366


@dataclass(frozen=True)
class Sums:
    """What was counted."""

    opened: int = 0
    answered: int = 0
    in_time: int = 0
    resolved: int = 0
    helped: int = 0
    helped_partly: int = 0
    helped_not: int = 0
    seconds: int = 0
    took: tuple[int, ...] = (0,) * len(CLASSES)

    @classmethod
    def of(cls, counted: Counter[str]) -> Sums:
        took = tuple(counted[name] for name in CLASSES)
        return cls(**{name: counted[name] for name in COUNTERS if name not in CLASSES}, took=took)

    @property
    def rated(self) -> int:
        return self.helped + self.helped_partly + self.helped_not

    @property
    def in_time_share(self) -> float | None:
        return self.in_time / self.answered if self.answered else None

    @property
    def helped_share(self) -> float | None:
        """Of those who said anything, who were helped; partly counts half."""
        return (self.helped + self.helped_partly / 2) / self.rated if self.rated else None

    @property
    def median(self) -> float | None:
        """After how many seconds half of the answers were there."""
        return quantile(self.took)

    @property
    def slowest_tenth(self) -> float | None:
        """After how many seconds nine of ten answers were there."""
        return quantile(self.took, 0.9)


@dataclass(frozen=True)
class Line:
    """One team, channel, brand or language, in the period and in the one before."""

    name: str
    now: Sums
    before: Sums


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a report is about. `None` is all, 0 is what has none."""

    first: date
    last: date
    team_id: int | None = None
    source_id: int | None = None
    brand_id: int | None = None
    lang: str | None = None

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def unit(self) -> str:
        return "day" if self.days <= DAILY else "week" if self.days <= WEEKLY else "month"


@dataclass(frozen=True, kw_only=True)
class Report:
    """All of it. `curve` has (begin, opened, answered, opened in the period before)."""

    wanted: Wanted
    now: Sums
    before: Sums
    teams: tuple[Line, ...]
    sources: tuple[Line, ...]
    brands: tuple[Line, ...]
    langs: tuple[Line, ...]
    curve: tuple[tuple[date, Sums], ...] = field(default=())


def report(wanted: Wanted) -> Report:
    """What was done in the period, and in as many days before it. Six questions."""
    now = _by_key(_rows(wanted, wanted.first, wanted.last))
    before = _by_key(
        _rows(wanted, wanted.first - timedelta(days=wanted.days), wanted.first - timedelta(days=1))
    )
    teams = dict(Team.objects.values_list("pk", "name"))
    sources = {pk: one.name for pk, one in shown.source_names().items()}
    names = {one.pk: one.name for one in brands.choices()}
    return Report(
        wanted=wanted,
        now=_sum(now.values()),
        before=_sum(before.values()),
        teams=_lines(now, before, 0, lambda pk: teams.get(pk, "")),
        sources=_lines(now, before, 1, lambda pk: sources.get(pk, "")),
        brands=_lines(now, before, 2, lambda pk: names.get(pk, "")),
        langs=_lines(now, before, 3, str),
        curve=_curve(wanted),
    )


_Key = tuple[int, int, int, str]
_Found = dict[_Key, Counter[str]]


def stretches(first: date, last: date) -> Q:
    """The rows that make up a stretch of days: whole months as months, the rest as days."""
    begin = first if first.day == 1 else _next_month(first)
    after = _next_month(last) if _next_month(last) - timedelta(days=1) == last else last.replace(day=1)
    if begin >= after:
        return Q(span="d", first__range=(first, last))
    found = Q(span="m", first__gte=begin, first__lt=after)
    if first < begin:
        found |= Q(span="d", first__gte=first, first__lt=begin)
    if after <= last:
        found |= Q(span="d", first__range=(after, last))
    return found


def _next_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)


def _rows(wanted: Wanted, first: date, last: date) -> QuerySet[Rollup]:
    return Rollup.objects.filter(stretches(first, last) & _narrowed(wanted))


def _narrowed(wanted: Wanted) -> Q:
    given = {
        "team_id": wanted.team_id,
        "source_id": wanted.source_id,
        "brand_id": wanted.brand_id,
        "lang": wanted.lang,
    }
    return Q(**{name: value for name, value in given.items() if value is not None})


_SUMS: dict[str, Any] = {f"sum_{name}": Sum(name) for name in COUNTERS}


def _counted(row: Mapping[str, Any]) -> Counter[str]:
    return Counter({name: row[f"sum_{name}"] for name in COUNTERS})


def _by_key(rows: QuerySet[Rollup]) -> _Found:
    keys = ("team_id", "source_id", "brand_id", "lang")
    grouped = rows.order_by().values(*keys).annotate(**_SUMS)
    return {
        (row["team_id"], row["source_id"], row["brand_id"], row["lang"]): _counted(row) for row in grouped
    }


def _sum(counts: Iterable[Counter[str]]) -> Sums:
    total: Counter[str] = Counter()
    for one in counts:
        total.update(one)
    return Sums.of(total)


def _lines(now: _Found, before: _Found, part: int, name: Callable[[Any], str]) -> tuple[Line, ...]:
    both: dict[Any, tuple[list[Counter[str]], list[Counter[str]]]] = {}
    for place, found in enumerate((now, before)):
        for key, counted in found.items():
            both.setdefault(key[part], ([], []))[place].append(counted)
    lines = [Line(name(pk) if pk else "", _sum(first), _sum(then)) for pk, (first, then) in both.items()]
    return tuple(sorted(lines, key=lambda one: (-one.now.answered - one.now.opened, one.name.casefold())))


def _curve(wanted: Wanted) -> tuple[tuple[date, Sums], ...]:
    by_month = wanted.unit == "month"
    rows = (
        _rows(wanted, wanted.first, wanted.last)
        if by_month
        else Rollup.objects.filter(Q(span="d", first__range=(wanted.first, wanted.last)) & _narrowed(wanted))
    )
    pieces: dict[date, Counter[str]] = {begin: Counter() for begin in _begins(wanted)}
    for row in rows.order_by().values("first").annotate(**_SUMS):
        pieces[_piece(wanted, row["first"])].update(_counted(row))
    return tuple((begin, Sums.of(counted)) for begin, counted in sorted(pieces.items()))


def _piece(wanted: Wanted, day: date) -> date:
    """The begin of the bar that a day belongs to."""
    if wanted.unit == "month":
        return max(day.replace(day=1), wanted.first)
    if wanted.unit == "week":
        # Weeks are counted back from the last day, so that only the oldest may be shorter.
        back = (wanted.last - day).days // 7
        return max(wanted.last - timedelta(days=7 * back + 6), wanted.first)
    return day


def _begins(wanted: Wanted) -> set[date]:
    return {_piece(wanted, wanted.first + timedelta(days=number)) for number in range(wanted.days)}
