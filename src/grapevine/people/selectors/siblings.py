"""The identities that are one person."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q
from django.http import Http404

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


def among(ids: Collection[int], field: str = "identity") -> Q:
    """A condition that a row is about one of these identities."""
    return Q(**{f"{field}_id__in": list(ids)})
