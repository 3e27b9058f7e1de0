"""Posts that were heard before, and watches saved by their form, for tests of watches."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from grapevine.core import clock
from grapevine.sources import testing as sources


def heard_before(*texts: str, minutes_apart: int = 60, **values: Any) -> None:
    """Posts of a source, the last one a while ago and the others before it."""
    source, now = sources.make_source(), clock.now()
    posts = [
        sources.heard(text, at=now - timedelta(minutes=minutes_apart * (len(texts) - place)), **values)
        for place, text in enumerate(texts)
    ]
    sources.store(source, *posts)


def save(client: Any, address: str = "/watches/new/", **values: str) -> Any:
    """Send the form of a watch in."""
    given = {"brand": "elsinore", "name": "By name", "query": "elsinore OR kronborg", "do": "save"}
    return client.post(address, {**given, **values})
