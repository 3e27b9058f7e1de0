"""How something outgoing ends, or is held: the row, its keeper, what waits behind it, the news; within the caller's transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q

from grapevine.connectors.base import SentProof
from grapevine.core import audit, jobs, live, news
from grapevine.sources import channels, events
from grapevine.sources.contracts import outbox
from grapevine.sources.models import Outgoing, OutgoingKind, OutgoingState, Source

SEND = "sources.send"
BLACK = "█"


def locked(outgoing_id: int) -> Outgoing | None:
    """A row, locked; what its keeper changes with it is locked before it."""
    return next(iter(all_locked(Q(pk=outgoing_id))), None)


def all_locked(which: Q) -> list[Outgoing]:
    """Rows, locked; what their keepers change with them is locked before them."""
    kept: dict[str, set[int]] = {}
    rows = Outgoing.objects.filter(which)
    for of, of_id in rows.values_list("of", "of_id"):
        kept.setdefault(of, set()).add(of_id)
    for of, ids in sorted(kept.items()):
        outbox.keeper(of).hold(of, ids)
    # Only those that were looked at: what came since has a keeper that holds nothing.
    theirs = [Q(of=of, of_id__in=ids) for of, ids in kept.items()]
    if not theirs:
        return []
    return list(rows.filter(reduce(or_, theirs)).order_by("pk").select_for_update(of=("self",)))


def put_job(outgoing_id: int, *, at: datetime) -> None:
    """Let a worker try it at `at`. (What has no job is found by `jobs.sweep`.)"""
    jobs.put(SEND, {"outgoing_id": outgoing_id}, key=f"{SEND}:{outgoing_id}", at=at, max_attempts=1)


def sent(row: Outgoing, proof: SentProof, *, at: datetime, by: Any, by_word: bool = False) -> None:
    """It is there. Text and files go: the platform has them now, and so has whoever put them in. Tells OutgoingSent."""
    row.state = OutgoingState.MODERATED if proof.state == "held" else OutgoingState.SENT
    row.proof_id, row.proof_url, row.proof_found = proof.external_id, proof.url, proof.found
    row.proof_by_word, row.sent_at, row.in_doubt = by_word, proof.sent_at, False
    row.error_code, row.error_params, row.by_keeper = "", {}, False
    _close(row, at)
    _let_go(row)
    outbox.keeper(row.of).went(
        row.of,
        row.of_id,
        outbox.Proof(
            external_id=proof.external_id,
            url=proof.url,
            state=proof.state if row.kind == OutgoingKind.REPLY else "removed",
            sent_at=proof.sent_at,
            found=proof.found,
            by_word=by_word,
        ),
        at,
    )
    if row.kind == OutgoingKind.REPLY:
        audit.record("sources.reply.sent", subject=row, by=by, at=at, source=row.source_id, by_word=by_word)
    else:
        audit.record("sources.post.taken_away", subject=row, by=by, at=at, source=row.source_id, how=row.kind)
    news.tell(
        events.OutgoingSent(
            outgoing_id=row.pk, source_id=row.source_id, of=row.of, of_id=row.of_id, state=row.state, at=at
        )
    )
    _wake_next(row, at)


def ended(
    row: Outgoing,
    state: outbox.Ending,
    code: str,
    params: Mapping[str, Any],
    *,
    at: datetime,
    by_keeper: bool = False,
) -> None:
    """It isn't sent, and isn't tried again by itself. Tells OutgoingFailed (unless it was taken back)."""
    row.state = OutgoingState(state)
    row.error_code, row.error_params, row.by_keeper = code, dict(params), by_keeper
    _close(row, at)
    # Before its files go: who takes something back may want to keep them.
    outbox.keeper(row.of).failed(row.of, row.of_id, state, code, row.error_params, at)
    if state == "cancelled":
        _let_go(row)
    else:
        news.tell(
            events.OutgoingFailed(
                outgoing_id=row.pk,
                source_id=row.source_id,
                of=row.of,
                of_id=row.of_id,
                state=state,
                code=code,
                at=at,
            )
        )
    _wake_next(row, at)


def _close(row: Outgoing, at: datetime) -> None:
    row.lease, row.leased_until, row.ended_at = "", None, at
    row.save()
    tell(row)


def _let_go(row: Outgoing) -> None:
    row.text = row.subject = ""
    row.copies = []
    row.save(update_fields=["text", "subject", "copies"])
    row.files.all().delete()


def held(row: Outgoing, code: str, params: Mapping[str, Any], *, at: datetime) -> None:
    """It waits until its source has credentials that work."""
    row.state, row.lease, row.leased_until = OutgoingState.HELD, "", None
    row.error_code, row.error_params, row.by_keeper = code, dict(params), False
    row.save()
    outbox.keeper(row.of).held(row.of, row.of_id, code, row.error_params, at)
    tell(row)


def hold_source(source_id: int, code: str, *, at: datetime) -> None:
    """Hold the outbox of a source. Tells OutboxHeld when it was not held already."""
    if Source.objects.filter(pk=source_id, outbox_held_at=None).update(outbox_held_at=at):
        news.tell(events.OutboxHeld(source_id=source_id, code=code, at=at))
        live.publish(channels.SOURCES, source_id=source_id)


def tell(row: Outgoing) -> None:
    """Tell open pages where it stands."""
    live.publish(channels.OUTBOX, source_id=row.source_id, outgoing_id=row.pk, state=row.state)


def _wake_next(row: Outgoing, at: datetime) -> None:
    behind = Outgoing.objects.filter(source_id=row.source_id, lane=row.lane, next_try_at__lte=at)
    following = behind.filter(state=OutgoingState.WAITING).order_by("wanted_at", "id")
    for outgoing_id in following.values_list("pk", flat=True)[:1]:
        put_job(outgoing_id, at=at)
