"""Sending what lies in the outbox: once, whatever is killed when.

An attempt is three steps, each committed before the next. *Begin* takes the row under a lease, asks its keeper whether it may go,
and notes that from now on something may have arrived. *Attempt* talks to the platform, outside any transaction; before every request it
makes sure that the lease is still ours. *Conclude* stores the platform's proof, or what went wrong and what follows from it. Whoever is killed
in between leaves a row whose lease runs out; the next attempt then looks at the platform before it sends.
"""

from __future__ import annotations

import contextlib
import secrets
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

import structlog
from django.db import OperationalError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from grapevine import connectors
from grapevine.connectors import http
from grapevine.connectors.base import Attachment, ConnectorError, Gone, Reply, SentProof
from grapevine.core import access
from grapevine.sources import fetching, outcomes, stage
from grapevine.sources.actions import endings
from grapevine.sources.contracts import outbox
from grapevine.sources.models import (
    CredentialState,
    Outgoing,
    OutgoingKind,
    OutgoingState,
    Source,
    SourceState,
)

log = structlog.get_logger(__name__)
LEASE = timedelta(minutes=3)
"""Longer than one request may take, waiting for our turn included; renewed before each."""
CLASHES = 3  # times that storing an outcome is tried when the database says that somebody stood in the way
SWEPT = 200


class Overtaken(Exception):
    """The lease ran out and somebody else took the row over, or it is no longer wanted: go no further."""


@dataclass(frozen=True)
class Attempt:
    """One attempt at one row, as plain values."""

    outgoing_id: int
    lease: str
    source: Source
    kind: str
    to: str
    reply: Reply


def due(at: datetime) -> list[int]:
    """What may be tried now and isn't being tried: due and first in its lane, or cut short by a kill. For the sweep."""
    waiting = Q(state=OutgoingState.WAITING, next_try_at__lte=at)
    cut_short = Q(state=OutgoingState.SENDING, leased_until__lt=at)
    found: list[int] = []
    for which in (cut_short, waiting):
        rows = Outgoing.objects.filter(which).exclude(Exists(_before(OuterRef)))
        found += rows.order_by("next_try_at", "id").values_list("pk", flat=True)[:SWEPT]
    return found


def _before(value: Callable[[str], Any]) -> QuerySet[Outgoing]:
    """What has to go before a row whose columns `value` gives: earlier in the same lane, and not at its end yet."""
    moving = Outgoing.objects.filter(
        source_id=value("source_id"), lane=value("lane"), state__in=OutgoingState.moving()
    )
    return moving.filter(
        Q(wanted_at__lt=value("wanted_at")) | Q(wanted_at=value("wanted_at"), pk__lt=value("pk"))
    )


def send(
    outgoing_id: int, *, clock: Callable[[], datetime], rng: Random, over: http.Exchange | None = None
) -> str:
    """Try once to send a row that is due; returns the state it is in afterwards (empty when there was nothing to do here).

    Faults are stored with the row. One that is nobody's but ours is raised after that. `over` is for tests.
    """
    one = _begin(outgoing_id, at=clock())
    if one is None:
        return ""
    fault: Exception | None = None
    outcome: SentProof | ConnectorError
    try:
        outcome = _attempt(one, clock=clock, over=over)
    except Overtaken:
        log.warning("outbox.overtaken", outgoing=outgoing_id)
        return ""
    except ConnectorError as error:
        outcome = error
    except Exception as error:  # noqa: BLE001 - raised again once it is stored
        outcome, fault = ConnectorError("failed"), error
    state = _stored(one, outcome, at=clock(), rng=rng)
    if fault is not None:
        raise fault
    return state


@transaction.atomic
def _begin(outgoing_id: int, *, at: datetime) -> Attempt | None:
    row = endings.locked(outgoing_id)
    if row is None or not _is_due(row, at) or _before(lambda name: getattr(row, name)).exists():
        return None
    source = Source.objects.get(pk=row.source_id)
    doubt = row.in_doubt
    if source.state == SourceState.LEAVING:
        endings.ended(row, "unclear" if doubt else "stopped", "source_gone", {}, at=at)
        return None
    refusal = outbox.keeper(row.of).may_go(row.of, row.of_id, at)
    if refusal is not None:
        state: outbox.Ending = "unclear" if doubt else "stopped"
        endings.ended(row, state, refusal.code, refusal.params, at=at, by_keeper=True)
        return None
    if source.outbox_held_at is not None:
        endings.held(row, "credentials_refused", {"host": source.name}, at=at)
        return None
    row.state, row.lease, row.leased_until = OutgoingState.SENDING, secrets.token_hex(16), at + LEASE
    row.attempts, row.tried_at, row.in_doubt = row.attempts + 1, at, True
    row.began_at, row.trying_since = row.began_at or at, row.trying_since or at
    row.save()
    endings.tell(row)
    files = [
        Attachment(name=f.name, media_type=f.media_type, content=bytes(f.content)) for f in row.files.all()
    ]
    reply = Reply(
        to=row.to, text=row.text, thread_id=row.thread_id, resend=doubt, since=row.began_at, key=row.key, subject=row.subject,
        recipient=row.recipient, signed=row.signed, refers=tuple(row.refers), attachments=tuple(files),
        copies=tuple(row.copies),
    )  # fmt: skip
    return Attempt(row.pk, row.lease, source, row.kind, row.to, reply)


