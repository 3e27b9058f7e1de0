"""Making files to read, and reading them whole."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import msgspec

from grapevine.connectors.base import Batch, Post, Rejected
from grapevine.connectors.file import reading
from grapevine.connectors.file.mapping import Mapping

HEADER = ("id", "text", "date")
PLAIN = Mapping(
    header=HEADER,
    columns={"external_id": ("id",), "text": ("text",), "published_at": ("date",)},
    date="2026-01-01",
)
LINES = msgspec.structs.replace(PLAIN, format="jsonl")
DAY = "2026-01-01"


def csv_file(folder: Path, *rows: str | bytes, name: str = "posts.csv", end: bytes = b"\n") -> Path:
    """A CSV file of `HEADER` and these rows, written as they are."""
    data = b"id,text,date\n" + b"".join(
        (row if isinstance(row, bytes) else row.encode()) + end for row in rows
    )
    path = folder / name
    path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    return path


def read(path: Path, mapping: Mapping = PLAIN, **more: Any) -> tuple[list[Post], list[Rejected]]:
    """All posts and all rejected rows."""
    batches = list(reading.read(path, mapping, **more))
    return posts_of(batches), [one for batch in batches for one in batch.rejected]


def posts_of(batches: list[Batch]) -> list[Post]:
    """The posts of some batches."""
    return [post for batch in batches for post, _ in batch.posts]


def why(rejected: list[Rejected]) -> list[tuple[int, str]]:
    """Lines and reasons."""
    return [(one.line, one.reason) for one in rejected]
