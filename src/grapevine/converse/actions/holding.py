"""Holding what is changed, so that nothing is written back that somebody else has changed meanwhile.

**One order, everywhere:** the source (a pull holds it), the thread, the message, the approval, the outbox's row. Who calls
`messages.keep` holds the thread; the outbox lets its keeper hold the thread and the message before it locks its own row
(`sources.contracts.outbox.Keeper.hold`). Two who take the same two in the same order never stand in each other's way.
"""

from __future__ import annotations

from collections.abc import Collection

from grapevine.converse.models import Message, Thread


def thread(thread_id: int) -> Thread | None:
    """A thread as it is now, held until the transaction ends."""
    return Thread.objects.select_for_update(of=("self",)).filter(pk=thread_id).first()


def message(message_id: int) -> Message | None:
    """A message as it is now with its thread, both held until the transaction ends; the thread first. None when it has gone."""
    where = Message.objects.filter(pk=message_id).values_list("thread_id", flat=True)
    while (thread_id := where.first()) is not None:
        held = thread(thread_id)
        rows = Message.objects.select_for_update(of=("self",)).filter(pk=message_id, thread_id=thread_id)
        found = rows.select_related("user", "answers", "answers__identity").first()
        if held is not None and found is not None:
            found.thread = held
            return found
        # Somebody has just moved it to another thread: that one is to be held.
    return None


def messages(message_ids: Collection[int]) -> list[Message]:
    """Several, with their threads: in the order of the threads."""
    rows = Message.objects.filter(pk__in=message_ids).order_by("thread_id", "pk")
    found = (message(message_id) for message_id in list(rows.values_list("pk", flat=True)))
    return [one for one in found if one is not None]
