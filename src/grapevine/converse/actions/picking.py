"""A person picks a post: it becomes a conversation, whatever it reads."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from grapevine.converse.actions import joining
from grapevine.converse.actions.threads import WORK
from grapevine.converse.models import Message, Thread
from grapevine.core import access, audit
from grapevine.sources.contracts.intake import Stored
from grapevine.sources.selectors import history, shown

_TRIES = 3


class NotThere(ValueError):
    """The post has gone."""


def pick(*, post_id: int, by: Any, at: datetime) -> Thread:
    """Open a thread for a post, with the answers that were given to it; the one it stands in where there is one, and of two who
    pick it at once the second gets the first's.

    Raises NotThere. Tells ThreadOpened.
    """
    access.require(by, WORK)
    for left in reversed(range(_TRIES)):
        try:
            return _pick(post_id=post_id, by=by, at=at)
        except (
            IntegrityError
        ):  # the thread, or who wrote the post, was written down by somebody else meanwhile
            if not left:
                raise
    raise AssertionError("unreachable")


@transaction.atomic
def _pick(*, post_id: int, by: Any, at: datetime) -> Thread:
    known = Message.objects.filter(post_id=post_id).select_related("thread").first()
    if known is not None:
        return known.thread
    post = shown.posts([post_id]).get(post_id)
    if post is None or post.deleted_at is not None:
        raise NotThere(post_id)
    below = [one.id for _depth, one in shown.conversation(post).below if one.deleted_at is None]
    taken = set(Message.objects.filter(post_id__in=below).values_list("post_id", flat=True))
    kept = [*history.some([post_id]), *history.some([one for one in below if one not in taken])]
    batch = Stored(
        source=history.sources()[post.source_id],
        at=at,
        posts=[one.post for one in kept],
        new=range(len(kept)),
        new_ids=[one.id for one in kept],
    )
    thread = joining.pick(batch, by=by)
    audit.record("converse.thread.picked", subject=thread, by=by, at=at, post=str(post_id))
    return thread
