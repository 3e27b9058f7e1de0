"""Authors are recognised, brought up to date, and forgotten."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from grapevine.core.privacy import Subject
from grapevine.core.testing import NOON, heard
from grapevine.people import events, rules, testing
from grapevine.people.actions import identities
from grapevine.people.contracts import Seen
from grapevine.people.models import Identity, Person
from grapevine.people.privacy import Identities

pytestmark = pytest.mark.django_db


def seen(
    key: str = "5",
    *,
    handle: str = "hamlet",
    at: datetime = NOON,
    followers: int | None = 10,
    name: str = "Hamlet",
) -> Seen:
    return Seen(key, handle, name, "", followers, at, at)


def recognise(*every: Seen, platform: str = "feed/1") -> dict[str, int]:
    return identities.recognise(platform=platform, authors={one.external_id: one for one in every})


def test_an_author_is_one_identity_however_often_met() -> None:
    first = recognise(seen("5"), seen("6", handle="ophelia"))
    again = recognise(seen("6", handle="ophelia"), seen("7", handle="yorick"))
    assert first["6"] == again["6"]
    assert Identity.objects.count() == 3


def test_number_five_of_one_source_is_not_number_five_of_another() -> None:
    assert recognise(seen("5"), platform="feed/1")["5"] != recognise(seen("5"), platform="feed/2")["5"]


def test_a_new_name_is_taken_over_and_an_old_post_changes_nothing() -> None:
    recognise(seen(at=NOON))
    recognise(seen(handle="prince", at=NOON + timedelta(hours=1)))
    assert Identity.objects.get().handle == "prince"
    recognise(seen(handle="boy", at=NOON - timedelta(days=400)))
    row = Identity.objects.get()
    assert row.handle == "prince"
    assert row.first_seen_at == NOON - timedelta(days=400)


@pytest.mark.parametrize(
    ("followers", "told"), [(10, False), (11, False), (12, True), (None, False), (5, True)]
)
def test_a_few_followers_more_are_no_news(followers: int | None, told: bool) -> None:
    assert rules.is_telling(rules.Facts("h", "n", "", 10), rules.Facts("h", "n", "", followers)) == told


def test_being_seen_again_the_same_day_writes_nothing(django_assert_num_queries: Any) -> None:
    recognise(seen())
    with django_assert_num_queries(1):
        recognise(seen(at=NOON + timedelta(hours=3)))


def test_a_forgotten_identity_keeps_its_number_and_nothing_else(
    django_capture_on_commit_callbacks: Any,
) -> None:
    person = testing.make_person()
    identity = testing.make_identity(person=person, external_id="secret-id", followers=5)
    other = testing.make_identity(handle="ophelia")
    subject = Subject(identity_ids=(identity.pk,))
    assert Identities().hand_over(subject)[0]["handle"] == "hamlet"
    with heard(events.IdentitiesForgotten) as news, django_capture_on_commit_callbacks(execute=True):
        assert Identities().forget(subject) == 1
    row = Identity.objects.get(pk=identity.pk)
    assert (row.handle, row.name, row.url, row.followers, row.person) == ("", "", "", None, None)
    assert "secret-id" not in row.external_id
    assert [one.identity_ids for one in news] == [(identity.pk,)]
    assert Person.objects.get().name == ""
    assert Identity.objects.get(pk=other.pk).handle == "ophelia"


def test_a_person_is_forgotten_with_all_identities() -> None:
    person = testing.make_person()
    for handle in ("hamlet", "prince"):
        testing.make_identity(handle=handle, person=person)
    subject = Subject(person_id=person.pk)
    assert len(Identities().hand_over(subject)) == 3
    Identities().forget(subject)
    assert not Identity.objects.exclude(handle="").exists()
    assert Identities().hand_over(subject) == []


def test_who_comes_back_after_being_forgotten_is_somebody_new() -> None:
    number = recognise(seen())["5"]
    identities.forget(identity_ids=[number], at=NOON)
    assert recognise(seen())["5"] != number


def test_who_comes_back_can_be_forgotten_again() -> None:
    numbers = set()
    for _ in range(3):
        number = recognise(seen())["5"]
        identities.forget(identity_ids=[number], at=NOON)
        numbers.add(number)
    assert len(numbers) == 3
    assert Identity.objects.filter(external_id__startswith="forgotten:").count() == 3
