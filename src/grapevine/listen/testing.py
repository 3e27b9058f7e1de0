"""Makers for everybody's tests."""

from __future__ import annotations

import itertools
from datetime import datetime, timedelta
from typing import Any

from django.utils.text import slugify

from grapevine.core import access, bulk
from grapevine.core.testing import NOON
from grapevine.listen.actions import counts, history, watch_set
from grapevine.listen.authors import Day
from grapevine.listen.models import AuthorDay, Brand, HourlyRollup, Mention, SavedFilter, Watch, WatchVersion
from grapevine.listen.rows import STORED, Row
from grapevine.sources import testing as sources
from grapevine.sources.testing import Source

_numbers = itertools.count(1)
_LINES = (
    "I had a cup at {brand} this morning and it was wonderful",
    "Nobody answers the telephone at {brand}, I have tried for three days now",
    "Jag tycker att kaffet hos {brand} smakar bättre än någonsin",
    "Jeg synes at {brand} er blevet alt for dyr i det sidste år",
    "De nieuwe winkel van {brand} in de hoofdstraat is erg mooi geworden",
    "Has anybody tried the new roast from {brand}? Worth the price?",
)
_AUTHORS = ("hamlet", "ophelia", "horatio", "gertrude", "laertes", "yorick", "osric")


def make_brand(*, name: str = "Elsinore Roasters", ours: bool = False, **values: Any) -> Brand:
    """A brand."""
    values.setdefault("created_at", NOON)
    values.setdefault("slug", f"{slugify(name)}-{next(_numbers)}")
    return Brand.objects.create(name=name, ours=ours, **values)


def make_watch(
    *, brand: Brand | None = None, query: str = "elsinore", name: str = "", match: bool = False, **values: Any
) -> Watch:
    """A watch that listens from now on. With `match`, what is stored is held against it at once."""
    brand = brand or make_brand()
    values.setdefault("created_at", NOON)
    values.setdefault("changed_at", NOON)
    watch = Watch.objects.create(brand=brand, name=name or query[:60], query=query, **values)
    save_query(watch, query)
    if match:
        history.rematch(watch_id=watch.pk, at=NOON)
        watch.refresh_from_db()
    return watch


def save_query(watch: Watch, query: str) -> WatchVersion:
    """Give a watch a new version, without a job for history."""
    version = WatchVersion.objects.create(
        watch=watch, number=watch.versions.count() + 1, query=query, saved_at=NOON
    )
    Watch.objects.filter(pk=watch.pk).update(query=query, version=version)
    watch.query, watch.version = query, version
    watch_set.raise_version()
    return version


def make_mentions(
    n: int = 10,
    *,
    watch: Watch | None = None,
    source: Source | None = None,
    since: datetime = NOON,
    every: timedelta = timedelta(minutes=7),
) -> list[Mention]:
    """`n` mentions by several authors in four languages, the oldest first, caught the real way. Without a watch, one for "elsinore" is made."""
    watch = watch or Watch.objects.present().first() or make_watch()
    source = source or Source.objects.first() or sources.make_source()
    word = watch.query.strip('"(').split()[0].strip('"()*')
    first = next(_numbers)
    posts = [
        sources.heard(
            f"{_LINES[number % len(_LINES)].format(brand=word.title())} {number} {first}",
            author=_AUTHORS[number % len(_AUTHORS)],
            at=since + number * every,
        )
        for number in range(n)
    ]
    sources.store(source, *posts)
    return list(Mention.objects.filter(watch=watch, post_id__gte=0).order_by("id"))[-n:] if n else []


def make_filter(*, user: Any, name: str = "Mine", **params: str) -> SavedFilter:
    """A saved filter."""
    return SavedFilter.objects.create(user=user, name=name, params=params, created_at=NOON)


def counted() -> dict[str, Any]:
    """All counts as plain values, to be compared."""
    hours = HourlyRollup.objects.order_by("brand_id", "source_id", "lang", "hour")
    days = AuthorDay.objects.order_by("brand_id", "day")
    return {
        "hours": list(hours.values_list("brand_id", "source_id", "lang", "hour", *counts.COUNTERS)),
        "days": [
            (one.brand_id, one.day, one.size, *Day(bytes(one.authors), bytes(one.repeats)).dump())
            for one in days
        ],
    }


def check() -> None:
    """That what is kept along equals what is counted anew, and that folds hold together. For the end of a test."""
    along = counted()
    counts.rebuild()
    anew = counted()
    assert anew == along, (anew, along)
    rows = [Row(*row) for row in bulk.ask(f"SELECT {STORED} FROM listen_mention")]
    leads = {(row.post_id, row.watch_id): row for row in rows if not row.lead_id}
    followers: dict[tuple[int, int], int] = {}
    for row in rows:
        if row.lead_id:
            followers[row.lead_id, row.watch_id] = followers.get((row.lead_id, row.watch_id), 0) + 1
    assert all(leads[key].copies == number for key, number in followers.items())
    assert {key for key, row in leads.items() if row.copies} == set(followers)
    of_post: dict[int, list[int]] = {}
    for row in sorted(rows, key=lambda row: (row.post_id, row.brand_id, row.watch_id)):
        of_post.setdefault(row.post_id, []).append(row.nth)
    assert all(found[0] == 0 and 0 not in found[1:] for found in of_post.values())


SYSTEM = access.SYSTEM
