"""Questions about replies that wait for a lead, and what became of those that did."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from grapevine.converse import writers
from grapevine.converse.mandate_rules import Reason
from grapevine.converse.models import Approval, ApprovalState, Direction, Message, MessageState
from grapevine.converse.selectors import answer_files, meanwhile
from grapevine.converse.selectors.answer_files import Kept
from grapevine.core import access
from grapevine.sources.selectors import shown

MOST = 100
"""More are not counted: the badge says "99+"."""


@dataclass(frozen=True)
class Waiting:
    """A held or decided reply with what a lead needs to decide: the words it answers, and why it waits."""

    id: int
    message_id: int
    thread_id: int
    subject: str
    source: str
    lang: str
    text: str
    text_before: str
    note: str
    signed: str
    asked_by_id: int | None
    asked_by: str
    asked_at: datetime
    reasons: tuple[Reason, ...]
    state: str
    state_name: str
    decided_by: str
    decided_at: datetime | None
    answers: str  # what they said
    answers_at: datetime | None
    to: str  # who gets it, and at which address when that is another
    address: str
    private: bool  # to them alone; else everybody can read it there
    answered: tuple[str, ...]  # what we have answered there since they said what it answers
    copies: tuple[str, ...]  # who else gets it
    files: tuple[Kept, ...]
    seen: int  # the latest in the conversation as it is shown: what a lead has seen who approves it
    newer: int  # messages of either side since it was written

    @property
    def waits(self) -> bool:
        return self.state == ApprovalState.WAITING


def waiting() -> list[Waiting]:
    """Replies to approve, the longest waiting first; at most a page of them."""
    return _told(_rows().filter(state=ApprovalState.WAITING).order_by("asked_at", "pk")[:50])


def decided() -> list[Waiting]:
    """The last fifty that were decided, the latest first."""
    return _told(_rows().exclude(decided_at=None).order_by("-decided_at", "-pk")[:50])


def of_author(user_id: int) -> list[Waiting]:
    """Somebody's own, the latest first: what waits, and what became of the others."""
    return _told(_rows().filter(asked_by_id=user_id).order_by("-pk")[:50])


def of_thread(thread_id: int) -> list[Waiting]:
    """Those of a thread that wait or were returned or changed, the latest first, for its page."""
    return _told(_rows().filter(message__thread_id=thread_id).order_by("-pk")[:10])


def some(approval_ids: Iterable[int]) -> list[Waiting]:
    """These, as they stand now."""
    return _told(_rows().filter(pk__in=list(approval_ids)))


def count_waiting() -> int:
    """How many wait, up to `MOST`."""
    return len(Approval.objects.filter(state=ApprovalState.WAITING).values_list("pk")[:MOST])


def count_news(user_id: int) -> int:
    """How many of somebody's replies were returned or changed and not looked at since, among their last hundred."""
    mine = Approval.objects.filter(asked_by_id=user_id).order_by("-pk")
    rows = mine.values_list("state", "seen_at")[:MOST]
    told = (ApprovalState.RETURNED, ApprovalState.CHANGED)
    return sum(state in told and seen is None for state, seen in rows)


def reachable_by(user: Any, approval_id: int) -> Approval:
    """An approval, for somebody who answers threads. Raises AccessDenied, Http404."""
    access.require(user, "converse.thread.see")
    rows = Approval.objects.select_related("message", "message__thread", "asked_by", "decided_by")
    found = rows.filter(pk=approval_id).first()
    if found is None:
        raise Http404("no such approval")
    return found


def _rows() -> QuerySet[Approval]:
    return Approval.objects.select_related(
        "message", "message__thread", "message__answers", "asked_by", "decided_by"
    )


def _told(rows: Iterable[Approval]) -> list[Waiting]:
    names, told = shown.source_names(), list(rows)
    files = answer_files.of_messages([row.message_id for row in told])
    called = writers.called(pk for row in told if (pk := _whom(row.message)) is not None)
    return [_waiting(row, names, files, called) for row in told]


def _whom(message: Message) -> int | None:
    """Whom an answer is for: who wrote what it answers, else whom the conversation is with."""
    return (message.answers.identity_id if message.answers else None) or message.thread.identity_id


def _waiting(
    row: Approval,
    names: dict[int, Any],
    files: dict[int, tuple[Kept, ...]],
    called: dict[int, writers.Called],
) -> Waiting:
    message, thread = row.message, row.message.thread
    said = message.answers or _last_of_theirs(message)
    source = names.get(message.source_id or thread.source_id)
    to = called.get(_whom(message) or 0, writers.NOBODY)
    waits = row.state == ApprovalState.WAITING
    return Waiting(
        id=row.pk,
        message_id=message.pk,
        thread_id=thread.pk,
        subject=thread.subject,
        source=source.name if source else "",
        lang=thread.lang,
        text=message.text,
        text_before=row.text_before,
        note=row.note,
        signed=message.signed,
        asked_by_id=row.asked_by_id,
        asked_by=row.asked_by.name if row.asked_by else "",
        asked_at=row.asked_at,
        reasons=tuple(Reason(code, dict(facts)) for code, facts in row.reasons),
        state=row.state,
        state_name=row.get_state_display(),
        decided_by=row.decided_by.name if row.decided_by else "",
        decided_at=row.decided_at,
        answers=said.text if said else "",
        answers_at=said.at if said else None,
        to=to.name,
        address=to.address,
        private=source is not None and writers.takes_letters(source.connector),
        answered=_answered(message, said) if waits else (),
        copies=tuple(message.copies),
        files=files.get(message.pk, ()),
        seen=meanwhile.latest(thread) if row.state == ApprovalState.WAITING else 0,
        newer=_newer(message) if row.state == ApprovalState.WAITING else 0,
    )


def _last_of_theirs(message: Message) -> Message | None:
    theirs = Message.objects.filter(
        thread_id=message.thread_id, direction=Direction.THEIRS, at__lte=message.at
    )
    return theirs.order_by("-at", "-pk").first()


def _answered(message: Message, said: Message | None) -> tuple[str, ...]:
    """The latest three answers of ours that went out since they said what it answers."""
    since = said.at if said is not None else message.at
    rows = Message.objects.filter(thread_id=message.thread_id, direction=Direction.OURS, at__gt=since)
    gone = rows.exclude(pk=message.pk).filter(state__in=(MessageState.SENT, MessageState.WAITING))
    return tuple(gone.order_by("-at", "-pk").values_list("text", flat=True)[:3])


def _newer(message: Message) -> int:
    rows = Message.objects.filter(
        thread_id=message.thread_id, direction__in=[Direction.THEIRS, Direction.OURS], at__gt=message.at
    )
    return len(rows.exclude(pk=message.pk).values_list("pk")[:20])
