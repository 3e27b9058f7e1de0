"""One conversation, as its page shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.http import Http404

from grapevine.converse import happenings
from grapevine.converse.models import (
    Deed,
    Direction,
    Draft,
    Label,
    Message,
    MessageState,
    Presence,
    Rearrangement,
    Status,
    Thread,
)
from grapevine.converse.selectors import guidelines, inbox, speaking, walks
from grapevine.core import access
from grapevine.people.selectors import memory, names
from grapevine.people.selectors.memory import Beside
from grapevine.sources.selectors import outbox, shown
from grapevine.sources.selectors.outbox import Sending, Way

PAGE = 40
CHARACTERS = 20_000
OF = "converse.message"


@dataclass(frozen=True, kw_only=True)
class Said:
    """A message, note or event. `words` is what an event tells, or why an answer is not there yet."""

    id: int
    direction: str
    at: datetime
    author: str
    text: str
    cut: bool
    lang: str
    url: str
    source: str
    media: tuple[str, ...]
    notes: tuple[str, ...]
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


@dataclass(frozen=True, kw_only=True)
class ThreadPage:
    """All of a conversation's page. `earlier` is where the part before begins; `ours` the number of our latest message in it."""

    row: inbox.Row
    said: tuple[Said, ...]
    earlier: str
    ours: int
    latest: int
    beside: Beside | None
    identity_id: int | None
    way: Way | None
    refusal: str
    signed: str
    draft: str
    note_draft: str
    draft_saved_at: datetime | None


def reachable_by(by: Any, thread_id: int, *, merged: bool = False) -> Thread:
    """A thread, for somebody who answers. Raises AccessDenied, Http404; of one that was merged away only when `merged` is asked for."""
    access.require(by, inbox.SEE)
    rows = Thread.objects.filter(pk=thread_id)
    thread = (rows if merged else rows.filter(merged_into=None)).first()
    if thread is None:
        raise Http404("no such thread")
    return thread


def message_reachable_by(by: Any, message_id: int) -> Message:
    """A message, for somebody who answers. Raises AccessDenied, Http404."""
    access.require(by, inbox.SEE)
    message = Message.objects.select_related("thread", "user").filter(pk=message_id).first()
    if message is None:
        raise Http404("no such message")
    return message


def deed_reachable_by(by: Any, deed_id: int) -> Deed:
    """What may be undone, for who did it and for leads. Raises AccessDenied, Http404."""
    access.require(by, inbox.SEE)
    deed = Deed.objects.filter(pk=deed_id).first()
    if deed is None or (deed.by_id != by.pk and not access.may(by, "converse.view.share")):
        raise Http404("nothing to undo")
    return deed


def rearrangement_reachable_by(by: Any, rearrangement_id: int) -> Rearrangement:
    """A merging or splitting. Raises AccessDenied, Http404."""
    access.require(by, inbox.SEE)
    found = Rearrangement.objects.filter(pk=rearrangement_id).first()
    if found is None:
        raise Http404("nothing to undo")
    return found


def label_reachable_by(by: Any, label_id: int) -> Label:
    """A label. Raises AccessDenied, Http404."""
    access.require(by, inbox.SEE)
    found = Label.objects.filter(pk=label_id).first()
    if found is None:
        raise Http404("no such label")
    return found


def page(thread: Thread, *, by: Any, at: datetime, before: str = "") -> ThreadPage:
    """The newest part of a conversation, or the one before a place in it, with all that stands around it."""
    (row,) = inbox.rows([thread.pk], by=by, at=at)
    parts, earlier = _messages(thread, before)
    drafts = {one.is_note: one for one in Draft.objects.filter(thread=thread, user_id=by.pk or 0)}
    ours = (
        Message.objects.filter(thread=thread, direction=Direction.OURS)
        .order_by("-pk")
        .values_list("pk", flat=True)
    )
    latest = Message.objects.filter(thread=thread).order_by("-pk").values_list("pk", flat=True)
    theirs = next((one for one in reversed(parts) if one.direction == Direction.THEIRS), None)
    source_id = (theirs.source_id if theirs else None) or thread.source_id
    draft = drafts.get(False)
    return ThreadPage(
        row=row,
        said=tuple(_told(parts, by)),
        earlier=earlier,
        ours=ours.first() or 0,
        latest=latest.first() or 0,
        beside=memory.beside(thread.identity_id, by=by, at=at) if thread.identity_id is not None else None,
        identity_id=thread.identity_id,
        way=outbox.way(source_id),
        refusal=speaking.refusal(theirs, at=at) if theirs is not None else "",
        signed=guidelines.signature(by, lang=thread.lang),
        draft=draft.text if draft else "",
        note_draft=drafts[True].text if True in drafts else "",
        draft_saved_at=draft.saved_at if draft else None,
    )


