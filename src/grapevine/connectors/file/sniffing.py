"""What kind of file this is: compression, format, encoding, separator, where the header stands. From a
sample."""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import re
import zlib
from collections import Counter
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path

import msgspec

from grapevine.connectors.base import BadData
from grapevine.connectors.file.layouts import recognise

SAMPLE = 512 << 10
FURTHEST = 16 << 20
"""How far (bytes) the sample reaches at most where its first rows are very long ones."""
_FEW_LINES = 20
ENCODINGS = (
    "utf-8", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1", "iso8859-15", "mac-roman", "cp1250", "cp1251",
    "cp1253", "cp1254", "cp1257", "gb18030", "shift_jis", "euc-kr", "big5",
)  # fmt: skip
"""What a user may choose. In all of them but UTF-16 line ends, quotes and separators are single bytes."""
_LIST = re.compile(r"\s*\[\s*\{")
SEPARATORS = (",", ";", "\t", "|")


@dataclass(frozen=True)
class Table:
    """How a CSV file is cut into cells: the header's place and the first rows behind it."""

    separator: str
    quoted: bool
    skip_lines: int
    header: list[str]
    has_header: bool
    rows: list[list[str]]


def head_of(path: Path) -> bytes:
    """The first bytes of what is in the file, decompressed. Raises `BadData` when there is no reading it."""
    try:
        with path.open("rb") as plain:
            start = plain.read(4)
            plain.seek(0)
            if start[:2] == b"\x1f\x8b":
                with gzip.GzipFile(fileobj=plain) as file:
                    return _as_far_as_it_goes(file)
            return _as_far_as_it_goes(plain)
    except (OSError, EOFError, zlib.error) as error:
        raise BadData("bad_file", file=path.name, detail=f"{error}.") from None


def _as_far_as_it_goes(file: gzip.GzipFile | BufferedReader) -> bytes:
    """The sample, and beyond it until there are a few lines: one endless row says nothing of those behind it."""
    parts: list[bytes] = []
    have = lines = 0
    try:
        while have < SAMPLE or (lines < _FEW_LINES and have < FURTHEST):
            part = file.read1(65_536)
            if not part:
                break
            parts.append(part)
            have += len(part)
            lines += part.count(b"\n") or part.count(b"\r")
    except (EOFError, zlib.error):
        if not parts:
            raise
    return b"".join(parts)


