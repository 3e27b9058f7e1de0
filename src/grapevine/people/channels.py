"""The channels of live news this room publishes on."""

from __future__ import annotations

from grapevine.core import live

PROMISES = live.channel("people.promises", needs="people.person.see")
PURCHASES = live.channel("people.purchases", needs="people.purchase.see")
