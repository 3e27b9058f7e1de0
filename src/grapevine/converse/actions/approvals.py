"""Replies outside a mandate: they wait here until a lead approves them, changes and approves them, or returns them.

Whoever writes replies calls `hold`, and says once with `sends_by` how a reply goes out; an approved one goes that way in the same transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from grapevine.converse import channels
from grapevine.converse.actions import files, holding, messages, turns
from grapevine.converse.events import ReplyDecided, ReplyHeld
from grapevine.converse.mandate_rules import Reason
from grapevine.converse.models import Approval, ApprovalState, Message, MessageState, Status
from grapevine.converse.selectors import mandates, meanwhile
from grapevine.core import access, audit, live, news

APPROVE = "converse.reply.approve"
Send = Callable[..., None]
_way_out: list[Send] = []
AnsweredMeanwhile = meanwhile.AnsweredMeanwhile


class AlreadyDecided(Exception):
    """Somebody was faster; `approval` says who and what."""

    def __init__(self, approval: Approval) -> None:
        self.approval = approval
        super().__init__(approval.state)


class OwnReply(Exception):
    """Nobody approves their own reply unless they have the mandate for it. `reasons` says what theirs lacks."""

    def __init__(self, reasons: Sequence[Reason]) -> None:
        self.reasons = tuple(reasons)
        super().__init__("own reply")


def sends_by(send: Send) -> None:
    """Say how a reply goes out: `send(message=…, by=…, at=…)` puts it into the outbox, within the caller's transaction."""
    _way_out[:] = [send]


@transaction.atomic
def hold(*, message: Message, reasons: Sequence[Reason], by: Any, at: datetime) -> Approval:
    """Let a reply that was just written wait for a lead. Within the transaction that wrote it. Tells ReplyHeld."""
    access.require(by, "converse.thread.work")
    message.state = MessageState.APPROVAL
    message.save(update_fields=["state"])
    approval = Approval.objects.create(
        message=message,
        asked_by=None if by.pk is None else by,
        asked_at=at,
        reasons=[[one.code, one.facts] for one in reasons],
    )
    audit.record(
        "converse.reply.held",
        subject=message,
        by=by,
        at=at,
        thread=message.thread_id,
        reasons=[one.code for one in reasons],
    )
    news.tell(ReplyHeld(approval.pk, message.pk, message.thread_id, at))
    _publish(approval, "held")
    return approval


@transaction.atomic
def approve(
    *, approval: Approval, by: Any, at: datetime, seen: int | None = None, text: str = "", note: str = ""
) -> Approval:
    """Let a reply go out, as it is or with the lead's `text`; what its author wrote is kept. Tells ReplyDecided.

    `seen` is the number of the latest in its conversation that the lead has seen (None: all of it). Raises AnsweredMeanwhile when
    either side has said something since.
    Raises AlreadyDecided when somebody else was faster (nothing goes out twice), OwnReply when it is one's own and no mandate covers it.
    """
    access.require(by, APPROVE)
    message = _held(approval)
    text = text.strip()
    changed = bool(text) and text != message.text
    if approval.state == ApprovalState.WAITING:
        _look_first(message, seen)
    _no_own(approval, text or message.text, by, at)
    state = ApprovalState.CHANGED if changed else ApprovalState.APPROVED
    before = message.text if changed else ""
    approval = _decide(approval, state, by=by, at=at, note=note, text_before=before)
    if changed:
        messages.reword(message, text)
    message.state = MessageState.WAITING
    message.save(update_fields=["state", "seen_id"])
    (send,) = _way_out
    send(message=message, by=by, at=at)
    _written_down(approval, "converse.reply.approved", by=by, at=at, changed=changed)
    return approval


