"""Which posts come next under a filter: one page of ids, newest first, found by walking an index.

A page must cost the same at five thousand and at five million mentions, whatever is combined. Brand, watch and author
have an index each, ordered by `post_id`. A source, a language or a mood has none (every index is paid for with every
mention), and a walk would pass over all posts of a brand to find the few of a rare source; so the hourly counts are asked
first in which hours there is something at all, and only those hours are read.

The statements are written out because the order of reading is the point: a `+` before a column keeps a database from
choosing its index and sorting what it finds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from grapevine.core import bulk
from grapevine.listen.contracts.filters import Filter
from grapevine.listen.models import Brand, Watch
from grapevine.listen.reads import Read
from grapevine.listen.selectors.conditions import LAST, Span, conditions, counters, span_of
from grapevine.sources.contracts import ids

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
    mood: int
    wants: int
    spam: bool
    by_brand: bool
    lead_id: int
    copies: int

    @property
    def read(self) -> Read:
        return Read(self.lang, self.mood, self.wants, bool(self.spam), bool(self.by_brand))


COLUMNS = ", ".join(f"m.{name}" for name in Found._fields)


@dataclass(frozen=True)
class Page:
    """`rows` are newest first. `more` says that there are further ones in the direction walked."""

    rows: tuple[Found, ...]
    more: bool


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
    return chosen.source_id is not None or chosen.lang is not None or bool(counters(chosen))


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
    is_exact = chosen.watch_id is None and not counters(chosen)
    for hour, leads in counts.items():
        # A watch catches only part of what is counted for its brand, and of the sad posts only part ask for
        # help: such hours say where to look, not how much is there.
        if len(spans) >= _RANGES or (is_exact and total >= limit):
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
    conditions += [f"{name} > 0" for name in counters(chosen)]
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
