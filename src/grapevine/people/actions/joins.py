"""Joining identities to one person, and undoing it exactly."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from grapevine.core import access, audit, news
from grapevine.people import events
from grapevine.people.actions import persons
from grapevine.people.models import Apart, Identity, Join, Person
from grapevine.people.models.joins import JoinWay


class SamePerson(ValueError):
    """They are one person already."""


class LaterFirst(ValueError):
    """Something was joined or parted since, and has to be undone first."""


@transaction.atomic
def join(*, first: Identity, second: Identity, by: Any, at: datetime) -> Join:
    """Join two identities, with all that are one person with either: a human says they are the same. Tells PersonsJoined.

    Nothing that is known moves: it stays with the identity it was learnt of. Raises SamePerson.
    """
    access.require(by, "people.person.change")
    Apart.objects.filter(_pair(first.pk, second.pk)).delete()
    return _join(first, second, way=JoinWay.HUMAN, key_id=None, by=by, at=at)


def by_proof(
    *, first: Identity, second: Identity, way: str, at: datetime, key_id: int | None = None
) -> Join | None:
    """Join two identities because something proves that they are the same; part of the action that found the proof.

    None when they are one person already, or somebody said that they are not: that was said knowing the proof, or undoing it.
    """
    if Apart.objects.filter(_pair(first.pk, second.pk)).exists():
        return None
    try:
        return _join(first, second, way=way, key_id=key_id, by=access.SYSTEM, at=at)
    except SamePerson:
        return None


def _join(first: Identity, second: Identity, *, way: str, key_id: int | None, by: Any, at: datetime) -> Join:
    # In the order of their numbers, so that two who join the same do not wait for each other.
    rows = {
        one.pk: one
        for one in Identity.objects.select_for_update().filter(pk__in=[first.pk, second.pk]).order_by("pk")
    }
    first, second = rows[first.pk], rows[second.pk]
    if first.pk == second.pk or (first.person_id is not None and first.person_id == second.person_id):
        raise SamePerson
    if first.person_id is None and second.person_id is not None:
        first, second = second, first
    into, came_from = persons.known(first, at=at), second.person
    stayed = list(Identity.objects.filter(person=into).order_by("pk").values_list("pk", flat=True))
    moved = [second.pk]
    if came_from is not None:
        moved = list(Identity.objects.filter(person=came_from).order_by("pk").values_list("pk", flat=True))
        Person.objects.filter(pk=came_from.pk).update(gone_at=at)
    Identity.objects.filter(pk__in=moved).update(person=into)
    persons.name_again([into.pk])
    made = Join.objects.create(
        into=into,
        came_from=came_from,
        first=first,
        second=second,
        moved=moved,
        stayed=stayed,
        way=way,
        key_id=key_id,
        joined_by=None if by is access.SYSTEM else by,
        at=at,
    )
    audit.record(
        "people.person.joined", subject=first, by=by, at=at, other_id=second.pk, join_id=made.pk, way=way
    )
    news.tell(events.PersonsJoined(made.pk, into.pk, way, at))
    return made


@transaction.atomic
def undo(*, done: Join, by: Any, at: datetime) -> None:
    """They are not one person after all: those who came are again who they were. Tells JoinUndone. Raises LaterFirst.

    What was noted since stays with the identity it was noted of. They are not joined by proof again.
    """
    access.require(by, "people.person.change")
    row = Join.objects.select_for_update().get(pk=done.pk)
    if row.undone_at is not None:
        return
    with_them = Identity.objects.select_for_update().filter(pk__in=[*row.moved, *row.stayed])
    # Those forgotten meanwhile are nobody's any longer; all others must be where the join left them.
    left = [one for one in with_them if not one.external_id.startswith("forgotten:")]
    if any(one.person_id != row.into_id for one in left):
        raise LaterFirst
    back = row.came_from
    moved = [one.pk for one in left if one.pk in set(row.moved)]
    if back is None and _anything_known(moved):
        back = Person.objects.create(created_at=at, known_at=at)  # something was noted of them since
    Identity.objects.filter(pk__in=moved).update(person=back)
    if back is not None:
        Person.objects.filter(pk=back.pk).update(gone_at=None)
    persons.name_again([row.into_id, *([back.pk] if back is not None else [])])
    row.undone_at, row.undone_by = at, None if by is access.SYSTEM else by
    row.save(update_fields=["undone_at", "undone_by"])
    _say_apart(row.first_id, row.second_id, by=by, at=at)
    audit.record(
        "people.person.parted", subject=row.first, by=by, at=at, other_id=row.second_id, join_id=row.pk
    )
    news.tell(events.JoinUndone(row.pk, at))


def _anything_known(ids: list[int]) -> bool:
    rows = Identity.objects.filter(pk__in=ids)
    known = ("facts", "promises", "consents", "refusals", "holdings")
    return any(rows.filter(**{f"{name}__isnull": False}).exists() for name in known)


@transaction.atomic
def say_apart(*, first: Identity, second: Identity, by: Any, at: datetime) -> None:
    """They are not the same person: it is not suggested again, nor done by proof. Joining them by hand takes it back."""
    access.require(by, "people.person.change")
    _say_apart(first.pk, second.pk, by=by, at=at)
    audit.record("people.person.said_apart", subject=first, by=by, at=at, other_id=second.pk)


def _say_apart(first: int, second: int, *, by: Any, at: datetime) -> None:
    Apart.objects.get_or_create(
        low_id=min(first, second),
        high_id=max(first, second),
        defaults={"said_by": None if by is access.SYSTEM else by, "at": at},
    )


def _pair(first: int, second: int) -> Q:
    return Q(low_id=min(first, second), high_id=max(first, second))
