"""One conversation, as its page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max, Q, QuerySet, prefetch_related_objects
from django.http import Http404

from grapevine.converse.models import (
    SETTING,
    Deed,
    Direction,
    Draft,
    Label,
    Message,
    Presence,
    Rearrangement,
    Status,
    Thread,
)
from grapevine.converse.selectors import addressees, answer_files, guidelines, inbox, speaking, surveys, told
from grapevine.converse.selectors.told import Said
from grapevine.core import access
from grapevine.people.selectors import memory
from grapevine.people.selectors.memory import Beside
from grapevine.sources.selectors import outbox
from grapevine.sources.selectors.outbox import Way


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
    to: addressees.Addressee | None
    until: datetime | None  # how long the platform takes an answer; None: always
    refusal: str
    signed: str
    draft: str
    note_draft: str
    draft_saved_at: datetime | None
    survey: surveys.Told | None
    files: tuple[answer_files.Kept, ...]


@dataclass(frozen=True)
class Continued:
    """A part of a conversation without what stands around it; fields as in `ThreadPage`."""

    said: tuple[Said, ...]
    earlier: str
    ours: int
    latest: int


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
    return _deed(Deed.objects.exclude(kind__startswith=SETTING), by, deed_id)


def setting_reachable_by(by: Any, deed_id: int) -> Deed:
    """A change of settings that may be taken back, for who made it and for leads. Raises AccessDenied, Http404."""
    access.require(by, inbox.SEE)
    return _deed(Deed.objects.filter(kind__startswith=SETTING), by, deed_id)


def _deed(rows: QuerySet[Deed], by: Any, deed_id: int) -> Deed:
    deed = rows.filter(pk=deed_id).first()
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


def page(
    thread: Thread, *, by: Any, at: datetime, before: str = "", answers: int | None = None
) -> ThreadPage:
    """The newest part of a conversation, or the one before a place in it, with all that stands around it. `answers` is the message chosen to be
    answered."""
    prefetch_related_objects([thread], "labels")
    parts, earlier = told.messages(thread, before)
    theirs = next((one for one in reversed(parts) if one.direction == Direction.THEIRS), None)
    way = outbox.way((theirs.source_id if theirs else None) or thread.source_id)
    latest = parts if not before else ()
    beside = memory.beside(thread.identity_id, by=by, at=at) if thread.identity_id is not None else None
    drafts = {one.is_note: one for one in Draft.objects.filter(thread=thread, user_id=by.pk or 0)}
    draft = drafts.get(False)
    last = _last(thread)
    return ThreadPage(
        row=inbox.head(thread),
        said=tuple(told.of(thread, parts, by=by, way=way)),
        earlier=earlier,
        ours=last["ours"] or 0,
        latest=last["any"] or 0,
        beside=beside,
        identity_id=thread.identity_id,
        way=way,
        to=addressees.shown_as(thread, latest=latest, answers=answers),
        until=speaking.until(theirs, way) if theirs is not None and way is not None else None,
        refusal=_refusal(theirs, beside, way, at),
        signed=guidelines.signature(by, lang=thread.lang),
        draft=draft.text if draft else "",
        note_draft=drafts[True].text if True in drafts else "",
        draft_saved_at=draft.saved_at if draft else None,
        survey=surveys.latest(thread),
        files=answer_files.of_draft(thread, by=by),
    )


def continued(thread: Thread, *, by: Any, before: str = "") -> Continued:
    """What was said, alone: for a page that has all the rest already."""
    parts, earlier = told.messages(thread, before)
    theirs = next((one for one in reversed(parts) if one.direction == Direction.THEIRS), None)
    way = outbox.way((theirs.source_id if theirs else None) or thread.source_id)
    last = _last(thread)
    said = tuple(told.of(thread, parts, by=by, way=way))
    return Continued(said, earlier, last["ours"] or 0, last["any"] or 0)


def _last(thread: Thread) -> dict[str, int | None]:
    """The numbers of the latest message and of our latest one."""
    ours = Max("pk", filter=Q(direction=Direction.OURS))
    return Message.objects.filter(thread=thread).aggregate(any=Max("pk"), ours=ours)


def _refusal(theirs: Message | None, beside: Beside | None, way: Way | None, at: datetime) -> str:
    """Why its writer must not be written to, in words. What stands beside the conversation knows it already, if it is of the same one."""
    if theirs is None:
        return ""
    if beside is None or beside.identity_id != theirs.identity_id or way is None:
        return speaking.refusal(theirs, at=at)
    return next((one.words for one in beside.refusals if one.channel in ("", way.connector)), "")


@dataclass(frozen=True)
class Somebody:
    """A colleague who has the thread open."""

    name: str
    types: bool
    began: bool


def there(thread: Thread, *, by: Any, at: datetime) -> tuple[Somebody, ...]:
    """Who else looks at a thread, types in it, or has begun an answer."""
    begun = set(Draft.objects.filter(thread=thread, is_note=False).values_list("user_id", flat=True))
    rows = (
        Presence.objects.filter(thread=thread, until__gt=at)
        .exclude(user_id=by.pk or 0)
        .select_related("user")
    )
    return tuple(
        Somebody(one.user.name, one.typing_until is not None and one.typing_until > at, one.user_id in begun)
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


def begun(thread: Thread, *, by: Any) -> tuple[str, str]:
    """What somebody has begun to write: an answer, and a note."""
    drafts = dict(Draft.objects.filter(thread=thread, user_id=by.pk or 0).values_list("is_note", "text"))
    return drafts.get(False, ""), drafts.get(True, "")
