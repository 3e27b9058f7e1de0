"""Which personal data this room holds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Model, Q

from grapevine.core import clock, privacy
from grapevine.people import held as held_by
from grapevine.people.actions import forgetting, identities
from grapevine.people.models import (
    Apart,
    Consent,
    DoNotContact,
    Fact,
    Holding,
    Identity,
    Join,
    Key,
    Opening,
    Person,
    ProfileLink,
    Promise,
    Proposal,
    Purchase,
    PurchaseFile,
)
from grapevine.people.selectors import lines


class Identities:
    """Handles and names of authors, and who we think stands behind them."""

    name = "people.identities"
    models = ("people.identity", "people.person", "people.join", "people.apart", "people.profilelink")
    purpose = "Recognising who wrote several posts, so that a conversation has a memory."
    retention = "As long as a post of theirs is kept, or something is remembered of them."

    def hand_over(self, subject: privacy.Subject) -> list[dict[str, Any]]:
        rows = _of(subject)
        ids = [one.pk for one in rows]
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
            for one in rows
        ]
        if subject.person_id is not None:
            found += [
                {"person": one.name, "since": one.created_at.isoformat()}
                for one in Person.objects.filter(pk=subject.person_id, forgotten_at=None)
            ]
        both = Q(first_id__in=ids) | Q(second_id__in=ids)
        found += [
            {"joined": one.get_way_display(), "at": one.at.isoformat(), "undone": _moment(one.undone_at)}
            for one in Join.objects.filter(both).order_by("pk")
        ]
        found += [
            {"not the same as another": one.at.isoformat()}
            for one in Apart.objects.filter(Q(low_id__in=ids) | Q(high_id__in=ids)).order_by("pk")
        ]
        return found + [
            {"link on their profile": one.address}
            for one in ProfileLink.objects.filter(identity_id__in=ids).order_by("pk")
        ]

    @transaction.atomic
    def forget(self, subject: privacy.Subject) -> int:
        at = clock.now()
        ids = [one.pk for one in _of(subject)]
        # First what hangs on them: afterwards nobody knows any longer that they were one person.
        touched = forgetting.memory(ids) + forgetting.purchases(ids) + forgetting.joins(ids)
        touched += identities.forget(identity_ids=ids, at=at)
        if subject.person_id is not None:
            touched += Person.objects.filter(pk=subject.person_id, forgotten_at=None).update(
                name="", forgotten_at=at
            )
        return touched


class Memory:
    """What is remembered of somebody, what was promised to them, what they agreed to, and who looked at it."""

    name = "people.memory"
    models = (
        "people.fact", "people.proposal", "people.promise", "people.consent", "people.donotcontact",
        "people.opening",
    )  # fmt: skip
    purpose = "Answering people as one who knows them: what they told us, what we promised, whether we may write to them."
    retention = "Each fact until its own end; proposals for 30 days; promises two years after they were kept; openings for a year."

    def hand_over(self, subject: privacy.Subject) -> list[dict[str, Any]]:
        ids = [one.pk for one in _of(subject)]
        # Who asks what is known of them gets all of it, also what only some of us may see; and what was removed and not yet gone.
        facts = Fact.objects.filter(Q(identity_id__in=ids) | Q(other_id__in=ids)).order_by("pk")
        found: list[dict[str, Any]] = [_fact(one) for one in facts]
        found += [
            {"proposed to remember": one.text, "from": one.said, "at": one.proposed_at.isoformat()}
            for one in Proposal.objects.filter(identity_id__in=ids).exclude(text="").order_by("pk")
        ]
        found += [
            {"promised": one.text, "due": one.due_on.isoformat(), "state": one.get_state_display()}
            for one in Promise.objects.filter(identity_id__in=ids).order_by("pk")
        ]
        found += [
            {
                "agreed to": one.get_purpose_display(),
                "on": one.given_on.isoformat(),
                "how": one.get_way_display(),
                "proof": one.proof,
                "taken back": _moment(one.withdrawn_at),
            }
            for one in Consent.objects.filter(identity_id__in=ids).order_by("pk")
        ]
        found += [
            {
                "not to be contacted": one.get_reason_display(),
                "channel": one.channel,
                "note": one.note,
                "since": one.since.isoformat(),
                "until": one.until.isoformat() if one.until else "",
            }
            for one in DoNotContact.objects.filter(identity_id__in=ids).order_by("pk")
        ]
        return found + [
            {"looked at by one of us": one.get_reason_display(), "at": one.at.isoformat()}
            for one in Opening.objects.filter(identity_id__in=ids).order_by("pk")
        ]

    def forget(self, subject: privacy.Subject) -> int:
        return forgetting.memory([one.pk for one in _of(subject)])


class Purchases:
    """What somebody bought, and the addresses and customer numbers it is known by."""

    name = "people.purchases"
    models = ("people.key", "people.holding", "people.purchase", "people.refusedrow")
    purpose = "Knowing what somebody bought, so that they need not explain it."
    retention = (
        "Until the customer is forgotten or the shop is removed; rows that could not be read for 30 days."
    )

    def hand_over(self, subject: privacy.Subject) -> list[dict[str, Any]]:
        ids = [one.pk for one in _of(subject)]
        held = Holding.objects.filter(identity_id__in=ids).select_related("key")
        found: list[dict[str, Any]] = [
            {one.key.get_kind_display(): one.key.value, "how we know": one.get_way_display()}
            for one in held.order_by("pk")
        ]
        keys = held_by.keys(ids)
        written = Key.objects.filter(pk__in=keys - {one.key_id for one in held})
        found += [
            {one.get_kind_display(): one.value, "how we know": "they write from it"}
            for one in written.order_by("pk")
        ]
        found += [{"a row that was left out": one.raw} for one in held_by.refused(ids)]
        rows = Purchase.objects.filter(key_id__in=keys).select_related("shop").order_by("pk")
        return found + [
            {
                "bought": lines.in_a_line(one.items),
                "at": one.bought_at.isoformat(),
                "order": one.order_id,
                "shop": one.shop.name,
                "amount": f"{one.amount} {one.currency}" if one.amount is not None else "",
            }
            for one in rows
        ]

    def forget(self, subject: privacy.Subject) -> int:
        return forgetting.purchases([one.pk for one in _of(subject)])


class Workers:
    """Who of the house noted, promised, joined and looked."""

    name = "people.workers"
    models = ("people.fact", "people.promise", "people.opening", "people.purchasefile")
    purpose = (
        "What is noted says who noted it, so that it can be asked about; a promise has somebody who keeps it."
    )
    retention = "Until the user is forgotten."

    def hand_over(self, subject: privacy.Subject) -> list[dict[str, Any]]:
        if subject.user_id is None:
            return []
        noted = Fact.objects.filter(noted_by_id=subject.user_id)
        return [
            *(
                {"noted": one.get_kind_display(), "at": one.noted_at.isoformat()}
                for one in noted.order_by("pk")
            ),
            *(
                {"promised": one.text, "due": one.due_on.isoformat()}
                for one in Promise.objects.filter(owner_id=subject.user_id).order_by("pk")
            ),
            *(
                {"opened a story": one.get_reason_display(), "at": one.at.isoformat()}
                for one in Opening.objects.filter(opened_by_id=subject.user_id).order_by("pk")
            ),
        ]

    @transaction.atomic
    def forget(self, subject: privacy.Subject) -> int:
        """What they noted stays with whom it is about; that it was they who noted it goes."""
        if subject.user_id is None:
            return 0
        named: Iterable[tuple[type[Model], tuple[str, ...]]] = (
            (Fact, ("noted_by",)),
            (Proposal, ("owner", "decided_by")),
            (Promise, ("owner", "made_by")),
            (Consent, ("noted_by", "withdrawn_by")),
            (DoNotContact, ("set_by", "lifted_by")),
            (Join, ("joined_by", "undone_by")),
            (Apart, ("said_by",)),
            (Holding, ("noted_by",)),
            (ProfileLink, ("noted_by",)),
            (PurchaseFile, ("added_by",)),
        )
        # What only they could see is nobody's any longer.
        touched = Fact.objects.filter(noted_by_id=subject.user_id, visibility="own").delete()[0]
        touched += Opening.objects.filter(opened_by_id=subject.user_id).delete()[0]
        for model, names in named:
            for name in names:
                rows = model._default_manager.filter(**{f"{name}_id": subject.user_id})
                touched += rows.update(**{name: None})
        return touched


def _fact(one: Fact) -> dict[str, Any]:
    return {
        "remembered": one.text,
        "about": one.get_kind_display(),
        "day": one.on.isoformat() if one.on else "",
        "from": one.said or one.how,
        "noted": one.noted_at.isoformat(),
        "purpose": one.get_purpose_display(),
        "legal basis": one.get_basis_display(),
        "until": one.expires_on.isoformat(),
    }


def _moment(at: Any) -> str:
    return at.isoformat() if at else ""


def _of(subject: privacy.Subject) -> list[Identity]:
    wanted = Q(pk__in=subject.identity_ids)
    if subject.person_id is not None:
        wanted |= Q(person_id=subject.person_id)
    return list(Identity.objects.filter(wanted).order_by("pk"))
