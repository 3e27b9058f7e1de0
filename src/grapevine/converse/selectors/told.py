"""What was said in a conversation, part by part: messages of both sides, notes, and what happened in between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from grapevine.connectors.mail import quoting
from grapevine.converse import happenings, writers
from grapevine.converse.models import (
    ApprovalState,
    Direction,
    Message,
    MessageState,
    RemovalState,
    Thread,
)
from grapevine.converse.selectors import approvals, removals, walks
from grapevine.converse.selectors.approvals import Waiting
from grapevine.converse.selectors.removals import Taken
from grapevine.core import access
from grapevine.sources.selectors import letters, outbox, shown
from grapevine.sources.selectors.letters import File
from grapevine.sources.selectors.outbox import Sending, Way

PAGE = 40
CHARACTERS = 20_000
OF = "converse.message"
REMOVE = "converse.message.remove"
_OPEN_AGAIN = (RemovalState.FAILED, RemovalState.CANCELLED)


@dataclass(frozen=True, kw_only=True)
class Said:
    """A message, note or event. `words` is what an event tells, or why an answer is not there yet.

    `source` names the place where it was said, where that isn't the conversation's own. Of a letter `text` is what its sender wrote now; `below` is
    the rest of it, their signature and what they quoted. `letter` is the number of the post whose laid-out form can be looked at. `approval` is there
    while the answer waits for a lead, and where a lead said something about it.
    """

    id: int
    direction: str
    at: datetime
    author: str
    address: str
    text: str
    below: str
    cut: bool
    lang: str
    url: str
    source: str
    media: tuple[str, ...]
    files: tuple[File, ...]
    letter: int | None
    notes: tuple[str, ...]
    copies: tuple[str, ...]
    reply_to: str
    edited_at: datetime | None
    deleted_at: datetime | None
    mine: bool
    state: str
    state_label: str
    send_at: datetime | None
    words: str
    sending: Sending | None
    answers: int | None
    may_remove: bool
    may_take_away: bool
    removal: Taken | None
    approval: Waiting | None

    @property
    def came_back(self) -> bool:
        """Whether it was sent and a bounce said that it did not arrive: then it can be written anew."""
        return self.state == MessageState.FAILED and self.sending is not None and self.sending.went


@dataclass(frozen=True)
class _Around:
    """What messages name, by its ids, and who asks."""

    by: Any
    teller: happenings.Teller
    called: dict[int, writers.Called]
    sources: dict[int, shown.SourceName]
    sending: dict[int, Sending]
    approvals: dict[int, Waiting]
    removals: dict[int, Taken]
    home: int  # the conversation's own source
    removes_at: int | None  # the source that lets us take something away
    lead: bool


def messages(thread: Thread, before: str = "") -> tuple[list[Message], str]:
    """The newest messages of a thread, or those before a place in it, in their order; and where the part before begins."""
    rows = Message.objects.filter(thread=thread).select_related("user")
    at, last = walks.place(before)
    if at is not None:
        rows = rows.filter(at__lte=at).filter(Q(at__lt=at) | Q(pk__lt=last))
    found = list(rows.order_by("-at", "-pk")[: PAGE + 1])
    earlier = f"{found[PAGE - 1].at.isoformat()}~{found[PAGE - 1].pk}" if len(found) > PAGE else ""
    return found[:PAGE][::-1], earlier


def of(thread: Thread, rows: Sequence[Message], *, by: Any, way: Way | None) -> list[Said]:
    """Messages as their page tells them. `way` is the one through which the thread is answered."""
    sent = [one.pk for one in rows if one.outgoing_id is not None]
    ours = any(one.direction == Direction.OURS and one.user_id is not None for one in rows)
    theirs = [one.pk for one in rows if one.direction == Direction.THEIRS]
    removes = way is not None and bool(way.removes)
    around = _Around(
        by=by,
        teller=happenings.Teller([one.event for one in rows if one.direction == Direction.EVENT]),
        called=writers.called(one.identity_id for one in rows if one.identity_id is not None),
        sources=shown.source_names(),
        sending=outbox.of(OF, sent) if sent else {},
        approvals={one.message_id: one for one in reversed(approvals.of_thread(thread.pk))} if ours else {},
        removals=removals.of_messages(theirs) if removes and theirs else {},
        home=thread.source_id,
        removes_at=way.source_id if way is not None and removes and access.may(by, REMOVE) else None,
        lead=access.may(by, "converse.view.share"),
    )
    return [_said(one, around) for one in rows]


def _said(one: Message, around: _Around) -> Said:
    user = one.user.name if one.user is not None else ""
    source = around.sources.get(one.source_id or 0)
    known = around.called.get(one.identity_id or 0, writers.NOBODY)
    happened = one.direction == Direction.EVENT
    own = one.user_id is not None and one.user_id == around.by.pk
    text, below = _parted(one, source)
    removal = around.removals.get(one.pk)
    return Said(
        id=one.pk,
        direction=one.direction,
        at=one.at,
        author="" if happened else user or one.signed or known.name,
        address="" if happened or user or one.signed else known.address,
        text=text[:CHARACTERS],
        below=below[:CHARACTERS],
        cut=len(text) > CHARACTERS,
        lang=one.lang,
        url=one.url,
        source=source.name if source is not None and one.source_id != around.home else "",
        media=tuple(one.media),
        files=_files(one),
        letter=one.post_id if one.has_html and one.deleted_at is None else None,
        notes=tuple(one.notes),
        copies=tuple(one.copies),
        reply_to=one.reply_to,
        edited_at=one.edited_at,
        deleted_at=one.deleted_at,
        mine=own,
        state=one.state,
        state_label=one.get_state_display() if one.state else "",
        send_at=one.send_at,
        words=_words(one, around, user),
        sending=around.sending.get(one.pk),
        answers=one.answers_id,
        may_remove=one.direction == Direction.NOTE and one.deleted_at is None and (around.lead or own),
        may_take_away=around.removes_at is not None
        and one.source_id == around.removes_at
        and one.direction == Direction.THEIRS
        and bool(one.external_id)
        and one.deleted_at is None
        and (removal is None or removal.state in _OPEN_AGAIN),
        removal=removal,
        approval=_approval(around.approvals.get(one.pk)),
    )


def _words(one: Message, around: _Around, user: str) -> str:
    now = around.sending.get(one.pk)
    if now is not None and one.state != MessageState.SENT:
        return now.words
    return around.teller.words(one.event, by=user) if one.direction == Direction.EVENT else ""


def _parted(one: Message, source: shown.SourceName | None) -> tuple[str, str]:
    """What somebody wrote, and what stands below it in a letter."""
    if source is None or one.direction != Direction.THEIRS or not writers.takes_letters(source.connector):
        return one.text, ""
    parts = quoting.parted(one.text)
    if not parts.said.strip():
        return one.text, ""
    return parts.said, "\n\n".join(part for part in (parts.signature, parts.quoted) if part)


def _files(one: Message) -> tuple[File, ...]:
    """The files we keep. Of public posts `media` names kinds alone; those lie at the platform."""
    if one.post_id is None or one.deleted_at is not None or not any("/" in name for name in one.media):
        return ()
    return letters.files(one.post_id, one.media)


def _approval(found: Waiting | None) -> Waiting | None:
    """What a lead said of an answer, or has to say. Of one that was approved as it was there is nothing to tell."""
    if found is None or (found.state == ApprovalState.APPROVED and not found.note):
        return None
    return found
