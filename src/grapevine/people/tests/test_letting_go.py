"""What goes by itself, and what goes when somebody is forgotten or a source removed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from grapevine.core.access import SYSTEM
from grapevine.core.privacy import Subject, holders
from grapevine.core.testing import NOON, deeds
from grapevine.people import orders, testing
from grapevine.people.actions import facts, identities, purchases, tidying
from grapevine.people.models import (
    Consent,
    DoNotContact,
    Fact,
    Holding,
    Identity,
    Join,
    Key,
    Person,
    Promise,
    Proposal,
    Purchase,
    RefusedRow,
)

pytestmark = pytest.mark.django_db
TUESDAY = NOON.date() + timedelta(days=1)


def test_expired_facts_disappear_and_the_name_with_them() -> None:
    identity = testing.make_identity()
    testing.make_fact(identity=identity, kind="name", text="Hamlet", expires_on=TUESDAY)
    testing.make_fact(identity=identity, text="stays", expires_on=date(2027, 1, 1))
    tidying.tidy(at=NOON)
    assert Fact.objects.count() == 2
    tidying.tidy(at=NOON + timedelta(days=1))
    assert [one.text for one in Fact.objects.all()] == ["stays"]
    assert Person.objects.get().name == ""
    assert deeds()[-1] == "people.fact.expired"


def test_what_was_removed_is_gone_after_a_day_and_proposals_after_a_month() -> None:
    facts.remove(fact=testing.make_fact(), by=SYSTEM, at=NOON)
    testing.make_proposal()
    tidying.tidy(at=NOON + timedelta(hours=23))
    assert (Fact.objects.count(), Proposal.objects.count()) == (1, 1)
    tidying.tidy(at=NOON + timedelta(days=31))
    assert (Fact.objects.count(), Proposal.objects.count()) == (0, 0)


def _everything(identity: Identity) -> None:
    other = testing.make_identity(handle="ophelia", platform="mail/9")
    testing.make_fact(identity=identity, text="remembered of them")
    testing.make_fact(identity=other, kind="relation", text="knows them", other=identity)
    testing.make_promise(identity=identity, text="promised to them")
    testing.make_proposal(identity=identity)
    testing.make_consent(identity=identity)
    testing.make_refusal(identity=identity)
    testing.make_holding(identity=identity, value="hamlet@elsinore.example")
    testing.make_join(first=identity, second=testing.make_identity(handle="prince"))
    order = orders.Order("A-1", "email", "hamlet@elsinore.example", (("Dark roast", "1"),), None, "", NOON)
    purchases.receive(shop=testing.make_shop(), received=[order], at=NOON)


@pytest.mark.parametrize("by_person", [True, False])
def test_all_of_it_is_handed_over_and_forgotten(by_person: bool) -> None:
    identity = testing.make_identity()
    _everything(identity)
    identity.refresh_from_db()
    ids = tuple(Identity.objects.filter(person=identity.person).values_list("pk", flat=True))
    subject = Subject(person_id=identity.person_id) if by_person else Subject(identity_ids=ids)
    ours = [holder for holder in holders() if holder.name.startswith("people.")]
    told = str([holder.hand_over(subject) for holder in ours])
    for words in ("remembered of them", "knows them", "promised to them", "hamlet@elsinore", "Dark roast"):
        assert words in told
    for holder in ours:
        holder.forget(subject)
    for model in (Fact, Promise, Proposal, Consent, DoNotContact, Holding, Key, Purchase, Join):
        assert not model._default_manager.exists(), model
    assert all("remembered" not in str(holder.hand_over(subject)) for holder in ours)


def test_a_removed_source_takes_the_unknown_along_and_leaves_those_we_know() -> None:
    known = testing.make_identity(platform="feed/7")
    testing.make_fact(identity=known)
    unknown = testing.make_identity(platform="feed/7", handle="yorick")
    testing.make_proposal(identity=unknown)
    identities.remove_of(platform="feed/7")
    assert [one.pk for one in Identity.objects.all()] == [known.pk]
    Identity.objects.update(is_demo=True)
    identities.remove_of(platform="feed/7")
    assert not Identity.objects.exists()
    assert not Person.objects.exists()


def test_purchases_under_the_address_somebody_writes_from_go_without_anybody_having_noted_it() -> None:
    shop = testing.make_shop()
    writer = testing.make_identity(platform="mail/3", handle="yorick", external_id="Yorick@elsinore.example")
    for number, address in enumerate(("yorick@elsinore.example", "not-yorick@elsinore.example")):
        order = orders.Order(f"A-{number}", "email", address, (("Skull", "1"),), None, "", NOON)
        purchases.receive(shop=shop, received=[order], at=NOON)
    file = testing.make_file(path="")
    for raw in ("B-1;YORICK@elsinore.example;nonsense", "B-2;not-yorick@elsinore.example;nonsense"):
        RefusedRow.objects.create(file=file, line=1, reason="bad_moment", raw=raw, at=NOON)
    subject = Subject(identity_ids=(writer.pk,))
    ours = [holder for holder in holders() if holder.name.startswith("people.")]
    told = str([holder.hand_over(subject) for holder in ours])
    assert "A-0" in told
    assert "B-1;YORICK" in told
    assert not {"A-1", "B-2"} & set(told.replace("'", " ").replace(";", " ").split())
    for holder in ours:
        holder.forget(subject)
    assert [one.value for one in Key.objects.all()] == ["not-yorick@elsinore.example"]
    assert Purchase.objects.get().order_id == "A-1"
    assert [one.raw for one in RefusedRow.objects.order_by("pk")] == [
        "",
        "B-2;not-yorick@elsinore.example;nonsense",
    ]
