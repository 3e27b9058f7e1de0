"""How an uploaded file would be read, as a person confirms it column by column."""

from __future__ import annotations

from collections.abc import Mapping as Given
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

import msgspec
from django.utils import timezone

from grapevine.connectors.base import Post
from grapevine.connectors.file import inspection
from grapevine.connectors.file.connector import AHEAD
from grapevine.connectors.file.problems import BLOCKING
from grapevine.sources import words


@dataclass(frozen=True)
class Column:
    """A column of the file: its place (the form field is `column_<place>`), name, meaning and some of its values."""

    place: int
    name: str
    meaning: str
    examples: tuple[str, ...]


@dataclass(frozen=True)
class Looked:
    """A file, and how it would be read. `mapping` is what the import is given; `problems` are (blocks, sentence)."""

    layout: str
    layout_label: str
    format: str
    encoding: str
    separator: str
    size: int
    rows: int | None
    columns: tuple[Column, ...]
    posts: tuple[Post, ...]
    rejected: tuple[tuple[int, str, str], ...]
    problems: tuple[tuple[bool, str], ...]
    usable: bool
    dates_left_open: bool  # nothing says whether the day or the month comes first: the day was taken
    mapping: dict[str, Any]


def look(path: Path, given: Given[str, str] | None = None, *, at: datetime) -> Looked:
    """Inspect a file at the time `at`, with the columns a person chose (`given`, a submitted form) in place of the proposed ones.

    Raises BadData when the file is no table.
    """
    until = at + AHEAD
    found = inspection.inspect(path, until=until)
    changed = _in_zone(
        found.mapping if given is None else _chosen(found, given), (given or {}).get("time_zone", "")
    )
    if changed != found.mapping:
        found = inspection.inspect(path, mapping=changed, until=until)
    meaning = {column: field for field, columns in found.mapping.columns.items() for column in columns}
    columns = tuple(
        Column(place, name, meaning.get(name, ""), tuple(_examples(found.preview, name)))
        for place, name in enumerate(found.columns)
    )
    separators = {"\t": "Tab", ",": ",", ";": ";", "|": "|"}
    return Looked(
        layout=found.layout,
        layout_label=found.layout_label,
        format=found.format,
        encoding=found.encoding if found.format == "csv" else "",
        separator=separators.get(found.separator, found.separator) if found.format == "csv" else "",
        size=found.size,
        rows=found.rows,
        columns=columns,
        posts=tuple(found.posts[:5]),
        rejected=tuple((row.line, words.reason(row.reason), row.detail) for row in found.rejected[:5]),
        problems=tuple((one.code in BLOCKING, words.finding(one)) for one in found.problems),
        usable=found.usable,
        dates_left_open=any(one.code == "ambiguous_dates" for one in found.problems),
        mapping=msgspec.to_builtins(found.mapping),
    )


def _in_zone(mapping: Any, name: str) -> Any:
    """Dates that say no zone are meant in the one a person named, else as they are read here, in that of the installation."""
    zone = name if name in available_timezones() else timezone.get_default_timezone_name()
    rule = msgspec.structs.replace(mapping.dates, timezone=zone)
    return msgspec.structs.replace(mapping, dates=rule)


def _chosen(found: inspection.Inspection, given: Given[str, str]) -> Any:
    """The proposed mapping with the columns, day order and language of the form."""
    wanted: dict[str, str] = {}
    for place, name in enumerate(found.columns):
        key = f"column_{place}"
        if key in given:
            wanted[name] = given[key]
    mapping = found.mapping
    if wanted:
        # Several columns may serve one field, tried in turn: those proposed keep their order, others follow.
        columns: dict[str, tuple[str, ...]] = {}
        proposed = [(field, column) for field, names in mapping.columns.items() for column in names]
        order = [c for f, c in proposed if wanted.get(c) == f] + [
            c for c, f in wanted.items() if f and (f, c) not in proposed
        ]
        for column in order:
            field = wanted[column]
            columns[field] = (*columns.get(field, ()), column)
        mapping = msgspec.structs.replace(mapping, columns=columns)
    if given.get("day_first"):
        rule = msgspec.structs.replace(mapping.dates, day_first=given["day_first"] == "yes")
        mapping = msgspec.structs.replace(mapping, dates=rule)
    if given.get("lang"):
        mapping = msgspec.structs.replace(mapping, lang=given["lang"])
    return mapping


def _examples(preview: list[dict[str, str]], name: str) -> list[str]:
    values = dict.fromkeys(str(row.get(name, ""))[:80] for row in preview)
    return [value for value in values if value][:3]
