"""What a conversation tells the memory of people: what they say of themselves, what we promise them, whose address is whose.

Only proposed: a person keeps it or doesn't. Read as part of the transaction that stores the message, which costs well under a millisecond
each, so that no kill comes between.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from grapevine.connectors.base import Post
from grapevine.converse import rules
from grapevine.converse.models import Message, Thread
from grapevine.listen.contracts.readings import of_texts
from grapevine.people.actions import facts, keys, memory
from grapevine.people.selectors import siblings

OF = "converse.message"
Refused = facts.Refused


class NobodyThere(ValueError):
    """It isn't known whom the conversation is with."""


def heard(message: Message, post: Post) -> None:
    """They wrote: what of it might be remembered, and whether it proves whose address it came from."""
    if message.identity_id is None or rules.is_unasked(post.notes):
        return
    memory.propose(
        identity_id=message.identity_id, text=message.text, lang=message.lang, of=OF, of_id=message.pk, at=message.at
    )  # fmt: skip
    if post.author is not None and rules.proves_sender(post.kind, post.notes):
        keys.vouched(identity_id=message.identity_id, address=post.author.external_id, at=message.at)


def unsaid(gone: Iterable[Message]) -> None:
    """Messages lost their words: so does what they suggest to remember, where nobody has kept it."""
    theirs = [one for one in gone if one.identity_id is not None]
    if theirs:
        memory.unsay(
            identity_ids={one.identity_id or 0 for one in theirs}, of=OF, of_ids=[one.pk for one in theirs]
        )


def promised(message: Message, *, at: datetime) -> None:
    """Our answer is there: what it promises is proposed to who wrote it, of the day on which it was said."""
    whom = message.answers.identity_id if message.answers is not None else message.thread.identity_id
    if whom is None or message.user is None:
        return
    read = of_texts([("", message.text)])[0]
    memory.propose_ours(
        identity_id=whom, text=message.text, lang=read.lang or message.lang, of=OF, of_id=message.pk, by=message.user,
        at=at,
    )  # fmt: skip


def promise(*, thread: Thread, text: str, due_on: date, by: Any, at: datetime) -> Any:
    """Promise something to whom a conversation is with: it stands in the list of `by` on its day.

    Returns the promise. Raises NobodyThere, Refused.
    """
    if thread.identity_id is None:
        raise NobodyThere
    return memory.promise(
        identity=siblings.reachable(thread.identity_id), text=text, due_on=due_on, owner=by, by=by, at=at, of=OF,
        of_id=thread.latest_id,
    )  # fmt: skip
