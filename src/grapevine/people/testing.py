"""Makers for everybody's tests."""

from __future__ import annotations

import itertools
from datetime import datetime

from grapevine.core.testing import NOON
from grapevine.people.models import Identity, Person
from grapevine.people.privacy import Identities

__all__ = ["Identities", "Identity", "Person", "make_identity", "make_person"]

_numbers = itertools.count(1)


def make_identity(
    *, handle: str = "hamlet", platform: str = "file/1", external_id: str = "", name: str = "", followers: int | None = None,
    seen_at: datetime = NOON, person: Person | None = None,
) -> Identity:  # fmt: skip
    """An author on a platform."""
    return Identity.objects.create(
        platform=platform,
        external_id=external_id or f"author-{next(_numbers)}",
        handle=handle,
        name=name or handle.title(),
        followers=followers,
        first_seen_at=seen_at,
        last_seen_at=seen_at,
        person=person,
    )


def make_person(*, name: str = "Hamlet", at: datetime = NOON) -> Person:
    """Somebody who stands behind identities."""
    return Person.objects.create(name=name, created_at=at)
