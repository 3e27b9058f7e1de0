"""What a format is, and the columns that all formats write."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any, Literal

from django.utils.translation import pgettext

Kind = Literal["id", "key", "text", "moment", "integer", "number", "words", "counts"]
Row = Mapping[str, Any]
"""One exported post: a value for each column of `columns.COLUMNS`. Moments are aware, words are lists of text, counts are dicts."""
Chunk = list[Row]


@dataclass(frozen=True)
class Column:
    """One column: its name in every file, what kind of values it holds, and what they mean (an English source sentence).

    `heading` is what people call it (an English source text). Counts stand only in files that can hold them: not in CSV.
    """

    name: str
    kind: Kind
    meaning: str
    heading: str = ""

    @property
    def shown(self) -> str:
        """Its heading in the reader's language."""
        return pgettext("column", self.heading) if self.heading else self.name


@dataclass(frozen=True)
class Format:
    """One way of writing rows.

    `encode(columns, chunks, zone)` yields bytes as it goes; `zone` is the reader's time zone, for formats
    that can't tell zones apart. It must hold no more than one chunk.
    """

    name: str  # in addresses and on the command line
    suffix: str
    media_type: str
    encode: Callable[[tuple[Column, ...], Iterable[Chunk], tzinfo], Iterator[bytes]]
