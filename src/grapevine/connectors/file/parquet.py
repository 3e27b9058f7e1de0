"""Parquet, batch by batch; columns inside structs are named with dots (`author.name`)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from grapevine.connectors.base import BadData

# The library is large: it is loaded by who reads such a file, not by every page.


def opened(path: Path) -> Any:
    """Open a Parquet file. Raises `BadData`."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return pq.ParquetFile(path, memory_map=True)
    except (OSError, pa.ArrowException) as error:
        raise BadData("bad_file", file=path.name, detail=f"{str(error)[:200]}.") from None


def header(file: Any) -> list[str]:
    """The names of the columns, those in structs included."""
    import pyarrow as pa

    found: list[str] = []
    for field in file.schema_arrow:
        if pa.types.is_struct(field.type):
            found += [f"{field.name}.{inner.name}" for inner in field.type]
        else:
            found.append(field.name)
    return found


def batches(path: Path, *, start: int, rows: int = 5_000) -> Iterator[tuple[int, list[dict[str, Any]]]]:
    """Yield the number of the first row (from 0) and the rows of each batch, from row `start` on.

    Whole row groups before `start` are not read at all. Raises `BadData`.
    """
    import pyarrow as pa

    file = opened(path)
    try:
        first = 0
        for group in range(file.num_row_groups):
            length = file.metadata.row_group(group).num_rows
            if first + length > start:
                at = first
                for batch in file.iter_batches(batch_size=rows, row_groups=[group]):
                    skip = min(max(start - at, 0), len(batch))
                    if skip < len(batch):
                        yield at + skip, [_plain(row) for row in batch.slice(skip).to_pylist()]
                    at += len(batch)
            first += length
    except (OSError, pa.ArrowException, UnicodeDecodeError) as error:
        raise BadData("bad_file", file=path.name, detail=f"{str(error)[:200]}.") from None
    finally:
        file.close()


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {name: _cell(value) for name, value in row.items()}


def _cell(value: Any) -> Any:
    if isinstance(value, date):  # and times, which are dates
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, dict):
        return _plain(value)
    if isinstance(value, (list, tuple)):
        return [_cell(one) for one in value]
    return value if value is None or isinstance(value, (str, int, float, bool)) else str(value)
