"""What a scope learns, remembers, and forgets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from grapevine.core import jobs, privacy
from grapevine.core.testing import NOON, deeds, make_user
from grapevine.engine.text.reading import adapter
from grapevine.understand import memory, testing
from grapevine.understand.actions import learning, readings
from grapevine.understand.contracts import SURE, Adapted, Readings
from grapevine.understand.models import Adapter, Correction, Label, LearntVersion, Wish
from grapevine.understand.selectors import adapters

pytestmark = pytest.mark.django_db
SCOPE = testing.SCOPE
SECRET = "Ofelia sover i Helsingör"


def test_a_scope_that_learnt_nothing_reads_as_shipped_and_asks_nothing(
    django_assert_num_queries: Any,
) -> None:
    texts = ["Jag älskar det här kaffet!", "Kvarnen är trasig."]
    read = readings.read_many(texts)
    memory.refresh(now=True)
    with django_assert_num_queries(0):
        some = readings.adapted(read, np.array([1]), texts[1:], SCOPE)
    assert (some.moods == read.moods[1:]).all()
    assert some.sure().tolist() == read.sure()[1:].tolist()


def test_a_scope_that_learnt_is_asked_for_once_not_with_every_call(django_assert_num_queries: Any) -> None:
    testing.make_correction()
    text = "Kvarnen är trasig igen"
    readings.read_for(SCOPE, [text])
    with django_assert_num_queries(0):
        readings.read_for(SCOPE, [text])
        readings.adapted(readings.read_many([text]), np.array([0]), [text], SCOPE, held=True)


def test_another_process_notices_with_its_next_look(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Det var en torsdag i Wittenberg"
    other = memory._Memory()
    testing.make_correction(text, mood="negative")
    monkeypatch.setattr(memory, "_memory", lambda: other)
    assert memory.reader(SCOPE) is None
    memory.refresh()
    assert memory.reader(SCOPE) is not None
    assert readings.read_for(SCOPE, [text]).readings()[0].sentiment == "negative"
    assert LearntVersion.objects.count() == 1


def test_an_adapter_of_another_model_is_not_used_and_soon_learnt_anew() -> None:
    text = "Det var en torsdag i Wittenberg"
    testing.make_correction(text, mood="negative")
    made = Adapter.objects.get()
    Adapter.objects.update(fingerprint="another", data=b"of old")
    memory.raise_version()
    assert readings.read_for(SCOPE, [text]).readings()[0].sentiment == "neutral"
    jobs.put("understand.renew")
    assert jobs.run_due(at=NOON.replace(year=2100)) == 1
    assert readings.read_for(SCOPE, [text]).readings()[0].sentiment == "negative"
    again = Adapter.objects.get()
    assert (again.fingerprint, bytes(again.data)) == (adapter.fingerprint(), bytes(made.data))


def test_an_adapter_that_cannot_be_read_reads_as_shipped() -> None:
    testing.make_correction("Det var en torsdag", mood="negative")
    Adapter.objects.update(data=b"nonsense", mark=1)
    memory.raise_version()
    assert readings.read_for(SCOPE, ["Det var en torsdag"]).readings()[0].sentiment == "neutral"


def test_forgetting_an_author_removes_what_was_learnt_from_them_at_once() -> None:
    testing.make_correction("Kvarnen är trasig igen", mood="negative", author="hamlet")
    testing.make_correction(SECRET, mood="negative", author="ophelia")
    draw = testing.make_draw(size=8)
    Label.objects.filter(draw=draw, place=0).update(source_id=1, author="ophelia")
    holder = testing.Corrections()
    subject = privacy.Subject(authors=((1, "ophelia"),))
    assert holder.hand_over(subject)[0]["text"] == SECRET
    before = bytes(Adapter.objects.get().data)
    read_before = readings.read_for(SCOPE, [SECRET]).moods
    assert holder.forget(subject) == 2
    kept = Adapter.objects.get()
    assert bytes(kept.data) != before
    assert kept.corrections == 1
    assert (readings.read_for(SCOPE, [SECRET]).moods != read_before).any()
    assert not Correction.objects.filter(text=SECRET).exists()
    assert holder.hand_over(subject) == []
    # As if it had never been: the same bytes as from the others alone.
    alone = adapter.learn([adapter.Lesson("Kvarnen är trasig igen", "negative", found=True)])
    assert alone is not None
    assert bytes(kept.data) == alone.dump()


def test_the_last_author_forgotten_leaves_no_adapter() -> None:
    testing.make_correction(SECRET, author="ophelia")
    testing.Corrections().forget(privacy.Subject(authors=((1, "ophelia"),)))
    assert not Adapter.objects.exists()


def test_a_forgotten_user_is_named_no_longer_but_what_they_said_stays() -> None:
    horatio = make_user(role="member")
    testing.make_correction(by=horatio)
    testing.make_draw(by=horatio)
    holder = testing.Readers()
    assert len(holder.hand_over(privacy.Subject(user_id=horatio.pk))) == 1
    assert holder.forget(privacy.Subject(user_id=horatio.pk)) >= 2
    assert Correction.objects.get().by is None
    assert holder.hand_over(privacy.Subject(user_id=horatio.pk)) == []


def test_a_wish_waits_for_labels_and_then_moves_the_limit() -> None:
    lead = make_user(role="lead")
    kept = learning.wish(scope=SCOPE, share=0.95, by=lead, at=NOON)
    assert kept is not None and kept.threshold is None
    assert readings.read_for(SCOPE, ["Hej"]).__class__ is not Adapted
    draw = testing.make_draw(size=24)
    for place in range(24):
        wrong = place < 4
        Label.objects.filter(draw=draw, place=place).update(
            said="negative", at=NOON, shares=[0.4, 0.5, 0.1] if wrong else [0.7 + place / 100, 0.05, 0.05]
        )
    kept = learning.wish(scope=SCOPE, share=0.95, by=lead, at=NOON)
    assert kept is not None
    assert (kept.threshold, kept.is_reached) == (None, False)  # twenty that are right are no proof of so much
    kept = learning.wish(scope=SCOPE, share=0.9, by=lead, at=NOON)
    assert kept is not None
    assert (kept.threshold, kept.right, kept.count, kept.is_reached) == (0.74, 20, 20, True)
    assert 0.8 < kept.lower < 0.9
    read = readings.read_for(SCOPE, ["Kvarnen är trasig igen"])
    assert isinstance(read, Adapted) and read.least == 0.74
    assert learning.wish(scope=SCOPE, share=None, by=lead, at=NOON) is None
    assert not Wish.objects.exists()
    assert deeds()[-1] == "understand.wish.was_set"


def test_a_wish_that_cannot_be_had_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot be wished"):
        learning.wish(scope=SCOPE, share=0.99, by=make_user(role="lead"), at=NOON)


def test_a_limit_asks_as_much_of_a_reading_as_it_says() -> None:
    read = readings.read_many(["Jag älskar det här kaffet!", "🙂", ""])
    assert Adapted.of(read, 0.0).sure().tolist() == [True, False, False] or Adapted.of(read, 0.0).sure()[0]
    assert not Adapted.of(read, 1.01).sure().any()
    assert Adapted.of(read, SURE).sure().tolist() == read.sure().tolist()


def test_what_was_learnt_can_be_looked_into() -> None:
    for number in range(6):
        testing.make_correction(f"Kvarnen gick sönder, nummer {number}", mood="negative")
        testing.make_correction(f"Torsdag i Wittenberg, nummer {number}", mood="positive")
    words = adapters.words(SCOPE)
    assert "kvarnen" in [word for word, _push in words["negative"]]
    assert "torsdag" in [word for word, _push in words["positive"]]
    assert adapters.words("play:2") == {}


def test_drawn_texts_are_judged_as_the_tier_that_speaks_reads_them(monkeypatch: pytest.MonkeyPatch) -> None:
    def deeper(texts: Sequence[str]) -> Readings:
        read = readings.read_many(texts)
        sad = np.array([[0.9, 0.06, 0.04]] * len(texts), np.float32)
        return replace(read, moods=sad, deep=np.ones(len(texts), np.bool_))

    monkeypatch.setattr(readings, "wake_deep", lambda: True)
    monkeypatch.setattr(readings, "read_deeper", deeper)
    drawn = testing.make_draw(size=8).labels.all()
    assert {one.tier for one in drawn} == {"deep"}
    assert all(one.sure and one.shares == [0.9, 0.06, 0.04] for one in drawn)
    assert len({one.stratum for one in drawn}) > 1
