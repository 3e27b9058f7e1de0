"""Which posts come next under a filter: one page of ids, newest first, found by walking an index.

A page must cost the same at five thousand and at five million mentions, whatever is combined. One filter alone
has its index, ordered by `post_id`. With two (a brand and a source, say) a walk along one index would pass over
all posts of the brand to find the few of a rare source; so the hourly counts are asked first in which hours
there is something at all, and only those hours are read.

The statements are written out because the order of reading is the point: a `+` before a column (`|| ''` for
text) keeps a database
from choosing its index and sorting what it finds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from grapevine.core import bulk
from grapevine.listen.contracts.filters import Filter
from grapevine.listen.models import Brand, Watch
from grapevine.sources.contracts import ids

LAST = (1 << 63) - 1
_HOUR = timedelta(hours=1)
_RANGES = 60  # hours read in one statement
_COUNTS = (240, 2_000, 16_000)  # counts looked at to find them, one try after the other
_UNION = 100  # brands asked in one statement


class Found(NamedTuple):
    """One row of the stream without its post. `lead_id` is the post it nearly repeats, 0 when it stands for itself."""

    post_id: int
    source_id: int
    identity_id: int | None
    lang: str
    lead_id: int
    copies: int


COLUMNS = ", ".join(f"m.{name}" for name in Found._fields)


@dataclass(frozen=True)
class Page:
    """`rows` are newest first. `more` says that there are further ones in the direction walked."""

    rows: tuple[Found, ...]
    more: bool


@dataclass(frozen=True)
class Span:
    """Ids from `low` (included) to `high` (not included)."""

    low: int
    high: int

    @property
    def empty(self) -> bool:
        return self.low >= self.high


def span_of(chosen: Filter) -> Span:
    """The ids that the filter's times allow."""
    low = ids.floor(chosen.start) if chosen.start else 0
    high = ids.floor(chosen.end) if chosen.end else LAST
    return Span(low, high)


def older(chosen: Filter, *, before: int | None = None, limit: int) -> Page:
    """The newest `limit` rows, or those that follow `before`."""
    span = span_of(chosen)
    if before is not None:
        span = Span(span.low, min(span.high, before))
    rows = _walk(chosen, span, limit + 1, newest_first=True)
    return Page(tuple(rows[:limit]), len(rows) > limit)


def newer(chosen: Filter, *, after: int, limit: int) -> Page:
    """The `limit` rows that come just before (are newer than) `after`; newest first as always."""
    span = span_of(chosen)
    rows = _walk(chosen, Span(max(span.low, after + 1), span.high), limit + 1, newest_first=False)
    return Page(tuple(reversed(rows[:limit])), len(rows) > limit)


def _walk(chosen: Filter, span: Span, limit: int, *, newest_first: bool) -> list[Found]:
    if span.empty:
        return []
    if not _needs_hours(chosen):
        return _read(chosen, [span], limit, newest_first=newest_first)
    rows: list[Found] = []
    for most in _COUNTS:
        spans, rest = _hours(chosen, span, limit - len(rows), most, newest_first=newest_first)
        rows += _read(chosen, spans, limit - len(rows), newest_first=newest_first)
        if len(rows) >= limit or rest is None:
            return rows
        span = rest
    # So many hours with counts and no rows can only mean that most was folded away: read on without them.
    return rows + _read(chosen, [span], limit - len(rows), newest_first=newest_first)


def _needs_hours(chosen: Filter) -> bool:
    if chosen.identity_id is not None:
        return False
    narrow = (chosen.source_id is not None) + (chosen.lang is not None)
    wide = chosen.brand_id is not None or chosen.watch_id is not None
    return narrow + wide > 1


def _hours(
    chosen: Filter, span: Span, limit: int, most: int, *, newest_first: bool
) -> tuple[list[Span], Span | None]:
    """Where in `span` the next rows are: spans in the order of the walk, and what is left to look at (None: nothing).

    No more than `most` counts of each brand are looked at.
    """
    counts, complete = _counts(chosen, span, most, newest_first=newest_first)
    spans: list[Span] = []
    last: datetime | None = None
    total, left = 0, not complete
    for hour, leads in counts.items():
        # A watch catches only part of what is counted for its brand: its hours say where to look, not
        # how much is there.
        if len(spans) >= _RANGES or (chosen.watch_id is None and total >= limit):
            left = True
            break
        total, last = total + leads, hour
        _join(spans, Span(max(span.low, ids.floor(hour)), min(span.high, ids.floor(hour + _HOUR))))
    if last is None or not left:
        return spans, None
    rest = Span(span.low, ids.floor(last)) if newest_first else Span(ids.floor(last + _HOUR), span.high)
    return spans, None if rest.empty else rest


def _join(spans: list[Span], following: Span) -> None:
    """Add a span; one that touches the last becomes part of it."""
    if following.empty:
        return
    if spans and spans[-1].low == following.high:
        spans[-1] = Span(following.low, spans[-1].high)
    elif spans and spans[-1].high == following.low:
        spans[-1] = Span(spans[-1].low, following.high)
    else:
        spans.append(following)


