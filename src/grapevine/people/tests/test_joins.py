"""Identities are joined by a human or by proof, never silently, and parted exactly."""

from __future__ import annotations

from typing import Any

import pytest

from grapevine.core.access import SYSTEM
from grapevine.core.testing import NOON, deeds, heard, make_user
from grapevine.people import events, likeness, testing
from grapevine.people.actions import joins, keys
from grapevine.people.likeness import Face
from grapevine.people.models import Identity, Join, Person
from grapevine.people.selectors import suggestions
from grapevine.people.selectors.memory import beside

pytestmark = pytest.mark.django_db


def state() -> list[Any]:
    """Who is whom, and what each person is called."""
    return [
        sorted(Identity.objects.values_list("pk", "person_id")),
        sorted(Person.objects.values_list("pk", "name", "gone_at")),
    ]


def facts_of(identity: Identity) -> set[str]:
    found = beside(identity.pk, by=SYSTEM, at=NOON)
    return {one.text for one in found.facts} if found else set()


def test_what_a_human_joins_is_parted_exactly(django_capture_on_commit_callbacks: Any) -> None:
    by = make_user()
    blog, mail = testing.make_identity(platform="wordpress/1"), testing.make_identity(platform="mail/2")
    testing.make_fact(identity=blog, kind="name", text="Hamlet")
    testing.make_fact(identity=mail, kind="name", text="Prince Hamlet")
    before = state()
    kinds = (events.PersonsJoined, events.JoinUndone)
    with heard(*kinds) as news, django_capture_on_commit_callbacks(execute=True):
        done = joins.join(first=blog, second=mail, by=by, at=NOON)
        assert facts_of(blog) == facts_of(mail) == {"Hamlet", "Prince Hamlet"}
        testing.make_fact(identity=mail, text="noted since")
        joins.undo(done=done, by=by, at=NOON)
    assert state() == before
    assert facts_of(blog) == {"Hamlet"}
    assert facts_of(mail) == {"Prince Hamlet", "noted since"}
    assert [type(one) for one in news] == list(kinds)
    assert [one for one in deeds() if "person." in one] == ["people.person.joined", "people.person.parted"]


def test_a_join_is_not_undone_over_a_later_one() -> None:
    first, second, third = (testing.make_identity(handle=name) for name in ("a1", "b1", "c1"))
    earlier = joins.join(first=first, second=second, by=SYSTEM, at=NOON)
    before = state()
    testing.make_fact(identity=third)
    later = joins.join(first=third, second=first, by=SYSTEM, at=NOON)
    with pytest.raises(joins.LaterFirst):
        joins.undo(done=earlier, by=SYSTEM, at=NOON)
    joins.undo(done=later, by=SYSTEM, at=NOON)
    assert [pair for pair in state()[0] if pair[0] != third.pk] == [
        pair for pair in before[0] if pair[0] != third.pk
    ]
    joins.undo(done=Join.objects.get(pk=earlier.pk), by=SYSTEM, at=NOON)
    second.refresh_from_db()
    assert second.person_id is None


def test_what_was_noted_of_somebody_who_was_nobody_before_stays_theirs() -> None:
    first, second = testing.make_identity(), testing.make_identity(handle="prince")
    done = joins.join(first=first, second=second, by=SYSTEM, at=NOON)
    testing.make_fact(identity=second, kind="name", text="Fortinbras")
    joins.undo(done=done, by=SYSTEM, at=NOON)
    second.refresh_from_db()
    assert second.person is not None
    assert second.person.name == "Fortinbras"
    assert facts_of(first) == set()


def test_the_same_verified_address_is_proof_and_an_unverified_one_is_not() -> None:
    one, two, three = (
        testing.make_identity(handle=name, name=name, platform=f"feed/{name}") for name in ("aa", "bb", "cc")
    )
    for identity, verified in ((one, True), (two, False), (three, True)):
        keys.hold(
            identity=identity, kind="email", value=" Hamlet@Elsinore.example", way="message", by=SYSTEM, at=NOON,
            verified=verified,
        )  # fmt: skip
    done = Join.objects.get()
    assert (done.way, {done.first_id, done.second_id}) == ("email", {one.pk, three.pk})
    assert "people.person.joined" in deeds()
    [suggested] = [each for each in suggestions.of([one]) if each.other == two]
    assert suggested.reasons == ("key",)


def test_what_somebody_undid_is_not_done_by_proof_again() -> None:
    one, two = testing.make_identity(), testing.make_identity(handle="prince")
    for identity in (one, two):
        keys.vouched(identity_id=identity.pk, address="hamlet@elsinore.example", at=NOON)
    joins.undo(done=Join.objects.get(), by=SYSTEM, at=NOON)
    keys.hold(
        identity=two, kind="email", value="hamlet@elsinore.example", way="link", by=SYSTEM, at=NOON, verified=True
    )  # fmt: skip
    assert Join.objects.filter(undone_at=None).count() == 0
    joins.join(first=one, second=two, by=make_user(), at=NOON)
    assert Join.objects.filter(undone_at=None).count() == 1


def test_links_both_ways_are_proof_and_one_way_is_not() -> None:
    blog = testing.make_identity(url="https://www.hamlet.example/")
    net = testing.make_identity(handle="prince", url="https://social.example/@Hamlet")
    keys.link(identity=blog, address="social.example/@hamlet/", by=SYSTEM, at=NOON)
    assert not Join.objects.exists()
    keys.link(identity=net, address="http://hamlet.example", by=SYSTEM, at=NOON)
    assert Join.objects.get().way == "links"


@pytest.mark.parametrize("value", ["", "nobody", "a b@c.example", "@c.example", "a@nodot"])
def test_what_is_no_address_is_refused(value: str) -> None:
    with pytest.raises(keys.WrongKey):
        keys.hold(
            identity=testing.make_identity(), kind="email", value=value, way="human", by=SYSTEM, at=NOON
        )


def test_the_same_handle_and_name_elsewhere_is_suggested_with_reasons_until_somebody_says_no() -> None:
    one = testing.make_identity(handle="rosencrantz", name="Rosen Crantz", platform="wordpress/1")
    far = testing.make_identity(
        handle="@Rosencrantz@social.example", name="Rosen Crantz", platform="mastodon/2"
    )
    testing.make_identity(handle="guildenstern", platform="mastodon/2")
    [found] = suggestions.of([one])
    assert (found.other, found.score) == (far, "very likely")
    assert set(found.reasons) == {"handle", "name"}
    joins.say_apart(first=one, second=far, by=SYSTEM, at=NOON)
    assert suggestions.of([one]) == ()


def test_a_name_that_many_bear_says_little() -> None:
    one, other = Face(1, "a/1", "x", "Anna Berg"), Face(2, "b/2", "y", "anna BERG")
    assert likeness.compared(one, other, bearers={"name": 2}) == ("name",)
    assert likeness.compared(one, other, bearers={"name": 9}) == ()
    assert likeness.score(one, other, ("name",)) == "possible"
    assert likeness.score(one, Face(3, "a/1", "", ""), ("name",)) is None
