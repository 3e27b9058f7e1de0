"""The deep tier reads, in the worker, what the fast one wasn't sure of."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from grapevine.core.testing import NOON
from grapevine.listen import reads
from grapevine.listen import testing as listen
from grapevine.listen.actions import deepening
from grapevine.listen.models import Mention
from grapevine.listen.reads import MOOD_NUMBERS, Read
from grapevine.sources import testing as sources
from grapevine.understand.actions import readings

pytestmark = pytest.mark.django_db

SAD = Read("en", MOOD_NUMBERS["negative"], 0, False)
ASKED: list[str] = []


def _read(texts: Sequence[tuple[str, str]], *, deeper: bool = False) -> list[Read]:
    if deeper:
        ASKED.extend(text for _title, text in texts)
        return [SAD for _ in texts]
    return [SAD if "late" in text else Read("en", reads.UNSURE, 0, "spam" in text) for _title, text in texts]


@pytest.fixture(autouse=True)
def talk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three posts, one of which the fast tier leaves unsure, on a machine with a deep tier."""
    ASKED.clear()
    monkeypatch.setattr(reads, "of_texts", _read)
    monkeypatch.setattr(readings, "is_deep_installed", lambda: True)
    monkeypatch.setattr(readings, "wake_deep", lambda: True)
    listen.make_watch(query="elsinore")
    sources.store(
        sources.make_source(), *map(sources.heard, ("Elsinore was late", "Elsinore, well", "Elsinore spam"))
    )


def test_the_unsure_are_read_deeper_once_and_counted() -> None:
    assert deepening.run_through(at=NOON) == 1
    assert ASKED == ["Elsinore, well"]
    assert sorted(Mention.objects.values_list("mood", flat=True)) == [0, 1, 1]
    assert deepening.run_through(at=NOON) == 0
    listen.check()


def test_what_comes_later_is_read_when_it_comes() -> None:
    deepening.run_through(at=NOON)
    sources.store(sources.make_source(name="Second"), sources.heard("Elsinore, hm"))
    assert deepening.run_through(at=NOON) == 1
    assert ASKED[-1] == "Elsinore, hm"


def test_after_reading_again_the_latest_are_looked_at_once_more(monkeypatch: pytest.MonkeyPatch) -> None:
    deepening.run_through(at=NOON)
    Mention.objects.update(mood=reads.UNSURE)
    deepening.begin_again()
    assert deepening.run_through(at=NOON) == 2


def test_who_is_far_behind_begins_with_the_latest(monkeypatch: pytest.MonkeyPatch) -> None:
    deepening.run_through(at=NOON)
    sources.store(
        sources.make_source(name="Second"), sources.heard("Elsinore, hm"), sources.heard("Elsinore, er")
    )
    monkeypatch.setattr(deepening, "BEHIND", 1)
    monkeypatch.setattr(deepening, "LATEST", 1)
    assert deepening.run_through(at=NOON) == 1
    assert ASKED[1:] == ["Elsinore, er"]


def test_without_a_deep_tier_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readings, "is_deep_installed", lambda: False)
    assert deepening.run_through(at=NOON) == 0
    assert ASKED == []