def _counts(chosen: Filter, span: Span, most: int, *, newest_first: bool) -> tuple[dict[datetime, int], bool]:
    """Hours with posts under the filter, in the order of the walk, with how many of these stand for themselves.

    False when there are more hours than were looked at.
    """
    conditions, values = ["posts > 0"], []
    for condition, value in (
        ("hour > %s", bulk.moment(ids.moment(span.low) - _HOUR) if span.low > 0 else None),
        ("hour <= %s", bulk.moment(ids.moment(span.high)) if span.high < LAST else None),
        ("source_id = %s", chosen.source_id),
        ("lang = %s", chosen.lang),
    ):
        if value is not None:
            conditions.append(condition)
            values.append(value)
    order = "DESC" if newest_first else "ASC"
    part = (
        "SELECT * FROM (SELECT brand_id, hour, leads FROM listen_hourlyrollup "
        f"WHERE brand_id = %s AND {' AND '.join(conditions)} ORDER BY hour {order} LIMIT {int(most)}) part"
    )
    hours: dict[datetime, int] = {}
    found: dict[int, list[datetime]] = {}
    for brands in bulk.chunks(_brands(chosen), _UNION):
        statement = " UNION ALL ".join([part] * len(brands))
        for brand_id, said, leads in bulk.ask(
            statement, [one for brand in brands for one in (brand, *values)]
        ):
            hour = said if said.tzinfo else said.replace(tzinfo=UTC)  # SQLite's have no zone
            hours[hour] = hours.get(hour, 0) + leads
            found.setdefault(brand_id, []).append(hour)
    farthest = min if newest_first else max
    ends = [farthest(its) for its in found.values() if len(its) == most]
    # Beyond the nearest end, hours of that brand are missing.
    if ends and newest_first:
        hours = {hour: leads for hour, leads in hours.items() if hour >= max(ends)}
    elif ends:
        hours = {hour: leads for hour, leads in hours.items() if hour <= min(ends)}
    return dict(sorted(hours.items(), reverse=newest_first)), not ends


def _brands(chosen: Filter) -> list[int]:
    if chosen.brand_id is not None:
        return [chosen.brand_id]
    if chosen.watch_id is not None:
        return list(Watch.objects.filter(pk=chosen.watch_id).values_list("brand_id", flat=True))
    return list(Brand.objects.order_by("pk").values_list("pk", flat=True))


def _read(chosen: Filter, spans: Sequence[Span], limit: int, *, newest_first: bool) -> list[Found]:
    if not spans or limit <= 0:
        return []
    order = "DESC" if newest_first else "ASC"
    condition, params = conditions(chosen)
    parts, values = [], []
    for span in spans:
        parts.append(
            f"SELECT * FROM (SELECT {COLUMNS} FROM listen_mention m "
            f"WHERE {condition} AND m.post_id >= %s AND m.post_id < %s ORDER BY m.post_id {order} LIMIT %s) part"
        )
        values += [*params, span.low, span.high, limit]
    statement = " UNION ALL ".join(parts)
    if len(parts) > 1:
        statement = f"SELECT * FROM ({statement}) parts ORDER BY 1 {order} LIMIT {int(limit)}"
    return run(statement, values)


def run(statement: str, values: Sequence[Any]) -> list[Found]:
    """The rows of a statement that selects what `Found` holds."""
    return [Found(*row) for row in bulk.ask(statement, values)]


def conditions(chosen: Filter) -> tuple[str, list[Any]]:
    """The filter without its times as a condition on `listen_mention m`, one row for each post, and its parameters."""
    parts: list[str] = []
    params: list[Any] = []

    def add(condition: str, *values: Any) -> None:
        parts.append(condition)
        params.extend(values)

    drivers = [
        ("m.identity_id", chosen.identity_id),
        ("m.watch_id", chosen.watch_id),
        ("m.brand_id", chosen.brand_id),
        ("m.source_id", chosen.source_id),
        ("m.lang", chosen.lang),
    ]
    given = [(column, value) for column, value in drivers if value is not None]
    for index, (column, value) in enumerate(given):
        if index == 0:
            add(f"{column} = %s", value)
        elif column == "m.lang":
            add("m.lang || '' = %s", value)
        else:
            add(f"+{column} = %s", value)
    if chosen.watch_id is None:
        # A watch has one row for each post; a brand has one that is first of its brand, and everybody
        # has one that is first of all.
        parts.append("m.nth <= 1" if chosen.brand_id is not None else "m.nth = 0")
    if chosen.folded and chosen.identity_id is None:
        fold, values = _folded(chosen)
        add(fold, *values)
    return " AND ".join(parts) or "1 = 1", params


def _folded(chosen: Filter) -> tuple[str, list[Any]]:
    """Hide a near-duplicate behind the post it repeats, but only where that one is shown, too.

    Both were caught by the same watches (`listen.rows.group`), so only its source, its language and its
    time may keep it out.
    """
    beside = {"source_id": chosen.source_id, "lang": chosen.lang}
    beside = {column: value for column, value in beside.items() if value is not None}
    span = span_of(chosen)
    condition = "m.lead_id = 0"
    values: list[Any] = []
    if chosen.start is not None or chosen.end is not None:
        condition += " OR m.lead_id < %s OR m.lead_id >= %s"
        values += [span.low, span.high]
    if beside:
        lookup = "".join(f" AND l.{column} = %s" for column in beside)
        # A value and not EXISTS: PostgreSQL would be free to answer the latter by reading the whole table once.
        shown = f"SELECT 1 FROM listen_mention l WHERE l.post_id = m.lead_id{lookup} LIMIT 1"
        condition += f" OR COALESCE(({shown}), 0) = 0"
        values += beside.values()
    return f"({condition})", values
