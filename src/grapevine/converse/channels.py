"""What open pages can listen to."""

from __future__ import annotations

from grapevine.core import live

MANDATES = live.channel("mandates", needs="converse.mandate.see")
APPROVALS = live.channel("approvals", needs="converse.thread.see")
