"""Who wants to be left alone is left alone."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from grapevine.core.testing import NOON, deeds, heard, make_user
from grapevine.people import events, testing
from grapevine.people.actions import contact
from grapevine.people.models import Person
from grapevine.people.selectors.contact import refusal, refusals

pytestmark = pytest.mark.django_db


def test_a_refusal_holds_for_all_identities_of_the_person_at_once() -> None:
    person = testing.make_person()
    blog, mail = (testing.make_identity(platform=name, person=person) for name in ("wordpress/1", "mail/2"))
    stranger = testing.make_identity()
    testing.make_refusal(identity=blog)
    found = refusal(mail.pk, "mail", NOON)
    assert found is not None
    assert found.identity_id == blog.pk
    assert refusal(stranger.pk, "mail", NOON) is None


def test_a_refusal_of_one_channel_leaves_the_others_open() -> None:
    identity = testing.make_identity()
    testing.make_refusal(identity=identity, channel="mail")
    assert refusal(identity.pk, "mail", NOON) is not None
    assert refusal(identity.pk, "wordpress", NOON) is None


def test_a_refusal_ends_on_its_day() -> None:
    identity = testing.make_identity()
    testing.make_refusal(identity=identity, until=date(2026, 3, 5))
    assert refusal(identity.pk, "mail", NOON + timedelta(days=2)) is not None
    assert refusal(identity.pk, "mail", NOON + timedelta(days=3)) is None


def test_a_refusal_says_why_and_is_lifted_and_set_again(django_capture_on_commit_callbacks: Any) -> None:
    identity, by = testing.make_identity(), make_user()
    kinds = (events.ContactRefused, events.ContactAllowed)
    with heard(*kinds) as news, django_capture_on_commit_callbacks(execute=True):
        row = contact.refuse(identity=identity, reason="asked", note="by phone", by=by, at=NOON)
        assert "by phone" in refusal(identity.pk, "mail", NOON).words  # type: ignore[union-attr]
        contact.allow(refusal=row, by=by, at=NOON)
        assert refusal(identity.pk, "mail", NOON) is None
        contact.refuse_again(refusal=row, by=by, at=NOON)
    assert refusal(identity.pk, "mail", NOON) is not None
    assert deeds() == ["people.contact.refused", "people.contact.allowed", "people.contact.refused"]
    assert [type(one) for one in news] == [kinds[0], kinds[1], kinds[0]]


def test_many_are_asked_about_in_two_statements(django_assert_max_num_queries: Any) -> None:
    person = Person.objects.create(created_at=NOON)
    ids = [testing.make_identity(person=person).pk for _ in range(5)]
    testing.make_refusal(identity=testing.make_identity(person=person))
    with django_assert_max_num_queries(3):
        assert set(refusals(ids, at=NOON)) == set(ids)
