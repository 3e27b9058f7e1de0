"""The connector for files: what other tools exported, read once and exactly."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import msgspec

from grapevine.connectors.base import (
    BadData,
    Batch,
    CheckReport,
    ConnectorError,
    Cursor,
    Field,
    Manifest,
    Post,
    RateLimit,
    Reply,
    SentProof,
    Settings,
    setting,
)
from grapevine.connectors.file import inspection, problems, reading
from grapevine.connectors.file.mapping import Mapping
from grapevine.connectors.http import Exchange
from grapevine.connectors.reasons import Unfit

AHEAD = timedelta(days=1)
"""So far ahead a date may lie: it is tomorrow already somewhere. Beyond, day and month are likely to stand the other way round, and
taking the row would put it on top of the stream, or a whole file into a single peak."""
_FORMATS = {"csv": "CSV", "jsonl": "JSON Lines", "parquet": "Parquet"}


class FileConnector:
    """Posts from a CSV, JSON Lines or Parquet file."""

    manifest = Manifest(
        name="file",
        label="File",
        summary="Posts exported from another tool: CSV, JSON Lines or Parquet.",
        fetches=("post", "comment", "article", "review", "reply", "repost"),
        terms="You may import what you exported yourself, within the terms of the tool and the platform it came from.",
        retention_days=0,  # what somebody kept for years is not dropped on its way in
        rate_limit=RateLimit(1_000, 1.0),
        fields=(
            Field(
                key="path",
                kind="file",
                label="File",
                help="CSV, JSON Lines (also with .gz) or Parquet, of any size.",
                required=True,
            ),
            Field(
                key="mapping",
                kind="text",
                label="Columns",
                help="Which column holds what, as confirmed in the preview. Left empty, it is found out.",
                asked=False,
            ),
        ),
        says={"file_read": "{file} can be read as {format}.", **problems.PROBLEMS},
    )

    def fetch(self, settings: Settings, cursor: Cursor, *, http: Exchange, now: datetime) -> Iterator[Batch]:
        """Yield the file's rows from the cursor on. Raises `BadData`."""
        path = Path(setting(settings, "path", required=True))
        yield from reading.read(path, self._mapping(settings, path), start_cursor=cursor, until=now + AHEAD)

    def map(self, raw: bytes, settings: Settings | None = None) -> Post:
        """Map one row as kept: a JSON object of its cells. Without a confirmed mapping, by the columns'
        names."""
        try:
            mapping = mapping_of(settings or {}) or inspection.mapping_for(raw)
            return reading.map_raw(raw, mapping)
        except Unfit as error:
            raise BadData("no_text", detail=str(error)) from None

    def check(self, settings: Settings, *, http: Exchange) -> CheckReport:
        """Say what the file is and how many of its first rows can be read. Raises `BadData`."""
        path = Path(setting(settings, "path", required=True))
        found = inspection.inspect(path, mapping=mapping_of(settings))
        read = self.manifest.finding(
            "file_read", file=path.name, format=found.layout_label or _FORMATS[found.format]
        )
        return CheckReport(ok=found.usable, lines=(read, *found.problems))

    def send(self, settings: Settings, reply: Reply, *, http: Exchange) -> SentProof:
        """A file takes no replies."""
        raise ConnectorError("cannot_send", name=self.manifest.label)

    def _mapping(self, settings: Settings, path: Path) -> Mapping:
        mapping = mapping_of(settings)
        if mapping is not None:
            return mapping
        found = inspection.inspect(path)
        if not found.usable:
            first = next(one for one in found.problems if one.code in problems.BLOCKING)
            raise BadData("bad_mapping", detail=str(first))
        return found.mapping


def mapping_of(settings: Settings) -> Mapping | None:
    """The confirmed mapping among the settings: JSON text or the object itself. Raises `BadData`."""
    value = settings.get("mapping")
    if not value:
        return None
    try:
        if isinstance(value, (str, bytes)):
            return msgspec.json.decode(value, type=Mapping)
        return msgspec.convert(value, Mapping)
    except (msgspec.DecodeError, msgspec.ValidationError) as error:
        raise BadData("bad_mapping", detail=f"{error}.") from None
