"""Look at a file before it is imported: what it is, how it would be read, and what the first posts would be.

`inspect` proposes; the user may change the mapping and have it inspected again; `reading.read` then does
exactly what was shown.
"""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec

from grapevine.connectors.base import BadData, Post, Rejected
from grapevine.connectors.file import (
    binaries,
    dates,
    guessing,
    jsonlines,
    layouts,
    parquet,
    reading,
    sniffing,
)
from grapevine.connectors.file.mapping import Mapping
from grapevine.connectors.file.problems import BLOCKING, PROBLEMS
from grapevine.connectors.findings import Finding, Value, made

ENOUGH = 1_000
"""So many bad rows in a row, and no good one before them, mean that the mapping is wrong rather than the rows."""


class Inspection(msgspec.Struct, frozen=True, kw_only=True):
    """What was found. `columns` are all columns of the file, `preview` the first rows by column, `posts` and
    `rejected` what they become under `mapping`, `problems` what is amiss, by the codes of `PROBLEMS`.

    `rows` estimates the number of rows of the whole file (None for compressed ones).
    """

    format: str
    layout: str
    layout_label: str
    encoding: str
    separator: str
    size: int
    rows: int | None
    columns: tuple[str, ...]
    mapping: Mapping
    preview: list[dict[str, str]]
    posts: list[Post]
    rejected: list[Rejected]
    problems: list[Finding]

    @property
    def usable(self) -> bool:
        """Whether the file can be imported without asking anyone."""
        return not any(one.code in BLOCKING for one in self.problems)


class _Sample(msgspec.Struct):
    """Rows of the sample by column, whatever the format, and the rows that the estimate rests on."""

    columns: tuple[str, ...]
    rows: list[dict[str, Any]]
    total: int | None
    base: Mapping
    odd: list[str]

    def values(self, column: str) -> list[str]:
        """The column's cells that hold something."""
        found = (jsonlines.reach(row, column) for row in self.rows)
        return [str(value) for value in found if value not in (None, "", [])]


def inspect(
    path: Path, *, mapping: Mapping | None = None, rows: int = 20, until: datetime | None = None
) -> Inspection:
    """Look at a file and propose how to read it; with `mapping`, show what that one would make of it. Rows dated after
    `until` are shown as rejected.

    Reads half a megabyte from the file's beginning and some from its end. Raises `BadData` when it is no
    table.
    """
    if not path.is_file():
        raise BadData("file_missing", file=path.name)
    if path.stat().st_size == 0:
        return _empty()
    sample = _sampled(path, mapping)
    layout = layouts.recognise(sample.columns)
    problems: dict[str, dict[str, Value]] = {code: {} for code in sample.odd}
    if mapping is None:
        mapping, found = _proposed(path, sample, layout)
        problems |= found
    elif mapping.columns.get("published_at"):
        values = _dates_in(path, sample, mapping)
        problems |= dates.detect(values, day_first=mapping.dates.day_first)[1]
    problems |= {code: {} for code, _ in mapping.problems()}
    posts, rejected, all_of_it = _tried(path, mapping, rows, until)
    if rejected and not posts and not problems.keys() & BLOCKING:
        problems["all_rejected" if all_of_it else "nothing_fits"] = {}
    if "external_id" not in mapping.columns:
        problems["no_id_column"] = {}
    if not mapping.columns.get("published_at"):
        problems["no_date_column"] = {}
    return Inspection(
        format=mapping.format,
        layout=mapping.layout,
        layout_label=layout.label if layout else "",
        encoding=mapping.encoding,
        separator=mapping.separator,
        size=path.stat().st_size,
        rows=sample.total,
        columns=sample.columns,
        mapping=mapping,
        preview=[{name: _shown(value) for name, value in row.items()} for row in sample.rows[:rows]],
        posts=posts,
        rejected=rejected,
        problems=[made(PROBLEMS, code, **params) for code, params in problems.items()],
    )


def _sampled(path: Path, mapping: Mapping | None) -> _Sample:
    head = sniffing.head_of(path)
    if head.startswith(b"PAR1"):
        return _parquet_sample(path)
    encoding, odd = sniffing.encoding_of(head)
    binaries.refuse(path, head, encoding)
    encoding = mapping.encoding if mapping else encoding
    text = sniffing.text_of(head, encoding)
    newline = "\r" if "\r" in text and "\n" not in text else "\n"
    text = text.replace("\r", "\n") if newline == "\r" else text
    problems = ["undecodable"] if odd else []
    if sniffing.is_json_lines(text, path.name):
        encoding = encoding if encoding.startswith("utf-16") else "utf-8"  # no other is read there
        return _json_sample(path, text, encoding, problems)
    table = sniffing.table_of(text)
    header = table.header if table.has_header else [""] * len(table.header)
    columns = reading.unique(header)
    base = Mapping(
        encoding=encoding,
        separator=table.separator,
        quoted=table.quoted,
        newline="\r" if newline == "\r" else "\n",
        skip_lines=table.skip_lines,
        has_header=table.has_header,
        header=columns,
    )
    rows = [dict(zip(columns, cells, strict=False)) for cells in table.rows if len(cells) == len(columns)]
    if not table.has_header:
        problems.append("no_header")
    above = table.skip_lines + table.has_header
    few = len(table.rows) < 1_000 and path.stat().st_size <= len(head)
    count = len(table.rows) if few else max(_filled(text) - above, 0)
    return _Sample(columns, rows, _estimated(path, head, count), base, problems)


