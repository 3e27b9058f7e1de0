"""What rooms above tell the memory: that a message came in or went out, and what we promised."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from hashlib import blake2b
from typing import Any

from django.db import transaction

from grapevine.core import access, audit, installation, live, news
from grapevine.engine.text import facts as reader
from grapevine.people import events, terms
from grapevine.people.actions import facts, persons
from grapevine.people.channels import PROMISES
from grapevine.people.models import Fact, Identity, Promise, Proposal
from grapevine.people.models.memory import LONGEST, PROMISE, PromiseKind, ProposalState

LONGEST_READ = 20_000
"""So much of a message is read: what follows is quotations."""


class Decided(ValueError):
    """Somebody was faster: the proposal is kept or declined already."""


@transaction.atomic
def propose(*, identity_id: int, text: str, lang: str, of: str, of_id: int, at: datetime) -> list[int]:
    """Propose to remember what somebody's message says; returns the ids of new proposals. Tells ProposalsMade when there are some.

    Reading the same message twice proposes once; what is known already, or was declined, is not proposed again. Part of the transaction that
    stores the message, so no audit entry: keeping and declining leave one.
    """
    found = reader.theirs(text[:LONGEST_READ], lang, terms.day_of(at, installation.zone()))
    if not found:
        return []
    kinds = {one.kind for one in found}
    # Before it is bound by somebody, a fact is known when the same words stand under the same kind.
    known = {
        (kind, _folded(words))
        for kind, words in Fact.objects.filter(
            identity_id=identity_id, kind__in=kinds, removed_at=None
        ).values_list("kind", "text")[:200]
    }
    rows = [
        Proposal(
            identity_id=identity_id,
            kind=one.kind,
            text=one.text[:LONGEST],
            on=one.on,
            precision=one.precision,
            yearly=one.yearly,
            of=of,
            of_id=of_id,
            said=one.said(text)[:LONGEST],
            mark=_mark(one.kind, one.text, one.on if one.kind == "event" else None),
            proposed_at=at,
        )
        for one in found
        if (one.kind, _folded(one.text)) not in known
    ]
    return _store(rows, identity_id, of, of_id, at)


@transaction.atomic
def propose_ours(
    *, identity_id: int, text: str, lang: str, of: str, of_id: int, by: Any, at: datetime
) -> list[int]:
    """Propose the promises in what we write ourselves ("I'll call you on Tuesday") to who wrote it; returns the ids of new proposals.

    Keeping one makes it a promise in their list, on its day.
    """
    found = reader.ours(text[:LONGEST_READ], lang, terms.day_of(at, installation.zone()))
    rows = [
        Proposal(
            identity_id=identity_id,
            kind=PROMISE,
            text=one.text[:LONGEST],
            on=one.on,
            precision=one.precision,
            of=of,
            of_id=of_id,
            said=one.said(text)[:LONGEST],
            mark=_mark(PROMISE, f"{of}:{of_id}:{one.text}", one.on),
            owner=None if by is access.SYSTEM else by,
            proposed_at=at,
        )
        for one in found
    ]
    return _store(rows, identity_id, of, of_id, at)


def unsay(*, identity_ids: Collection[int], of: str, of_ids: Collection[int]) -> int:
    """Let go what messages suggest that have lost their words; what was kept of them stays, and has its own end. Returns how many.

    Part of the transaction that blanks the messages.
    """
    waiting = Proposal.objects.filter(identity_id__in=identity_ids, state=ProposalState.WAITING)
    return waiting.filter(of=of, of_id__in=of_ids).delete()[0]


def _store(rows: Sequence[Proposal], identity_id: int, of: str, of_id: int, at: datetime) -> list[int]:
    marks = {row.mark: row for row in rows}
    there = set(
        Proposal.objects.filter(identity_id=identity_id, mark__in=marks).values_list("mark", flat=True)
    )
    new = [row for mark, row in marks.items() if mark not in there]
    Proposal.objects.bulk_create(new, ignore_conflicts=True)
    # Asked again by mark: who was faster at the same mark has made it.
    ids = list(
        Proposal.objects.filter(identity_id=identity_id, mark__in=[row.mark for row in new])
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    if ids:
        news.tell(events.ProposalsMade(identity_id, of, of_id, len(ids), at))
    return ids


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _mark(kind: str, text: str, on: date | None) -> str:
    whole = f"{kind}\n{_folded(text)}\n{on or ''}"
    return blake2b(whole.encode("utf-8", "replace"), digest_size=16).hexdigest()


@transaction.atomic
def keep(*, proposal: Proposal, by: Any, at: datetime, **changed: Any) -> Fact | Promise:
    """Remember what was proposed, as it is or with what `changed` says (fields of a fact or a promise).

    Raises Decided when it waits no longer, and what noting raises.
    """
    access.require(by, "people.person.change")
    _take(proposal, ProposalState.KEPT, by=by, at=at)
    # Its words stand with what is kept from now on, and end with it.
    Proposal.objects.filter(pk=proposal.pk).update(text="", said="", on=None, yearly=None)
    origin: dict[str, Any] = {"of": proposal.of, "of_id": proposal.of_id, "said": proposal.said}
    if proposal.kind == PROMISE:
        due_on = changed.get("on") or proposal.on or terms.day_of(at, installation.zone())
        return promise(
            identity=proposal.identity, text=changed.get("text") or proposal.text, due_on=due_on,
            owner=changed.get("owner") or proposal.owner or by, by=by, at=at, **origin,
        )  # fmt: skip
    given = {
        "text": proposal.text,
        "on": proposal.on,
        "precision": proposal.precision,
        "yearly": proposal.yearly,
        **origin,
        **changed,
    }
    kind = given.pop("kind", proposal.kind)
    return facts.note(identity=proposal.identity, kind=kind, by=by, at=at, **given)


@transaction.atomic
def decline(*, proposal: Proposal, by: Any, at: datetime) -> None:
    """Don't remember it: its words go at once, and it is not proposed again. Raises Decided."""
    access.require(by, "people.person.change")
    _take(proposal, ProposalState.DECLINED, by=by, at=at)
    proposal.text = proposal.said = ""
    proposal.on = proposal.yearly = None
    proposal.save(update_fields=["text", "said", "on", "yearly"])
    audit.record("people.proposal.declined", subject=proposal.identity, by=by, at=at, fact_kind=proposal.kind)


