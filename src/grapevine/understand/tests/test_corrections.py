"""What happens when a person says how a text reads."""

from __future__ import annotations

from typing import Any

import pytest

from grapevine.core import access
from grapevine.core.testing import NOON, deeds, heard, make_user
from grapevine.understand import testing
from grapevine.understand.actions import corrections, learning, readings
from grapevine.understand.events import ReaderChanged, ReadingCorrected
from grapevine.understand.models import Adapter, Correction
from grapevine.understand.selectors import corrections as said

pytestmark = pytest.mark.django_db
SCOPE = testing.SCOPE
LINE = "Det var en torsdag i Wittenberg"


def mood_of(text: str, scope: str = SCOPE) -> str:
    return readings.read_for(scope, [text]).readings()[0].sentiment


def correct(text: str = LINE, **values: Any) -> Correction:
    return testing.make_correction(text, **{"of": testing.make_candidate(text, subject_id=7), **values})


def test_a_correction_is_heeded_at_once_and_tells_of_itself(
    django_capture_on_commit_callbacks: Any,
) -> None:
    horatio = make_user(role="member")
    assert mood_of(LINE) == "neutral"
    with (
        heard(ReadingCorrected) as told,
        django_capture_on_commit_callbacks(execute=True),
    ):
        made = correct(mood="negative", by=horatio)
    assert mood_of(LINE) == "negative"
    assert (made.before["mood"], made.mood, made.by, made.agrees) == ("neutral", "negative", horatio, False)
    assert told == [ReadingCorrected("line", 7, SCOPE)]
    assert deeds() == ["understand.reading.corrected"]


def test_another_scope_learns_nothing_from_it() -> None:
    correct(mood="negative")
    assert mood_of(LINE, "play:2") == "neutral"


def test_wishes_and_spam_are_corrected_and_learnt_as_well() -> None:
    correct(mood=None, intents=["compares", "leaves"], spam=True)
    one = said.of("line", [7])[7]
    assert (one.mood, one.intents, one.spam) == (None, ("compares", "leaves"), True)
    after = readings.read_for(SCOPE, [LINE])
    shipped = readings.read_many([LINE])
    assert after.spam[0] > shipped.spam[0]
    assert after.points[0, 6] > shipped.points[0, 6]


def test_what_was_said_before_stays_said_until_it_is_said_otherwise() -> None:
    first = correct(mood="negative")
    second = correct(mood=None, spam=True)
    assert (second.mood, second.spam, second.before) == ("negative", True, first.before)
    assert list(Correction.objects.current()) == [second]
    assert Correction.objects.count() == 2


def test_taking_back_goes_one_step_back_and_unlearns() -> None:
    correct(mood="negative")
    second = correct(mood="positive")
    earlier = corrections.take_back(correction=second, by=access.SYSTEM, at=NOON)
    assert earlier is not None and earlier.mood == "negative"
    assert mood_of(LINE) == "negative"
    assert corrections.take_back(correction=earlier, by=access.SYSTEM, at=NOON) is None
    assert mood_of(LINE) == "neutral"
    assert not Adapter.objects.exists()
    assert deeds()[-1] == "understand.reading.taken_back"


def test_nonsense_is_refused() -> None:
    for values in ({"mood": "melancholy"}, {"mood": None, "intents": ["avenges"]}, {"mood": None}):
        with pytest.raises(ValueError):
            correct(**values)


def test_readers_may_not_correct_and_members_may_not_reset_or_wish() -> None:
    ophelia, horatio = make_user(role="reader"), make_user(role="member")
    with pytest.raises(access.AccessDenied):
        correct(by=ophelia)
    made = correct(by=horatio)
    with pytest.raises(access.AccessDenied):
        corrections.take_back(correction=made, by=ophelia, at=NOON)
    with pytest.raises(access.AccessDenied):
        learning.reset(scope=SCOPE, by=horatio, at=NOON)
    with pytest.raises(access.AccessDenied):
        learning.wish(scope=SCOPE, share=0.9, by=horatio, at=NOON)


def test_a_reset_reads_as_shipped_again_but_what_was_said_stays_with_its_text(
    django_capture_on_commit_callbacks: Any,
) -> None:
    correct(mood="negative")
    with heard(ReaderChanged) as told, django_capture_on_commit_callbacks(execute=True):
        assert learning.reset(scope=SCOPE, by=make_user(role="lead"), at=NOON) == 1
    assert mood_of(LINE) == "neutral"
    assert said.of("line", [7])[7].mood == "negative"
    assert told == [ReaderChanged(SCOPE)]
    assert deeds()[-1] == "understand.adapter.was_reset"
    testing.make_correction("Något helt annat sades", mood="positive")
    assert Adapter.objects.get().corrections == 1


def test_when_a_text_is_gone_so_is_what_was_learnt_from_it() -> None:
    correct(mood="negative")
    testing.make_correction("Något helt annat sades", mood="positive")
    before = bytes(Adapter.objects.get().data)
    assert corrections.drop(subject="line", subject_ids=[7, 8], at=NOON) == 1
    assert bytes(Adapter.objects.get().data) != before
    assert mood_of(LINE) == "neutral"


def test_what_people_said_is_asked_for_by_text_and_by_scope() -> None:
    correct(mood="negative", by=make_user(role="member"))
    correct(mood="positive", scope="play:2")
    assert said.of("line", [7, 8])[7].mood == "positive"
    assert said.of("line", [7], SCOPE)[7].mood == "negative"
    assert said.of("line", [7], SCOPE)[7].by == "Horatio"
    assert {scope: one.mood for scope, (_pk, one) in said.by_scope("line", 7).items()} == {
        SCOPE: "negative",
        "play:2": "positive",
    }
    assert said.of("post", [7]) == {}


def test_the_list_of_corrections_comes_in_parts() -> None:
    for number in range(said.PAGE + 2):
        correct(f"Rad {number}", of=testing.make_candidate(f"Rad {number}"), mood="neutral")
    first = said.page(SCOPE)
    assert len(first.rows) == said.PAGE
    assert [row.text for row in said.page(SCOPE, before=first.more).rows] == ["Rad 1", "Rad 0"]
