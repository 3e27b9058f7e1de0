"""JSON Lines: one object a line, texts as they came. Ids are text, since many readers of JSON keep 53 bits only."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, tzinfo
from typing import Any

import msgspec

from grapevine.listen.formats.base import Chunk, Column, Format


def whole(text: str) -> str:
    """The text with half letters (lone surrogates, which JSON can bring in and UTF-8 can't write) replaced."""
    return text.encode("utf-8", "replace").decode()


_WRITE: dict[str, Callable[[Any], Any]] = {
    "id": str,
    "moment": lambda value: value.astimezone(UTC),
    "key": whole,
    "text": whole,
    "words": lambda value: [whole(str(word)) for word in value],
    "counts": lambda value: {whole(str(name)): count for name, count in value.items()},
}


def _encode(columns: tuple[Column, ...], chunks: Iterable[Chunk], zone: tzinfo) -> Iterator[bytes]:
    encoder = msgspec.json.Encoder()
    columns_with = [(column.name, _WRITE.get(column.kind)) for column in columns]
    for chunk in chunks:
        yield encoder.encode_lines(
            [
                {
                    name: write(value) if write is not None and value is not None else value
                    for name, write in columns_with
                    for value in (row[name],)
                }
                for row in chunk
            ]
        )


JSONL = Format("jsonl", "jsonl", "application/x-ndjson", _encode)
