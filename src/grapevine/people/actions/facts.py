"""Noting, changing and removing what we remember of somebody."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from grapevine.core import access, audit, installation, news
from grapevine.engine.text import facts as reader
from grapevine.people import events, terms
from grapevine.people.actions import persons
from grapevine.people.models import Consent, Fact, Identity
from grapevine.people.models.memory import LONGEST, Basis, Kind, Purpose, Visibility


class Refused(ValueError):
    """A special category of personal data (article 9 of the GDPR), which is not kept: `category` says which."""

    def __init__(self, category: str) -> None:
        self.category = category
        super().__init__(category)


class NoConsent(ValueError):
    """A fact that stands on a consent needs one that was given and not taken back."""


@transaction.atomic
def note(
    *,
    identity: Identity,
    kind: str,
    text: str,
    by: Any,
    at: datetime,
    on: date | None = None,
    precision: str = "",
    yearly: int | None = None,
    other: Identity | None = None,
    how: str = "",
    of: str = "",
    of_id: int | None = None,
    said: str = "",
    purpose: str = Purpose.ANSWERING,
    basis: str = Basis.INTEREST,
    visibility: str = Visibility.TEAM,
    expires_on: date | None = None,
) -> Fact:
    """Remember something of somebody. Tells FactNoted. Raises Refused for special categories, NoConsent.

    `of`/`of_id` name the message it came from, `said` its words; `how` says where it was told when no message does.
    """
    access.require(by, "people.person.change")
    _refuse(text, how, said)
    person = persons.known(identity, at=at)
    today = terms.day_of(at, installation.zone())
    fact = Fact.objects.create(
        identity=identity,
        kind=kind,
        text=text[:LONGEST],
        on=on,
        precision=precision if on is not None else "",
        yearly=yearly,
        other=other,
        how=how[:LONGEST],
        of=of,
        of_id=of_id,
        said=said[:LONGEST],
        purpose=purpose,
        basis=basis,
        consent=_consent(identity, basis),
        visibility=visibility,
        noted_by=_user(by),
        noted_at=at,
        expires_on=expires_on or terms.expires_on(kind, on=on, noted_on=today),
    )
    if kind == Kind.NAME:
        persons.name_again([person.pk])
    audit.record(
        "people.fact.noted", subject=identity, by=by, at=at, fact_id=fact.pk, fact_kind=kind, of=of, of_id=of_id
    )  # fmt: skip
    news.tell(events.FactNoted(identity.pk, fact.pk, at))
    return fact


@transaction.atomic
def change(*, fact: Fact, by: Any, at: datetime, **wanted: Any) -> Fact:
    """Correct a fact: its text, day, purpose, basis, visibility or end. Raises Refused, NoConsent."""
    access.require(by, "people.person.change")
    _refuse(str(wanted.get("text", "")), str(wanted.get("how", "")))
    changed = sorted(name for name, value in wanted.items() if getattr(fact, name) != value)
    if not changed:
        return fact
    for name in changed:
        setattr(fact, name, wanted[name])
    if "basis" in changed:
        fact.consent = _consent(fact.identity, fact.basis)
        changed.append("consent")
    fact.save(update_fields=changed)
    person = persons.known(fact.identity, at=at)
    if fact.kind == Kind.NAME:
        persons.name_again([person.pk])
    audit.record(
        "people.fact.changed", subject=fact.identity, by=by, at=at, fact_id=fact.pk, fact_kind=fact.kind,
        names=changed,
    )  # fmt: skip
    return fact


@transaction.atomic
def remove(*, fact: Fact, by: Any, at: datetime) -> None:
    """Remember it no longer. It can be brought back for a day, then it is gone."""
    access.require(by, "people.person.change")
    fact.removed_at = at
    fact.save(update_fields=["removed_at"])
    if fact.kind == Kind.NAME and fact.identity.person_id:
        persons.name_again([fact.identity.person_id])
    audit.record(
        "people.fact.removed", subject=fact.identity, by=by, at=at, fact_id=fact.pk, fact_kind=fact.kind
    )


@transaction.atomic
def restore(*, fact: Fact, by: Any, at: datetime) -> None:
    """Bring back what was removed a moment ago. Raises NoConsent when the consent it stood on was taken back meanwhile."""
    access.require(by, "people.person.change")
    if fact.basis == Basis.CONSENT:
        fact.consent = _consent(fact.identity, fact.basis)
    fact.removed_at = None
    fact.save(update_fields=["removed_at", "consent"])
    if fact.kind == Kind.NAME and fact.identity.person_id:
        persons.name_again([fact.identity.person_id])
    audit.record(
        "people.fact.restored", subject=fact.identity, by=by, at=at, fact_id=fact.pk, fact_kind=fact.kind
    )


def _refuse(*texts: str) -> None:
    for text in texts:
        category = reader.special(text)
        if category:
            raise Refused(category)


def _consent(identity: Identity, basis: str) -> Consent | None:
    """The consent that a fact stands on; None where it stands on something else."""
    if basis != Basis.CONSENT:
        return None
    given = Consent.objects.filter(purpose="memory", withdrawn_at=None)
    theirs = given.filter(identity=identity).first()
    if theirs is None and identity.person_id is not None:
        theirs = given.filter(identity__person_id=identity.person_id).first()
    if theirs is None:
        raise NoConsent
    return theirs


def _user(by: Any) -> Any:
    return None if by is access.SYSTEM else by
