"""To whom one may speak."""

from __future__ import annotations

from datetime import datetime

from grapevine.converse.models import Message
from grapevine.people.selectors import contact
from grapevine.sources.selectors import shown


def refusal(message: Message, *, at: datetime) -> str:
    """Why the writer of a message must not be written to, in words; empty when they may."""
    if message.identity_id is None or message.source_id is None:
        return ""
    names = shown.source_names()
    channel = names[message.source_id].connector if message.source_id in names else ""
    found = contact.refusal(message.identity_id, channel, at)
    return found.words if found is not None else ""
