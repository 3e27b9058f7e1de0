"""People say things at the same time, and somebody is forgotten meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from django.db import connection

from grapevine.core.testing import NOON, make_user
from grapevine.engine.text.reading import adapter
from grapevine.understand import testing
from grapevine.understand.actions import corrections, labels
from grapevine.understand.models import Adapter, Correction
from grapevine.understand.selectors import honesty

pytestmark = pytest.mark.django_db(transaction=True)
YORICK = [(1, "yorick")]


class Slow:
    """The thread called "first" stops in the middle of its n-th learning until it is let go, or half a second has passed."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *, at: int = 1) -> None:
        self.there, self.go, self.errors = threading.Event(), threading.Event(), []  # type: ignore[var-annotated]
        self.times, self.at, self.learn = 0, at, adapter.learn
        monkeypatch.setattr(adapter, "learn", self)

    def __call__(self, lessons: Sequence[adapter.Lesson]) -> Any:
        if threading.current_thread().name == "first":
            self.times += 1
            if self.times == self.at:
                self.there.set()
                self.go.wait(0.5)
        return self.learn(lessons)

    def run(self, first: Callable[[], Any], second: Callable[[], Any]) -> None:
        """The second begins while the first learns."""
        one = threading.Thread(target=self._safely, args=(first,), name="first")
        other = threading.Thread(target=self._safely, args=(second,))
        one.start()
        assert self.there.wait(20)
        other.start()
        one.join(30)
        other.join(30)
        assert self.errors == []

    def _safely(self, what: Callable[[], Any]) -> None:
        try:
            what()
        except Exception as error:  # noqa: BLE001 - any of them is shown by the test
            self.errors.append(error)
        finally:
            connection.close()


def test_an_author_forgotten_while_somebody_corrects_is_not_learnt_from(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for _ in range(3):
        testing.make_correction()
    testing.make_correction("Yoricks hemlighet i Helsingör", author="yorick")
    Slow(monkeypatch).run(
        lambda: testing.make_correction("Något helt annat"),
        lambda: corrections.forget_authors(authors=YORICK, at=NOON),
    )
    lessons = [
        adapter.Lesson(text, "negative", found=True)
        for text in Correction.objects.lessons(testing.SCOPE).values_list("text", flat=True)
    ]
    assert len(lessons) == 4
    alone = adapter.learn(lessons)
    assert alone is not None
    assert bytes(Adapter.objects.get().data) == alone.dump()


def test_what_is_said_of_an_author_while_they_are_forgotten_is_forgotten_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    Slow(monkeypatch).run(
        lambda: testing.make_correction("Yoricks hemlighet i Helsingör", author="yorick"),
        lambda: corrections.forget_authors(authors=YORICK, at=NOON),
    )
    assert not Correction.objects.exists()
    assert not Adapter.objects.exists()


def test_forgetting_in_several_scopes_and_correcting_in_one_do_not_wait_for_each_other_forever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for scope in ("play:1", "play:2"):
        testing.make_correction(author="yorick", scope=scope)
        testing.make_correction(scope=scope)
    Slow(monkeypatch, at=2).run(
        lambda: corrections.forget_authors(authors=YORICK, at=NOON),
        lambda: testing.make_correction(scope="play:2"),
    )
    assert dict(Adapter.objects.values_list("scope", "corrections")) == {"play:1": 1, "play:2": 2}


@pytest.mark.parametrize("was_said_before", [False, True])
def test_two_things_said_of_one_text_at_once_are_both_kept(
    monkeypatch: pytest.MonkeyPatch, was_said_before: bool
) -> None:
    of = testing.make_candidate("Kvarnen gick sönder")
    if was_said_before:
        testing.make_correction(of=of, mood="neutral")
    Slow(monkeypatch).run(
        lambda: testing.make_correction(of=of, mood="negative"),
        lambda: testing.make_correction(of=of, mood=None, intents=["complains"]),
    )
    (kept,) = Correction.objects.current()
    assert (kept.mood, kept.intents) == ("negative", ["complains"])


def test_a_label_with_a_mood_says_that_it_is_no_spam_and_is_given_once() -> None:
    draw = testing.make_draw(size=8)
    label = draw.labels.order_by("place")[0]
    of = testing.make_candidate(subject_id=label.subject_id)
    by = make_user(role="member")
    made = labels.label(label=label, of=of, mood="positive", by=by, at=NOON)
    assert made is not None and made.spam is False
    late = draw.labels.order_by("place")[0]
    assert labels.label(label=late, of=of, mood="negative", by=by, at=NOON) is None
    labels.drop_missing(label=late)
    labels.skip(label=label, by=by, at=NOON)
    assert not draw.labels.filter(place=0).exists()


def test_spam_among_the_labels_of_a_stratum_is_no_part_of_what_the_others_stand_for() -> None:
    draw = testing.make_draw(size=8)
    draw.labels.update(stratum="a", weight=10.0)
    draw.labels.filter(place__lt=3).update(said="negative", at=NOON)
    draw.labels.filter(place=3).update(said_spam=True, at=NOON)
    draw.labels.filter(place=4).update(is_skipped=True, at=NOON)
    assert honesty._sizes(draw.pk) == {"a": 60.0}
