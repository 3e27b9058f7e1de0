"""Recognising authors, and forgetting them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any

from django.conf import settings
from django.db import transaction

from grapevine.core import bulk, news
from grapevine.people import events, rules
from grapevine.people.actions import forgetting
from grapevine.people.contracts import Seen
from grapevine.people.models import Identity, Person

_MOST = 1 << 62


def recognise(*, platform: str, authors: Mapping[str, Seen], is_demo: bool = False) -> dict[str, int]:
    """The identities of authors by their external ids on `platform`; made where they are new, brought up to date where that says something.

    Part of the transaction that stores their posts; no audit entry for each. Different posts of one author give one identity.
    """
    if not authors:
        return {}
    condition, values = bulk.among("external_id", authors)
    columns = "external_id, id, handle, name, url, followers, first_seen_at, last_seen_at"
    found: dict[str, int] = {}
    stale: list[tuple[Any, ...]] = []
    for row in bulk.ask(
        f"SELECT {columns} FROM people_identity WHERE platform = %s AND {condition}",
        [platform, *values],
    ):
        found[row[0]] = row[1]
        changed = _changed(authors[row[0]], row)
        if changed is not None:
            stale.append((*changed, row[1]))
    bulk.run_many(
        "UPDATE people_identity SET handle = %s, name = %s, url = %s, followers = %s, first_seen_at = %s, last_seen_at = %s "
        "WHERE id = %s",
        stale,
    )
    new = [seen for key, seen in authors.items() if key not in found]
    if new:
        numbers = bulk.reserve(Identity, len(new))
        bulk.insert(
            "people_identity",
            {
                "id": numbers,
                "platform": platform,
                "external_id": [one.external_id for one in new],
                "handle": [one.handle for one in new],
                "name": [one.name for one in new],
                "url": [one.url for one in new],
                "followers": [_bounded(one.followers) for one in new],
                "first_seen_at": [bulk.moment(one.first_at) for one in new],
                "last_seen_at": [bulk.moment(one.last_at) for one in new],
                "is_demo": is_demo,
            },
        )
        found.update((one.external_id, number) for number, one in zip(numbers, new, strict=True))
    return found


def _bounded(followers: int | None) -> int | None:
    return followers if followers is None else min(followers, _MOST)


def _changed(seen: Seen, row: Sequence[Any]) -> tuple[Any, ...] | None:
    known = rules.Facts(*row[2:6])
    now = rules.Facts(seen.handle, seen.name, seen.url, _bounded(seen.followers))
    first, last = (_moment(value) for value in row[6:8])
    span = rules.span(first, last, seen.first_at, seen.last_at)
    if span is None and not rules.is_telling(known, now):
        return None
    first, last = span or (first, last)
    # An older post does not say how its author is called today.
    facts = rules.merged(known, now) if seen.last_at >= last or not rules.is_telling(known, now) else known
    return (*facts, bulk.moment(first), bulk.moment(last))


def _moment(value: datetime) -> datetime:
    return (
        value if value.tzinfo is not None else value.replace(tzinfo=UTC)
    )  # SQLite keeps UTC without saying so


@transaction.atomic
def forget(*, identity_ids: Iterable[int], at: datetime) -> int:
    """Blacken identities: name, handle and address go, and the platform's id becomes a keyed hash, so that nobody can be found by it.

    The row stays because numbers elsewhere point at it. A person nobody is joined to any more goes too. For privacy holders.
    Tells IdentitiesForgotten.
    """
    rows = list(Identity.objects.filter(pk__in=list(identity_ids)))
    people = {row.person_id for row in rows if row.person_id is not None}
    for row in rows:
        key = settings.SECRET_KEY.encode()[:64]
        # With the row's own number: who comes back after being forgotten, and is forgotten again, is another row.
        named = f"{row.platform}:{row.external_id}:{row.pk}".encode()
        row.external_id = f"forgotten:{blake2b(named, key=key, digest_size=16).hexdigest()}"
        row.handle = row.name = row.url = ""
        row.followers = row.person = None
        row.first_seen_at = row.last_seen_at = at
    Identity.objects.bulk_update(
        rows, ["external_id", "handle", "name", "url", "followers", "person", "first_seen_at", "last_seen_at"]
    )
    Person.objects.filter(pk__in=people, identities=None).update(name="", forgotten_at=at)
    if rows:
        news.tell(events.IdentitiesForgotten(identity_ids=tuple(row.pk for row in rows), at=at))
    return len(rows)


@transaction.atomic
def remove_of(*, platform: str) -> int:
    """Remove the identities of a platform, when its source is removed with all its posts; returns how many.

    Who is known to us stays, with what we remember of them; of the demo nobody does.
    """
    ours = Identity.objects.filter(platform=platform)
    demo = list(ours.filter(is_demo=True, person__isnull=False).values_list("person_id", flat=True))
    if demo:
        forgetting.purchases(list(ours.filter(person_id__in=demo).values_list("pk", flat=True)))
        ours.filter(person_id__in=demo).delete()
        Person.objects.filter(pk__in=demo, identities=None).delete()
    unknown = ours.filter(person=None)
    forgetting.loose_ends(platform)
    removed: int = unknown._raw_delete("default")
    return removed + len(demo)
