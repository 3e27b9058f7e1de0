"""Answering: written once, judged by the mandate, handed to the outbox in the same transaction."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from grapevine.connectors.base import Attachment
from grapevine.converse import events
from grapevine.converse.actions import approvals, drafts, files, follow_ups, holding, messages, turns
from grapevine.converse.actions.threads import WORK
from grapevine.converse.models import (
    Approval,
    ApprovalState,
    Direction,
    Message,
    MessageState,
    Status,
    Thread,
)
from grapevine.converse.selectors import addressees, guidelines, mandates, meanwhile, speaking
from grapevine.core import access, audit, news
from grapevine.sources.actions import outbox
from grapevine.sources.selectors import chains
from grapevine.sources.selectors import outbox as ways

OF = "converse.message"
REFERS = 20
AT_ONCE = timedelta(0)
CannotSend = outbox.CannotSend
AnsweredMeanwhile = meanwhile.AnsweredMeanwhile
_UNSENT = (MessageState.APPROVAL, MessageState.RETURNED, MessageState.SCHEDULED)


@transaction.atomic
def write(
    *,
    thread: Thread,
    text: str,
    by: Any,
    at: datetime,
    seen: int,
    answers: int | None = None,
    send_at: datetime | None = None,
    hold: timedelta = AT_ONCE,
    then: str = Status.WAITING,
    anyway: bool = False,
    copies: Sequence[str] = (),
    attachments: Sequence[Attachment] = (),
    kept_files: Sequence[int] | None = None,
    leaves_draft: bool = False,
) -> Message:
    """Answer in one's own name. `seen` is the number of the latest of our messages the writer has seen, `then` where the thread stands after. Others
    who had what is answered get it too where they are named in `copies`. With it go `attachments` and what lies with the writer's draft
    (`kept_files`: only these of them). So long as `hold` it waits in the outbox, where it can be taken back for certain.

    Outside the writer's mandate it waits for approval: until it is there, it is our turn. Tells ReplyWritten. Raises AnsweredMeanwhile, CannotSend.
    """
    access.require(by, WORK)
    held = Thread.objects.select_for_update(of=("self",)).get(pk=thread.pk)
    if not anyway:
        meanwhile.ask_first(held, seen, text, at=at)
    target = _target(held, answers)
    attachments = [*files.of_draft(held, by=by, only=kept_files), *attachments]
    if not (text.strip() or attachments):
        raise CannotSend(_("There is nothing to send. Write something first."))
    _may_be_answered(target, copies, send_at, at)
    verdict = mandates.judge(by=by, thread=held, text=text, at=at)
    message = messages.add(
        held,
        direction=Direction.OURS,
        at=at,
        text=text,
        lang=held.lang,
        source_id=target.source_id,
        answers=target,
        user=by,
        signed=guidelines.signature(by, lang=held.lang, mandate_id=verdict.mandate_id),
        copies=list(dict.fromkeys(copies)),
        state=_state(verdict.inside, send_at),
        send_at=send_at,
        mandate_id=verdict.mandate_id,
        resolves=then == Status.RESOLVED,
    )
    if verdict.inside:
        dispatch(message=message, by=by, at=at + hold, attachments=attachments)
    else:
        _may_carry(target, attachments)
        files.add(held, attachments, by=by, at=at, message=message)
        approvals.hold(message=message, reasons=verdict.reasons, by=by, at=at)
    if message.state == MessageState.WAITING:
        _stands(held, then, by=by, at=at)
    held.assignee = held.assignee or by
    messages.keep(held, "assignee")
    if not leaves_draft:  # a program answers from elsewhere: what its owner has begun to write stays
        drafts.throw_away(thread=held, by=by)
    audit.record(
        "converse.reply.written", subject=held, by=by, at=at, message=message.pk, state=message.state
    )
    messages.tell(held, new=1)
    news.tell(events.ReplyWritten(held.pk, message.pk, by.pk, message.state, at))
    return message


def _stands(thread: Thread, then: str, *, by: Any, at: datetime) -> None:
    """Where the conversation stands while the answer is on its way. One that waits for a lead or for its hour leaves it our turn until it is
    there (`outgoing.Answers.went`)."""
    if then == Status.RESOLVED:
        turns.resolved(thread, at=at, answer_follows=True)
        follow_ups.remind([thread], by=by, at=at)
    else:
        turns.theirs(thread, at=at)


def _state(inside: bool, send_at: datetime | None) -> str:
    if not inside:
        return MessageState.APPROVAL
    return MessageState.SCHEDULED if send_at is not None else MessageState.WAITING


def _target(thread: Thread, answers: int | None) -> Message:
    """Which of their messages is answered: the one chosen, else the latest that a person wrote whom we know here (`selectors.addressees`)."""
    found = addressees.chosen(thread, answers) if answers is not None else addressees.default(thread)
    if found is None and answers is not None:
        raise CannotSend(_("What you answer is not there any longer."))
    if found is None:
        raise CannotSend(_("There is nothing here that could be answered. Choose a message to answer."))
    return found


def _may_be_answered(target: Message, copies: Sequence[str], send_at: datetime | None, at: datetime) -> None:
    when = send_at or at
    if send_at is not None and send_at <= at:
        raise CannotSend(_("The time to send it has passed. Choose a later one."))
    if not set(copies).issubset(target.copies):
        raise CannotSend(_("Copies go only to those who had the letter that is answered."))
    refused = speaking.refusal(target, at=when) or speaking.too_late(target, at=when)
    refused = refused or speaking.refusal_of_copies(copies, at=when)
    if refused:
        raise CannotSend(refused)


def _may_carry(target: Message, attachments: Sequence[Attachment]) -> None:
    """What the outbox would refuse after the lead's approval is said to the writer now."""
    way = ways.way(target.source_id) if target.source_id is not None else None
    if way is not None and sum(len(one.content) for one in attachments) > way.attachment_bytes:
        raise CannotSend(_("The files are more than %(name)s takes.") % {"name": way.name})


