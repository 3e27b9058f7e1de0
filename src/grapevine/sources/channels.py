"""What open pages can listen to."""

from __future__ import annotations

from grapevine.core import live

SOURCES = live.channel("sources", needs="sources.source.see")
OUTBOX = live.channel("outbox", needs="sources.outbox.see")
