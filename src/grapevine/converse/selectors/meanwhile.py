"""What was said in a conversation since somebody looked at it: nobody is answered twice, or past their last word, by accident."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import QuerySet

from grapevine.converse import rules
from grapevine.converse.models import Direction, Message, MessageState, Thread

_OUT = (
    MessageState.WAITING,
    MessageState.HELD,
    MessageState.UNCLEAR,
    MessageState.SENT,
    MessageState.MODERATED,
)
_NOWHERE = (MessageState.CANCELLED, MessageState.FAILED, MessageState.RETURNED)
MOMENT = timedelta(minutes=10)
"""So long nobody says the same to the same people twice without being asked: a page from the browser's memory may hold what went long since."""


class AnsweredMeanwhile(Exception):
    """Something was said here since the page was opened. It can be sent all the same, when somebody says so."""

    def __init__(self, message: Message) -> None:
        self.message = message
        super().__init__(message.pk)


def latest(thread: Thread) -> int:
    """The number of the latest that stands in a thread."""
    return Message.objects.filter(thread=thread).order_by("-pk").values_list("pk", flat=True).first() or 0


def answer_of_ours(message: Message) -> Message | None:
    """The latest other answer of ours that went out, or is going, and that who sends this one has not seen."""
    others = _unseen(message).filter(direction=Direction.OURS, state__in=_OUT)
    return others.exclude(pk=message.pk).order_by("-pk").first()


def word_of_theirs(message: Message) -> Message | None:
    """The latest they said that who sends this one has not seen; what programs say doesn't count."""
    words = _unseen(message).filter(direction=Direction.THEIRS).order_by("-pk")[:20]
    return next((one for one in words if not rules.is_unasked(one.notes)), None)


def ask_first(thread: Thread, seen: int, text: str, *, at: datetime) -> None:
    """Before an answer is written. One's own count too: the button may be pressed twice, and another window may be open. Raises AnsweredMeanwhile."""
    since = Message.objects.filter(thread=thread, direction=Direction.OURS, pk__gt=seen)
    other = since.exclude(state=MessageState.CANCELLED).order_by("-pk").first()
    other = other or same_words(thread, text, at=at)
    if other is not None:
        raise AnsweredMeanwhile(other)


def same_words(thread: Thread, text: str, *, at: datetime) -> Message | None:
    """An answer of ours from a moment ago that begins with all these words (a question may stand beneath them), and went, goes or waits to."""
    words = text.strip()
    if not words:
        return None
    lately = Message.objects.filter(thread=thread, direction=Direction.OURS, at__gt=at - MOMENT).exclude(
        state__in=_NOWHERE
    )
    return next(
        (one for one in lately.order_by("-pk")[:20] if f"{one.text.strip()}\n\n".startswith(f"{words}\n\n")),
        None,
    )


def _unseen(message: Message) -> QuerySet[Message]:
    """What came after all that its writer (or whoever approved it, or sent it again) had before them."""
    seen = message.pk if message.seen_id is None else message.seen_id
    return Message.objects.filter(thread_id=message.thread_id, pk__gt=seen)
