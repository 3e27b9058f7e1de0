"""Makers for everybody's tests."""

from __future__ import annotations

import itertools
from datetime import date, datetime
from typing import Any

from grapevine.core import access
from grapevine.core.testing import NOON
from grapevine.people.actions import contact, facts, joins, keys, memory, persons, purchase_files, purchases
from grapevine.people.models import (
    Consent,
    DoNotContact,
    Fact,
    Holding,
    Identity,
    Join,
    Person,
    Promise,
    Proposal,
    PurchaseFile,
    Shop,
)
from grapevine.people.privacy import Identities

__all__ = [
    "Identities", "Identity", "Person", "make_consent", "make_fact", "make_file", "make_holding", "make_identity", "make_join",
    "make_person", "make_promise", "make_proposal", "make_refusal", "make_shop", "open_to",
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


def make_holding(
    *, identity: Identity | None = None, kind: str = "email", value: str = "hamlet@elsinore.example", at: datetime = NOON
) -> Holding:  # fmt: skip
    """An address that is somebody's."""
    return keys.hold(
        identity=identity or make_identity(), kind=kind, value=value, way="human", by=access.SYSTEM, at=at
    )


def make_join(*, first: Identity | None = None, second: Identity | None = None) -> Join:
    """Two who are one person."""
    return joins.join(
        first=first or make_identity(), second=second or make_identity(), by=access.SYSTEM, at=NOON
    )


def make_shop(*, name: str = "") -> Shop:
    """A shop."""
    return purchases.add_shop(name=name or f"Elsinore Mugs {next(_numbers)}", by=access.SYSTEM, at=NOON)


def make_file(*, path: str = "", shop: Shop | None = None) -> PurchaseFile:
    """A file of purchases that waits to be read."""
    return purchase_files.add_file(
        shop=shop or make_shop(), path=path, file_name="orders.csv", by=access.SYSTEM, at=NOON
    )


def open_to(user: Any, identity: Identity, *, at: datetime) -> None:
    """Let somebody of the house have opened what we know of a person."""
    persons.open_story(identity=identity, reason="answer", by=user, at=at)
