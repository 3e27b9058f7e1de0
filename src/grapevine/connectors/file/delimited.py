"""CSV and its relatives, exact and fast.

Whole pieces of some thousand rows go through the csv module at once. A piece in which anything is amiss is
gone through again record by record, to say which row it is and why, and to lose no row but that one. Both
ways give the same rows: a piece is only taken whole when it begins and ends between two records, which the
csv module's strict mode confirms.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from grapevine.connectors.base import Post, Rejected
from grapevine.connectors.file.pieces import Piece
from grapevine.connectors.file.tape import Tape
from grapevine.connectors.reasons import MAX_RAW, MAX_RECORD, Unfit

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


Cells = list[str]


@dataclass(frozen=True)
class Take:
    """What is made of a record's cells: a post (it may raise `Unfit`) and the raw form kept beside it."""

    to_post: Callable[[Cells], Post]
    kept: Callable[[Cells], bytes]
    width: int


def pieces(tape: Tape, take: Take, *, dialect: Dialect, line: int, rows: int = 5_000) -> Iterator[Piece]:
    """Read on from where the tape stands, `line` being the number of the next line, in pieces of about `rows`
    rows.

    Blank lines are passed over.
    """
    size = 256 << 10
    while True:
        tape.fill(size)
        if not tape.data:
            return
        cut = len(tape.data) if tape.ended else _boundary(tape.data, dialect)
        piece = _whole(tape, cut, take, dialect, line) if cut else None
        if piece is None:
            piece = _one_by_one(tape, cut or 1, take, dialect, line)
        elif piece.posts:
            size = min(max(cut // len(piece.posts) * rows, 64 << 10), MAX_RECORD)
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


def _whole(tape: Tape, cut: int, take: Take, dialect: Dialect, line: int) -> Piece | None:
    """Parse the first `cut` bytes at once; None when anything is amiss with the rows in them."""
    data = tape.data[:cut]
    if b"\0" in data:
        return None
    try:
        text = data.decode(tape.encoding)
    except UnicodeDecodeError:
        return None
    reader = csv.reader(io.StringIO(text, newline="\n"), **dialect)
    posts: list[tuple[Post, bytes]] = []
    rejected: list[Rejected] = []
    lines: list[bytes] = []
    before, width, to_post, kept = 0, take.width, take.to_post, take.kept
    try:
        # each row is made use of at once and forgotten: a list of them all costs more in garbage collection
        # than reading them
        for cells in reader:
            if len(cells) == width:
                try:
                    posts.append((to_post(cells), kept(cells)))
                except Unfit as error:
                    lines = lines or data.split(b"\n")
                    raw = tape.original(b"\n".join(lines[before : reader.line_num])[:MAX_RAW])
                    rejected.append(Rejected(line + before, error.reason, error.detail, raw))
            elif cells and (len(cells) > 1 or cells[0].strip()):
                return None
            before = reader.line_num
    except csv.Error:
        return None
    tape.drop(cut)
    return Piece(posts, rejected, data.count(b"\n") + (not data.endswith(b"\n")))


def _one_by_one(tape: Tape, cut: int, take: Take, dialect: Dialect, line: int) -> Piece:
    """Go through at least the first `cut` bytes record by record, telling the bad ones from the good."""
    piece = Piece([], [], 0)
    while cut > 0 and (tape.data or tape.fill(1)):
        record = _Record(tape, dialect)
        record.judge(take.width)
        if not record.reason and len(record.cells) == take.width:
            try:
                piece.posts.append((take.to_post(record.cells), take.kept(record.cells)))
            except Unfit as error:
                record.reason, record.detail = error.reason, error.detail
        if record.reason:
            held = tape.data[: record.length if record.length >= 0 else MAX_RAW].removesuffix(b"\n")
            raw = tape.original(held[:MAX_RAW])
            piece.rejected.append(Rejected(line + piece.lines, record.reason, record.detail, raw))
        piece.lines += record.lines
        if record.length < 0:
            tape.skip_line()
            break  # what lies behind is not in the window yet
        tape.drop(record.length)
        cut -= record.length
    return piece


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

    def judge(self, width: int) -> None:
        """Give a reason when the record has not `width` columns, unless it is blank."""
        cells = self.cells
        if self.reason or len(cells) == width or not (len(cells) > 1 or (cells and cells[0].strip())):
            return
        if self.lines > 1:  # more likely a quote never closed than a text with line ends and missing columns
            self.reason, self.length, self.lines = "unclosed_quote", self.first, 1
        else:
            self.reason = "too_few_columns" if len(cells) < width else "too_many_columns"
            self.detail = f"{len(cells)} instead of {width}"

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
