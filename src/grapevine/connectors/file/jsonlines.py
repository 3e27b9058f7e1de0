"""JSON Lines: one object a line, decoded only as far as the mapping needs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import msgspec

from grapevine.connectors.base import Post, Rejected
from grapevine.connectors.file.pieces import Piece
from grapevine.connectors.file.tape import Tape
from grapevine.connectors.reasons import MAX_RAW, MAX_RECORD, Unfit


def decoder(columns: Sequence[str]) -> tuple[Callable[[bytes], Any], Callable[[Any], Sequence[Any]]]:
    """Two functions: from a line to an item, and from an item to its cells in the order of the columns.

    A dot in a column's name reaches into an object (`author.name`). The first function raises
    `msgspec.DecodeError` (`ValidationError` for what is no object) and `UnicodeDecodeError`.
    """
    if any("." in column for column in columns) or not nameable(columns):
        objects = msgspec.json.Decoder(dict[str, Any])
        return objects.decode, lambda item: [reach(item, column) for column in columns]
    fields = [f"f{index}" for index in range(len(columns))]
    row = msgspec.defstruct(
        "Row",
        [(name, Any, None) for name in fields],
        rename=dict(zip(fields, columns, strict=True)),
        gc=False,
    )
    typed: msgspec.json.Decoder[Any] = msgspec.json.Decoder(row)
    return typed.decode, msgspec.structs.astuple


def nameable(columns: Sequence[str]) -> bool:
    """Whether the columns may name the fields of a struct: without quotes, backslashes and controls, which JSON writes in another way."""
    return not any(
        sign in '\\"' or sign < " " or "\ud800" <= sign <= "\udfff" for name in columns for sign in name
    )


def reach(item: Any, column: str) -> Any:
    """A column's value in an object; dots reach inwards unless the object has a key of that very name."""
    if column in item:
        return item[column]
    for part in column.split("."):
        if not isinstance(item, dict):
            return None
        item = item.get(part)
    return item


def pieces(
    tape: Tape,
    columns: Sequence[str],
    to_post: Callable[[Sequence[Any]], Post],
    *,
    line: int,
    rows: int = 5_000,
) -> Iterator[Piece]:
    """Read on from where the tape stands, `line` being the number of the next line, in pieces of about
    `rows` rows."""
    reader = _Reader(columns, to_post)
    size = 256 << 10
    while True:
        tape.fill(size)
        if not tape.data:
            return
        cut = len(tape.data) if tape.ended else tape.data.rfind(b"\n") + 1
        cut = cut or tape.line_end(0, MAX_RECORD)
        if cut < 0:
            raw = tape.original(tape.data[:MAX_RAW])
            tape.skip_line()
            piece = Piece([], [Rejected(line, "too_long", f"more than {MAX_RECORD} bytes", raw)], 1)
        else:
            data = tape.data[:cut]
            tape.drop(cut)
            piece = reader.whole(data, line) or reader.one_by_one(data, line)
            if piece.posts:
                size = min(max(cut // len(piece.posts) * rows, 64 << 10), MAX_RECORD)
        line += piece.lines
        yield piece


class _Reader:
    """Makes posts of lines: many at once where all is well, else one by one."""

    def __init__(self, columns: Sequence[str], to_post: Callable[[Sequence[Any]], Post]) -> None:
        self._decode, self._cells = decoder(columns)
        self._to_post = to_post

    def whole(self, data: bytes, line: int) -> Piece | None:
        """All lines of `data`; None when one of them is blank or cannot be decoded."""
        if b"\\u0000" in data:
            return None
        lines = data.split(b"\n")
        if not lines[-1]:
            lines.pop()
        try:
            items = list(map(self._decode, lines))
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return None
        piece = Piece([], [], len(lines))
        cells, to_post, add = self._cells, self._to_post, piece.posts.append
        for number, (item, raw) in enumerate(zip(items, lines, strict=True), start=line):
            try:
                add((to_post(cells(item)), raw))
            except Unfit as error:
                piece.rejected.append(Rejected(number, error.reason, error.detail, raw[:MAX_RAW]))
        return piece

    def one_by_one(self, data: bytes, line: int) -> Piece:
        """The same, telling the bad lines from the good."""
        lines = data.removesuffix(b"\n").split(b"\n")
        piece = Piece([], [], len(lines))
        for number, raw in enumerate(lines, start=line):
            if not raw.strip():
                continue
            try:
                piece.posts.append((self.one(raw), raw))
            except Unfit as error:
                piece.rejected.append(Rejected(number, error.reason, error.detail[:200], raw[:MAX_RAW]))
        return piece

    def one(self, raw: bytes) -> Post:
        """The post of one line. Raises `Unfit`."""
        if len(raw) > MAX_RECORD:
            raise Unfit("too_long", f"{len(raw)} bytes")
        try:
            if b"\\u0000" in raw and _has_nul(msgspec.json.decode(raw)):
                raise Unfit("nul_byte")
            item = self._decode(raw)
        except msgspec.ValidationError as error:
            raise Unfit("bad_type", str(error)) from None
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            reason = "undecodable" if _undecodable(raw) else "nul_byte" if b"\0" in raw else "bad_json"
            raise Unfit(reason, str(error)) from None
        return self._to_post(self._cells(item))


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