def dispatch(*, message: Message, by: Any, at: datetime, attachments: Sequence[Attachment] = ()) -> None:
    """Hand an answer with its files to the outbox, to go at `at` or at its own hour, in the caller's transaction. For what is inside a mandate, or
    was approved. Raises CannotSend."""
    target, thread = message.answers, message.thread
    if target is None or target.source_id is None:
        raise CannotSend(_("What you answer is not there any longer."))
    place = chains.place(target.post_id) if target.post_id is not None else None
    here = Q(source_id=target.source_id)
    if target.source_id in (boxes := chains.letterboxes()):
        here |= Q(source_id__in=boxes, direction=Direction.OURS)  # a form's answers are mails
    earlier = Message.objects.filter(here, thread=thread, at__lte=target.at)
    refers = list(
        earlier.exclude(external_id="").order_by("-at", "-pk").values_list("external_id", flat=True)[:REFERS]
    )
    message.outgoing_id = outbox.put(
        source_id=target.source_id,
        to=target.external_id,
        text=message.text,
        key=f"{message.pk}.{secrets.token_hex(8)}",
        of=OF,
        of_id=message.pk,
        at=message.send_at or at,
        by=by,
        thread_id=place.thread_id if place is not None else "",
        subject=thread.subject,
        recipient=place.author_id if place is not None else "",
        copies=message.copies,
        signed=message.signed,
        refers=list(reversed(refers)),
        attachments=[*files.take_from(message), *attachments],
    )
    message.state = MessageState.SCHEDULED if message.send_at is not None else MessageState.WAITING
    message.save(update_fields=["outgoing_id", "state"])


@transaction.atomic
def cancel(*, message: Message, by: Any, at: datetime) -> bool:
    """Take an answer back that hasn't gone; False when it is too late. It is our turn again."""
    access.require(by, WORK)
    held = holding.message(message.pk)
    if held is None:
        return False
    message = held
    if message.outgoing_id is not None:
        # Our keeper is told, and does the rest.
        if not outbox.cancel(message.outgoing_id, by=by, at=at):
            return False
    elif message.state in _UNSENT:
        approval = Approval.objects.filter(message=message, state=ApprovalState.WAITING).first()
        if approval is not None:
            approvals.take_back(approval=approval, by=by, at=at)
        taken_back(message, at=at)
    else:
        return False
    audit.record("converse.reply.cancelled", subject=message.thread, by=by, at=at, message=message.pk)
    return True


def taken_back(message: Message, *, at: datetime) -> None:
    """The answer goes nowhere: its words and files become the writer's draft again, and it is our turn. Within the caller's transaction,
    which holds it and its thread."""
    thread = message.thread
    waited = message.state in _UNSENT
    message.state, message.send_at = MessageState.CANCELLED, None
    message.save(update_fields=["state", "send_at"])
    if message.user is not None and message.outgoing_id is not None:
        files.add(thread, ways.files(message.outgoing_id), by=message.user, at=at, message=message)
    if (
        message.user is not None
        and not message.thread.items.filter(pk__gt=message.pk, user=message.user).exists()
    ):
        drafts.give_back(thread=thread, text=message.text, by=message.user, at=at)
        files.to_draft(message)
    if not waited:  # that changed nothing yet of whose turn it is
        our_turn_again(message, at=at)
    messages.tell(thread)


def our_turn_again(message: Message, *, at: datetime) -> None:
    """What was to be an answer is none: they still wait. The caller holds it and its thread."""
    thread = message.thread
    if thread.status in (Status.WAITING, Status.OPEN) or (
        thread.status == Status.RESOLVED and message.resolves
    ):
        turns.ours(thread, since=thread.last_from_them_at or at, at=at)
        messages.keep(thread)


@transaction.atomic
def send_again(*, message: Message, by: Any, at: datetime, looked: bool = False) -> bool:
    """Let an answer that failed or was stopped go once more. `looked`: somebody looked there, and it isn't.

    One that went and came back is written anew, as `by`'s own: it has another number there. Raises AnsweredMeanwhile, CannotSend.
    """
    access.require(by, WORK)
    held = holding.message(message.pk)
    if held is None:
        return False
    message = held
    if _came_back(message):
        write(
            thread=message.thread,
            text=message.text,
            by=by,
            at=at,
            seen=message.pk,
            answers=message.answers_id,
            copies=message.copies,
        )
        return True
    if message.send_at is not None or message.seen_id is not None:
        # Who sends it again has the conversation before them.
        message.seen_id = meanwhile.latest(message.thread)
        message.save(update_fields=["seen_id"])
    if message.outgoing_id is None or not outbox.send_again(message.outgoing_id, by=by, at=at, looked=looked):
        return False
    audit.record("converse.reply.sent_again", subject=message.thread, by=by, at=at, message=message.pk)
    return True


def _came_back(message: Message) -> bool:
    """Whether it was sent, and a bounce said that it did not arrive."""
    if message.state != MessageState.FAILED or message.outgoing_id is None:
        return False
    row = ways.of(OF, [message.pk]).get(message.pk)
    return row is None or row.went


@transaction.atomic
def call_sent(*, message: Message, by: Any, at: datetime) -> bool:
    """Somebody looked there, and it arrived."""
    access.require(by, WORK)
    if message.outgoing_id is None or not outbox.call_sent(
        message.outgoing_id, by=by, at=at, url=message.url
    ):
        return False
    audit.record("converse.reply.called_sent", subject=message.thread, by=by, at=at, message=message.pk)
    return True