def encoding_of(head: bytes) -> tuple[str, bool]:
    """The encoding, and whether the sample has bytes that do not fit it."""
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8", False
    # No table in UTF-16 is without a line end or a separator, each of which has a zero byte.
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) and b"\0" in head:
        return "utf-16", False
    pairs = head[: len(head) // 2 * 2]
    if len(pairs) > 20 and pairs[1::2].count(0) > len(pairs) // 4:
        return "utf-16-le", False
    if len(pairs) > 20 and pairs[0::2].count(0) > len(pairs) // 4:
        return "utf-16-be", False
    decoder = codecs.getincrementaldecoder("utf-8")
    try:
        decoder().decode(head)  # not final: the sample may end within a character
    except UnicodeDecodeError:
        text = decoder("replace").decode(head)
        bad = text.count("�")
        fine = sum(1 for character in text if ord(character) > 127) - bad
        if fine and fine * 2 >= bad:  # letters of other encodings hardly ever look like UTF-8 by chance
            return "utf-8", True
        return ("cp1252" if _fits(head, "cp1252") else "latin-1"), False
    return "utf-8", False


def _fits(head: bytes, encoding: str) -> bool:
    try:
        head.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def text_of(head: bytes, encoding: str) -> str:
    """The sample as text, without a mark at its beginning and without a last line cut in two."""
    text = codecs.getincrementaldecoder(encoding)("replace").decode(head).removeprefix("\ufeff")
    if len(head) >= SAMPLE and "\n" in text:
        text = text[: text.rfind("\n") + 1]
    return text


def is_json_lines(text: str, name: str) -> bool:
    """Whether most of the first lines that hold something are JSON objects; which of them are odd does not matter.

    Raises `BadData` for a JSON array.
    """
    lines = [line for line in text.split("\n", 400)[:400] if line.strip()]
    good = sum(1 for line in lines if _is_object(line))
    # half is enough: one odd line may stand before one good one
    if good and good * 2 >= len(lines):
        return True
    if _LIST.match(text):
        raise BadData("file_is_json_list", file=name)
    return False


def _is_object(line: str) -> bool:
    if not line.lstrip().startswith("{"):
        return False
    try:
        msgspec.json.decode(line, type=dict)
    except (msgspec.DecodeError, UnicodeEncodeError, RecursionError):
        return False
    return True


def table_of(text: str) -> Table:
    """Find separator, quoting and header: a known tool's header if there is one, else the most regular
    reading."""
    best: tuple[float, Table] | None = None
    for separator in SEPARATORS:
        table, score = _reading(text, separator, _quotes_fit(text, separator))
        if table is not None and (best is None or score > best[0]):
            best = (score, table)
    if best is None:
        return _single_column(text)
    return best[1]


def _quotes_fit(text: str, separator: str) -> bool:
    """Whether quotes enclose cells here, rather than stand in the text as they do in speech."""
    lines = [line for line in text.split("\n")[:500] if '"' in line]
    odd = 0
    for line in lines:
        try:
            next(csv.reader([line], delimiter=separator, strict=True))
        except csv.Error as error:
            odd += "unexpected end" not in str(error)  # which a text of several lines looks like, too
    return odd * 5 <= len(lines)


def _reading(text: str, separator: str, quoted: bool) -> tuple[Table | None, float]:
    """Read the sample one way, and how much speaks for it: share of regular rows, weighed by their width."""
    reader = csv.reader(
        io.StringIO(text, newline="\n"),
        delimiter=separator,
        quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE,
    )
    records: list[tuple[int, list[str]]] = []
    before = 0
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                records.append((before, cells))
            before = reader.line_num
            if len(records) >= 2_000:
                break
    except csv.Error:
        pass
    if not records:
        return None, 0.0
    for place, (line, cells) in enumerate(records[:60]):
        if recognise(cells) is not None:
            return _table(records, place, line, separator, quoted), 1_000.0 + quoted
    widths = Counter(len(cells) for _, cells in records if len(cells) > 1)
    if not widths:
        return None, 0.0
    width, regular = widths.most_common(1)[0]
    place = next(index for index, (_, cells) in enumerate(records) if len(cells) == width)
    share = regular / len(records)
    score = share * (1 + min(width, 20) / 20) * (1.0 if quoted else 0.97)
    return _table(records, place, records[place][0], separator, quoted), score


def _table(
    records: list[tuple[int, list[str]]], place: int, line: int, separator: str, quoted: bool
) -> Table:
    header = records[place][1]
    named = _is_header(header)
    rows = [cells for _, cells in records[place + named :]]
    return Table(separator, quoted, line, header, named, rows)


def _is_header(cells: list[str]) -> bool:
    """Names are short, different from one another, and no numbers, addresses or handles."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    if not filled or len(set(filled)) < len(filled):
        return len(set(filled)) * 2 > len(filled) and recognise(cells) is not None
    return not any(
        len(cell) > 60 or cell[0] in "@#" or "://" in cell or cell.replace(".", "").replace("-", "").isdigit()
        for cell in filled
    )


def _single_column(text: str) -> Table:
    """A plain list of texts, one a line, under a heading if the first line is short."""
    rows = [[line.rstrip("\r")] for line in text.split("\n") if line.strip()]
    named = bool(rows) and len(rows[0][0]) <= 20 and " " not in rows[0][0].strip()
    header = rows[0] if named else ["text"]
    return Table("\t", False, 0, header, named, rows[named:])


def rows_of(text: str, separator: str, *, quoted: bool) -> list[list[str]]:
    """Rows of a piece of text from the middle of a file, as well as they can be told."""
    try:
        return list(
            csv.reader(
                io.StringIO(text, newline="\n"),
                delimiter=separator,
                quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE,
            )
        )
    except csv.Error:
        return []
