"""Which personal data this room holds."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from grapevine.core import clock, privacy
from grapevine.people.actions import identities
from grapevine.people.models import Identity, Person


class Identities:
    """Handles and names of authors, and who we think stands behind them."""

    name = "people.identities"
    models = ("people.identity", "people.person")
    purpose = "Recognising who wrote several posts, so that a conversation has a memory."
    retention = "As long as a post of theirs is kept."

    def hand_over(self, subject: privacy.Subject) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = [
            {
                "platform": one.platform,
                "id": one.external_id,
                "handle": one.handle,
                "name": one.name,
                "address": one.url,
                "followers": one.followers,
                "first seen": one.first_seen_at.isoformat(),
                "last seen": one.last_seen_at.isoformat(),
            }
            for one in _of(subject)
        ]
        if subject.person_id is not None:
            found += [
                {"person": one.name, "since": one.created_at.isoformat()}
                for one in Person.objects.filter(pk=subject.person_id, forgotten_at=None)
            ]
        return found

    def forget(self, subject: privacy.Subject) -> int:
        at = clock.now()
        touched = identities.forget(identity_ids=[one.pk for one in _of(subject)], at=at)
        if subject.person_id is not None:
            touched += Person.objects.filter(pk=subject.person_id, forgotten_at=None).update(
                name="", forgotten_at=at
            )
        return touched


def _of(subject: privacy.Subject) -> list[Identity]:
    wanted = Q(pk__in=subject.identity_ids)
    if subject.person_id is not None:
        wanted |= Q(person_id=subject.person_id)
    return list(Identity.objects.filter(wanted).order_by("pk"))
