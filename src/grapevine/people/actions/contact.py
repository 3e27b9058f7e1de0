"""That somebody is not to be written to, and what they agreed to."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from grapevine.core import access, audit, news
from grapevine.people import events
from grapevine.people.actions import persons
from grapevine.people.models import Consent, DoNotContact, Fact, Identity
from grapevine.people.models.consents import ConsentPurpose
from grapevine.people.models.memory import Basis, Kind


@transaction.atomic
def refuse(
    *,
    identity: Identity,
    reason: str,
    by: Any,
    at: datetime,
    channel: str = "",
    note: str = "",
    until: date | None = None,
) -> DoNotContact:
    """Do not write to somebody: on one channel, or on none; until a day, or without end. Tells ContactRefused.

    It holds for all identities of the person at once, also for answers that wait to be sent.
    """
    access.require(by, "people.person.change")
    persons.known(identity, at=at)
    made = DoNotContact.objects.create(
        identity=identity,
        channel=channel,
        reason=reason,
        note=note[:300],
        since=at,
        until=until,
        set_by=None if by is access.SYSTEM else by,
    )
    audit.record(
        "people.contact.refused", subject=identity, by=by, at=at, channel=channel, reason=reason,
        until=until.isoformat() if until else None,
    )  # fmt: skip
    news.tell(events.ContactRefused(identity.pk, channel, at))
    return made


@transaction.atomic
def allow(*, refusal: DoNotContact, by: Any, at: datetime) -> None:
    """Let them be written to again. Tells ContactAllowed."""
    access.require(by, "people.person.change")
    lifted = DoNotContact.objects.filter(pk=refusal.pk, lifted_at=None).update(
        lifted_at=at, lifted_by=None if by is access.SYSTEM else by
    )
    if lifted:
        audit.record(
            "people.contact.allowed", subject=refusal.identity, by=by, at=at, channel=refusal.channel
        )
        news.tell(events.ContactAllowed(refusal.identity_id, refusal.channel, at))


@transaction.atomic
def refuse_again(*, refusal: DoNotContact, by: Any, at: datetime) -> None:
    """Undo `allow`. Tells ContactRefused."""
    access.require(by, "people.person.change")
    again = DoNotContact.objects.filter(pk=refusal.pk, lifted_at__isnull=False).update(
        lifted_at=None, lifted_by=None
    )
    if again:
        audit.record(
            "people.contact.refused", subject=refusal.identity, by=by, at=at, channel=refusal.channel,
            reason=refusal.reason, until=refusal.until.isoformat() if refusal.until else None,
        )  # fmt: skip
        news.tell(events.ContactRefused(refusal.identity_id, refusal.channel, at))


@transaction.atomic
def consent(
    *,
    identity: Identity,
    purpose: str,
    way: str,
    given_on: date,
    by: Any,
    at: datetime,
    proof: str = "",
    of: str = "",
    of_id: int | None = None,
) -> Consent:
    """Note that somebody agreed to a purpose, how, and what proves it. Tells ConsentGiven."""
    access.require(by, "people.person.change")
    persons.known(identity, at=at)
    made = Consent.objects.create(
        identity=identity,
        purpose=purpose,
        way=way,
        proof=proof[:300],
        of=of,
        of_id=of_id,
        given_on=given_on,
        noted_at=at,
        noted_by=None if by is access.SYSTEM else by,
    )
    audit.record("people.consent.given", subject=identity, by=by, at=at, consent_id=made.pk, purpose=purpose)
    news.tell(events.ConsentGiven(identity.pk, purpose, at))
    return made


@transaction.atomic
def withdraw(*, given: Consent, way: str, by: Any, at: datetime) -> int:
    """Note that they took it back. Facts that stood on it are removed at once; returns how many. Tells ConsentWithdrawn."""
    access.require(by, "people.person.change")
    withdrawn = Consent.objects.filter(pk=given.pk, withdrawn_at=None).update(
        withdrawn_at=at, withdrawn_way=way, withdrawn_by=None if by is access.SYSTEM else by
    )
    if not withdrawn:
        return 0
    standing = Fact.objects.filter(consent=given, removed_at=None, basis=Basis.CONSENT)
    named = set(standing.filter(kind=Kind.NAME).values_list("identity__person_id", flat=True))
    removed = standing.update(removed_at=at) if given.purpose == ConsentPurpose.MEMORY else 0
    persons.name_again(one for one in named if one is not None)
    audit.record(
        "people.consent.withdrawn", subject=given.identity, by=by, at=at, consent_id=given.pk,
        purpose=given.purpose, facts=removed,
    )  # fmt: skip
    news.tell(events.ConsentWithdrawn(given.identity_id, given.purpose, at))
    return removed
