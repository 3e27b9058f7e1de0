"""What open pages can listen to."""

from __future__ import annotations

from grapevine.core import live

MENTIONS = live.channel("mentions", needs="listen.mention.see")
WATCHES = live.channel("watches", needs="listen.watch.see")
