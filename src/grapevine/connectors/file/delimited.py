"""CSV and its relatives, exact and fast.

Whole pieces of some thousand rows go through the csv module at once. A piece in which anything is amiss is
gone through again record by record, to say which row it is and why, and to lose no row but that one. Both
ways give the same rows: a piece is only taken whole when it begins and ends between two records, which the
csv module's strict mode confirms.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from grapevine.connectors.base import Rejected
from grapevine.connectors.file.tape import Tape
from grapevine.connectors.reasons import MAX_RAW, MAX_RECORD

LOOK_AHEAD = 32 << 20
"""How far (bytes) the end of a quoted text that is too long is looked for before the quote counts as
unclosed."""

# The limit is the process's, and the module's default (128 KiB) is below the texts we take.
csv.field_size_limit(max(csv.field_size_limit(), LOOK_AHEAD))


Dialect = dict[str, Any]


def dialect_of(separator: str, *, quoted: bool = True) -> Dialect:
    """Arguments for the csv module. Strict: what does not fit is an error rather than a guess."""
    return {
        "delimiter": separator,
        "strict": True,
        "quoting": csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE,
    }


@dataclass(slots=True)
class Row:
    """One record: the line it begins on (from 1), the lines it covers and its cells."""

    line: int
    lines: int
    cells: list[str]


@dataclass(slots=True)
class Piece:
    """Rows and rejects of a stretch of the file; `end` is the position behind it, `lines` how many lines it has.

    `data` are its bytes, for telling a row's raw form (empty when the piece was gone through one by one and
    `raws` holds them).
    """

    rows: list[Row]
    rejected: list[Rejected]
    end: int
    lines: int
    data: bytes

    def raw(self, row: Row, first_line: int) -> bytes:
        """The bytes of a row as they stand in the window, cut at `MAX_RAW`."""
        lines = self.data.split(b"\n")
        start = row.line - first_line
        return b"\n".join(lines[start : start + row.lines])[:MAX_RAW]


def pieces(tape: Tape, *, dialect: Dialect, width: int, line: int, rows: int = 5_000) -> Iterator[Piece]:
    """Read on from where the tape stands, `line` being the number of the next line, in pieces of about `rows`
    rows.

    `width` is the number of columns of the header. Blank lines are passed over.
    """
    size = 256 << 10
    while True:
        tape.fill(size)
        if not tape.data:
            return
        cut = len(tape.data) if tape.ended else _boundary(tape.data, dialect)
        piece = _whole(tape, cut, dialect, width, line) if cut else None
        if piece is None:
            piece = _one_by_one(tape, cut or 1, dialect, width, line)
        if piece.rows:
            mean = max(len(piece.data) // len(piece.rows), 1)
            size = min(max(mean * rows, 64 << 10), MAX_RECORD)
        line += piece.lines
        yield piece


def _boundary(data: bytes, dialect: Dialect) -> int:
    """The last line end that has an even number of quotes before it: between two records, if all is well."""
    cut = data.rfind(b"\n") + 1
    if dialect.get("quoting") == csv.QUOTE_NONE:
        return cut
    odd = data.count(b'"', 0, cut) % 2
    while odd and cut:
        before = data.rfind(b"\n", 0, cut - 1) + 1
        odd ^= data.count(b'"', before, cut) % 2
        cut = before
    return cut


def _whole(tape: Tape, cut: int, dialect: Dialect, width: int, line: int) -> Piece | None:
    """Parse the first `cut` bytes at once; None when anything is amiss in them."""
    data = tape.data[:cut]
    if b"\0" in data:
        return None
    try:
        text = data.decode(tape.encoding)
    except UnicodeDecodeError:
        return None
    reader = csv.reader(io.StringIO(text, newline="\n"), **dialect)
    rows: list[Row] = []
    add = rows.append
    before = 0
    try:
        for cells in reader:
            after = reader.line_num
            if len(cells) == width:
                add(Row(line + before, after - before, cells))
            elif cells and (len(cells) > 1 or cells[0].strip()):
                return None
            before = after
    except csv.Error:
        return None
    tape.drop(cut)
    return Piece(rows, [], tape.origin, data.count(b"\n") + (not data.endswith(b"\n")), data)


def _one_by_one(tape: Tape, cut: int, dialect: Dialect, width: int, line: int) -> Piece:
    """Go through at least the first `cut` bytes record by record, telling the bad ones from the good."""
    rows: list[Row] = []
    rejected: list[Rejected] = []
    taken: list[bytes] = []
    first, goal = line, cut
    while goal > 0 and (tape.data or tape.fill(1)):
        record = _Record(tape, dialect)
        length, lines = record.length, record.lines
        cells, reason, detail = record.cells, record.reason, record.detail
        if not reason and len(cells) != width and (len(cells) > 1 or (cells and cells[0].strip())):
            if lines > 1:  # more likely a quote never closed than a text with line ends and missing columns
                reason, detail, length, lines = "unclosed_quote", "", record.first, 1
            else:
                reason = "too_few_columns" if len(cells) < width else "too_many_columns"
                detail = f"{len(cells)} instead of {width}"
        if reason:
            raw = tape.original(tape.data[: MAX_RAW if length < 0 else min(length, MAX_RAW)])
            rejected.append(Rejected(line, reason, detail, raw))
        elif len(cells) == width:
            rows.append(Row(line, lines, cells))
        if length < 0:
            tape.skip_line()
            taken.append(b"\n")
            goal = 0  # what lies behind is not in the window yet
        else:
            taken.append(tape.data[:length] if not reason else b"\n" * lines)
            tape.drop(length)
            goal -= length
        line += lines
    return Piece(rows, rejected, tape.origin, line - first, b"".join(taken))


class _Record:
    """The record at the beginning of the window: its cells, or the reason why it has none.

    `length` and `lines` are what to leave behind for it (`length` -1: a line too long for the window).
    """

    def __init__(self, tape: Tape, dialect: Dialect) -> None:
        self.cells: list[str] = []
        self.reason = self.detail = ""
        self.length = self.lines = self.first = 0
        self._flaw = ""
        self._tape = tape
        reader = csv.reader(self._feed(), **dialect)
        try:
            self.cells = next(reader, [])
        except csv.Error as error:
            self._spoilt(str(error))
            return
        if self.length > MAX_RECORD:
            self._spoilt("")
        elif self.length < 0:
            self.reason = "too_long"
        elif self._flaw:
            self.reason = self._flaw

    def _feed(self) -> Iterator[str]:
        """The lines of the record, until the csv module has enough."""
        tape = self._tape
        while self.length <= MAX_RECORD:
            end = tape.line_end(self.length, MAX_RECORD)
            if end < 0:
                if self.length == 0:
                    self.length, self.lines = -1, 1
                else:
                    self.length = MAX_RECORD + 1
                return
            part = tape.data[self.length : end]
            if not part:
                return
            self.length = end
            self.lines += 1
            self.first = self.first or end
            if b"\0" in part:
                self._flaw = "nul_byte"
            try:
                text = part.decode(tape.encoding)
            except UnicodeDecodeError as error:
                self._flaw, self.detail = "undecodable", f"byte {error.start + 1} of the line: {error.reason}"
                text = part.decode(tape.encoding, "replace")
            yield text

    def _spoilt(self, detail: str) -> None:
        """The quotes do not fit, or the record never ends: leave out one line, or the whole text if it is
        closed."""
        if self.length < 0:
            self.reason = "too_long"
        elif self.length > MAX_RECORD and (end := self._closed()):
            self.reason, self.detail = "too_long", f"{end[0]} bytes"
            self.length, self.lines = end
        elif self.lines > 1:
            self.reason, self.length, self.lines = "unclosed_quote", self.first, 1
        else:
            self.reason = self._flaw or ("unclosed_quote" if "unexpected end" in detail else "bad_quotes")
            self.detail = self.detail or detail

    def _closed(self) -> tuple[int, int] | None:
        """Bytes and lines until the quotes are even again, if they are within `LOOK_AHEAD`."""
        tape, end, lines, quotes = self._tape, 0, 0, 0
        while end < LOOK_AHEAD:
            start, end = end, tape.line_end(end, LOOK_AHEAD)
            if end < 0 or end == start:
                return None
            lines += 1
            quotes += tape.data.count(b'"', start, end)
            if quotes % 2 == 0:
                return end, lines
        return None


def first_record(tape: Tape, dialect: Dialect) -> tuple[list[str], int]:
    """Take the record the tape stands at, such as a header: its cells (none if it cannot be read) and its
    lines."""
    tape.fill(1)
    record = _Record(tape, dialect)
    if record.length > 0 and not record.reason:
        tape.drop(record.length)
        return record.cells, record.lines
    return [], 1
