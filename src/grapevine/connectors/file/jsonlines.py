"""JSON Lines: one object a line, decoded only as far as the mapping needs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from grapevine.connectors.base import Rejected
from grapevine.connectors.file.tape import Tape
from grapevine.connectors.reasons import MAX_RAW, MAX_RECORD


@dataclass(slots=True)
class Piece:
    """Lines of a stretch of the file: each with its number, its bytes and its cells in the order of the
    columns."""

    rows: list[tuple[int, bytes, Sequence[Any]]]
    rejected: list[Rejected]
    lines: int


def decoder(columns: Sequence[str]) -> Callable[[bytes], list[Sequence[Any]]]:
    """A function from lines to their cells. A dot in a column's name reaches into an object (`author.name`).

    Raises `msgspec.DecodeError` (`ValidationError` for what is no object) and `UnicodeDecodeError`.
    """
    if any("." in column for column in columns):
        objects = msgspec.json.Decoder(dict[str, Any])

        def nested(lines: bytes) -> list[Sequence[Any]]:
            return [[reach(item, column) for column in columns] for item in objects.decode_lines(lines)]

        return nested
    fields = [f"f{index}" for index in range(len(columns))]
    row = msgspec.defstruct(
        "Row",
        [(name, Any, None) for name in fields],
        rename=dict(zip(fields, columns, strict=True)),
        gc=False,
    )
    typed: msgspec.json.Decoder[Any] = msgspec.json.Decoder(row)
    astuple = msgspec.structs.astuple
    return lambda lines: [astuple(item) for item in typed.decode_lines(lines)]


def reach(item: Any, column: str) -> Any:
    """A column's value in an object; dots reach inwards unless the object has a key of that very name."""
    if column in item:
        return item[column]
    for part in column.split("."):
        if not isinstance(item, dict):
            return None
        item = item.get(part)
    return item


def pieces(tape: Tape, columns: Sequence[str], *, line: int, rows: int = 5_000) -> Iterator[Piece]:
    """Read on from where the tape stands, `line` being the number of the next line, in pieces of about
    `rows` rows."""
    decode = decoder(columns)
    size = 256 << 10
    while True:
        tape.fill(size)
        if not tape.data:
            return
        cut = len(tape.data) if tape.ended else tape.data.rfind(b"\n") + 1
        if not cut:
            end = tape.line_end(0, MAX_RECORD)
            if end < 0:
                yield Piece([], [_too_long(tape, line)], 1)
                tape.skip_line()
                line += 1
                continue
            cut = end
        piece = _piece(tape.data[:cut], decode, line)
        tape.drop(cut)
        if piece.rows:
            size = min(max(cut // len(piece.rows) * rows, 64 << 10), MAX_RECORD)
        line += piece.lines
        yield piece


def _too_long(tape: Tape, line: int) -> Rejected:
    return Rejected(line, "too_long", f"more than {MAX_RECORD} bytes", tape.original(tape.data[:MAX_RAW]))


def _piece(data: bytes, decode: Callable[[bytes], list[Sequence[Any]]], line: int) -> Piece:
    """Decode a stretch at once, or line by line when anything is amiss in it."""
    lines = data.split(b"\n")
    if not lines[-1]:
        lines.pop()
    count = len(lines)
    if b"\\u0000" not in data:
        try:
            cells = decode(data)
        except (msgspec.DecodeError, UnicodeDecodeError):
            cells = []
        if len(cells) == count:
            return Piece(list(zip(range(line, line + count), lines, cells, strict=True)), [], count)
    rows: list[tuple[int, bytes, Sequence[Any]]] = []
    rejected: list[Rejected] = []
    for number, raw in enumerate(lines, start=line):
        if not raw.strip():
            continue
        reason, detail = "bad_json", ""
        try:
            if len(raw) > MAX_RECORD:
                reason = "too_long"
            elif b"\\u0000" in raw and _has_nul(msgspec.json.decode(raw)):
                reason = "nul_byte"
            elif len(found := decode(raw)) == 1:
                rows.append((number, raw, found[0]))
                continue
        except msgspec.ValidationError as error:
            reason, detail = "bad_type", str(error)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            reason = "undecodable" if _undecodable(raw) else "nul_byte" if b"\0" in raw else "bad_json"
            detail = str(error)
        rejected.append(Rejected(number, reason, detail[:200], raw[:MAX_RAW]))
    return Piece(rows, rejected, count)


def _has_nul(item: Any) -> bool:
    if isinstance(item, str):
        return "\0" in item
    if isinstance(item, dict):
        return any(_has_nul(part) for pair in item.items() for part in pair)
    return isinstance(item, list) and any(map(_has_nul, item))


def _undecodable(raw: bytes) -> bool:
    try:
        raw.decode()
    except UnicodeDecodeError:
        return True
    return False
