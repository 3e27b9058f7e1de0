"""What open pages can listen to."""

from __future__ import annotations

from grapevine.core import live

SPREAD = live.channel("spread", needs="spread.network.see")
