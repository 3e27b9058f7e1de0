"""What listen hands over of a person, and what of it is gone when they are forgotten."""

from __future__ import annotations

import pytest

from grapevine.core.privacy import Subject
from grapevine.listen.models import AuthorDay, Mention
from grapevine.listen.privacy import Fingerprints, Mentions
from grapevine.listen.tests.telling import a_tale

pytestmark = pytest.mark.django_db


@pytest.fixture
def tale():
    return a_tale()


def _of(post_id):
    return Subject(identity_ids=(Mention.objects.filter(post_id=post_id).first().identity_id,))


def test_the_counts_of_authors_are_handed_over_by_day_and_brand(tale):
    first = tale.say("Elsinore is cold", "Elsinore and Wittenberg", by="ophelia")[0]
    tale.say("Elsinore is warm", by="hamlet")
    subject = _of(first)
    counted = [one for one in Mentions().hand_over(subject) if "counted on" in one]
    day = Mention.objects.first().published_at.date().isoformat()
    assert counted == [
        {"brand": "Elsinore", "counted on": day, "posts": 2},
        {"brand": "Wittenberg", "counted on": day, "posts": 1},
    ]
    Mentions().forget(subject)
    assert Mentions().hand_over(subject) == []
    assert [row.size for row in AuthorDay.objects.all()] == [1]  # hamlet alone


def test_of_which_posts_there_are_fingerprints_is_handed_over(tale):
    long = "Elsinore has opened the new gate to the harbour and everybody is welcome to see it this week"
    first = tale.say(long, "Elsinore", by="ophelia")[0]
    other = tale.say(
        "Something else is rotten at Elsinore, and it has been so for a very long time now", by="hamlet"
    )[0]
    subject = _of(first)
    assert Fingerprints().hand_over(subject) == [{"fingerprint of post": str(first)}]
    assert Fingerprints().hand_over(_of(other)) == [{"fingerprint of post": str(other)}]
    Mentions().forget(subject)
    assert Fingerprints().hand_over(subject) == []


def test_who_is_nobody_here_gets_nothing(tale):
    tale.say("Elsinore is cold")
    for holder in (Mentions(), Fingerprints()):
        assert holder.hand_over(Subject()) == []
