"""Trying a connection before a source is saved: in words, and never with an exception to the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from grapevine import connectors
from grapevine.connectors.base import ConnectorError
from grapevine.sources import fetching, words
from grapevine.sources.models import Source


@dataclass(frozen=True)
class Report:
    """What trying a connection found."""

    ok: bool
    lines: tuple[str, ...]


def check(connector: str, settings: Mapping[str, Any], *, source: Source | None = None) -> Report:
    """Try `settings`; secrets that were left empty come from the stored `source`."""
    whole = {**(fetching.settings_of(source) if source is not None else {}), **settings}
    try:
        with fetching.exchange() as http:
            found = connectors.get(connector).check(whole, http=http)
    except ConnectorError as error:
        return Report(False, (words.error(error.code, error.params),))
    return Report(found.ok, tuple(words.finding(line) for line in found.lines))
