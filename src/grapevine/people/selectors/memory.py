"""What is known of somebody, to stand beside a conversation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from grapevine.core import installation
from grapevine.people import reasons, terms
from grapevine.people.models import Identity
from grapevine.people.reasons import Due, Reason
from grapevine.people.selectors import contact, lines, siblings
from grapevine.people.selectors.contact import Refusal
from grapevine.people.selectors.lines import (
    ConsentLine,
    FactLine,
    PromiseLine,
    ProposalLine,
    PurchaseLine,
)

FACTS, PROPOSALS, PROMISES, PURCHASES, CONSENTS = 30, 6, 6, 3, 6


@dataclass(frozen=True)
class Handle:
    """An identity of the person: which channel (the connector's name), what they are called there."""

    id: int
    channel: str
    handle: str
    name: str
    url: str


@dataclass(frozen=True, kw_only=True)
class Beside:
    """What stands beside a conversation with somebody. `name` is what we remember they are called, `called` what to show: it or the handle."""

    identity_id: int
    person_id: int | None
    name: str
    called: str
    handles: tuple[Handle, ...]
    facts: tuple[FactLine, ...]
    proposals: tuple[ProposalLine, ...]
    promises: tuple[PromiseLine, ...]
    purchases: tuple[PurchaseLine, ...]
    consents: tuple[ConsentLine, ...]
    refusals: tuple[Refusal, ...]
    reason: Reason | None

    @property
    def is_known(self) -> bool:
        """Whether there is anything to show but the handle."""
        return bool(self.facts or self.promises or self.purchases or self.consents or self.refusals)


def beside(identity_id: int, *, by: Any, at: datetime) -> Beside | None:
    """What is known of who stands behind an identity, as far as `by` may see it; None when there is no such identity.

    Nine statements at most, whatever is stored and however many identities the person has.
    """
    identity = Identity.objects.select_related("person").filter(pk=identity_id).first()
    if identity is None:
        return None
    every = siblings.of(identity)
    ids = [one.pk for one in every]
    today = terms.day_of(at, installation.zone())
    facts = lines.facts(ids, by=by, today=today, limit=FACTS)
    promises = lines.promises(ids, limit=PROMISES)
    purchases = lines.purchases(ids, limit=PURCHASES)
    refusals = contact.refusals([identity.pk], at=at).get(identity.pk, ())
    name = identity.person.name if identity.person is not None else ""
    return Beside(
        identity_id=identity.pk,
        person_id=identity.person_id,
        name=name,
        called=name or called(identity),
        handles=tuple(handle(one) for one in every),
        facts=facts,
        proposals=lines.proposals(ids, limit=PROPOSALS),
        promises=promises,
        purchases=purchases,
        consents=lines.consents(ids, limit=CONSENTS),
        refusals=refusals,
        reason=next_reason(today, facts, promises, purchases, refusals),
    )


def next_reason(
    today: date,
    facts: tuple[FactLine, ...],
    promises: tuple[PromiseLine, ...],
    purchases: tuple[PurchaseLine, ...],
    refusals: tuple[Refusal, ...],
) -> Reason | None:
    """The next reason to get in touch; none with somebody who is to be left alone everywhere."""
    if any(one.channel == "" for one in refusals):
        return None
    zone = installation.zone()
    return reasons.following(
        today,
        promised=[Due(one.kind, one.due_on, one.text) for one in promises],
        birthdays=[one.yearly for one in facts if one.yearly is not None],
        events=[Due("event", one.on, one.text) for one in facts if one.kind == "event" and one.on],
        bought=[Due("bought", terms.day_of(one.bought_at, zone), one.items) for one in purchases],
    )


def handle(one: Identity) -> Handle:
    """An identity as pages show it."""
    return Handle(one.pk, channel(one.platform), one.handle, one.name, one.url)


def channel(platform: str) -> str:
    """The channel of a platform: the connector's name."""
    return platform.partition("/")[0]


def called(identity: Identity) -> str:
    """What an identity is called where nothing is remembered."""
    return identity.handle or identity.name
