"""The person behind an identity: made when the first thing is known."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from grapevine.core import access, audit
from grapevine.people.models import Fact, Identity, Opening, Person
from grapevine.people.models.memory import Kind

NOTED = "noted"
"""The platform of people we met elsewhere: nobody but us knows them by this."""


def known(identity: Identity, *, at: datetime) -> Person:
    """The person behind an identity, made when there is none yet; known from `at` on. Part of the action that notes something."""
    row = Identity.objects.select_for_update().get(pk=identity.pk)
    if row.person_id is None:
        person = Person.objects.create(created_at=at, known_at=at)
        Identity.objects.filter(pk=row.pk).update(person=person)
    else:
        person = Person.objects.get(pk=row.person_id)
        Person.objects.filter(pk=person.pk).update(known_at=at)
    identity.person = person
    return person


def name_again(person_ids: Iterable[int]) -> None:
    """Repeat the latest name that was noted of each person on its row. Part of actions that note, remove or join."""
    for person_id in set(person_ids):
        latest = (
            Fact.objects.filter(identity__person_id=person_id, kind=Kind.NAME, removed_at=None)
            .order_by("-noted_at", "-pk")
            .values_list("text", flat=True)
            .first()
        )
        Person.objects.filter(pk=person_id, forgotten_at=None).update(name=(latest or "")[:200])


@transaction.atomic
def add(*, name: str, by: Any, at: datetime) -> Identity:
    """Add somebody we met elsewhere, without a handle. What is known of them is noted like of anybody else."""
    access.require(by, "people.person.change")
    identity = Identity.objects.create(
        platform=NOTED, external_id="", name=name, first_seen_at=at, last_seen_at=at
    )
    identity.external_id = str(identity.pk)
    identity.save(update_fields=["external_id"])
    known(identity, at=at)
    audit.record("people.person.added", subject=identity.person, by=by, at=at, identity_id=identity.pk)
    return identity


@transaction.atomic
def open_story(*, identity: Identity, reason: str, by: Any, at: datetime) -> Opening:
    """Open what is known of somebody: an audited step. It stays open to `by` for some hours."""
    access.require(by, "people.person.see")
    opening = Opening.objects.create(identity=identity, opened_by=by, reason=reason, at=at)
    audit.record("people.person.opened", subject=identity, by=by, at=at, reason=reason)
    return opening
