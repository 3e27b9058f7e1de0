"""All identities there are, piece by piece: for who looks at everybody at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

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
    wanted = {form: handle for handle in handles for form in _forms(handle)}
    found: dict[str, list[int]] = {}
    for part in bulk.chunks(sorted(wanted), 5_000):
        rows = Identity.objects.filter(handle__in=part).order_by("pk")
        for pk, handle in rows.values_list("pk", "handle"):
            found.setdefault(wanted[handle], []).append(pk)
    return found


def by_emails(addresses: Iterable[str]) -> dict[str, list[int]]:
    """Identities by an e-mail address that is theirs: a key they hold, or what they are called where they write letters."""
    wanted = {address.lower(): address for address in addresses}
    found: dict[str, list[int]] = {}
    for part in bulk.chunks(sorted(wanted), 5_000):
        rows = Holding.objects.filter(key__kind=KeyKind.EMAIL, key__value__in=part).order_by("identity_id")
        for pk, address in rows.values_list("identity_id", "key__value"):
            found.setdefault(wanted[address], []).append(pk)
        letters = Identity.objects.filter(platform__startswith="mail/", external_id__in=part).order_by("pk")
        for pk, address in letters.values_list("pk", "external_id"):
            found.setdefault(wanted[address], []).append(pk)
    return {address: sorted(set(ids)) for address, ids in found.items()}


def persons_of(identity_ids: Iterable[int]) -> dict[int, int | None]:
    """The person each identity was joined to; None for who stands alone."""
    found: dict[int, int | None] = {}
    for part in bulk.chunks(identity_ids, 5_000):
        found.update(Identity.objects.filter(pk__in=part).values_list("pk", "person_id"))
    return found


def _forms(handle: str) -> tuple[str, ...]:
    plain = handle.removeprefix("@")
    return (plain, f"@{plain}")