def _filled(text: str) -> int:
    return sum(1 for line in text.split("\n") if line.strip())


def _json_sample(path: Path, text: str, encoding: str, problems: list[str]) -> _Sample:
    items: list[dict[str, Any]] = []
    for line in islice(text.split("\n"), 2_000):
        try:
            items.append(msgspec.json.decode(line, type=dict[str, Any]))
        except (msgspec.DecodeError, UnicodeEncodeError, RecursionError):
            continue
    names: dict[str, None] = {}
    for item in items:
        for name, value in item.items():
            inner = [f"{name}.{key}" for key in value] if isinstance(value, dict) else [name]
            names.update(dict.fromkeys(inner))
    total = _estimated(path, text.encode("utf-8", "replace"), _filled(text))
    return _Sample(tuple(names), items, total, Mapping(format="jsonl", encoding=encoding), problems)


def _parquet_sample(path: Path) -> _Sample:
    file = parquet.opened(path)
    header, total = parquet.header(file), file.metadata.num_rows
    file.close()
    rows = next((items for _, items in parquet.batches(path, start=0, rows=2_000)), [])
    base = Mapping(format="parquet", separator="", encoding="", header=tuple(header))
    return _Sample(tuple(header), rows, total, base, [])


def _estimated(path: Path, head: bytes, rows: int) -> int | None:
    with path.open("rb") as file:
        if file.read(2) == b"\x1f\x8b":
            return None
    size = path.stat().st_size
    return rows if size <= len(head) else round(rows * size / max(len(head), 1))


def _proposed(
    path: Path, sample: _Sample, layout: layouts.Layout | None
) -> tuple[Mapping, dict[str, dict[str, Value]]]:
    base = sample.base
    if layout is not None:
        columns = layouts.columns_of(layout, sample.columns)
        base = msgspec.structs.replace(base, layout=layout.name, kind=layout.kind, site=layout.site)
    else:
        columns = guessing.guess(sample.columns, sample.values)
    made = datetime.fromtimestamp(path.stat().st_mtime, UTC).replace(microsecond=0)
    mapping = msgspec.structs.replace(base, columns=columns, date=made.isoformat())
    if not columns.get("published_at"):
        return mapping, {}
    rule, problems = dates.detect(_dates_in(path, sample, mapping))
    return msgspec.structs.replace(mapping, dates=rule), problems


def _dates_in(path: Path, sample: _Sample, mapping: Mapping) -> list[str]:
    """The dates of the sample, and those at the file's end: there a 13th often settles what January left
    open."""
    column = mapping.columns["published_at"][0]
    return sample.values(column) + _last_values(path, mapping, column)


def _last_values(path: Path, mapping: Mapping, column: str) -> list[str]:
    size = path.stat().st_size
    wide = mapping.encoding.startswith("utf-16")
    if mapping.format != "csv" or wide or mapping.newline == "\r" or size <= sniffing.SAMPLE:
        return []
    if column not in mapping.header:
        return []
    with path.open("rb") as file:
        if file.read(2) == b"\x1f\x8b":
            return []
        file.seek(size - 65_536)
        tail = file.read().decode(mapping.encoding, "replace")
    rows = sniffing.rows_of(tail[tail.find("\n") + 1 :], mapping.separator, quoted=mapping.quoted)
    at, width = mapping.header.index(column), len(mapping.header)
    return [cells[at] for cells in rows if len(cells) == width and dates.looks_like_date(cells[at])]


def _tried(
    path: Path, mapping: Mapping, rows: int, until: datetime | None
) -> tuple[list[Post], list[Rejected], bool]:
    """What the first rows become, by the very code that will import them, and whether these are all.

    Looks beyond bad rows for one that can be read, however large they are, but not beyond `ENOUGH` of them.
    """
    if any(code in BLOCKING for code, _ in mapping.problems()):
        return [], [], False
    rejected: list[Rejected] = []
    try:
        for batch in reading.read(path, mapping, rows=max(rows, 100), until=until):
            rejected += batch.rejected
            if batch.posts:
                return [post for post, _ in batch.posts[:rows]], rejected[:rows], False
            if len(rejected) >= ENOUGH and not batch.done:
                return [], rejected[:rows], False
    except BadData as error:
        if error.code != "file_breaks_off":
            raise
    return [], rejected[:rows], True


def _shown(value: Any) -> str:
    text = value if isinstance(value, str) else "" if value is None else msgspec.json.encode(value).decode()
    return text if len(text) <= 500 else text[:499] + "…"


def _empty() -> Inspection:
    return Inspection(
        format="csv",
        layout="columns",
        layout_label="",
        encoding="utf-8",
        separator=",",
        size=0,
        rows=0,
        columns=(),
        mapping=Mapping(),
        preview=[],
        posts=[],
        rejected=[],
        problems=[made(PROBLEMS, "empty_file")],
    )


def mapping_for(raw: bytes) -> Mapping:
    """A mapping for a single row as kept, by the names of its columns. Raises `BadData` when it is no
    object."""
    try:
        item = msgspec.json.decode(raw, type=dict[str, Any])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BadData("not_understood", host="The row", detail=f"{str(error)[:200]}.") from None
    header = tuple(item)
    layout = layouts.recognise(header)
    columns = layouts.columns_of(layout, header) if layout else guessing.guess(header, lambda _: [])
    return Mapping(format="jsonl", columns=columns, date="1970-01-01")
