"""Questions about watches: which there are, how they do, what they were."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Sum
from django.http import Http404

from grapevine.core import access
from grapevine.engine import query
from grapevine.listen import query_parts, query_words
from grapevine.listen.models import Brand, Watch, WatchVersion
from grapevine.listen.models.watches import RematchState, WatchState
from grapevine.listen.query_parts import Mark
from grapevine.sources.contracts import ids
from grapevine.ui.components.posts import QueryPart

SEE = "listen.watch.see"
CHANGE = "listen.watch.change"
PAGE = 60
COUNTED = 1000  # of one watch's mentions are always counted; of few watches more
BUDGET = 50_000  # mentions are counted for one page, some milliseconds along the index
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Caught:
    """What a watch caught of late. With `capped`, `week` is reckoned from its newest mentions, and never more than there are."""

    week: int = 0
    capped: bool = False
    last_at: datetime | None = None


@dataclass(frozen=True)
class WatchRow:
    """A watch in a list."""

    id: int
    name: str
    brand: Brand
    query: tuple[QueryPart, ...]
    is_paused: bool
    caught: Caught
    warnings: tuple[str, ...]
    is_broken: bool
    is_rematching: bool


@dataclass(frozen=True)
class BrandWatches:
    """The watches of one brand."""

    brand: Brand
    rows: tuple[WatchRow, ...]


@dataclass(frozen=True)
class WatchesPage:
    """A part of the list of watches; `previous` and `following` are pages, 0 where there is none."""

    groups: tuple[BrandWatches, ...]
    total: int
    number: int
    previous: int
    following: int
    brands: tuple[Brand, ...]
    chosen: Brand | None


@dataclass(frozen=True)
class Version:
    """A version of a query, beside the one before it."""

    id: int
    number: int
    saved_at: datetime
    saved_by: str
    query: str
    before: str | None
    is_current: bool


@dataclass(frozen=True)
class Progress:
    """How far matching history again is. `state` is one of RematchState."""

    state: str
    done: int
    total: int
    job_id: int | None

    @property
    def is_busy(self) -> bool:
        return self.state in (RematchState.WAITING, RematchState.RUNNING)


def reachable_by(by: Any, watch_id: int, *, permission: str = SEE) -> Watch:
    """A watch that is not deleted, with its brand, for somebody with `permission`. Raises AccessDenied, Http404."""
    access.require(by, permission)
    watch = Watch.objects.present().select_related("brand", "version").filter(pk=watch_id).first()
    if watch is None:
        raise Http404("no such watch")
    return watch


def deleted_reachable_by(by: Any, watch_id: int) -> Watch:
    """A deleted watch of a present brand, for somebody who may bring it back. Raises AccessDenied, Http404."""
    access.require(by, CHANGE)
    every = Watch.objects.select_related("brand").exclude(deleted_at=None)
    watch = every.filter(pk=watch_id, brand__deleted_at=None).first()
    if watch is None:
        raise Http404("no such deleted watch")
    return watch


def page(*, brand: Brand | None = None, number: int = 1, at: datetime) -> WatchesPage:
    """The watches by brand, `PAGE` at a time. Four statements, however many watches and mentions."""
    every = Watch.objects.present().select_related("brand")
    if brand is not None:
        every = every.filter(brand=brand)
    total = every.count()
    last = max(1, -(-total // PAGE))
    number = min(max(1, number), last)
    ordered = every.order_by("-brand__ours", "brand__position", "brand__name", "brand_id", "name", "pk")
    found = list(ordered[(number - 1) * PAGE : number * PAGE])
    caught = caught_lately([watch.pk for watch in found], at=at)
    groups: dict[int, list[WatchRow]] = {}
    brands: dict[int, Brand] = {}
    for watch in found:
        brands[watch.brand_id] = watch.brand
        groups.setdefault(watch.brand_id, []).append(row(watch, caught.get(watch.pk, Caught())))
    return WatchesPage(
        groups=tuple(BrandWatches(brands[pk], tuple(rows)) for pk, rows in groups.items()),
        total=total,
        number=number,
        previous=number - 1,
        following=number + 1 if number < last else 0,
        brands=tuple(Brand.objects.present()),
        chosen=brand,
    )


def every(*, brand: str = "") -> list[Watch]:
    """All watches that are not deleted, with brand and version; those of one brand when its slug is given. One statement."""
    found = Watch.objects.present().select_related("brand", "version").filter(brand__deleted_at=None)
    return list((found.filter(brand__slug=brand) if brand else found).order_by("pk"))


def briefly(brand: Brand, *, at: datetime, most: int = 8) -> tuple[WatchRow, ...]:
    """A brand's watches for its own page. Two statements."""
    found = list(Watch.objects.present().filter(brand=brand).order_by("name", "pk")[:most])
    caught = caught_lately([watch.pk for watch in found], at=at)
    for watch in found:
        watch.brand = brand
    return tuple(row(watch, caught.get(watch.pk, Caught())) for watch in found)


