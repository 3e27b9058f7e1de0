"""What the outbox tells of our answers, and what it asks before it sends them (`sources.contracts.outbox.Keeper`)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from grapevine.converse import events, own_words
from grapevine.converse.actions import follow_ups, holding, messages, remembering, replies, turns
from grapevine.converse.models import Direction, Message, MessageState, Status
from grapevine.converse.selectors import mandates, meanwhile, speaking
from grapevine.core import access, news
from grapevine.sources.contracts.outbox import Ending, Proof, Refusal

_ENDS = {
    "failed": MessageState.FAILED,
    "unclear": MessageState.UNCLEAR,
    "stopped": MessageState.STOPPED,
    "cancelled": MessageState.CANCELLED,
}


class Answers:
    """Keeps `converse.message`: each call is part of the transaction that stores the outcome."""

    def hold(self, of: str, ids: Collection[int]) -> None:
        """The conversations and the messages (see `actions.holding`)."""
        holding.messages(ids)

    def may_go(self, of: str, of_id: int, at: datetime) -> Refusal | None:
        """What may have changed since it was written: the thread, the writer, their mandate, the person's wish not to hear from us."""
        message = _held(of_id)
        if message is None or message.state == MessageState.CANCELLED:
            return Refusal("withdrawn")
        if message.thread.status == Status.SPAM:
            return Refusal("spam")
        if message.user is None or not access.may(message.user, "converse.thread.work"):
            return Refusal("writer_left")
        if message.send_at is not None or message.seen_id is not None:  # scheduled, approved or sent again
            if meanwhile.word_of_theirs(message) is not None:
                return Refusal("they_wrote")
            if meanwhile.answer_of_ours(message) is not None:
                return Refusal("answered_meanwhile")
        if not mandates.still_covers(message=message, at=at):
            return Refusal("no_mandate")
        if message.answers is None:
            return None
        refused = speaking.refusal(message.answers, at=at)
        refused = refused or speaking.refusal_of_copies(message.copies, at=at)
        if refused:
            return Refusal("do_not_contact", {"why": refused})
        late = speaking.too_late(message.answers, at=at)
        return Refusal("too_late", {"why": late}) if late else None

    def went(self, of: str, of_id: int, proof: Proof, at: datetime) -> None:
        """It is there: the proof stands with the message, and no other message is the same."""
        message = _held(of_id)
        if message is None:
            return
        if proof.external_id:
            _one_only(message, proof.external_id)
            message.external_id = proof.external_id
        message.url = proof.url or message.url
        message.state = MessageState.MODERATED if proof.state == "held" else MessageState.SENT
        message.at, message.send_at = proof.sent_at, None
        message.save(update_fields=["external_id", "post", "url", "state", "at", "send_at"])
        own_words.keep(message=message, at=at)
        remembering.promised(message, at=proof.sent_at)
        thread = message.thread
        thread.last_from_us_at = max(filter(None, (thread.last_from_us_at, proof.sent_at)))
        thread.first_answered_at = thread.first_answered_at or proof.sent_at
        if thread.latest_id == message.pk:
            thread.last_at = proof.sent_at
        _turn(message, at=proof.sent_at)
        messages.keep(thread, "last_from_us_at", "first_answered_at")
        messages.tell(thread)
        news.tell(events.ReplySent(thread.pk, message.pk, at))

    def failed(
        self, of: str, of_id: int, state: Ending, code: str, params: Mapping[str, Any], at: datetime
    ) -> None:
        """It didn't go: a person must act, and it is the writer's or whoever the thread belongs to."""
        message = _held(of_id)
        if message is None:
            return
        if state == "cancelled":
            replies.taken_back(message, at=at)
            return
        message.state = _ENDS[state]
        message.save(update_fields=["state"])
        thread = message.thread
        thread.assignee = thread.assignee or message.user
        replies.our_turn_again(message, at=at)
        messages.keep(thread, "assignee")
        messages.tell(thread)
        news.tell(events.ReplyStuck(thread.pk, message.pk, message.state, at))

    def held(self, of: str, of_id: int, code: str, params: Mapping[str, Any], at: datetime) -> None:
        """It waits for credentials."""
        message = _set(of_id, MessageState.HELD)
        if message is not None:
            news.tell(events.ReplyStuck(message.thread_id, message.pk, MessageState.HELD, at))

    def released(self, of: str, of_id: int, at: datetime) -> None:
        """It waits for its turn again."""
        _set(of_id, MessageState.WAITING)

    def words(self, code: str, params: Mapping[str, Any]) -> str:
        """Why it was stopped, and what to do."""
        return {
            "withdrawn": _("It was taken back."),
            "spam": _(
                "The conversation was called spam meanwhile. Open it again if that was wrong, and send once more."
            ),
            "writer_left": _("Who wrote it may no longer answer. Somebody else can write in their own name."),
            "they_wrote": _(
                "They wrote again before it was to go. Read that first, then send it or write anew."
            ),
            "no_mandate": _(
                "The mandate it was written under holds no longer. Take it back and send it again: a lead can approve it then."
            ),
            "answered_meanwhile": _(
                "Somebody else answered before it was to go. Read that first, then send it or take it back."
            ),
            "too_late": str(params.get("why") or _("The platform takes no answer there any longer.")),
            "do_not_contact": str(params.get("why") or _("They do not want to hear from us.")),
        }.get(code, code)


def _turn(message: Message, *, at: datetime) -> None:
    """It is their turn now, unless they said something that whoever wrote or approved it hasn't seen."""
    thread = message.thread
    newer = meanwhile.word_of_theirs(message) if thread.status == Status.OPEN else None
    turns.answered(thread, at=at, since=newer.at if newer is not None else None)
    if message.resolves and thread.status == Status.WAITING:
        turns.resolved(thread, at=at)
        follow_ups.remind([thread], by=message.user or access.SYSTEM, at=at)


def _held(message_id: int) -> Message | None:
    message = holding.message(message_id)
    return message if message is not None and message.direction == Direction.OURS else None


def _set(message_id: int, state: str) -> Message | None:
    message = _held(message_id)
    if message is not None:
        message.state = state
        message.save(update_fields=["state"])
        messages.tell(message.thread)
    return message


def _one_only(message: Message, external_id: str) -> None:
    """A pull may have brought our answer before its proof was stored, in words the platform has changed: then it is this one."""
    double = Message.objects.named([external_id]).filter(source=message.source).exclude(pk=message.pk)
    for other in double:
        message.post_id = other.post_id
        same = other.thread_id == message.thread_id
        thread = message.thread if same else holding.thread(other.thread_id)
        messages.blank([other], at=message.at)
        other.delete()
        if thread is not None:
            messages.recount(thread)
