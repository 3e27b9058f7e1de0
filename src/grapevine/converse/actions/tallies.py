"""What is counted of conversations: told once, summed up in the same transaction. Called by this room's actions, which do the asking."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from grapevine.converse.models import Kind, Rollup, Tally, Thread
from grapevine.converse.sums import COUNTERS, SCORES, class_of
from grapevine.core import bulk, installation

_KEY = ("span", "first", "team_id", "source_id", "brand_id", "lang")
_TABLE = Rollup._meta.db_table


def tally(kind: Kind, threads: Iterable[Thread], *, at: datetime, **values: Any) -> list[Tally]:
    """Count that this happened in these threads, each for the team, source, brand and language that it has now."""
    day = at.astimezone(installation.zone()).date()
    rows = Tally.objects.bulk_create(
        Tally(
            kind=kind,
            thread=thread,
            day=day,
            team_id=thread.team_id or 0,
            source_id=thread.source_id,
            brand_id=thread.brand_id or 0,
            lang=thread.lang,
            **values,
        )
        for thread in threads
    )
    _add(rows)
    return rows


def take_back(rows: Sequence[Tally]) -> None:
    """It was not so: what was counted is counted no longer."""
    _add(rows, sign=-1)
    Tally.objects.filter(pk__in=[row.pk for row in rows]).delete()


def counted(row: Tally) -> dict[str, int]:
    """What one happening adds to the sums."""
    if row.kind == Kind.OPENED:
        return {"opened": 1}
    if row.kind == Kind.RESOLVED:
        return {"resolved": 1}
    if row.kind == Kind.RATED:
        return {SCORES[row.score]: 1}
    return {
        "answered": 1,
        "in_time": int(row.in_time),
        "seconds": row.seconds,
        class_of(row.seconds): 1,
    }


def summed(rows: Iterable[Tally], sign: int = 1) -> dict[tuple[Any, ...], Counter[str]]:
    """The sums of happenings by the keys of `Rollup`: each counts for its day and for its month."""
    found: dict[tuple[Any, ...], Counter[str]] = {}
    for row in rows:
        for span, first in (("d", row.day), ("m", row.day.replace(day=1))):
            key = (span, first, row.team_id, row.source_id, row.brand_id, row.lang)
            sums = found.setdefault(key, Counter())
            for name, number in counted(row).items():
                sums[name] += sign * number
    return found


def _add(rows: Iterable[Tally], sign: int = 1) -> None:
    # In the order of their keys, so that two who count at once wait for each other and not both for the other.
    bulk.run_many(
        f"INSERT INTO {_TABLE} ({', '.join([*_KEY, *COUNTERS])}) VALUES ({', '.join(['%s'] * (len(_KEY) + len(COUNTERS)))}) "
        f"ON CONFLICT ({', '.join(_KEY)}) DO UPDATE SET "
        + ", ".join(f"{name} = {_TABLE}.{name} + excluded.{name}" for name in COUNTERS),
        [
            (*_stored(key), *(sums[name] for name in COUNTERS))
            for key, sums in sorted(summed(rows, sign).items())
        ],
    )


def _stored(key: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(one.isoformat() if isinstance(one, date) else one for one in key)


def forget_source(source_id: int) -> None:
    """A source is removed: what was counted of it goes with it, in two statements however much it is."""
    Tally.objects.filter(source_id=source_id).delete()
    Rollup.objects.filter(source_id=source_id).delete()


@transaction.atomic
def rebuild() -> int:
    """Make all sums again from what was counted; returns of how much. For the command line, when somebody doubts them."""
    Rollup.objects.all().delete()
    number = 0
    for rows in bulk.chunks(Tally.objects.order_by("pk").iterator(chunk_size=5000), 5000):
        _add(rows)
        number += len(rows)
    return number
