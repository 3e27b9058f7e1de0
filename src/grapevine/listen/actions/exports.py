"""Handing out what was caught, as a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, tzinfo
from typing import Any

from django.db import transaction

from grapevine.core import access, audit
from grapevine.listen.contracts.filters import Filter
from grapevine.listen.formats import Format
from grapevine.listen.formats.base import Chunk, Row
from grapevine.listen.formats.columns import COLUMNS
from grapevine.listen.selectors import exports
from grapevine.understand.actions import masking


class Export:
    """One export under way. Iterating yields its bytes; `rows` tells how many posts they hold so far."""

    def __init__(self, entry: Any, chosen: Filter, kind: Format, zone: tzinfo, *, masked: bool) -> None:
        self.rows = 0
        self._names = masking.names() if masked else None
        self._entry = entry
        # Begun here, in the language of whoever asks: the rows are read later, when the request is over.
        self._pieces = kind.encode(COLUMNS, self._counted(exports.chunks(chosen)), zone)

    def __iter__(self) -> Iterator[bytes]:
        try:
            yield from self._pieces
        except BaseException:
            self._write_down(complete=False)  # the reader went away, or the database did
            raise
        self._write_down(complete=True)

    def _counted(self, chunks: Iterable[Chunk]) -> Iterator[Chunk]:
        for chunk in chunks:
            self.rows += len(chunk)
            yield chunk if self._names is None else [self._masked(row) for row in chunk]

    def _masked(self, row: Row) -> Row:
        return {**row, **{name: masking.masked(row[name], self._names) for name in ("title", "text")}}

    def _write_down(self, *, complete: bool) -> None:
        self._entry.detail = {**self._entry.detail, "rows": self.rows, "complete": complete}
        self._entry.save(update_fields=["detail"])


@transaction.atomic
def begin(
    *, chosen: Filter, kind: Format, zone: tzinfo, by: Any, at: datetime, masked: bool = False
) -> Export:
    """Begin an export in format `kind` for a reader in `zone`; `masked` hides personal data in titles and texts.

    The audit entry is written before the first byte leaves, so nothing is handed out without trace; it learns the number
    of rows at the end, and says so when the reader left before that.
    """
    access.require(by, "listen.export")
    entry = audit.record(
        "listen.mentions.exported",
        by=by,
        at=at,
        format=kind.name,
        filter=chosen.facts(),
        masked=masked,
        rows=0,
        complete=False,
    )
    return Export(entry, chosen, kind, zone, masked=masked)
