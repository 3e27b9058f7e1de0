"""To whom one may speak, and how long."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from grapevine.converse import rules
from grapevine.converse.models import Direction, Message
from grapevine.people.selectors import contact
from grapevine.sources.selectors import outbox, shown


def refusal(message: Message, *, at: datetime) -> str:
    """Why the writer of a message must not be written to, in words; empty when they may."""
    if message.identity_id is None or message.source_id is None:
        return ""
    names = shown.source_names()
    channel = names[message.source_id].connector if message.source_id in names else ""
    found = contact.refusal(message.identity_id, channel, at)
    return found.words if found is not None else ""


def refusal_of_copies(addresses: Collection[str], *, at: datetime) -> str:
    """Which of those who are to have a copy of a letter must not be written to, and why, in words; empty when all may."""
    found = contact.refusals_of(addresses, "mail", at=at) if addresses else {}
    return " ".join(f"{address}: {one.words}" for address, one in sorted(found.items()))


def until(message: Message, way: outbox.Way | None = None) -> datetime | None:
    """How long the platform of a message takes answers: counted from their last word there, whatever they said elsewhere. None: always."""
    if way is None and message.source_id is not None:
        way = outbox.way(message.source_id)
    if way is None or way.within_seconds is None:
        return None
    return _last_word_there(message) + timedelta(seconds=way.within_seconds)


def too_late(message: Message, *, at: datetime) -> str:
    """Why a message can no longer be answered where it stands, in words; empty when it can."""
    end = until(message)
    if end is None or at <= end or message.source_id is None:
        return ""
    names = shown.source_names()
    return _("%(name)s takes answers only for a while after their last word, and that has passed.") % {
        "name": names[message.source_id].name if message.source_id in names else ""
    }


def _last_word_there(message: Message) -> datetime:
    theirs = Message.objects.filter(
        thread_id=message.thread_id, direction=Direction.THEIRS, source=message.source
    )
    latest = theirs.order_by("-at", "-pk").values_list("at", "notes")[:20]
    return next((at for at, notes in latest if not rules.is_unasked(notes)), message.at)
