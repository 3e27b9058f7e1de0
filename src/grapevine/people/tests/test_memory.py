"""What is remembered: proposed by messages, kept by people, let go."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from grapevine.core.access import SYSTEM, AccessDenied
from grapevine.core.testing import NOON, deeds, heard, make_user
from grapevine.people import events, testing
from grapevine.people.actions import contact, facts, memory
from grapevine.people.models import Fact, Person, Proposal
from grapevine.people.selectors.memory import beside

pytestmark = pytest.mark.django_db
MESSAGE = {"of": "test.message", "of_id": 7}


def propose(identity: Any, text: str, lang: str = "en", of_id: int = 7) -> list[int]:
    return memory.propose(
        identity_id=identity.pk, text=text, lang=lang, of="test.message", of_id=of_id, at=NOON
    )


def test_what_a_message_says_is_proposed_and_kept_only_when_somebody_confirms(
    django_capture_on_commit_callbacks: Any,
) -> None:
    identity, by = testing.make_identity(), make_user()
    with heard(events.ProposalsMade, events.FactNoted) as news:
        with django_capture_on_commit_callbacks(execute=True):
            [number] = propose(identity, "Thank you! My daughter starts school on Monday. See you.")
        assert not Fact.objects.exists()
        with django_capture_on_commit_callbacks(execute=True):
            memory.keep(proposal=Proposal.objects.get(pk=number), by=by, at=NOON)
    fact = Fact.objects.get()
    assert (fact.kind, fact.text, fact.on) == ("event", "My daughter starts school", date(2026, 3, 9))
    assert (fact.of, fact.of_id, fact.said) == (
        "test.message",
        7,
        "My daughter starts school on Monday.",
    )
    assert (fact.noted_by, fact.noted_at, fact.purpose, fact.basis) == (by, NOON, "answering", "interest")
    assert deeds() == ["people.fact.noted"]
    assert [type(one) for one in news] == [events.ProposalsMade, events.FactNoted]


def test_the_same_message_read_twice_proposes_once() -> None:
    identity = testing.make_identity()
    assert len(propose(identity, "My name is Ophelia.")) == 1
    assert propose(identity, "My name is Ophelia.") == []


def test_what_was_declined_keeps_no_words_and_is_not_proposed_again() -> None:
    identity, by = testing.make_identity(), make_user()
    [number] = propose(identity, "My name is Ophelia.")
    memory.decline(proposal=Proposal.objects.get(pk=number), by=by, at=NOON)
    row = Proposal.objects.get()
    assert (row.state, row.text, row.said) == ("declined", "", "")
    assert propose(identity, "Again: my name is Ophelia.", of_id=8) == []
    with pytest.raises(memory.Decided):
        memory.keep(proposal=row, by=by, at=NOON)
    assert deeds() == ["people.proposal.declined"]


def test_what_is_known_is_not_proposed() -> None:
    identity = testing.make_identity()
    testing.make_fact(identity=identity, kind="name", text="Ophelia")
    assert propose(identity, "My name is Ophelia.") == []


def test_special_categories_are_refused_and_never_proposed() -> None:
    identity = testing.make_identity()
    assert propose(identity, "I have diabetes and I bought a bike last week.") == []
    for text in (
        "allergic to nuts",
        "Stemmer på Enhedslisten",
        "går i kyrkan, min tro",
        "lid van de vakbond",
    ):
        with pytest.raises(facts.Refused) as refused:
            facts.note(identity=identity, kind="preference", text=text, by=SYSTEM, at=NOON)
        assert refused.value.category in ("health", "politics", "religion", "union")
    assert not Fact.objects.exists()


def test_a_fact_has_an_end_and_is_not_seen_after_it() -> None:
    identity = testing.make_identity()
    fact = testing.make_fact(identity=identity, expires_on=date(2026, 3, 10))
    assert fact.expires_on == date(2026, 3, 10)
    [seen] = beside(identity.pk, by=SYSTEM, at=NOON).facts  # type: ignore[union-attr]
    assert seen.text == fact.text
    assert beside(identity.pk, by=SYSTEM, at=NOON + timedelta(days=8)).facts == ()  # type: ignore[union-attr]


def test_a_name_that_was_noted_is_what_they_are_called_until_it_is_removed() -> None:
    identity = testing.make_identity(handle="prince")
    fact = testing.make_fact(identity=identity, kind="name", text="Hamlet of Denmark")
    assert Person.objects.get().name == "Hamlet of Denmark"
    assert beside(identity.pk, by=SYSTEM, at=NOON).called == "Hamlet of Denmark"  # type: ignore[union-attr]
    facts.remove(fact=fact, by=SYSTEM, at=NOON)
    assert beside(identity.pk, by=SYSTEM, at=NOON).called == "prince"  # type: ignore[union-attr]
    facts.restore(fact=fact, by=SYSTEM, at=NOON)
    assert Person.objects.get().name == "Hamlet of Denmark"


def test_what_is_for_leads_or_for_oneself_is_seen_by_nobody_else() -> None:
    identity, member, other, lead = testing.make_identity(), make_user(), make_user(), make_user(role="lead")
    for visibility in ("team", "leads", "own"):
        testing.make_fact(identity=identity, text=visibility, visibility=visibility, by=member)

    def seen(by: Any) -> set[str]:
        return {one.text for one in beside(identity.pk, by=by, at=NOON).facts}  # type: ignore[union-attr]

    assert seen(member) == {"team", "own"}
    assert seen(other) == {"team"}
    assert seen(lead) == {"team", "leads"}


def test_a_fact_on_consent_needs_one_and_goes_with_it() -> None:
    identity, by = testing.make_identity(), make_user()
    with pytest.raises(facts.NoConsent):
        testing.make_fact(identity=identity, basis="consent")
    given = testing.make_consent(identity=identity)
    testing.make_fact(identity=identity, kind="name", text="Ophelia", basis="consent", by=by)
    testing.make_fact(identity=identity, text="by interest", by=by)
    assert contact.withdraw(given=given, way="message", by=by, at=NOON) == 1
    assert [one.text for one in beside(identity.pk, by=by, at=NOON).facts] == ["by interest"]  # type: ignore[union-attr]
    assert Person.objects.get().name == ""
    assert deeds()[-1] == "people.consent.withdrawn"
    with pytest.raises(facts.NoConsent):
        facts.restore(fact=Fact.objects.get(text="Ophelia"), by=by, at=NOON)


def test_who_only_reads_notes_nothing() -> None:
    identity, reader = testing.make_identity(), make_user(role="reader")
    with pytest.raises(AccessDenied):
        testing.make_fact(identity=identity, by=reader)
    with pytest.raises(AccessDenied):
        contact.refuse(identity=identity, reason="asked", by=reader, at=NOON)
    assert deeds() == []


def test_what_stands_beside_a_conversation_costs_the_same_however_much_is_known(
    django_assert_max_num_queries: Any,
) -> None:
    identity = testing.make_identity()
    for number in range(12):
        testing.make_fact(identity=identity, text=f"fact {number}")
        testing.make_promise(identity=identity)
    for number in range(3):
        testing.make_identity(handle=f"prince{number}", person=Person.objects.get())
    with django_assert_max_num_queries(10):
        found = beside(identity.pk, by=SYSTEM, at=NOON)
    assert found is not None
    assert len(found.handles) == 4
    assert len(found.facts) == 12
    assert beside(0, by=SYSTEM, at=NOON) is None
