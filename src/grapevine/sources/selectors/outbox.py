"""What stands in the outbox, in words: for the rooms that put it there, and for its page."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet
from django.http import Http404
from django.utils.translation import gettext

from grapevine.connectors.base import Attachment
from grapevine.core import access
from grapevine.sources import ways as known_ways
from grapevine.sources import words
from grapevine.sources.contracts import outbox
from grapevine.sources.models import Outgoing, OutgoingFile, OutgoingKind, OutgoingState, Source
from grapevine.sources.ways import Way

__all__ = [
    "Box",
    "Held",
    "Sending",
    "Tally",
    "Way",
    "box",
    "can_send",
    "files",
    "held_sources",
    "of",
    "reachable_by",
    "stuck_count",
    "tried",
    "way",
    "ways",
]

SHOWN = 50
_UNSENT = (
    OutgoingState.FAILED,
    OutgoingState.UNCLEAR,
    OutgoingState.STOPPED,
    OutgoingState.HELD,
    OutgoingState.SENDING,
    OutgoingState.WAITING,
)
_TONES = {
    OutgoingState.SENT: "good",
    OutgoingState.MODERATED: "warn",
    OutgoingState.HELD: "bad",
    OutgoingState.FAILED: "bad",
    OutgoingState.UNCLEAR: "bad",
    OutgoingState.STOPPED: "warn",
}

_SAYS_LOOK = frozenset({"cannot_tell", "unconfirmed", "stopped_in_doubt", "duplicate_hidden"})


@dataclass(frozen=True)
class Sending:
    """One row of the outbox. `label` names its state, `words` say why and what to do (empty when there is nothing to say).

    `next_at` is when it is tried next (None: not by itself), `proof_id` and `url` are the platform's own for what we said.
    """

    id: int
    of: str
    of_id: int
    source_id: int
    source_name: str
    kind: str
    kind_label: str
    state: str
    label: str
    tone: str
    words: str
    text: str
    to: str
    attempts: int
    wanted_at: datetime
    tried_at: datetime | None
    next_at: datetime | None
    sent_at: datetime | None
    proof_id: str
    url: str
    found: bool
    by_word: bool
    put_by: str
    href: str
    may_cancel: bool
    may_send_again: bool
    may_be_called_sent: bool

    @property
    def went(self) -> bool:
        """Whether the platform says that it is there."""
        return self.state in (OutgoingState.SENT, OutgoingState.MODERATED)


@dataclass(frozen=True)
class Tally:
    """How many are in one state."""

    state: str
    label: str
    number: int


@dataclass(frozen=True)
class Held:
    """A source whose outbox is held until it has other credentials."""

    id: int
    name: str


@dataclass(frozen=True)
class Box:
    """The outbox of one source or of all: how many of each state wait, and the rows, those that need a person first.

    `older` is where the next page begins (0: there is none).
    """

    counts: tuple[Tally, ...]
    rows: tuple[Sending, ...]
    older: int
    held: tuple[Held, ...]


def of(of: str, ids: Collection[int]) -> dict[int, Sending]:
    """Where things put in by one keeper stand, by the keeper's numbers; of several with one number the latest. One query."""
    rows = Outgoing.objects.filter(of=of, of_id__in=ids).select_related("source", "put_by").order_by("pk")
    return {row.of_id: _row(row) for row in rows}


def files(outgoing_id: int) -> list[Attachment]:
    """What goes with something that hasn't gone. Of what has gone there is nothing left."""
    rows = OutgoingFile.objects.filter(outgoing_id=outgoing_id).order_by("pk")
    return [Attachment(name=one.name, media_type=one.media_type, content=bytes(one.content)) for one in rows]


def tried(ids: Collection[int]) -> set[int]:
    """Which of these rows were sent, or may have been: at least one attempt was begun."""
    return set(Outgoing.objects.filter(pk__in=ids).exclude(began_at=None).values_list("pk", flat=True))


def can_send(source_id: int) -> bool:
    """Whether one can answer through this source now."""
    found = way(source_id)
    return found is not None and bool(found.sends) and found.ready


def way(source_id: int) -> Way | None:
    """A source as a way to answer; None when it is none."""
    source = Source.objects.filter(pk=source_id).first()
    return known_ways.of(source) if source is not None else None


