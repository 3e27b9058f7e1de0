"""The identities that are one person."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db.models import Q
from django.http import Http404

from grapevine.core import bulk
from grapevine.people.models import Identity

MOST = 50
"""So many identities of one person are looked at."""


def reachable(identity_id: int) -> Identity:
    """The identity of this number. Raises Http404. (What is known of it is behind `openings`.)"""
    found = Identity.objects.select_related("person").filter(pk=identity_id).first()
    if found is None:
        raise Http404
    return found


def of(identity: Identity) -> list[Identity]:
    """The identity itself first, then the others of the same person."""
    if identity.person_id is None:
        return [identity]
    others = Identity.objects.filter(person_id=identity.person_id).exclude(pk=identity.pk).order_by("pk")
    return [identity, *others[: MOST - 1]]


def together(identity_ids: Iterable[int]) -> dict[int, tuple[int, ...]]:
    """For each of these identities the others of the same person. Two statements for each five thousand."""
    found: dict[int, tuple[int, ...]] = {}
    for part in bulk.chunks(identity_ids, 5_000):
        persons = dict(Identity.objects.filter(pk__in=part).values_list("pk", "person_id"))
        whole = {one for one in persons.values() if one is not None}
        of_person: dict[int | None, list[int]] = {}
        rows = Identity.objects.filter(person_id__in=whole).order_by("pk")
        for pk, person_id in rows.values_list("pk", "person_id"):
            of_person.setdefault(person_id, []).append(pk)
        for pk, person_id in persons.items():
            found[pk] = tuple(one for one in of_person.get(person_id, ()) if one != pk)
    return found


def among(ids: Collection[int], field: str = "identity") -> Q:
    """A condition that a row is about one of these identities."""
    return Q(**{f"{field}_id__in": list(ids)})
