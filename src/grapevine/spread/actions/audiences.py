"""Whom to brief: asking for advice, changing it, and keeping it as an audience. (`advising` works it out.)"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from grapevine.core import access, audit, live
from grapevine.people.selectors import contact, names
from grapevine.spread import channels
from grapevine.spread.actions import works
from grapevine.spread.models import Audience, AudienceCost, AudienceMember, Network
from grapevine.spread.questions import Brief

MAKE = "spread.audience.make"


@transaction.atomic
def ask(
    *,
    name: str,
    network: Network,
    brief: Brief,
    by: Any,
    at: datetime,
    costs: Mapping[int, float] | None = None,
    is_demo: bool = False,
) -> Audience:
    """Ask whom to brief. `costs`: what it costs to brief an identity, where that differs. Raises AccessDenied."""
    audience = works.ask(
        Audience(name=name, network=network, asked=brief.to_json(), is_demo=is_demo), by=by, at=at
    )
    there = names.identities(costs or {})
    AudienceCost.objects.bulk_create(
        AudienceCost(audience=audience, identity_id=one, cost=cost)
        for one, cost in (costs or {}).items()
        if one in there
    )
    return audience


@transaction.atomic
def ask_without(*, audience: Audience, by: Any, at: datetime) -> Audience:
    """Ask the same again without those who were taken out: new advice, in which they can be put back. Raises AccessDenied."""
    access.require(by, MAKE)
    brief, costs = Brief.from_json(audience.asked), dict(audience.costs.values_list("identity_id", "cost"))
    assert audience.network is not None, "advice is asked for on a network"
    found = ask(name=audience.name, network=audience.network, brief=brief, by=by, at=at, costs=costs)
    AudienceMember.objects.bulk_create(
        AudienceMember(
            audience=found, identity_id=one.identity_id, place=place, gain=None, cost=one.cost, why=one.why, taken_out_at=at
        )
        for place, one in enumerate(audience.members.exclude(taken_out_at=None).order_by("place"))
    )  # fmt: skip
    return found


@transaction.atomic
def keep(*, audience: Audience, name: str, by: Any, at: datetime) -> None:
    """Keep advice under a name, for simulations and campaigns. Raises AccessDenied."""
    access.require(by, MAKE)
    Audience.objects.filter(pk=audience.pk).update(name=name, kept_at=at, kept_by_id=getattr(by, "pk", None))
    audience.name = name
    audit.record("spread.audience.kept", subject=audience, by=by, at=at)
    live.publish(channels.SPREAD, of="audience", id=audience.pk)


@transaction.atomic
def take_out(*, member: AudienceMember, by: Any, at: datetime) -> bool:
    """Take somebody out; they can be put back. False when they are out already. Raises AccessDenied."""
    return _mark(member, at, by=by, at=at, deed="spread.audience.taken-out")


@transaction.atomic
def put_back(*, member: AudienceMember, by: Any, at: datetime) -> bool:
    """Put somebody back. False when they are in. Raises AccessDenied."""
    return _mark(member, None, by=by, at=at, deed="spread.audience.put-back")


def _mark(member: AudienceMember, out: datetime | None, *, by: Any, at: datetime, deed: str) -> bool:
    access.require(by, MAKE)
    rows = AudienceMember.objects.filter(pk=member.pk, taken_out_at__isnull=out is not None)
    if not rows.update(taken_out_at=out):
        return False
    audit.record(deed, subject=member.audience, by=by, at=at, identity=member.identity_id)
    live.publish(channels.SPREAD, of="audience", id=member.audience_id)
    return True


@transaction.atomic
def hand_out(*, audience: Audience, by: Any, at: datetime) -> tuple[AudienceMember, ...]:
    """The members for a file: without those taken out, and without those who are not to be contacted by now. Raises AccessDenied."""
    access.require(by, MAKE)
    refused = contact.refused(at=at)
    every = list(audience.members.filter(taken_out_at=None).order_by("place"))
    members = tuple(one for one in every if one.identity_id not in refused)
    audit.record(
        "spread.audience.exported",
        subject=audience,
        by=by,
        at=at,
        members=len(members),
        refused=len(every) - len(members),
    )
    return members
