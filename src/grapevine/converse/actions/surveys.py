"""One question to somebody we answered: did it help? Asked by a link in a reply, answered on a page of ours."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction

from grapevine.converse import events, tokens
from grapevine.converse.actions import messages, tallies, turns
from grapevine.converse.models import Direction, Kind, Message, Score, Status, Survey, Tally, Thread
from grapevine.converse.selectors import surveys
from grapevine.core import access, audit, news
from grapevine.core.models import User

EXPIRES = timedelta(days=30)
CHANGEABLE = timedelta(hours=1)
LONGEST = 1000  # characters of their sentence
NOTE = "survey"
"""The code by which a message says that it came with an answer to our question."""


class Over(ValueError):
    """The link has expired, or its answer can be changed no longer."""


@transaction.atomic
def ask(*, thread: Thread, by: User, at: datetime) -> str:
    """Prepare a link for a reply; returns its token. Call it with the reply, in its transaction."""
    access.require(by, "converse.thread.work")
    token = tokens.new()
    Survey.objects.create(
        thread=thread, user=by, digest=tokens.digest_of(token), created_at=at, expires_at=at + EXPIRES
    )
    audit.record("converse.survey.asked", subject=thread, by=by, at=at)
    return token


def asking(*, thread: Thread, text: str, by: User, at: datetime, address_of: Callable[[str], str]) -> str:
    """A reply with our question beneath it, in the language of the thread. Call it in the transaction that writes the reply."""
    return f"{text}\n\n{surveys.line(address_of(ask(thread=thread, by=by, at=at)), thread.lang)}"


def may_answer(survey: Survey, at: datetime) -> bool:
    """Whether it may still be answered: once, and changed for an hour."""
    if survey.answered_at is None:
        return at < survey.expires_at
    return at < survey.answered_at + CHANGEABLE


@transaction.atomic
def answer(*, survey: Survey, score: int, sentence: str, at: datetime) -> Survey:
    """They answered, or changed their answer. Their sentence joins the thread as their word; "no" makes it our turn. Raises Over.

    Nobody is signed in: whoever has the link may answer, and nothing else.
    """
    survey = Survey.objects.select_for_update().get(pk=survey.pk)
    if not may_answer(survey, at):
        raise Over
    thread = Thread.objects.select_for_update(of=("self",)).get(pk=survey.thread_id)
    while thread.merged_into_id is not None:
        thread = Thread.objects.select_for_update(of=("self",)).get(pk=thread.merged_into_id)
    before = Tally.objects.filter(pk=survey.tally_id or 0).first()
    if before is not None:
        tallies.take_back([before])
    counted = tallies.tally(Kind.RATED, [thread], at=at, score=Score(score))[0]
    survey.score, survey.tally_id = Score(score), counted.pk
    survey.answered_at = survey.answered_at or at
    survey.message = _say(survey, thread, sentence.strip()[:LONGEST], at=at)
    survey.save(update_fields=["score", "tally_id", "answered_at", "message"])
    audit.record("converse.survey.answered", subject=thread, by=access.SYSTEM, at=at, score=score)
    reopened = score == Score.NO and thread.status in (Status.WAITING, Status.RESOLVED, Status.SNOOZED)
    if reopened:
        messages.event(thread, "reopened", by=access.SYSTEM, at=at, before=thread.status, survey=score)
        turns.ours(thread, since=at, at=at)
    messages.keep(thread, "last_from_them_at")
    messages.tell(thread)
    if survey.message is not None:
        news.tell(events.MessageHeard(thread.pk, survey.message.pk, reopened, at))
    return survey


def _say(survey: Survey, thread: Thread, sentence: str, *, at: datetime) -> Message | None:
    if survey.message is not None:
        if survey.message.text != sentence:
            messages.reword(survey.message, sentence)
        return survey.message
    if not sentence:
        return None
    thread.last_from_them_at = at
    return messages.add(
        thread,
        direction=Direction.THEIRS,
        at=at,
        text=sentence,
        lang=thread.lang,
        source_id=thread.source_id,
        identity_id=thread.identity_id,
        notes=[NOTE],
    )
