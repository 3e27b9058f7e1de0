"""Edge lists as people keep them: a line `u v` or `u v weight`, parted by blanks, tabs or commas; `#` begins a comment; gz or not.

A first line of the usual words (`source target weight`, see `heads`) is a heading and no tie.

Ids that are whole numbers throughout are read by a kernel. One id that is anything else (`anna`, `007`, a number of twenty digits) makes
all ids texts, kept as they are written.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, cast

import numpy as np

from grapevine.engine.graph import _parse, heads, network
from grapevine.engine.graph._build import MOST_WEIGHT
from grapevine.engine.graph.errors import GraphError
from grapevine.engine.graph.ids import Id, Ids, is_whole
from grapevine.engine.graph.network import Duplicates, Graph
from grapevine.engine.graph.sentences import Counted

BLOCK = 1 << 24
LONGEST = 1 << 20  # bytes of a line; who writes longer ones has not written an edge list


def read(
    path: Path | str,
    *,
    directed: bool = True,
    duplicates: Duplicates = "sum",
    turned: bool = False,
    people: int | None = None,
) -> Graph:
    """Read an edge list from a text file, plain or gz. Raises GraphError with the line that can't be read.

    `turned`: the file says *u listens to v*, so that influence flows from v to u. `people`: the ids are 0 … people−1 and all of them exist,
    those without a tie too.
    """
    path = Path(path)
    heading = heads.of(path).number
    try:
        found = _numbers(path, heading)
        if found is None:
            if people is not None:
                raise GraphError(
                    "{file}: a count of people wants ids that are whole numbers from 0.", file=path.name
                )
            return _texts(path, heading, directed, duplicates, turned)
    except (OSError, EOFError, zlib.error) as error:
        if isinstance(error, (FileNotFoundError, IsADirectoryError, PermissionError)):
            raise GraphError("{file} can't be read: {error}.", file=path, error=error.strerror) from error
        raise GraphError("{file} can't be unpacked: {error}.", file=path.name, error=error) from error
    first, second, weights = found
    del found
    if turned:
        first, second = second, first
    if people is not None and first.size:
        low, high = min(first.min(), second.min()), max(first.max(), second.max())
        if low < 0 or high >= people:
            raise GraphError(
                "{file}: the id {id} is not among 0 … {last}.",
                file=path.name,
                id=str(low if low < 0 else high),
                last=str(people - 1),
            )
    return network.from_arrays(
        first, second, weights, directed=directed, duplicates=duplicates, people=people, used_up=True
    )


def open_plain(path: Path) -> IO[bytes]:
    """The bytes of a file, unpacked when it is a gz, whatever its name."""
    with path.open("rb") as file:
        packed = file.read(2) == b"\x1f\x8b"
    return cast("IO[bytes]", gzip.open(path, "rb")) if packed else path.open("rb")


def lines_of(path: Path) -> Iterator[tuple[int, list[bytes]]]:
    """The lines that are no comments and not empty, by number, in columns. Raises GraphError for a column with nothing in it."""
    with open_plain(path) as file:
        for number, line in enumerate(file, start=1):
            line = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
            if parts := _parted(line, number, path.name):
                yield number, parts


def _parted(line: bytes, number: int, name: str) -> list[bytes]:
    """The columns of a line; none of a comment."""
    line = line.strip()
    if line.startswith(b"#"):
        return []
    if b"," in line and not all(cell.strip() for cell in line.split(b",")):
        raise GraphError("{file}, line {line}: a column is empty.", file=name, line=number)
    return line.replace(b",", b" ").split()


def _numbers(path: Path, heading: int) -> tuple[Any, Any, Any] | None:
    """Columns of whole-number ids, without the line of a heading (0: there is none); None when some ids are texts."""
    firsts: list[Any] = []
    seconds: list[Any] = []
    weights: list[Any] = []
    passed, columns = 0, 0
    done = np.zeros(3, np.int64)
    with open_plain(path) as file:
        for block in _blocks(file, path.name):
            if heading > passed and not firsts:
                block = _without(block, heading)
            data = np.frombuffer(block, np.uint8)
            room = data.size // 4 + 1
            first, second = np.empty(room, np.int64), np.empty(room, np.int64)
            weight = np.empty(room, np.float64)
            count = _parse.read(data, columns, first, second, weight, done)
            columns = int(done[1])
            if done[2]:
                line = block.split(b"\n", int(done[0]) + 1)[int(done[0])]
                number = passed + int(done[0]) + 1
                _columns(_parted(line, number, path.name), columns, number, path.name)
                return None
            firsts.append(_narrow(first[:count]))
            seconds.append(_narrow(second[:count]))
            weights.append(weight[: count if columns == 3 else 0].copy())
            passed += int(done[0])
    if not firsts:
        nothing = np.empty(0, np.int64)
        return nothing, nothing, None
    third = _joined(weights) if columns == 3 else None
    return _joined(firsts), _joined(seconds), third


def _without(block: bytes, number: int) -> bytes:
    """A block whose line of that number is empty."""
    lines = block.split(b"\n", number)
    lines[number - 1] = b""
    return b"\n".join(lines)


def _joined(pieces: list[Any]) -> Any:
    """One array of several, which are let go of on the way."""
    if len(pieces) == 1:
        return pieces.pop()
    whole = np.empty(sum(one.size for one in pieces), max(one.dtype for one in pieces))
    end = whole.size
    while pieces:
        one = pieces.pop()
        whole[end - one.size : end] = one
        end -= one.size
    return whole


def _narrow(array: Any) -> Any:
    small = array.size == 0 or (array.min() >= -(2**31) and array.max() < 2**31)
    return array.astype(np.int32 if small else np.int64)


def _blocks(file: IO[bytes], name: str) -> Iterator[bytes]:
    rest = file.read(3).removeprefix(b"\xef\xbb\xbf")
    while piece := file.read(BLOCK):
        end = piece.rfind(b"\n") + 1
        if end:
            yield rest + piece[:end]
            rest = piece[end:]
        else:
            rest += piece
        if len(rest) > LONGEST + BLOCK:
            raise GraphError(
                "{file} has a line of more than {most} bytes: that is no edge list.", file=name, most=LONGEST
            )
    if rest:
        yield rest + b"\n"


def _columns(parts: list[bytes], columns: int, number: int, name: str) -> tuple[str, str, float]:
    """The columns of a line. Raises GraphError, which says what is wrong with it."""
    where = {"file": name, "line": number}
    if len(parts) not in (2, 3):
        raise GraphError(
            "{file}, line {line}: {columns}; two ids, and perhaps a weight, are wanted.",
            columns=Counted("{n} column", "{n} columns", len(parts)),
            **where,
        )
    if any(b"\0" in part for part in parts):
        raise GraphError("{file}, line {line}: a NUL byte: text as UTF-8 is wanted.", **where)
    if columns and len(parts) != columns:
        raise GraphError(
            "{file}, line {line}: {columns}, where the lines before have {before}.",
            columns=Counted("{n} column", "{n} columns", len(parts)),
            before=columns,
            **where,
        )
    try:
        first, second, *told = (part.decode() for part in parts)
    except UnicodeDecodeError:
        raise GraphError("{file}, line {line}: not UTF-8.", **where) from None
    weight = 1.0
    if told:
        try:
            weight = float(told[0].replace("_", "?") if told[0].isascii() else "?")
        except ValueError:
            raise GraphError(
                "{file}, line {line}: the weight {weight} is not a number.", weight=repr(told[0]), **where
            ) from None
        if not 0 <= weight <= MOST_WEIGHT:
            raise GraphError(
                "{file}, line {line}: the weight {weight} can't be; a number from 0 to {most} is wanted.",
                weight=told[0],
                most=MOST_WEIGHT,
                **where,
            )
    return first, second, weight


def _texts(path: Path, head: int, directed: bool, duplicates: Duplicates, turned: bool) -> Graph:
    """The plain way for ids that are texts, line by line."""
    numbers: dict[Id, int] = {}
    ends: tuple[list[int], list[int]] = ([], [])
    weights: list[float] = []
    columns = 0
    heading: tuple[int, str] | None = None
    strange = 0
    for number, parts in lines_of(path):
        if number == head:
            continue
        first, second, weight = _columns(parts, columns, number, path.name)
        columns = len(parts)
        ends[0].append(numbers.setdefault(first, len(numbers)))
        ends[1].append(numbers.setdefault(second, len(numbers)))
        weights.append(weight)
        if strange < 2 and not (is_whole(first) and is_whole(second)):
            strange += 1
            heading = (number, first) if len(weights) == 1 else heading
    if heading is not None and strange == 1 and len(weights) > 1:
        raise GraphError(
            "{file}, line {line}: {heading} stands where all other lines have whole numbers. If it is a heading, put a # before it.",
            file=path.name,
            line=heading[0],
            heading=repr(heading[1]),
        )
    first_numbers, second_numbers = (np.array(one, np.int32) for one in ends)
    if turned:
        first_numbers, second_numbers = second_numbers, first_numbers
    kept = np.array(weights, np.float64) if columns == 3 else None
    ids = Ids.of_texts(list(numbers))
    return network.from_numbers(
        first_numbers, second_numbers, kept, ids, directed=directed, duplicates=duplicates, used_up=True
    )
