"""Raw items, compressed a batch at a time: together they take a third of the room, and a third of the time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec

from grapevine.core import bulk
from grapevine.sources.models import RawBlock


def _zstd() -> Any:
    import pyarrow  # large: a page that shows no raw item does without

    return pyarrow.Codec("zstd", 1)


def pack(items: Sequence[bytes]) -> bytes:
    """The items as one compressed run: four bytes of its length, and the run by Zstandard, whose first level takes a quarter of the time of
    zlib's and an eighth less room."""
    run = msgspec.msgpack.encode(items)
    return len(run).to_bytes(4) + bytes(_zstd().compress(run, asbytes=True))


def unpack(data: bytes) -> list[bytes]:
    """The items again."""
    run = _zstd().decompress(data[4:], int.from_bytes(data[:4]), asbytes=True)
    return msgspec.msgpack.decode(run, type=list[bytes])


def keep(items: Sequence[bytes], *, source_id: int, packed: bytes | None = None, at: datetime) -> int:
    """Store a block; returns its id."""
    data = packed or pack(items)
    columns = {"source_id": source_id, "data": data, "items": len(items), "stored_at": bulk.moment(at)}
    return bulk.insert_block("sources_rawblock", columns)


def read(block_id: int | None, index: int) -> bytes:
    """One raw item; empty when it was cut out or never kept."""
    if block_id is None:
        return b""
    data = RawBlock.objects.filter(pk=block_id).values_list("data", flat=True).first()
    items = unpack(bytes(data)) if data is not None else []
    return items[index] if index < len(items) else b""


def read_many(places: Mapping[int, tuple[int | None, int]]) -> dict[int, bytes]:
    """Raw items by whatever key their places (block and index) are given by, each block unpacked once; empty as with `read`."""
    by_block: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for key, (block_id, index) in places.items():
        if block_id is not None:
            by_block[block_id].append((key, index))
    found = dict.fromkeys(places, b"")
    for ids in bulk.chunks(sorted(by_block), 200):
        for block in RawBlock.objects.filter(pk__in=ids).iterator():
            items = unpack(bytes(block.data))
            found.update({key: items[index] for key, index in by_block[block.pk] if index < len(items)})
    return found


def cut(places: Iterable[tuple[int | None, int]]) -> None:
    """Cut items out of their blocks for good; a block with nothing left goes."""
    by_block: dict[int, list[int]] = defaultdict(list)
    for block_id, index in places:
        if block_id is not None:
            by_block[block_id].append(index)
    for ids in bulk.chunks(sorted(by_block), 200):
        for block in RawBlock.objects.filter(pk__in=ids).select_for_update():
            items = unpack(bytes(block.data))
            for index in by_block[block.pk]:
                if index < len(items):
                    items[index] = b""
            if any(items):
                block.data = pack(items)
                block.save(update_fields=["data"])
            else:
                block.delete()
