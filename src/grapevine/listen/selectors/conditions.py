"""A filter as conditions on rows of mentions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from grapevine.listen.contracts.filters import Filter
from grapevine.listen.reads import UNSURE, WANT_BITS
from grapevine.sources.contracts import ids
from grapevine.understand.contracts import MOODS

LAST = (1 << 63) - 1


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


def counters(chosen: Filter) -> list[str]:
    """What the hours count of posts that read as is asked for. Hours in which one of these is zero hold none."""
    found = [MOODS[chosen.mood - 1]] if chosen.mood else []
    if chosen.want is not None:
        found += [name for name, bit in WANT_BITS.items() if bit == chosen.want]
    if chosen.spam:
        found.append("spam")
    return found


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
    ]
    given = [(column, value) for column, value in drivers if value is not None]
    for index, (column, value) in enumerate(given):
        add(f"+{column} = %s" if index else f"{column} = %s", value)
    if chosen.source_id is not None:
        add("m.source_id = %s", chosen.source_id)
    if chosen.lang is not None:
        add("m.lang = %s", chosen.lang)
    for condition, value in _as_read(chosen).items():
        add(condition.format("m"), value)
    if chosen.watch_id is None:
        # A watch has one row for each post; a brand has one that is first of its brand, and everybody
        # has one that is first of all.
        parts.append("m.nth <= 1" if chosen.brand_id is not None else "m.nth = 0")
    if chosen.folded and chosen.identity_id is None:
        fold, values = _folded(chosen)
        add(fold, *values)
    return " AND ".join(parts) or "1 = 1", params


def _as_read(chosen: Filter) -> dict[str, Any]:
    """The conditions on how a post reads, and their values."""
    # What nobody is sure of is no spam, and said by others: these are told apart.
    spam = False if chosen.mood == UNSURE and chosen.spam is None else chosen.spam
    asked = {"{0}.mood = %s": chosen.mood, "({0}.wants & %s) > 0": chosen.want, "{0}.spam = %s": spam}
    if chosen.mood == UNSURE:
        asked["{0}.by_brand = %s"] = False
    return {part: value for part, value in asked.items() if value is not None}


def _folded(chosen: Filter) -> tuple[str, list[Any]]:
    """Hide a near-duplicate behind the post it repeats, but only where that one is shown, too.

    Both were caught by the same watches (`listen.rows.group`), so only its source, its language, how it
    reads and its time may keep it out.
    """
    asked = {"{0}.source_id = %s": chosen.source_id, "{0}.lang = %s": chosen.lang}
    beside: dict[str, Any] = {part: value for part, value in asked.items() if value is not None}
    beside |= _as_read(chosen)
    span = span_of(chosen)
    condition = "m.lead_id = 0"
    values: list[Any] = []
    if chosen.start is not None or chosen.end is not None:
        condition += " OR m.lead_id < %s OR m.lead_id >= %s"
        values += [span.low, span.high]
    if beside:
        # The row that would be shown of it: moods differ from brand to brand.
        if chosen.watch_id is not None:
            row = "l.watch_id = m.watch_id"
        else:
            row = "l.brand_id = m.brand_id AND l.nth <= 1" if chosen.brand_id is not None else "l.nth = 0"
        lookup = "".join(f" AND {part.format('l')}" for part in beside)
        # A value and not EXISTS: PostgreSQL would be free to answer the latter by reading the whole table once.
        shown = f"SELECT 1 FROM listen_mention l WHERE l.post_id = m.lead_id AND {row}{lookup} LIMIT 1"
        condition += f" OR COALESCE(({shown}), 0) = 0"
        values += beside.values()
    return f"({condition})", values