def _messages(thread: Thread, before: str) -> tuple[list[Message], str]:
    rows = Message.objects.filter(thread=thread).select_related("user")
    at, last = walks.place(before)
    if at is not None:
        rows = rows.filter(at__lte=at).filter(Q(at__lt=at) | Q(pk__lt=last))
    found = list(rows.order_by("-at", "-pk")[: PAGE + 1])
    earlier = f"{found[PAGE - 1].at.isoformat()}~{found[PAGE - 1].pk}" if len(found) > PAGE else ""
    return found[:PAGE][::-1], earlier


def _told(rows: Sequence[Message], by: Any) -> list[Said]:
    teller = happenings.Teller([one.event for one in rows if one.direction == Direction.EVENT])
    called = names.identities({one.identity_id for one in rows if one.identity_id is not None})
    sources = shown.source_names()
    ours = [one.pk for one in rows if one.outgoing_id is not None]
    sending = outbox.of(OF, ours) if ours else {}
    lead = access.may(by, "converse.view.share")
    told = []
    for one in rows:
        name = one.user.name if one.user is not None else ""
        source = sources.get(one.source_id or 0)
        if one.direction == Direction.EVENT:
            words, author = teller.words(one.event, by=name), ""
        else:
            words, author = "", name or one.signed or called.get(one.identity_id or 0, "")
        now = sending.get(one.pk)
        if now is not None and one.state != MessageState.SENT:
            words = now.words
        told.append(
            Said(
                id=one.pk, direction=one.direction, at=one.at, author=author, text=one.text[:CHARACTERS], cut=len(one.text) > CHARACTERS,
                lang=one.lang, url=one.url, source=source.name if source else "", media=tuple(one.media), notes=tuple(one.notes),
                edited_at=one.edited_at, deleted_at=one.deleted_at, mine=one.user_id is not None and one.user_id == by.pk,
                state=one.state, state_label=one.get_state_display() if one.state else "", send_at=one.send_at, words=words,
                sending=now, answers=one.answers_id,
                may_remove=one.direction == Direction.NOTE and one.deleted_at is None and (lead or one.user_id == by.pk),
            )
        )  # fmt: skip
    return told


@dataclass(frozen=True)
class Somebody:
    """A colleague who has the thread open."""

    name: str
    types: bool


def there(thread: Thread, *, by: Any, at: datetime) -> tuple[Somebody, ...]:
    """Who else looks at a thread, or types in it."""
    rows = (
        Presence.objects.filter(thread=thread, until__gt=at)
        .exclude(user_id=by.pk or 0)
        .select_related("user")
    )
    return tuple(
        Somebody(one.user.name, one.typing_until is not None and one.typing_until > at)
        for one in rows.order_by("user__name")
    )


def mergeable(thread: Thread, words: str, *, by: Any, at: datetime) -> tuple[inbox.Row, ...]:
    """Threads to put into this one: of the same person first, then the latest with these words in their subject."""
    others = Thread.objects.filter(merged_into=None).exclude(pk=thread.pk).exclude(status=Status.SPAM)
    found: list[int] = []
    if words.strip().lstrip("#").isdigit() and len(words) < 18:
        found += others.filter(pk=int(words.strip().lstrip("#"))).values_list("pk", flat=True)
    if thread.identity_id is not None and not words:
        there = memory.beside(thread.identity_id, by=by, at=at)
        same = [one.id for one in there.handles] if there is not None else [thread.identity_id]
        found += others.filter(identity_id__in=same).order_by("-last_at").values_list("pk", flat=True)[:10]
    if words:
        wish = inbox.Wish(view="all", q=words)
        found += [one.id for one in inbox.page(wish, by=by, at=at).rows if one.id != thread.pk]
    else:
        found += others.order_by("-last_at", "-pk").values_list("pk", flat=True)[:10]
    return inbox.rows(list(dict.fromkeys(found))[:10], by=by, at=at)