def _take(proposal: Proposal, state: ProposalState, *, by: Any, at: datetime) -> None:
    taken = Proposal.objects.filter(pk=proposal.pk, state=ProposalState.WAITING).update(
        state=state, decided_at=at, decided_by=None if by is access.SYSTEM else by
    )
    if not taken:
        raise Decided


@transaction.atomic
def promise(
    *,
    identity: Identity,
    text: str,
    due_on: date,
    owner: Any,
    by: Any,
    at: datetime,
    kind: str = PromiseKind.PROMISE,
    of: str = "",
    of_id: int | None = None,
    said: str = "",
) -> Promise:
    """Promise something to somebody: it stands in the list of `owner` on its day. Tells PromiseMade. Raises Refused."""
    access.require(by, "people.person.change")
    category = reader.special(text)
    if category:
        raise facts.Refused(category)
    persons.known(identity, at=at)
    made = Promise.objects.create(
        identity=identity,
        kind=kind,
        text=text[:LONGEST],
        due_on=due_on,
        owner=None if owner is access.SYSTEM else owner,
        of=of,
        of_id=of_id,
        said=said[:LONGEST],
        made_by=None if by is access.SYSTEM else by,
        made_at=at,
    )
    audit.record(
        "people.promise.made", subject=identity, by=by, at=at, promise_id=made.pk, due_on=due_on.isoformat()
    )
    live.publish(PROMISES, owner=made.owner_id)
    news.tell(events.PromiseMade(made.pk, identity.pk, made.owner_id, at))
    return made
