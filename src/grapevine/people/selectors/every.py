"""All identities there are, piece by piece: for who looks at everybody at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Min

from grapevine.core import bulk
from grapevine.people.models import Holding, Identity
from grapevine.people.models.purchases import KeyKind


class Known(NamedTuple):
    """An identity as its platform names it, and the person it was joined to."""

    id: int
    platform: str
    external_id: str
    handle: str
    followers: int | None
    person_id: int | None


def after(identity_id: int, *, limit: int) -> list[Known]:
    """The next identities, by their number."""
    rows = bulk.ask(
        "SELECT id, platform, external_id, handle, followers, person_id FROM people_identity WHERE id > %s ORDER BY id LIMIT %s",
        [identity_id, limit],
    )
    return [Known(*row) for row in rows]


def of_platform(platform: str) -> list[int]:
    """The identities of a platform, by number."""
    return list(Identity.objects.filter(platform=platform).order_by("pk").values_list("pk", flat=True))


def by_handles(handles: Iterable[str]) -> dict[str, list[int]]:
    """Identities by the handle they chose (as written, with or without its @); several may have the same."""
    given = list(handles)
    plain: dict[str, list[int]] = {}
    for part in bulk.chunks(sorted({form for handle in given for form in _forms(handle)}), 5_000):
        rows = Identity.objects.filter(handle__in=part).order_by("pk")
        for pk, handle in rows.values_list("pk", "handle"):
            plain.setdefault(handle.removeprefix("@"), []).append(pk)
    found = {handle: sorted(plain.get(handle.removeprefix("@"), ())) for handle in given}
    return {handle: ids for handle, ids in found.items() if ids}


def by_emails(addresses: Iterable[str]) -> dict[str, list[int]]:
    """Identities by an e-mail address that is theirs: a key they hold, or what they are called where they write letters."""
    given = list(addresses)
    lower: dict[str, list[int]] = {}
    for part in bulk.chunks(sorted({address.lower() for address in given}), 5_000):
        rows = Holding.objects.filter(key__kind=KeyKind.EMAIL, key__value__in=part).order_by("identity_id")
        for pk, address in rows.values_list("identity_id", "key__value"):
            lower.setdefault(address, []).append(pk)
        letters = Identity.objects.filter(platform__startswith="mail/", external_id__in=part).order_by("pk")
        for pk, address in letters.values_list("pk", "external_id"):
            lower.setdefault(address, []).append(pk)
    found = {address: sorted(set(lower.get(address.lower(), ()))) for address in given}
    return {address: ids for address, ids in found.items() if ids}


def addresses(identity_ids: Iterable[int]) -> frozenset[str]:
    """The e-mail addresses that are known to be theirs."""
    rows = Holding.objects.filter(identity_id__in=list(identity_ids), key__kind=KeyKind.EMAIL)
    return frozenset(rows.values_list("key__value", flat=True))


def stand_ins(identity_ids: Iterable[int]) -> dict[int, int]:
    """The identity that stands for each of these: the first of all that were joined to the same person, or itself. Those that aren't there
    are left out."""
    persons: dict[int, int | None] = {}
    for part in bulk.chunks(identity_ids, 5_000):
        persons.update(Identity.objects.filter(pk__in=part).values_list("pk", "person_id"))
    firsts: dict[int, int] = {}
    for part in bulk.chunks({one for one in persons.values() if one is not None}, 5_000):
        rows = Identity.objects.filter(person_id__in=part).values("person_id").annotate(first=Min("pk"))
        firsts.update(rows.values_list("person_id", "first"))
    return {pk: pk if person is None else firsts.get(person, pk) for pk, person in persons.items()}


def _forms(handle: str) -> tuple[str, ...]:
    plain = handle.removeprefix("@")
    return (plain, f"@{plain}")


def by_authors(pairs: Iterable[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """The identities of authors, by (platform, their id there)."""
    wanted: dict[str, set[str]] = {}
    for platform, external_id in pairs:
        wanted.setdefault(platform, set()).add(external_id)
    found: dict[tuple[str, str], int] = {}
    for platform, external_ids in wanted.items():
        condition, values = bulk.among("external_id", sorted(external_ids))
        rows = bulk.ask(
            f"SELECT external_id, id FROM people_identity WHERE platform = %s AND {condition}",
            [platform, *values],
        )
        found.update({(platform, external_id): pk for external_id, pk in rows})
    return found
