"""Parquet: columns with their types, a row group per chunk, written while it is sent."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, tzinfo
from typing import Any

from grapevine.listen.formats.base import Chunk, Column, Format

# The library is large: it is loaded by who exports, not by every page.


def _types() -> dict[str, Any]:
    import pyarrow as pa

    return {
        "id": pa.int64(),
        "key": pa.string(),
        "text": pa.string(),
        "moment": pa.timestamp("us", tz="UTC"),
        "integer": pa.int64(),
        "number": pa.float64(),
        "words": pa.list_(pa.string()),
        "counts": pa.map_(pa.string(), pa.int64()),
    }


_WRITE: dict[str, Callable[[Any], Any]] = {
    "moment": lambda value: value.astimezone(UTC),
    "key": lambda value: value.encode("utf-8", "replace"),
    "text": lambda value: value.encode("utf-8", "replace"),
    "words": lambda value: [str(word).encode("utf-8", "replace") for word in value],
    "counts": lambda value: [
        (str(name).encode("utf-8", "replace"), int(count)) for name, count in value.items()
    ],
}


class _Drain(io.RawIOBase):
    """A file that is only ever written at its end, and emptied as it grows."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self._size = 0

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        piece = bytes(data)
        self._pieces.append(piece)
        self._size += len(piece)
        return len(piece)

    def tell(self) -> int:
        return self._size

    def take(self) -> bytes:
        taken = b"".join(self._pieces)
        self._pieces.clear()
        return taken


def _schema(columns: tuple[Column, ...]) -> Any:
    import pyarrow as pa

    types = _types()
    return pa.schema(
        [pa.field(one.name, types[one.kind], metadata={"meaning": one.meaning}) for one in columns]
    )


def _table(columns: tuple[Column, ...], schema: Any, chunk: Chunk) -> Any:
    import pyarrow as pa

    arrays = []
    for column, field in zip(columns, schema, strict=True):
        write = _WRITE.get(column.kind)
        values = [row[column.name] for row in chunk]
        if write is not None:
            values = [None if value is None else write(value) for value in values]
        arrays.append(pa.array(values, type=field.type))
    return pa.table(arrays, schema=schema)


def _encode(columns: tuple[Column, ...], chunks: Iterable[Chunk], zone: tzinfo) -> Iterator[bytes]:
    import pyarrow.parquet as pq

    schema, drain = _schema(columns), _Drain()
    with pq.ParquetWriter(drain, schema, compression="zstd") as writer:
        for chunk in chunks:
            if chunk:
                writer.write_table(_table(columns, schema, chunk))
                yield drain.take()
    yield drain.take()


PARQUET = Format("parquet", "parquet", "application/vnd.apache.parquet", _encode)
