"""How much was said about a brand, in a period and in the time before: from the hourly counts alone, never from mentions.

A constant number of statements. What they read grows with the hours of the period times sources and languages, not with what
was said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, F, IntegerField, Q, QuerySet, Sum, Value, When

from grapevine.listen.contracts.filters import UNSURE
from grapevine.listen.models import Brand, HourlyRollup
from grapevine.listen.periods import Period
from grapevine.listen.selectors import hours, vocabulary


@dataclass(frozen=True)
class Count:
    """Posts in the period and in the time before. `leads` leaves out those folded into another, `by_brand` are what brands say
    themselves."""

    posts: int = 0
    before: int = 0
    leads: int = 0
    by_brand: int = 0
    by_brand_before: int = 0

    @property
    def by_others(self) -> int:
        return self.posts - self.by_brand

    @property
    def by_others_before(self) -> int:
        return self.before - self.by_brand_before

    @property
    def change(self) -> float | None:
        """0.5 is half as much again; None when there was nothing before."""
        return self.posts / self.before - 1 if self.before else None


@dataclass(frozen=True)
class Point:
    """One piece of the curve: when it begins (in the reader's time zone), its posts, and those of the same piece before."""

    at: datetime
    before_at: datetime
    posts: int
    before: int


@dataclass(frozen=True)
class Part:
    """A source or a language with its posts. `key` is what the stream is filtered by."""

    key: str
    name: str
    count: Count
    share: float


@dataclass(frozen=True)
class Voice:
    """A brand's part of what others say about all brands; of a demo brand, about the demo's."""

    brand_id: int
    slug: str
    name: str
    colour: int
    ours: bool
    is_demo: bool
    count: Count
    share: float
    share_before: float


@dataclass(frozen=True)
class Volume:
    """All that a brand page draws from the hourly counts."""

    total: Count
    points: tuple[Point, ...]
    sources: tuple[Part, ...]
    languages: tuple[Part, ...]
    voices: tuple[Voice, ...]
    has_older: bool  # whether anything was said before the period's comparison begins or in it

    @property
    def has_own_words(self) -> bool:
        """Whether any of the brands compared spoke itself."""
        return any(voice.count.by_brand for voice in self.voices)

    @property
    def busiest(self) -> Point | None:
        return max(self.points, key=lambda point: point.posts, default=None)


def of_brand(brand_id: int, period: Period) -> Volume:
    """The counts of one brand, and its part of the talk about all brands it is compared with. Four statements."""
    total, sources, languages = _by_source_and_language(brand_id, period)
    return Volume(
        total=total,
        points=_points(brand_id, period),
        sources=sources,
        languages=languages,
        voices=voices(period, beside=brand_id),
        has_older=total.before > 0,
    )


def voices(period: Period, *, beside: int | None = None) -> tuple[Voice, ...]:
    """Every brand with its share of the posts about brands, the loudest first; only those compared with `beside`, if given.

    What brands say themselves has no share. Brands of the demo are compared with each other, one's own with one's own. Two statements.
    """
    brands = list(Brand.objects.present())
    if beside is not None:
        is_demo = any(brand.pk == beside and brand.is_demo for brand in brands)
        brands = [brand for brand in brands if brand.is_demo == is_demo]
    # By their ids, so that the index on brand and hour is sought for each; a join would have all hours read.
    theirs = HourlyRollup.objects.filter(brand_id__in=[brand.pk for brand in brands])
    sums = {row["brand"]: row for row in _both(theirs, period).values("brand").annotate(**_sums(period))}
    every = [(brand, _count(sums.get(brand.pk))) for brand in brands]
    whole = {kind: _sum(count for brand, count in every if brand.is_demo is kind) for kind in (False, True)}
    found = [
        Voice(
            brand_id=brand.pk,
            slug=brand.slug,
            name=brand.name,
            colour=brand.position,
            ours=brand.ours,
            is_demo=brand.is_demo,
            count=count,
            share=_part(count.by_others, whole[brand.is_demo].by_others),
            share_before=_part(count.by_others_before, whole[brand.is_demo].by_others_before),
        )
        for brand, count in every
    ]
    return tuple(sorted(found, key=lambda voice: -voice.count.posts))


def curves(brand_ids: Sequence[int], period: Period) -> dict[int, tuple[int, ...]]:
    """Posts by piece of the period for each brand (for small curves and comparing). One statement."""
    buckets = period.buckets()
    found = hours.of_brands(brand_ids, period.start_at, period.end_at)
    return {brand_id: tuple(hours.poured(counts, buckets)) for brand_id, counts in found.items()}


def _sums(period: Period) -> dict[str, Sum]:
    """Posts of the period, of the time before, and of the period without copies; and of the first two what brands say themselves."""
    start = hours.floor(period.start_at)
    here = Q(hour__gte=start)
    # The hours between the end of the time before and the period (of a day that is not over yet) count for neither.
    earlier = Q(hour__lt=min(period.before_end_at, start))
    return {
        "now": _only("posts", here),
        "earlier": _only("posts", earlier),
        "alone": _only("leads", here),
        "own": _only("by_brand", here),
        "own_earlier": _only("by_brand", earlier),
    }


_SUMS = ("now", "earlier", "alone", "own", "own_earlier")
"""Their names, in the order of Count."""


def _only(name: str, when: Q) -> Sum:
    return Sum(Case(When(when, then=F(name)), default=Value(0), output_field=IntegerField()))


def _both(rows: QuerySet[HourlyRollup], period: Period) -> QuerySet[HourlyRollup]:
    """The hours of the period and of the time before, as one walk along the index."""
    return rows.filter(hour__gte=hours.floor(period.before_start_at), hour__lt=period.end_at).order_by()


def _count(row: Mapping[str, Any] | None) -> Count:
    return Count(*(row[name] or 0 for name in _SUMS)) if row else Count()


def _by_source_and_language(
    brand_id: int, period: Period
) -> tuple[Count, tuple[Part, ...], tuple[Part, ...]]:
    rows = (
        _both(HourlyRollup.objects.filter(brand_id=brand_id), period)
        .values("source", "source__name", "lang")
        .annotate(**_sums(period))
    )
    names = vocabulary.languages()
    sources: dict[tuple[str, str], list[Count]] = {}
    languages: dict[tuple[str, str], list[Count]] = {}
    for row in rows:
        count = _count(row)
        sources.setdefault((str(row["source"]), row["source__name"]), []).append(count)
        languages.setdefault(
            (row["lang"] or UNSURE, names.get(row["lang"] or UNSURE, row["lang"])), []
        ).append(count)
    total = _sum(count for counts in sources.values() for count in counts)
    return total, _parts(sources, total), _parts(languages, total)


def _sum(counts: Iterable[Count]) -> Count:
    return Count(*(sum(numbers) for numbers in zip(*map(astuple, counts), strict=True)))


def _part(number: int, whole: int) -> float:
    return number / whole if whole else 0.0


def _parts(grouped: dict[tuple[str, str], list[Count]], total: Count) -> tuple[Part, ...]:
    summed = [(key, name, _sum(counts)) for (key, name), counts in grouped.items()]
    parts = [Part(key, name, count, _part(count.posts, total.posts)) for key, name, count in summed]
    return tuple(sorted(parts, key=lambda part: (-part.count.posts, part.name)))


def _points(brand_id: int, period: Period) -> tuple[Point, ...]:
    counts = hours.of_brands([brand_id], period.before_start_at, period.end_at)[brand_id]
    now, before = period.buckets(), period.buckets(before=True)
    here, there = hours.poured(counts, now), hours.poured(counts, before)
    there += [0] * (len(here) - len(there))
    return tuple(
        Point(one.label, (before[index] if index < len(before) else one).label, here[index], there[index])
        for index, one in enumerate(now)
    )
