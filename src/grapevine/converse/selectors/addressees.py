"""Whom an answer goes to.

Whoever knows the id of a letter can write one that joins its conversation. So a letter whose sender nobody vouches for, from somebody who has neither
begun the conversation nor been answered in it, is never answered unless a person chooses it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from grapevine.converse import rules, writers
from grapevine.converse.models import Direction, Message, Thread
from grapevine.people.selectors import names
from grapevine.sources.selectors import shown

LATEST = 20
"""So many of their latest messages are looked at for one that a person wrote."""
_DOUBTFUL = frozenset({"sender_unproven", "sender_unchecked", "sender_disguised"})


@dataclass(frozen=True)
class Addressee:
    """Whose message is answered. `reply_to` is where they ask for answers instead, `copies` who else had theirs (neither gets ours
    unless a person says so), `passed_over` who wrote later without being known here."""

    message_id: int
    name: str
    address: str
    is_letter: bool
    is_stranger: bool
    reply_to: str
    copies: tuple[str, ...]
    passed_over: tuple[str, ...]

    @property
    def alone(self) -> bool:
        """Whether nobody else reads it."""
        return self.is_letter


def default(thread: Thread) -> Message | None:
    """Which of their messages an answer answers when nobody chose one: the latest that a person wrote whom we may take for who they say they are."""
    return _first(thread, _latest(thread)) or _of_whoever_began(thread)


def chosen(thread: Thread, message_id: int) -> Message | None:
    """The message of theirs that a person chose to answer, unless it is gone."""
    return _theirs(thread).filter(pk=message_id).first()


def shown_as(
    thread: Thread, *, latest: Sequence[Message] = (), answers: int | None = None
) -> Addressee | None:
    """Whom the answer box names. `latest` are messages of the thread that are known already, in their order; `answers` is one that a person chose."""
    theirs = [one for one in reversed(latest) if one.direction == Direction.THEIRS]
    newest = [one for one in theirs if _can_be_answered(one)][:LATEST] if theirs else _latest(thread)
    if answers is not None:
        found = next((one for one in newest if one.pk == answers), None) or chosen(thread, answers)
    else:
        found = _first(thread, newest) or (_of_whoever_began(thread) if newest else None)
    if found is None:
        return None
    later = [
        one for one in newest if (one.at, one.pk) > (found.at, found.pk) and not rules.is_unasked(one.notes)
    ]
    strangers = [one.identity_id for one in later if answers is None and one.identity_id is not None]
    wanted = {one for one in (found.identity_id, *strangers) if one is not None}
    around = {one.identity_id for one in latest if one.identity_id is not None}
    if wanted.issubset(around):
        wanted = around  # what the page has asked for already
    called = writers.called(wanted)
    who = called.get(found.identity_id or 0, writers.NOBODY)
    return Addressee(
        message_id=found.pk,
        name=who.name,
        address=who.address,
        is_letter=_is_letter(found),
        is_stranger=_is_stranger(thread, found),
        reply_to=found.reply_to,
        copies=tuple(found.copies),
        passed_over=tuple(
            dict.fromkeys(called[one].address or called[one].name for one in strangers if one in called)
        ),
    )


def _theirs(thread: Thread) -> QuerySet[Message]:
    rows = Message.objects.filter(thread=thread, direction=Direction.THEIRS, deleted_at=None)
    return rows.exclude(external_id="")


def _latest(thread: Thread) -> list[Message]:
    return list(_theirs(thread).order_by("-at", "-pk")[:LATEST])


def _can_be_answered(one: Message) -> bool:
    return one.direction == Direction.THEIRS and one.deleted_at is None and bool(one.external_id)


def _first(thread: Thread, newest: Iterable[Message]) -> Message | None:
    asked = (one for one in newest if not rules.is_unasked(one.notes))
    return next((one for one in asked if not _is_stranger(thread, one)), None)


def _of_whoever_began(thread: Thread) -> Message | None:
    """After many letters of strangers and machines: the latest of whoever the conversation is with."""
    if thread.identity_id is None:
        return None
    rows = _theirs(thread).filter(identity_id=thread.identity_id).order_by("-at", "-pk")[:LATEST]
    return next((one for one in rows if not rules.is_unasked(one.notes)), None)


def _is_stranger(thread: Thread, one: Message) -> bool:
    """Whether a letter joined the conversation from somebody of whom we only know what they say of themselves."""
    if one.identity_id == thread.identity_id or one.answers_id is None:
        return False
    if not _DOUBTFUL.intersection(one.notes) or not _is_letter(one):
        return False
    same = Message.objects.filter(thread=thread)
    begun = same.filter(direction=Direction.THEIRS, answers=None).values_list("identity_id", flat=True)
    answered = same.filter(direction=Direction.OURS).values_list("answers__identity_id", flat=True)
    known = {thread.identity_id, *begun.distinct()[:LATEST], *answered.distinct()[:LATEST]} - {None}
    written = names.writers({pk for pk in (one.identity_id, *known) if pk is not None})
    # Somebody who wrote in a form goes on by letter: two identities, and one address.
    here = {who.handle for pk, who in written.items() if pk in known}
    # So does somebody to whom we sent a copy on purpose.
    ours = same.filter(direction=Direction.OURS).exclude(copies=[]).order_by("-at", "-pk")
    here.update(*ours.values_list("copies", flat=True)[:LATEST])
    own = written.get(one.identity_id or 0)
    return own is None or own.handle not in here


def _is_letter(one: Message) -> bool:
    source = shown.source_names().get(one.source_id or 0)
    return source is not None and writers.takes_letters(source.connector)
