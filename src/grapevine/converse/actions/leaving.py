"""What goes again: what a platform deleted, what went with its source, what is forgotten."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from grapevine.converse.actions import index, messages, remembering, tallies
from grapevine.converse.models import Message, Thread
from grapevine.core import bulk

_TOGETHER = 500


def deleted(rows: Iterable[Message], *, at: datetime) -> int:
    """Messages whose posts lost their text: they stay in their place without it; returns how many."""
    gone = list(rows)
    messages.blank(gone, at=at)
    remembering.unsaid(gone)
    for thread in Thread.objects.filter(pk__in={one.thread_id for one in gone}):
        messages.tell(thread)
    return len(gone)


def posts(post_ids: Sequence[int], *, at: datetime) -> None:
    """Posts that have lost their text. What a colleague wrote stays readable as ours; it is shown as taken away there."""
    for ids in bulk.chunks(post_ids, 1000):
        rows = list(Message.objects.filter(post_id__in=ids))
        ours = [one.pk for one in rows if one.user_id is not None]
        Message.objects.filter(pk__in=ours, deleted_at=None).update(deleted_at=at)
        deleted([one for one in rows if one.user_id is None], at=at)


def threads(thread_ids: Iterable[int]) -> int:
    """Threads with all that is in them and all that was merged into them, out of the index too; returns how many."""
    count = 0
    for ids in bulk.chunks(thread_ids, _TOGETHER):
        said = Message.objects.filter(thread_id__in=ids).exclude(text="").values_list("pk", "text")
        index.remove(list(said))
        Thread.objects.filter(merged_into_id__in=ids).delete()
        count += Thread.objects.filter(pk__in=ids).delete()[1].get("converse.Thread", 0)
    return count


def source(source_id: int) -> int:
    """All threads of a source that is removed, and what was said there in threads of others; returns how many threads."""
    count = threads(list(Thread.objects.filter(source_id=source_id).values_list("pk", flat=True)))
    left = Message.objects.filter(source_id=source_id)
    touched = set(left.values_list("thread_id", flat=True))
    index.remove(list(left.exclude(text="").values_list("pk", "text")))
    left.delete()
    for thread in Thread.objects.filter(pk__in=touched):
        messages.recount(thread)
    tallies.forget_source(source_id)
    return count
