"""Read a file from a cursor on, in batches that can be stored and forgotten.

The cursor says where the next row begins: the batch and its cursor stored together, a kill at any moment
loses no row and doubles none. It also carries what a progress bar needs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from grapevine.connectors.base import BadData, Batch, Cursor, Post, Rejected
from grapevine.connectors.file import delimited, jsonlines, parquet, tape
from grapevine.connectors.file.mapping import Mapping
from grapevine.connectors.file.pieces import Piece
from grapevine.connectors.file.rows import mapper
from grapevine.connectors.reasons import MAX_RAW, Unfit

ROWS = 5_000
_encode = msgspec.json.Encoder().encode


def read(
    path: Path,
    mapping: Mapping,
    *,
    start_cursor: Cursor | None = None,
    rows: int = ROWS,
    until: datetime | None = None,
) -> Iterator[Batch]:
    """Yield the rows of a file from `start_cursor` on as batches of about `rows` posts, the last one `done`.

    The cursor of a batch holds `offset` (where the next row begins: bytes, or rows for Parquet), `line` (its
    number), `read` (rows so far, rejected ones included), `undated` (those whose
    cell of a date was empty), `at` and `size` (progress; bytes on disk, or rows),
    `print` (the file's fingerprint). A file that has grown since is read on from its old end. Rows dated after `until` are rejected.

    Raises `BadData`: `bad_file`, `file_missing`, one about the mapping, `file_changed` when the cursor belongs to another file, or, after
    the last batch, `file_breaks_off` when a compressed file is not whole.
    """
    cursor = dict(start_cursor or {})
    if not path.is_file():
        raise BadData("file_missing", file=path.name)
    if cursor and not _same(cursor, path):
        raise BadData("file_changed", file=path.name)
    printed = min(path.stat().st_size, tape.PRINTED)
    mark = [printed, tape.fingerprint(path, printed)]
    if mapping.format == "parquet":
        found = _parquet(path, mapping, cursor, rows, until)
    elif mapping.format == "jsonl":
        found = _json(path, mapping, cursor, rows, until)
    else:
        found = _csv(path, mapping, cursor, rows, until)
    for batch in found:
        batch.cursor["print"] = mark
        yield batch


def _same(cursor: Cursor, path: Path) -> bool:
    """Whether the cursor belongs to this file as it is or as it was before it grew."""
    printed, mark = cursor.get("print", (0, ""))
    return bool(path.stat().st_size >= printed and tape.fingerprint(path, printed) == mark)


def keeper(header: tuple[str, ...]) -> Callable[[list[str]], bytes]:
    """A function from a row's cells to the row as it is kept: a JSON object of its non-empty cells by
    column."""
    if not jsonlines.nameable(header):
        return lambda cells: _encode({name: cell for name, cell in zip(header, cells, strict=True) if cell})
    fields = [f"f{index}" for index in range(len(header))]
    row = msgspec.defstruct(
        "Row",
        [(name, str, "") for name in fields],
        rename=dict(zip(fields, header, strict=True)),
        omit_defaults=True,
        gc=False,
    )
    return lambda cells: _encode(row(*cells))


def header_of(mapping: Mapping) -> tuple[str, ...]:
    """The columns a mapping reads, in the order in which cells are handed to the mapper."""
    if mapping.format == "csv":
        return mapping.header
    return tuple(dict.fromkeys(column for columns in mapping.columns.values() for column in columns))


def map_raw(raw: bytes, mapping: Mapping) -> Post:
    """Map a row as it is kept. Raises `Unfit` and `BadData`."""
    try:
        item = msgspec.json.decode(raw, type=dict[str, Any])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Unfit("bad_json", str(error)[:200]) from None
    header = header_of(mapping)
    post = mapper(mapping, header)([jsonlines.reach(item, column) for column in header])
    if b"\\u0000" in raw:
        raise Unfit("nul_byte")
    return post


def _csv(
    path: Path, mapping: Mapping, cursor: dict[str, Any], rows: int, until: datetime | None
) -> Iterator[Batch]:
    header = mapping.header
    take = delimited.Take(mapper(mapping, header, strings=True, until=until), keeper(header), len(header))
    dialect = delimited.dialect_of(mapping.separator, quoted=mapping.quoted)
    strip = tape.Tape(
        path,
        encoding=mapping.encoding,
        newline=mapping.newline,
        start=cursor.get("offset") if cursor else None,
    )
    try:
        tally = _Tally(mapping, cursor)
        if not cursor:
            tally.line = _past_header(strip, mapping, dialect)
        pieces = delimited.pieces(strip, take, dialect=dialect, line=tally.line, rows=rows)
        yield from _batches(strip, tally, pieces)
    finally:
        strip.close()


def _past_header(strip: tape.Tape, mapping: Mapping, dialect: delimited.Dialect) -> int:
    """Move behind the preamble and the header; returns the number of the first row's line."""
    for _ in range(mapping.skip_lines):
        strip.skip_line()
    line = mapping.skip_lines + 1
    if not mapping.has_header:
        return line
    cells, lines = delimited.first_record(strip, dialect)
    if unique(cells) != mapping.header:
        raise BadData("header_changed", line=line)
    return line + lines


def unique(cells: list[str]) -> tuple[str, ...]:
    """Column names made different from one another: a second `Date` becomes `Date (2)`, a nameless one
    `column 3`."""
    names: list[str] = []
    for number, cell in enumerate(cells, start=1):
        name = base = cell.strip() or f"column {number}"
        copy = 1
        while name in names:
            copy += 1
            name = f"{base} ({copy})"
        names.append(name)
    return tuple(names)


def _json(
    path: Path, mapping: Mapping, cursor: dict[str, Any], rows: int, until: datetime | None
) -> Iterator[Batch]:
    header = header_of(mapping)
    to_post = mapper(mapping, header, until=until)
    strip = tape.Tape(path, encoding=mapping.encoding, start=cursor.get("offset") if cursor else None)
    try:
        tally = _Tally(mapping, cursor)
        pieces = jsonlines.pieces(strip, header, to_post, line=tally.line, rows=rows)
        yield from _batches(strip, tally, pieces)
    finally:
        strip.close()


def _batches(strip: tape.Tape, tally: _Tally, pieces: Iterator[Piece]) -> Iterator[Batch]:
    for piece in pieces:
        tally.line += piece.lines
        tally.add(piece.posts, piece.rejected)
        yield Batch(posts=piece.posts, rejected=piece.rejected, cursor=_place(strip, tally))
    yield _last(strip, tally)
    _complain(strip)


class _Tally:
    """What a reading has come to: the line it stands at, the rows so far, and how many of them had no date of their own."""

    def __init__(self, mapping: Mapping, cursor: Cursor) -> None:
        self.line = cursor.get("line", 1)
        self.read = cursor.get("read", 0)
        self.undated = cursor.get("undated", 0)
        self._dated = bool(mapping.columns.get("published_at"))

    def add(self, posts: list[tuple[Post, bytes]], rejected: list[Rejected]) -> None:
        self.read += len(posts) + len(rejected)
        if self._dated:
            self.undated += sum(1 for post, _ in posts if post.notes and "date_first_seen" in post.notes)


def _place(strip: tape.Tape, tally: _Tally) -> dict[str, Any]:
    counted = {"line": tally.line, "read": tally.read, "undated": tally.undated}
    return {"offset": strip.origin, **counted, "at": strip.at, "size": strip.size}


def _complain(strip: tape.Tape) -> None:
    """Say at the very end, when all there is has been read, that it is not all there was."""
    if strip.truncated:
        raise BadData("file_breaks_off", file=strip.path.name)


def _last(strip: tape.Tape, tally: _Tally) -> Batch:
    """The batch that ends a file; it says so when the file was cut off."""
    place = _place(strip, tally) | {"at": strip.size}
    cut_off = (
        [Rejected(tally.line, "truncated", "the compressed data breaks off", b"")] if strip.truncated else []
    )
    return Batch(rejected=cut_off, cursor=place, done=True)


def _parquet(
    path: Path, mapping: Mapping, cursor: dict[str, Any], rows: int, until: datetime | None
) -> Iterator[Batch]:
    header = header_of(mapping)
    to_post = mapper(mapping, header, until=until)
    total = parquet.opened(path).metadata.num_rows
    tally = _Tally(mapping, cursor)
    for first, items in parquet.batches(path, start=cursor.get("offset", 0), rows=rows):
        posts: list[tuple[Post, bytes]] = []
        rejected: list[Rejected] = []
        for number, item in enumerate(items, start=first + 1):
            raw = _encode(item)
            try:
                posts.append((_mapped(item, raw, header, to_post), raw))
            except Unfit as error:
                rejected.append(Rejected(number, error.reason, error.detail, raw[:MAX_RAW]))
        tally.add(posts, rejected)
        yield Batch(posts=posts, rejected=rejected, cursor=_row(tally, total))
    yield Batch(cursor=_row(tally, total), done=True)


def _mapped(item: dict[str, Any], raw: bytes, header: tuple[str, ...], to_post: Callable[..., Post]) -> Post:
    if b"\\u0000" in raw:
        raise Unfit("nul_byte")
    return to_post([jsonlines.reach(item, column) for column in header])


def _row(tally: _Tally, total: int) -> dict[str, Any]:
    count = tally.read
    place = {"offset": count, "line": count + 1, "read": count, "undated": tally.undated}
    return {**place, "at": count, "size": total, "rows": True}
