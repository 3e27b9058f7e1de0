"""The deep tier reads, in the worker, what the fast one wasn't sure of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from grapevine.core import access
from grapevine.core.testing import NOON
from grapevine.engine.text import reading
from grapevine.listen import reads, samples
from grapevine.listen import testing as listen
from grapevine.listen.actions import deepening, rereading
from grapevine.listen.models import Brand, Mention
from grapevine.sources import testing as sources
from grapevine.understand.actions import corrections, readings
from grapevine.understand.contracts import Readings
from grapevine.understand.testing import Correction

pytestmark = pytest.mark.django_db

ASKED: list[str] = []


def _batch(texts: Sequence[str], deeper: bool) -> Readings:
    read = reading.batch(texts)
    sad = np.array([deeper or "late" in text for text in texts], np.bool_)
    return replace(
        read,
        langs=np.full(len(texts), 6),
        moods=np.where(sad[:, None], [[0.98, 0.01, 0.01]], [[0.3, 0.4, 0.3]]).astype(np.float32),
        spam=np.array(["spam" in text for text in texts], np.float32),
        points=np.zeros_like(read.points),
        ironic=np.zeros(len(texts), np.bool_),
        worded=np.ones(len(texts), np.bool_),
        deep=np.full(len(texts), deeper),
    )


def _deeper(texts: Sequence[str]) -> Readings:
    ASKED.extend(texts)
    return _batch(texts, True)


@pytest.fixture(autouse=True)
def talk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three posts, one of which the fast tier leaves unsure, on a machine with a deep tier."""
    ASKED.clear()
    monkeypatch.setattr(readings, "read_many", lambda texts: _batch(texts, False))
    monkeypatch.setattr(readings, "read_deeper", _deeper)
    monkeypatch.setattr(readings, "is_deep_installed", lambda: True)
    monkeypatch.setattr(readings, "wake_deep", lambda: True)
    listen.make_watch(query="elsinore")
    sources.store(
        sources.make_source(), *map(sources.heard, ("Elsinore was late", "Elsinore, well", "Elsinore spam"))
    )


def test_the_unsure_are_read_deeper_once_and_counted() -> None:
    assert deepening.run_through(at=NOON) == 1
    assert ASKED == ["Elsinore, well"]
    assert _moods() == [0, 1, 1]
    assert deepening.run_through(at=NOON) == 0
    listen.check()


def test_what_comes_later_is_read_when_it_comes() -> None:
    deepening.run_through(at=NOON)
    sources.store(sources.make_source(name="Second"), sources.heard("Elsinore, hm"))
    assert deepening.run_through(at=NOON) == 1
    assert ASKED[-1] == "Elsinore, hm"


def _moods() -> list[int]:
    return sorted(Mention.objects.values_list("mood", flat=True))


def test_reading_a_brand_again_undoes_no_deep_reading() -> None:
    deepening.run_through(at=NOON)
    rereading.brand(brand_id=Brand.objects.get().pk, at=NOON)
    assert _moods() == [0, 1, 1]


def test_correcting_one_part_of_a_post_undoes_no_deep_reading_of_another() -> None:
    deepening.run_through(at=NOON)
    post = Mention.objects.get(post__text="Elsinore, well").post_id
    brand = Brand.objects.get()
    (of,) = samples.Posts().some(reads.scope_of(brand.pk), [post]).values()
    corrections.correct(
        subject=reads.SUBJECT,
        scope=reads.scope_of(brand.pk),
        of=of,
        by=access.SYSTEM,
        at=NOON,
        intents=["idea"],
    )
    rereading.posts(post_ids=[post], at=NOON)
    found = Mention.objects.get(post_id=post)
    assert (found.mood, found.wants) == (1, reads.WANT_BITS["idea"])
    assert Correction.objects.get().tier == "deep"


def test_what_a_brand_learnt_stands_on_the_deep_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bool] = []
    monkeypatch.setattr(readings, "reads_alone", lambda scope: True)

    def adapted(batch: Readings, rows: Any, texts: Any, scope: str, *, held: bool = False) -> Readings:
        seen.extend(batch.deep[rows].tolist())
        return readings.some(batch, rows)

    monkeypatch.setattr(readings, "adapted", adapted)
    deepening.run_through(at=NOON)
    assert seen == [True]
    assert _moods() == [0, 1, 1]


def test_only_the_newest_posts_of_a_brand_are_read_deeper_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rereading, "CHUNK", 1)
    monkeypatch.setattr(rereading, "DEEP", 2)
    rereading.brand(brand_id=Brand.objects.get().pk, at=NOON)
    assert len(ASKED) == 2


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
    monkeypatch.setattr(readings, "wake_deep", lambda: False)
    assert deepening.run_through(at=NOON) == 0
    assert ASKED == []