def one(watch: Watch, *, at: datetime) -> WatchRow:
    """One watch as lists show it. One statement."""
    return row(watch, caught_lately([watch.pk], at=at).get(watch.pk, Caught()))


def row(watch: Watch, caught: Caught) -> WatchRow:
    """A watch as lists show it."""
    checked = query.check(watch.query)
    marks: list[Mark] = []
    warnings = [query_words.lint(lint) for lint in checked.lints]
    if checked.error is not None:
        # Saved by an older version of the language, or put into the store by hand.
        warnings = [query_words.error(checked.error)]
        marks = [Mark(checked.error.position, checked.error.end, "error", warnings[0])]
    return WatchRow(
        id=watch.pk,
        name=watch.name,
        brand=watch.brand,
        query=query_parts.parts(watch.query, marks),
        is_paused=watch.state == WatchState.PAUSED,
        caught=caught,
        warnings=tuple(dict.fromkeys(warnings)),
        is_broken=checked.error is not None,
        is_rematching=watch.rematch_state in (RematchState.WAITING, RematchState.RUNNING),
    )


def caught_lately(watch_ids: Sequence[int], *, at: datetime) -> dict[int, Caught]:
    """What each watch caught in the week before `at`, and when last: a bounded walk along the index for each.

    One statement; a second one when a watch caught more than was walked.
    """
    if not watch_ids:
        return {}
    part = (
        "SELECT %s AS watch_id, COUNT(*) AS found, SUM(CASE WHEN post_id >= %s THEN 1 ELSE 0 END) AS week, "
        "MIN(post_id) AS oldest, MAX(post_id) AS newest FROM (SELECT post_id FROM listen_mention WHERE watch_id = %s "
        "ORDER BY post_id DESC LIMIT %s) newest_ones"
    )
    since, most = ids.floor(at - WEEK), max(COUNTED, BUDGET // len(watch_ids))
    values: list[Any] = []
    for watch_id in watch_ids:
        values += [watch_id, since, watch_id, most]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join([part] * len(watch_ids)), values)
        rows = {int(watch_id): _Walk(*rest) for watch_id, *rest in cursor.fetchall()}
    loud = [watch_id for watch_id, walk in rows.items() if (walk.week or 0) >= most]
    there = _there_are(loud, at) if loud else {}
    return {watch_id: _caught(at, walk, there.get(watch_id)) for watch_id, walk in rows.items()}


class _Walk(NamedTuple):
    """The newest mentions of one watch: how many were counted, how many of them this week, the ends of the walk."""

    found: int
    week: int | None
    oldest: int | None
    newest: int | None


def _there_are(watch_ids: Sequence[int], at: datetime) -> dict[int, int]:
    """How many posts of the last week mention each watch's brand, from the counts: no watch of it caught more than that."""
    since = (at - WEEK).replace(minute=0, second=0, microsecond=0)
    found = (
        Watch.objects.filter(pk__in=watch_ids, brand__rollups__hour__gte=since)
        .values_list("pk")
        .annotate(posts=Sum("brand__rollups__posts"))
    )
    return dict(found)


def _caught(at: datetime, walk: _Walk, most: int | None) -> Caught:
    """`most` is what the week holds at most; None when the walk has seen all of the week."""
    if not walk.found or walk.newest is None or walk.oldest is None:
        return Caught()
    week, last_at = int(walk.week or 0), ids.moment(walk.newest)
    if most is None:
        return Caught(week, False, last_at)
    # All that was counted lies within the week: what came in so short a time tells the pace of the rest. Many posts may
    # share a moment, though (undated ones do), and then only what is stored bounds it.
    span = max(at - ids.moment(walk.oldest), timedelta(minutes=1))
    reckoned = max(week, min(int(week * (WEEK / span)), most))
    rough = 10 ** max(len(str(reckoned)) - 2, 0)
    return Caught(max(week, round(reckoned / rough) * rough), True, last_at)


def versions(watch: Watch) -> tuple[Version, ...]:
    """All versions of a watch's query, the newest first. One statement."""
    found = list(WatchVersion.objects.filter(watch=watch).select_related("saved_by").order_by("-number"))
    earlier: Iterable[WatchVersion | None] = [*found[1:], None]
    return tuple(
        Version(
            id=version.pk,
            number=version.number,
            saved_at=version.saved_at,
            saved_by=version.saved_by.name if version.saved_by else "",
            query=version.query,
            before=before.query if before else None,
            is_current=version.pk == watch.version_id,
        )
        for version, before in zip(found, earlier, strict=True)
    )


def progress(watch: Watch) -> Progress:
    """How far matching history again is."""
    return Progress(watch.rematch_state, watch.rematch_done, watch.rematch_total, watch.rematch_job_id)
