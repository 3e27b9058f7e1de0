"""Makers for everybody's tests."""

from __future__ import annotations

import itertools
from datetime import date, datetime
from typing import Any

from grapevine.core import access
from grapevine.core.testing import NOON
from grapevine.people.actions import contact, facts, memory
from grapevine.people.models import Consent, DoNotContact, Fact, Identity, Person, Promise, Proposal
from grapevine.people.privacy import Identities

__all__ = [
    "Identities", "Identity", "Person", "make_consent", "make_fact", "make_identity", "make_person", "make_promise",
    "make_proposal", "make_refusal",
]  # fmt: skip

_numbers = itertools.count(1)


def make_identity(
    *, handle: str = "hamlet", platform: str = "file/1", external_id: str = "", name: str = "", followers: int | None = None,
    seen_at: datetime = NOON, person: Person | None = None, url: str = "",
) -> Identity:  # fmt: skip
    """An author on a platform."""
    return Identity.objects.create(
        platform=platform,
        external_id=external_id or f"author-{next(_numbers)}",
        handle=handle,
        name=name or handle.title(),
        url=url,
        followers=followers,
        first_seen_at=seen_at,
        last_seen_at=seen_at,
        person=person,
    )


def make_person(*, name: str = "Hamlet", at: datetime = NOON) -> Person:
    """Somebody who stands behind identities."""
    return Person.objects.create(name=name, created_at=at)


def make_fact(
    *, identity: Identity | None = None, kind: str = "family", text: str = "My sister is called Ophelia",
    by: Any = access.SYSTEM, at: datetime = NOON, **more: Any,
) -> Fact:  # fmt: skip
    """Something remembered of somebody."""
    return facts.note(identity=identity or make_identity(), kind=kind, text=text, by=by, at=at, **more)


def make_promise(
    *, identity: Identity | None = None, text: str = "I'll call you on Tuesday", due_on: date = NOON.date(),
    owner: Any = access.SYSTEM, at: datetime = NOON, **more: Any,
) -> Promise:  # fmt: skip
    """Something we promised to somebody."""
    return memory.promise(
        identity=identity or make_identity(),
        text=text,
        due_on=due_on,
        owner=owner,
        by=access.SYSTEM,
        at=at,
        **more,
    )


def make_proposal(
    *, identity: Identity | None = None, text: str = "My sister is called Ophelia.", at: datetime = NOON
) -> Proposal:
    """What a message suggests to remember."""
    [number] = memory.propose(
        identity_id=(identity or make_identity()).pk, text=text, lang="en", of="test.message", of_id=next(_numbers), at=at
    )  # fmt: skip
    return Proposal.objects.get(pk=number)


def make_refusal(
    *, identity: Identity | None = None, channel: str = "", until: date | None = None, at: datetime = NOON
) -> DoNotContact:
    """Somebody who wants to be left alone."""
    return contact.refuse(
        identity=identity or make_identity(), reason="asked", channel=channel, until=until, by=access.SYSTEM, at=at
    )  # fmt: skip


def make_consent(
    *, identity: Identity | None = None, purpose: str = "memory", at: datetime = NOON
) -> Consent:
    """Something somebody agreed to."""
    return contact.consent(
        identity=identity or make_identity(), purpose=purpose, way="message", given_on=at.date(), by=access.SYSTEM, at=at
    )  # fmt: skip
