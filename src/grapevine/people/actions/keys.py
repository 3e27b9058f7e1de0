"""Which addresses and customer numbers are whose, and which profiles name each other: what can prove that two identities are one person."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from grapevine.core import access, audit
from grapevine.people import likeness
from grapevine.people.actions import joins, persons
from grapevine.people.models import Holding, Identity, Key, ProfileLink
from grapevine.people.models.joins import JoinWay
from grapevine.people.models.purchases import HoldingWay, KeyKind

MOST = 20
"""A key that more identities hold than so many is nobody's own: it proves nothing."""


class WrongKey(ValueError):
    """What was given is no e-mail address, or no customer number."""


def tidied(kind: str, value: str) -> str:
    """A key as it is stored: no spaces around, addresses in small letters. Raises WrongKey."""
    value = value.strip()
    if kind == KeyKind.EMAIL:
        name, at, host = value.lower().rpartition("@")
        if not (name and at and "." in host) or any(letter.isspace() for letter in value):
            raise WrongKey
        value = value.lower()
    if not value or len(value) > 254 or "\0" in value:
        raise WrongKey
    return value


def key(kind: str, value: str) -> Key:
    """The key of this value, made when it is new. Part of actions. Raises WrongKey."""
    return Key.objects.get_or_create(kind=kind, value=tidied(kind, value))[0]


@transaction.atomic
def hold(
    *, identity: Identity, kind: str, value: str, way: str, by: Any, at: datetime, verified: bool = False
) -> Holding:
    """Note that an address or customer number is theirs. Raises WrongKey.

    A verified one (they wrote from it and their server vouched for it, or they opened a link sent to it) joins them with whom else it is
    verified of: that is proof, is told (PersonsJoined), stands on their page and can be undone.
    """
    access.require(by, "people.person.change")
    persons.known(identity, at=at)
    one = key(kind, value)
    row, is_new = Holding.objects.get_or_create(
        identity=identity,
        key=one,
        defaults={
            "way": way,
            "is_verified": verified,
            "noted_by": None if by is access.SYSTEM else by,
            "at": at,
        },
    )
    became = verified and not row.is_verified
    if became:
        row.is_verified, row.way, row.at = True, way, at
        row.save(update_fields=["is_verified", "way", "at"])
    if is_new or became:
        audit.record(
            "people.key.noted", subject=identity, by=by, at=at, key_id=one.pk, key_kind=kind, way=way,
            verified=verified,
        )  # fmt: skip
    if row.is_verified:
        _join_holders(row, at=at)
    return row


def _join_holders(row: Holding, *, at: datetime) -> None:
    others = list(
        Holding.objects.filter(key=row.key, is_verified=True)
        .exclude(identity_id=row.identity_id)
        .select_related("identity")
        .order_by("pk")[: MOST + 1]
    )
    if len(others) > MOST:
        return
    way = JoinWay.EMAIL if row.key.kind == KeyKind.EMAIL else JoinWay.CUSTOMER
    for other in others:
        joins.by_proof(first=other.identity, second=row.identity, way=way, key_id=row.key_id, at=at)


@transaction.atomic
def let_go(*, holding: Holding, by: Any, at: datetime) -> None:
    """It isn't theirs. Its purchases wait for whose it is; a join it proved stays until it is undone."""
    access.require(by, "people.person.change")
    audit.record(
        "people.key.removed", subject=holding.identity, by=by, at=at, key_id=holding.key_id,
        key_kind=holding.key.kind,
    )  # fmt: skip
    holding.delete()


@transaction.atomic
def link(*, identity: Identity, address: str, by: Any, at: datetime) -> None:
    """Note an address that stands on their own profile. Two profiles that name each other are one person's: proof. Raises WrongKey."""
    access.require(by, "people.person.change")
    plain = likeness.same_address(address)
    if not plain:
        raise WrongKey
    persons.known(identity, at=at)
    _row, is_new = ProfileLink.objects.get_or_create(
        identity=identity,
        address=plain,
        defaults={"noted_by": None if by is access.SYSTEM else by, "at": at},
    )
    if is_new:
        audit.record("people.link.noted", subject=identity, by=by, at=at)
    own = likeness.same_address(identity.url)
    if not own:
        return
    # Whose profile is at the address, and names ours?
    naming = ProfileLink.objects.filter(address=own).exclude(identity=identity).select_related("identity")
    for other in naming.order_by("pk")[:MOST]:
        if likeness.same_address(other.identity.url) == plain:
            joins.by_proof(first=other.identity, second=identity, way=JoinWay.LINKS, at=at)


@transaction.atomic
def vouched(*, identity_id: int, address: str, at: datetime) -> None:
    """They wrote from this e-mail address, and their server vouched for it. For rooms that receive mail; a wrong address is nobody's."""
    try:
        tidied(KeyKind.EMAIL, address)
    except WrongKey:
        return
    known = Holding.objects.filter(
        identity_id=identity_id, key__kind=KeyKind.EMAIL, key__value=address.strip().lower(), is_verified=True
    )
    if not known.exists():
        identity = Identity.objects.get(pk=identity_id)
        hold(
            identity=identity, kind=KeyKind.EMAIL, value=address, way=HoldingWay.MESSAGE, by=access.SYSTEM, at=at,
            verified=True,
        )  # fmt: skip
