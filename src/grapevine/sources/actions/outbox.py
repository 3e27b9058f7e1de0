"""What people (and the rooms above) do with the outbox: put in, take back, send again, say that it arrived.

Whoever puts something in has asked for permission and says in its own audit who wanted it; what is done to a row later is asked
for and written down here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext

from grapevine.connectors.base import Attachment, Removal, SentProof
from grapevine.core import access, audit, jobs, live, news
from grapevine.sources import channels, events, ways
from grapevine.sources.actions import endings
from grapevine.sources.contracts import outbox
from grapevine.sources.models import Outgoing, OutgoingFile, OutgoingState, Post, Source

SWEEP = "sources.outbox"


class CannotSend(ValueError):
    """This can't go out through that source. `str()` says why, and what to do, in the reader's language."""


@transaction.atomic
def put(
    *,
    source_id: int,
    to: str,
    text: str,
    key: str,
    of: str,
    of_id: int,
    at: datetime,
    by: Any,
    thread_id: str = "",
    subject: str = "",
    recipient: str = "",
    copies: Sequence[str] = (),
    signed: str = "",
    refers: Sequence[str] = (),
    attachments: Sequence[Attachment] = (),
) -> int:
    """Put in a reply to the post `to`, to go out at `at` (now or later), and return its number. Call it in the transaction of whoever wants it.

    `key` is made once per answer: put in again, the row that is there stays as it is. Replies of one thread go out in the order of their `at`.
    `recipient` is the external id of the author answered (the post's author when empty), `copies` are those of others who get it too. Raises
    CannotSend, and KeyError when nobody keeps rows called `of`.
    """
    outbox.keeper(of)
    source = Source.objects.get(pk=source_id)
    _require_sendable(source, text, attachments, copies)
    row, is_new = Outgoing.objects.get_or_create(
        source=source,
        key=key,
        defaults={
            "of": of,
            "of_id": of_id,
            "to": to,
            "thread_id": thread_id,
            "lane": thread_id or to,
            "subject": subject,
            "text": text,
            "recipient": recipient or _author_of(source_id, to),
            "copies": list(copies),
            "signed": signed,
            "refers": list(refers),
            "wanted_at": at,
            "next_try_at": at,
            "put_by": by if by.pk is not None else None,
        },
    )
    if is_new:
        OutgoingFile.objects.bulk_create(
            OutgoingFile(outgoing=row, name=one.name, media_type=one.media_type, content=one.content)
            for one in attachments
        )
        endings.put_job(row.pk, at=at)
        endings.tell(row)
    return row.pk


@transaction.atomic
def put_removal(
    *, source_id: int, to: str, how: Removal, of: str, of_id: int, by: Any, at: datetime, thread_id: str = ""
) -> int:
    """Put in that the post `to` of somebody else be hidden or deleted at the platform; returns its number. As `put`."""
    outbox.keeper(of)
    source = Source.objects.get(pk=source_id)
    way = ways.of(source)
    if way is None or how not in way.removes:
        raise CannotSend(gettext("Nothing can be taken away there through %(name)s.") % {"name": source.name})
    if not way.ready:
        raise CannotSend(way.why_not)
    row, is_new = Outgoing.objects.get_or_create(
        source=source,
        key=f"{how}:{of}:{of_id}",
        defaults={
            "of": of,
            "of_id": of_id,
            "kind": how,
            "to": to,
            "thread_id": thread_id,
            "lane": to,
            "recipient": _author_of(source_id, to),
            "wanted_at": at,
            "next_try_at": at,
            "put_by": by if by.pk is not None else None,
        },
    )
    if is_new:
        endings.put_job(row.pk, at=at)
        endings.tell(row)
    return row.pk


def _author_of(source_id: int, to: str) -> str:
    known = Post.objects.filter(source_id=source_id, external_id=to)
    return known.values_list("author_external_id", flat=True).first() or ""


def _require_sendable(
    source: Source, text: str, attachments: Sequence[Attachment], copies: Sequence[str]
) -> None:
    way = ways.of(source)
    if way is None or not way.sends:
        raise CannotSend(gettext("%(name)s takes no replies.") % {"name": source.name})
    if not way.ready:
        raise CannotSend(way.why_not)
    if copies and not way.copies:
        raise CannotSend(gettext("Nobody else can have a copy through %(name)s.") % {"name": source.name})
    if not text.strip() and not attachments:
        raise CannotSend(gettext("There is nothing to send. Write something first."))
    if way.longest is not None and len(text) > way.longest:
        raise CannotSend(
            gettext("%(name)s takes at most %(longest)s characters; this is %(length)s long.")
            % {"name": source.name, "longest": way.longest, "length": len(text)}
        )
    if sum(len(one.content) for one in attachments) > way.attachment_bytes:
        raise CannotSend(gettext("The files are more than %(name)s takes.") % {"name": source.name})


@transaction.atomic
def cancel(outgoing_id: int, *, by: Any, at: datetime) -> bool:
    """Take something back; returns whether it is certain that it hasn't gone and won't. Raises AccessDenied.

    What is being sent or has gone stays as it is. What may have arrived already isn't tried again; a person has to look there.
    """
    access.require(by, "sources.outbox.change")
    row = endings.locked(outgoing_id)
    if row is None or row.state in (
        OutgoingState.SENDING,
        OutgoingState.SENT,
        OutgoingState.MODERATED,
        OutgoingState.CANCELLED,
    ):
        return row is not None and row.state == OutgoingState.CANCELLED
    doubt = row.in_doubt and row.state != OutgoingState.UNCLEAR
    audit.record("sources.outgoing.cancelled", subject=row, by=by, at=at, source=row.source_id)
    if doubt:
        endings.ended(row, "unclear", "stopped_in_doubt", {}, at=at)
    else:
        endings.ended(row, "cancelled", "", {}, at=at)
    return not doubt


@transaction.atomic
def send_again(outgoing_id: int, *, by: Any, at: datetime, looked: bool = False) -> bool:
    """Let something that failed or was stopped go once more; False when there is nothing to send again. Raises AccessDenied.

    `looked` says that a person looked there and it isn't: then it is sent without another look. Its keeper is asked again before it goes.
    """
    access.require(by, "sources.outbox.change")
    row = endings.locked(outgoing_id)
    if row is None or row.state not in OutgoingState.stuck():
        return False
    row.state, row.next_try_at, row.attempts = OutgoingState.WAITING, at, 0
    row.trying_since = row.ended_at = None
    row.in_doubt = row.in_doubt and not looked
    row.error_code, row.error_params, row.by_keeper = "", {}, False
    row.save()
    outbox.keeper(row.of).released(row.of, row.of_id, at)
    audit.record(
        "sources.outgoing.sent_again", subject=row, by=by, at=at, source=row.source_id, looked=looked
    )
    endings.put_job(row.pk, at=at)
    endings.tell(row)
    return True


@transaction.atomic
def call_sent(outgoing_id: int, *, by: Any, at: datetime, url: str = "") -> bool:
    """A person looked and says that it arrived; False when that is no question. Tells OutgoingSent. Raises AccessDenied."""
    access.require(by, "sources.outbox.change")
    row = endings.locked(outgoing_id)
    if row is None or row.state != OutgoingState.UNCLEAR:
        return False
    proof = SentProof(external_id="", url=url, sent_at=row.tried_at or at, found=True)
    endings.sent(row, proof, at=at, by=by, by_word=True)
    return True


@transaction.atomic
def release(*, source: Source, by: Any, at: datetime) -> int:
    """Let what is held go on, with the credentials as they are now; returns how many. Tells OutboxReleased. Raises AccessDenied."""
    access.require(by, "sources.outbox.change")
    count = let_go(source, at=at)
    audit.record("sources.outbox.released", subject=source, by=by, at=at, count=count)
    return count


def let_go(source: Source, *, at: datetime) -> int:
    """End the hold of a source's outbox, if there is one; returns how many go on. Within the caller's transaction."""
    source.outbox_held_at = None
    if not Source.objects.filter(pk=source.pk).exclude(outbox_held_at=None).update(outbox_held_at=None):
        return 0
    count = _free(Q(source=source), at=at)
    news.tell(events.OutboxReleased(source_id=source.pk, count=count, at=at))
    live.publish(channels.OUTBOX, source_id=source.pk)
    return count


@transaction.atomic
def free_forgotten(*, at: datetime) -> int:
    """Let go what was put on hold in the very moment in which the hold ended; returns how many. For the sweep."""
    return _free(Q(source__outbox_held_at=None), at=at)


def _free(which: Q, *, at: datetime) -> int:
    count = 0
    for row in endings.all_locked(which & Q(state=OutgoingState.HELD)):
        row.state, row.next_try_at, row.attempts, row.trying_since = OutgoingState.WAITING, at, 0, None
        row.error_code, row.error_params = "", {}
        row.save()
        outbox.keeper(row.of).released(row.of, row.of_id, at)
        count += 1
    if count:
        jobs.put(SWEEP, key=f"{SWEEP}:now", max_attempts=1)
    return count


def drop_of(source: Source, *, at: datetime) -> None:
    """The source goes: what hasn't gone stays behind, and its keepers are told. Within the caller's transaction."""
    unsent = ~Q(state__in=[OutgoingState.SENT, OutgoingState.MODERATED, OutgoingState.CANCELLED])
    for row in endings.all_locked(unsent & Q(source=source)):
        if row.state not in OutgoingState.stuck():
            endings.ended(row, "unclear" if row.in_doubt else "stopped", "source_gone", {}, at=at)


def forget(source_id: int, authors: Sequence[str], *, at: datetime) -> int:
    """Take out what was for these authors, and blacken who they were; returns how many rows. For the privacy holder, in its transaction."""
    count = 0
    for row in endings.all_locked(Q(source_id=source_id, recipient__in=authors)):
        if row.state in OutgoingState.moving() or row.state in OutgoingState.stuck():
            endings.ended(row, "cancelled", "forgotten", {}, at=at)
        row.recipient, row.copies, row.refers, row.error_params = "", [], [], {}
        row.to = row.lane = row.thread_id = endings.BLACK
        row.save()
        count += 1
    return count + _without_copies(source_id, frozenset(authors))


def _without_copies(source_id: int, authors: frozenset[str]) -> int:
    """What is for others goes on without a copy for these authors. (What has gone names no copies any more.)"""
    count = 0
    unsent = Q(source_id=source_id, state__in=[*OutgoingState.moving(), *OutgoingState.stuck()])
    for row in endings.all_locked(unsent & ~Q(copies=[])):
        if authors.intersection(row.copies):
            row.copies = [one for one in row.copies if one not in authors]
            row.save(update_fields=["copies"])
            count += 1
    return count
