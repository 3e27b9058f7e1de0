"""Batches of posts as the kernel takes them: bytes with room to spare, and where the fields lie."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import msgspec
import numpy as np

from grapevine.engine.query import _json
from grapevine.engine.query._match import byte_offsets
from grapevine.engine.query.documents import Document, document_of

# Bytes behind the content that kernels may read.
SPARE = 128
LISTS = ("links", "media", "hashtags", "mentions")
Columns = Mapping[str, Sequence[Any]]


class Packed(NamedTuple):
    """Columns of texts in one array of bytes; the value of column c of post p is source[offsets[c, p]:offsets[c, p + 1]]."""

    source: Any
    offsets: Any  # int64, shape (columns, posts + 1)
    fields: Any  # int64: numbers of `_json.FIELDS`
    kinds: Any  # int64: STRING or ARRAY
    longest: int  # bytes of the longest post, or a little more


def padded(data: bytes | bytearray | memoryview) -> Any:
    """The bytes in an array with room to spare."""
    source = np.empty(len(data) + SPARE, np.uint8)
    source[: len(data)] = np.frombuffer(data, np.uint8)
    source[len(data) :] = 0
    return source


def pack(columns: Columns) -> Packed:
    """Pack columns by name (those of `_json.FIELDS`, text among them). Raises ValueError on an unknown name or uneven lengths."""
    unknown = sorted(set(columns) - set(_json.FIELDS))
    if unknown:
        raise ValueError(f"Unknown columns: {', '.join(unknown)}. Known: {', '.join(_json.FIELDS)}")
    posts = len(columns["text"]) if "text" in columns else -1
    if any(len(column) != posts for column in columns.values()):
        raise ValueError("The columns must be of one length, and text among them")
    pieces: list[bytes] = []
    offsets = np.zeros((len(columns), posts + 1), np.int64)
    begun = 0
    for number, (name, values) in enumerate(columns.items()):
        if name in LISTS:
            encoded = [msgspec.json.encode(value) for value in values]
            sizes = np.fromiter(map(len, encoded), np.int64, posts)
            piece = b"".join(encoded)
        else:
            sizes = np.fromiter(map(len, values), np.int64, posts)
            piece = "".join(values).encode("utf-8", "surrogatepass")
        if len(piece) == sizes.sum():
            np.cumsum(sizes, out=offsets[number, 1:])
        else:
            offsets[number] = byte_offsets(padded(piece), sizes)
        offsets[number] += begun
        begun += len(piece)
        pieces.append(piece)
    longest = int((offsets[:, 1:] - offsets[:, :-1]).sum(axis=0).max(initial=0))
    return Packed(
        padded(b"".join(pieces)),
        offsets,
        np.array([_json.FIELDS.index(name) for name in columns], np.int64),
        np.array([_json.ARRAY if name in LISTS else _json.STRING for name in columns], np.int64),
        longest,
    )


def document_at(columns: Columns, post: int) -> Document:
    """One post of a batch of columns."""
    return document_of({name: values[post] for name, values in columns.items()})


class BadLine(ValueError):
    """A line is no post; the message says why."""


def document_in(line: bytes) -> tuple[int | str, Document]:
    """The id and the post in a line of JSON. Raises BadLine."""
    try:
        values = json.loads(line.decode(), parse_constant=_refuse)
    except UnicodeDecodeError as error:
        raise BadLine(f"not UTF-8 at byte {error.start + 1}") from None
    except (ValueError, RecursionError) as error:
        raise BadLine(f"not JSON: {error}") from None
    if not isinstance(values, dict):
        raise BadLine("not a JSON object")
    number = values.get("id")
    if isinstance(number, bool) or not isinstance(number, (int, str)):
        raise BadLine("no id: a string or a whole number is expected")
    if not isinstance(values.get("text"), str):
        raise BadLine("no text: a string is expected")
    return number, document_of(values)


def _refuse(constant: str) -> Any:
    raise ValueError(f"{constant} is no JSON")
