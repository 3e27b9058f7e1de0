"""CSV: the plain one for programs, and two that spreadsheets open rightly with a double click.

Excel takes its separator and its decimal sign from the computer's regional settings: comma and point in
English, semicolon and comma in Swedish, Danish and Dutch. It reads UTF-8 only when the file begins with a byte
order mark, and it forgets that mark when a `sep=` line comes first, so we write the mark and no such line.
cp1252 would lose every emoji. Long numbers become text, since Excel keeps 15 digits. People read these files, so their
headings are in the reader's language; the plain one keeps the names that programs know.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, tzinfo
from functools import partial
from typing import Any

from grapevine.core import cells
from grapevine.listen.formats.base import Chunk, Column, Format

BOM = b"\xef\xbb\xbf"
Write = Callable[[Any], Any]


def _words(value: Any) -> str:
    return cells.harmless(", ".join(map(str, value)))


def _plain_moment(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _plain_cells(zone: tzinfo) -> dict[str, Write]:
    return {
        "id": str,
        "key": cells.key,
        "text": cells.harmless,
        "moment": _plain_moment,
        "integer": int,
        "number": float,
        "words": _words,
    }


def _excel_cells(zone: tzinfo, *, decimal: str) -> dict[str, Write]:
    return {
        "id": lambda value: cells.exact_key(str(value)),
        "key": cells.exact_key,
        "text": lambda value: cells.exact(cells.fits_excel(value)),
        # Excel knows no zones: the reader's own time, in the one form that all four languages' settings
        # take for a moment.
        "moment": lambda value: value.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S"),
        "integer": int,
        "number": lambda value: repr(float(value)).replace(".", decimal),
        "words": lambda value: cells.fits_excel(_words(value)),
    }


def _encode(
    columns: tuple[Column, ...],
    chunks: Iterable[Chunk],
    zone: tzinfo,
    *,
    separator: str,
    for_people: bool,
    cells_for: Callable[[tzinfo], dict[str, Write]],
) -> Iterator[bytes]:
    """Headings are taken at once, in the language of whoever asks; rows when they are read, maybe after that request."""
    writers = cells_for(zone)
    # A column of JSON is of no use in a table; the counts people know have columns of their own.
    written = [column for column in columns if column.kind in writers]
    columns_with = [(column.name, writers[column.kind]) for column in written]
    head = [column.shown if for_people else column.name for column in written]
    return _pieces(head, columns_with, chunks, separator=separator, bom=for_people)


def _pieces(
    head: list[str],
    columns_with: list[tuple[str, Write]],
    chunks: Iterable[Chunk],
    *,
    separator: str,
    bom: bool,
) -> Iterator[bytes]:
    buffer = io.StringIO(newline="")
    out = csv.writer(buffer, delimiter=separator, lineterminator="\r\n")
    out.writerow(head)
    yield (BOM if bom else b"") + _taken(buffer)
    for chunk in chunks:
        out.writerows(
            [write(value) if (value := row[name]) or value == 0 else "" for name, write in columns_with]
            for row in chunk
        )
        yield _taken(buffer)


def _taken(buffer: io.StringIO) -> bytes:
    # Lone surrogates can come in by JSON and have no bytes in UTF-8.
    taken = buffer.getvalue().encode("utf-8", "replace")
    buffer.seek(0)
    buffer.truncate()
    return taken


def _format(
    name: str, *, separator: str, for_people: bool, cells_for: Callable[[tzinfo], dict[str, Write]]
) -> Format:
    encode = partial(_encode, separator=separator, for_people=for_people, cells_for=cells_for)
    return Format(name, "csv", "text/csv; charset=utf-8", encode)


PLAIN = _format("csv", separator=",", for_people=False, cells_for=_plain_cells)
EXCEL_POINT = _format(
    "excel-point", separator=",", for_people=True, cells_for=partial(_excel_cells, decimal=".")
)
EXCEL_COMMA = _format(
    "excel-comma", separator=";", for_people=True, cells_for=partial(_excel_cells, decimal=",")
)