def ways() -> list[Way]:
    """All sources through which one may answer or take away, in the order of their names. Two queries for each."""
    found = [known_ways.of(source) for source in Source.objects.all()]
    return [one for one in found if one is not None]


def box(*, by: Any, source_id: int | None = None, state: str = "", before: int = 0) -> Box:
    """What hasn't gone, of one source or of all; those that need a person first unless a `state` is asked for. Raises AccessDenied."""
    access.require(by, "sources.outbox.see")
    unsent = Outgoing.objects.filter(state__in=_UNSENT)
    unsent = unsent.filter(source_id=source_id) if source_id is not None else unsent
    numbers = dict(unsent.order_by().values_list("state").annotate(Count("pk")))
    rows: list[Outgoing] = []
    older = 0
    if state in _UNSENT:
        rows = _page(unsent.filter(state=state), before)
        older = rows[SHOWN - 1].pk if len(rows) > SHOWN else 0
    else:
        for one in _UNSENT:
            if len(rows) < SHOWN and one in numbers:
                rows += _page(unsent.filter(state=one), 0)
    return Box(
        counts=tuple(Tally(str(one), str(one.label), numbers[one]) for one in _UNSENT if one in numbers),
        rows=tuple(_row(row) for row in rows[:SHOWN]),
        older=older,
        held=held_sources(source_id),
    )


def held_sources(source_id: int | None = None) -> tuple[Held, ...]:
    """Sources whose outbox is held; of one source only when it is given."""
    found = Source.objects.exclude(outbox_held_at=None)
    found = found.filter(pk=source_id) if source_id is not None else found
    return tuple(Held(*row) for row in found.values_list("pk", "name"))


def _page(rows: QuerySet[Outgoing], before: int) -> list[Outgoing]:
    rows = rows.filter(pk__lt=before) if before else rows
    return list(rows.select_related("source", "put_by").order_by("-pk")[: SHOWN + 1])


def stuck_count() -> int:
    """How many wait for a person (at most a hundred are counted)."""
    return len(Outgoing.objects.filter(state__in=OutgoingState.stuck()).order_by()[:100].values_list("pk"))


def reachable_by(user: Any, outgoing_id: int) -> Sending:
    """One row. Raises AccessDenied, Http404."""
    access.require(user, "sources.outbox.see")
    row = Outgoing.objects.select_related("source", "put_by").filter(pk=outgoing_id).first()
    if row is None:
        raise Http404("nothing of that number is in the outbox")
    return _row(row)


def _row(row: Outgoing) -> Sending:
    state = OutgoingState(row.state)
    waiting = state == OutgoingState.WAITING
    return Sending(
        id=row.pk,
        of=row.of,
        of_id=row.of_id,
        source_id=row.source_id,
        source_name=row.source.name,
        kind=row.kind,
        kind_label=str(OutgoingKind(row.kind).label),
        state=row.state,
        label=str(state.label),
        tone=_TONES.get(state, "") or ("warn" if row.error_code else ""),
        words=_words(row),
        text=row.text,
        to=row.to,
        attempts=row.attempts,
        wanted_at=row.wanted_at,
        tried_at=row.tried_at,
        next_at=row.next_try_at if waiting else None,
        sent_at=row.sent_at,
        proof_id=row.proof_id,
        url=row.proof_url,
        found=row.proof_found,
        by_word=row.proof_by_word,
        put_by=row.put_by.name if row.put_by is not None else "",
        href=outbox.address(row.of, row.of_id),
        may_cancel=waiting or state == OutgoingState.HELD or state in OutgoingState.stuck(),
        may_send_again=state in OutgoingState.stuck(),
        may_be_called_sent=state == OutgoingState.UNCLEAR,
    )


def _words(row: Outgoing) -> str:
    if not row.error_code:
        return ""
    if row.by_keeper:
        try:
            return outbox.keeper(row.of).words(row.error_code, row.error_params)
        except KeyError:  # kept by a room that isn't there any more
            return ""
    said = words.error(row.error_code, row.error_params)
    if row.state == OutgoingState.UNCLEAR and row.error_code not in _SAYS_LOOK:
        return gettext(
            "%(what)s It may have arrived all the same: look there, then say here whether it did."
        ) % {"what": said}
    return said
