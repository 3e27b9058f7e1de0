"""The connector for feeds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from grapevine.connectors.base import (
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
from grapevine.connectors.feed import discovery, fetching, mapping
from grapevine.connectors.http import Exchange


class FeedConnector:
    """Articles and comments of blogs, newspapers, forums and podcasts, by their feeds."""

    manifest = Manifest(
        name="feed",
        label="Feed",
        summary="Articles and comments of blogs, newspapers, forums and podcasts: RSS, Atom and JSON Feed.",
        fetches=("article", "comment"),
        terms="Reads what a site publishes for feed readers, no faster than it asks; the texts stay its authors'.",
        retention_days=365,
        rate_limit=RateLimit(30, 60.0),
        every_seconds=900.0,
        fields=(
            Field(
                key="url",
                kind="url",
                label="Address",
                help="The address of the feed, or of the page it belongs to: the feed is looked for.",
                required=True,
            ),
            Field(
                key="comments",
                kind="bool",
                label="Read comments",
                help="Follow the comments below the latest articles, where the feed tells where they are.",
                default=True,
            ),
        ),
        says={
            "feed_found": (
                "This is the feed “{title}” with {count} entry.",
                "This is the feed “{title}” with {count} entries.",
            ),
            "feed_elsewhere": "It lies at {url}.",
            "feed_empty": "It is empty for now.",
            "feed_undated": (
                "{count} entry has no date: it gets the time it is first seen.",
                "{count} entries have no date: they get the time they are first seen.",
            ),
        },
    )

    def fetch(self, settings: Settings, cursor: Cursor, *, http: Exchange, now: datetime) -> Iterator[Batch]:
        """Yield new and changed entries. Raises `ConnectorError`; `Gone` when the feed has ended."""
        yield from fetching.fetch(settings, cursor, http=http, now=now)

    def map(self, raw: bytes, settings: Settings | None = None) -> Post:
        """Map one entry as kept. Raises `BadData`."""
        return mapping.to_post(raw)

    def check(self, settings: Settings, *, http: Exchange) -> CheckReport:
        """Find the feed and say what it holds. Raises `ConnectorError`."""
        address = setting(settings, "url", required=True)
        url, _, found = discovery.discover(address, http)
        said = self.manifest.finding
        lines = [said("feed_found", title=found.title or url, count=len(found.entries))]
        if url != address:
            lines.append(said("feed_elsewhere", url=url))
        if not found.entries:
            lines.append(said("feed_empty"))
        undated = sum(1 for entry in found.entries if not entry.get("published") and not entry.get("updated"))
        if undated:
            lines.append(said("feed_undated", count=undated))
        return CheckReport(ok=True, lines=tuple(lines), settings={"url": url} if url != address else {})

    def send(self, settings: Settings, reply: Reply, *, http: Exchange) -> SentProof:
        """A feed takes no replies."""
        raise ConnectorError("cannot_send", name=self.manifest.label)
