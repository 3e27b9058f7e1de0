"""What open pages can listen to."""

from __future__ import annotations

from grapevine.core import live

MANDATES = live.channel("mandates", needs="converse.mandate.see")
APPROVALS = live.channel("approvals", needs="converse.thread.see")
INBOX = live.channel("inbox", needs="converse.thread.see")
PRESENCE = live.channel("presence", needs="converse.thread.see")
TRIAGE = live.channel("triage", needs="converse.thread.see")
REMOVALS = live.channel("removals", needs="converse.thread.see")