def _is_due(row: Outgoing, at: datetime) -> bool:
    if row.state == OutgoingState.SENDING:
        return row.leased_until is not None and row.leased_until < at
    return row.state == OutgoingState.WAITING and row.next_try_at <= at


class _Fenced(http.Exchange):
    """Asks for another before every request, so that who was overtaken sends nothing any more."""

    def __init__(self, inner: http.Exchange, renew: Callable[[], None]) -> None:
        self._inner, self._renew = inner, renew

    def exchange(self, request: http.Request) -> http.Answer:
        self._renew()
        return self._inner.exchange(request)

    def connect(self, host: str, port: int) -> socket.socket:
        self._renew()
        return self._inner.connect(host, port)

    def go_on(self) -> None:
        self._renew()

    def trust(self) -> ssl.SSLContext:
        return self._inner.trust()

    def together(self) -> AbstractContextManager[None]:
        return self._inner.together()


def _attempt(one: Attempt, *, clock: Callable[[], datetime], over: http.Exchange | None) -> SentProof:
    """Talk to the platform. Raises ConnectorError, Overtaken."""
    if one.source.is_demo:
        reply = one.kind == OutgoingKind.REPLY
        return stage.send(one.reply, at=clock()) if reply else stage.remove(at=clock())
    connector = connectors.shelf().get(one.source.connector)
    if connector is None:
        raise ConnectorError("cannot_send", name=one.source.connector)

    def renew() -> None:
        ours = Outgoing.objects.filter(pk=one.outgoing_id, lease=one.lease, state=OutgoingState.SENDING)
        if not ours.update(leased_until=clock() + LEASE):
            raise Overtaken

    with _way_out(connector, over) as client:
        fenced = _Fenced(client, renew)
        settings = fetching.settings_of(one.source)
        if one.kind == OutgoingKind.REPLY:
            return connector.send(settings, one.reply, http=fenced)
        found = False
        try:
            connector.remove(settings, one.to, one.kind, http=fenced)  # type: ignore[attr-defined]
        except Gone:
            found = True  # somebody took it away before us: that is what was wanted
        return SentProof(external_id=one.to, url="", sent_at=clock(), found=found)


@contextlib.contextmanager
def _way_out(connector: Any, over: http.Exchange | None) -> Iterator[http.Exchange]:
    if over is not None:
        yield over
        return
    with fetching.exchange(connector.manifest.rate_limit) as client:
        yield client


def _stored(one: Attempt, outcome: SentProof | ConnectorError, *, at: datetime, rng: Random) -> str:
    """Conclude. Where a transaction of somebody else stood in the way (a deadlock), once more: the platform has spoken."""
    for clash in range(1, CLASHES + 1):
        try:
            return _conclude(one, outcome, at=at, rng=rng)
        except OperationalError:
            if clash == CLASHES:
                raise
            log.warning("outbox.clash", outgoing=one.outgoing_id)
    raise AssertionError("unreachable")


@transaction.atomic
def _conclude(one: Attempt, outcome: SentProof | ConnectorError, *, at: datetime, rng: Random) -> str:
    _learn_of_credentials(one, outcome, at)
    row = endings.locked(one.outgoing_id)
    if row is None or row.lease != one.lease or row.state != OutgoingState.SENDING:
        log.warning("outbox.overtaken", outgoing=one.outgoing_id)
        return ""
    if isinstance(outcome, SentProof) and _is_anothers(row, outcome):
        # The same words twice in one place are one reply there; calling both sent would be a lie.
        endings.ended(row, "failed", "said_already", {}, at=at)
        return row.state
    if isinstance(outcome, SentProof):
        endings.sent(row, outcome, at=at, by=row.put_by or access.SYSTEM)
        return row.state
    follows = outcomes.after(
        outcome,
        in_doubt=one.reply.resend,
        attempts=row.attempts,
        since=row.trying_since or at,
        at=at,
        rng=rng,
    )
    row.in_doubt = follows.in_doubt
    if follows.state == "held":
        endings.held(row, outcome.code, outcome.params, at=at)
    elif follows.state == "waiting":
        row.state, row.next_try_at = OutgoingState.WAITING, at + follows.wait
        row.lease, row.leased_until = "", None
        row.error_code, row.error_params, row.by_keeper = outcome.code, dict(outcome.params), False
        row.save()
        endings.tell(row)
    else:
        endings.ended(row, follows.state, outcome.code, outcome.params, at=at)
    return row.state


def _is_anothers(row: Outgoing, proof: SentProof) -> bool:
    """Whether what was found there is the proof of another answer."""
    if row.kind != OutgoingKind.REPLY or not proof.external_id:
        return False
    same = Outgoing.objects.filter(source_id=row.source_id, proof_id=proof.external_id)
    return same.filter(kind=OutgoingKind.REPLY).exclude(pk=row.pk).exists()


def _learn_of_credentials(one: Attempt, outcome: SentProof | ConnectorError, at: datetime) -> None:
    """What the outcome says of the source. Before the row is locked: who changes a source locks it first, and its rows then."""
    if isinstance(outcome, SentProof):
        state = CredentialState.WORKING
    elif outcomes.holds(outcome):
        state = CredentialState.REFUSED
        endings.hold_source(one.source.pk, outcome.code, at=at)
    else:
        return
    known = Source.objects.filter(pk=one.source.pk)
    known.exclude(credential_state__in=[CredentialState.NONE, state]).update(credential_state=state)