@transaction.atomic
def give_back(*, approval: Approval, by: Any, at: datetime, note: str) -> Approval:
    """Return a reply to its author with a note on what it needs. Tells ReplyDecided. Raises AlreadyDecided, ValueError without a note."""
    access.require(by, APPROVE)
    if not note.strip():
        raise ValueError("a returned reply has a note")
    message = _held(approval)
    approval = _decide(approval, ApprovalState.RETURNED, by=by, at=at, note=note.strip())
    message.state = MessageState.RETURNED
    message.save(update_fields=["state"])
    files.to_draft(message)
    thread = message.thread
    if thread.status in (Status.WAITING, Status.OPEN):  # they still wait for an answer
        turns.ours(thread, since=thread.last_from_them_at or at, at=at)
        messages.keep(thread)
    messages.tell(thread)
    _written_down(approval, "converse.reply.returned", by=by, at=at)
    return approval


@transaction.atomic
def take_back(*, approval: Approval, by: Any, at: datetime) -> Approval:
    """Its author doesn't want to send it any longer. Tells ReplyDecided. Raises AlreadyDecided, AccessDenied for others than the author and leads."""
    access.require(by, "converse.thread.work" if approval.asked_by_id == by.pk else APPROVE)
    message = _held(approval)
    approval = _decide(approval, ApprovalState.WITHDRAWN, by=by, at=at)
    message.state = MessageState.CANCELLED
    message.save(update_fields=["state"])
    _written_down(approval, "converse.reply.taken_back", by=by, at=at)
    return approval


def saw(*, user: Any, at: datetime, approval_ids: Sequence[int]) -> None:
    """An author has seen what became of their replies: the badge counts them no longer."""
    Approval.objects.filter(pk__in=approval_ids, asked_by=user, seen_at=None).exclude(
        state=ApprovalState.WAITING
    ).update(seen_at=at)


def _held(approval: Approval) -> Message:
    """The reply with its thread, both held (see `holding`), and set as the approval's. Raises AlreadyDecided when it has gone."""
    message = holding.message(approval.message_id)
    if message is None:
        raise AlreadyDecided(approval)
    approval.message = message
    return message


def _look_first(message: Message, seen: int | None) -> None:
    message.seen_id = meanwhile.latest(message.thread) if seen is None else seen
    newer = meanwhile.answer_of_ours(message) or meanwhile.word_of_theirs(message)
    if newer is not None:
        raise AnsweredMeanwhile(newer)


def _no_own(approval: Approval, text: str, by: Any, at: datetime) -> None:
    if approval.asked_by_id != by.pk:
        return
    verdict = mandates.judge(by=by, thread=approval.message.thread, text=text, at=at)
    if not verdict.inside:
        raise OwnReply(verdict.reasons)
    Message.objects.filter(pk=approval.message_id).update(mandate_id=verdict.mandate_id)


def _decide(approval: Approval, state: str, *, by: Any, at: datetime, **values: Any) -> Approval:
    """The one place that ends the waiting. Of two who click at once, the row lets one through."""
    waiting = Approval.objects.filter(pk=approval.pk, state=ApprovalState.WAITING)
    decided = {
        "state": state,
        "decided_by": None if by.pk is None else by,
        "decided_at": at,
        "seen_at": at if approval.asked_by_id == by.pk else None,
        **values,
    }
    if not waiting.update(**decided):
        raise AlreadyDecided(Approval.objects.select_related("decided_by").get(pk=approval.pk))
    for name, value in decided.items():
        setattr(approval, name, value)
    return approval


def _written_down(approval: Approval, action: str, *, by: Any, at: datetime, **facts: Any) -> None:
    message = approval.message
    audit.record(action, subject=message, by=by, at=at, thread=message.thread_id, **facts)
    news.tell(
        ReplyDecided(approval.pk, message.pk, message.thread_id, approval.asked_by_id, approval.state, at)
    )
    _publish(approval, approval.state)


def _publish(approval: Approval, what: str) -> None:
    live.publish(
        channels.APPROVALS, thread=approval.message.thread_id, user=approval.asked_by_id, what=str(what)
    )
