"""Who follows whom, piece by piece."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime
from typing import NamedTuple

from grapevine.core import bulk
from grapevine.sources.models import Follow


class Followed(NamedTuple):
    """`follower` listens to `followed`, by their ids at the platform."""

    id: int
    source_id: int
    follower: str
    followed: str
    since: datetime | None
    seen_at: datetime


def after(follow_id: int, *, until: datetime, limit: int, source_ids: Collection[int] = ()) -> list[Followed]:
    """The next follows that had begun by `until`, as far as is known, by their numbers."""
    where, values = bulk.also_among("source_id", source_ids)
    rows = bulk.ask(
        "SELECT id, source_id, follower_external_id, followed_external_id, since, seen_at FROM sources_follow "
        f"WHERE id > %s AND COALESCE(since, seen_at) <= %s AND followed_external_id <> ''{where} ORDER BY id LIMIT %s",
        [follow_id, bulk.moment(until), *values, limit],
    )
    return [
        Followed(row[0], row[1], row[2], row[3], _moment(row[4]), _moment(row[5]) or until) for row in rows
    ]


def latest() -> int:
    """The number of the follow heard of last; 0 when there is none."""
    return Follow.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def _moment(value: datetime | str | None) -> datetime | None:
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    if value is None or value.tzinfo is not None:
        return value
    return value.replace(tzinfo=UTC)  # SQLite keeps UTC without saying so
