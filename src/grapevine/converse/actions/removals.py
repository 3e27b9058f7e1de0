"""Words of others are hidden or deleted at their platform: for a reason, by a lead, through the outbox."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast

from django.db import IntegrityError, transaction

from grapevine.connectors.base import Removal as How
from grapevine.converse import channels
from grapevine.converse.events import RemovalAsked, RemovalSettled
from grapevine.converse.models import Direction, Message, Removal, RemovalHow, RemovalState
from grapevine.converse.selectors import streisand
from grapevine.core import access, audit, live, news
from grapevine.sources.actions import outbox

OF = "converse.removal"
REMOVE = "converse.message.remove"
SHORTEST_REASON = 10


class CannotRemove(Exception):
    """It can't be taken away like this. `code` says why; `words`, where a source said so itself."""

    def __init__(self, code: str, words: str = "") -> None:
        self.code, self.words = code, words
        super().__init__(code)


@transaction.atomic
def ask(*, message: Message, how: str, reason: str, by: Any, at: datetime) -> Removal:
    """Have a message of theirs hidden or deleted. The reason is kept for leads to read later. Tells RemovalAsked. Raises CannotRemove."""
    access.require(by, REMOVE)
    reason = reason.strip()
    if message.direction != Direction.THEIRS or not message.external_id or message.source_id is None:
        raise CannotRemove("not-theirs")
    if message.deleted_at is not None:
        raise CannotRemove("gone-already")
    if len(reason) < SHORTEST_REASON:
        raise CannotRemove("no-reason")
    measured = streisand.check(message, at=at).measured()
    try:
        with transaction.atomic():
            row = Removal.objects.create(
                message=message,
                how=RemovalHow(how),
                reason=reason,
                measured=measured,
                removed_by=None if by.pk is None else by,
                at=at,
            )
    except IntegrityError:
        raise CannotRemove("asked-already") from None
    try:
        row.outgoing_id = outbox.put_removal(
            source_id=message.source_id,
            to=message.external_id,
            how=cast("How", how),
            of=OF,
            of_id=row.pk,
            by=by,
            at=at,
        )
    except outbox.CannotSend as error:
        raise CannotRemove("no-way", str(error)) from error
    row.save(update_fields=["outgoing_id"])
    audit.record(
        "converse.removal.asked",
        subject=message,
        by=by,
        at=at,
        how=how,
        thread=message.thread_id,
        removal=row.pk,
    )
    news.tell(RemovalAsked(row.pk, message.pk, message.thread_id, at))
    live.publish(channels.REMOVALS, thread=message.thread_id)
    return row


@transaction.atomic
def settle(
    *, removal_id: int, state: str, at: datetime, code: str = "", params: Mapping[str, Any] | None = None
) -> None:
    """Write down what became of it: for the outbox, in the transaction in which it stores the same. Tells RemovalSettled."""
    row = (
        Removal.objects.select_for_update(of=("self",))
        .select_related("message")
        .filter(pk=removal_id)
        .first()
    )
    if row is None or row.state == state:
        return
    row.state, row.code, row.params = state, code[:60], dict(params or {})
    row.settled_at = None if state in (RemovalState.WAITING, RemovalState.HELD) else at
    row.save(update_fields=["state", "code", "params", "settled_at"])
    message = row.message
    audit.record(
        "converse.removal.settled",
        subject=message,
        by=access.SYSTEM,
        at=at,
        how=row.how,
        state=state,
        thread=message.thread_id,
        removal=row.pk,
    )
    news.tell(RemovalSettled(row.pk, message.pk, message.thread_id, state, at))
    live.publish(channels.REMOVALS, thread=message.thread_id)
