"""What goes again: what a platform deleted, what went with its source, what is forgotten."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Q

from grapevine.converse.actions import index, messages, remembering, tallies
from grapevine.converse.models import (
    AnswerFile,
    Approval,
    ApprovalState,
    Direction,
    Draft,
    Message,
    MessageState,
    Naming,
    SaidBefore,
    Thread,
)
from grapevine.converse.selectors.about import About
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


def somebody(identity_ids: Sequence[int], *, at: datetime) -> int:
    """All that was said with somebody. Their threads go; where others speak, too, only what is theirs or about them; returns how many rows.

    A thread that others speak in stays as it stands, with its clock, and is had with the first of them from now on.
    """
    about = About(identity_ids)
    reached = about.threads()
    shared = set(about.others().filter(thread_id__in=reached).values_list("thread_id", flat=True))
    ours = {one.pk: one for one in [*about.ours(), *about.notes()] if one.thread_id in shared}
    theirs = list(Message.objects.filter(identity_id__in=identity_ids, thread_id__in=shared))
    count = threads(set(reached) - shared)
    count += deleted([*theirs, *ours.values()], at=at)
    Message.objects.filter(pk__in=[one.pk for one in theirs]).update(identity=None, post=None, signed="")
    _silence(list(ours), at=at)
    count += Draft.objects.filter(thread_id__in=shared).delete()[0]
    begun = Q(thread_id__in=shared, message=None) | Q(message_id__in=list(ours))
    count += AnswerFile.objects.filter(begun).delete()[0]
    for thread in Thread.objects.select_for_update(of=("self",)).filter(pk__in=shared).order_by("pk"):
        began = thread.identity_id in identity_ids
        if began:
            spoken = Message.objects.filter(thread=thread, direction=Direction.THEIRS, identity__isnull=False)
            thread.identity_id = spoken.order_by("at", "pk").values_list("identity_id", flat=True).first()
        if began or about.named_in(thread.subject):
            thread.subject = ""
        thread.save(update_fields=["identity", "subject"])
    # What was put into them and was theirs has no messages of its own any longer.
    Thread.objects.filter(identity_id__in=identity_ids).update(identity=None, subject="")
    return count


def _silence(message_ids: Sequence[int], *, at: datetime) -> None:
    """Words of ours that are gone go out no more, and nothing tells of them."""
    rows = Message.objects.filter(pk__in=message_ids)
    unsent = (
        MessageState.APPROVAL,
        MessageState.RETURNED,
        MessageState.SCHEDULED,
        MessageState.STOPPED,
        MessageState.FAILED,
    )
    rows.filter(state__in=unsent).update(state=MessageState.CANCELLED)
    held = Approval.objects.filter(message__in=rows)
    held.filter(state=ApprovalState.WAITING).update(state=ApprovalState.WITHDRAWN, decided_at=at)
    held.update(text_before="", note="")
    SaidBefore.objects.filter(message__in=rows).delete()
    Naming.objects.filter(message__in=rows).delete()


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
