"""Figures from labels that were drawn by strata."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from grapevine.understand import figures
from grapevine.understand.figures import Judged


def judged(said: str = "negative", read: str = "", likely: float = 0.8, **values: Any) -> Judged:
    rest = (1 - likely) / 2
    shares = tuple(likely if mood == (read or said) else rest for mood in figures.MOODS)
    defaults: dict[str, Any] = {
        "sure": likely > 0.62,
        "stratum": "a",
        "weight": 1.0,
        "lang": "sv",
        "source": "Elsinore",
        "tier": "fast",
        "month": date(2026, 3, 1),
    }
    return Judged(said=said, shares=shares, **{**defaults, **values})  # type: ignore[arg-type]


def test_few_labels_bear_no_figure() -> None:
    assert figures.figures([judged()] * (figures.TOO_FEW - 1), {"a": 100}) is None


def test_a_stratum_counts_for_as_many_texts_as_it_stands_for() -> None:
    common = [judged() for _ in range(20)]
    rare = [judged(read="positive", stratum="b") for _ in range(20)]
    found = figures.figures([*common, *rare], {"a": 900, "b": 100})
    assert found is not None
    assert found.accuracy.value == pytest.approx(0.9)
    assert found.count == 40
    assert found.table == ((20, 0, 20), (0, 0, 0), (0, 0, 0))
    assert found.accuracy.low < 0.9 < found.accuracy.high


def test_all_right_does_not_mean_certain() -> None:
    found = figures.figures([judged(mood) for mood in figures.MOODS for _ in range(10)], {"a": 30})
    assert found is not None
    assert (found.accuracy.value, found.macro_f1.value) == (1.0, 1.0)
    assert found.accuracy.low < 0.9
    assert found.macro_f1.low <= found.accuracy.low


def test_calibration_is_told_by_how_likely_readings_were() -> None:
    labels = [judged(likely=0.95) for _ in range(15)] + [
        judged(likely=0.95, read="positive") for _ in range(5)
    ]
    found = figures.figures(labels, {"a": 20})
    assert found is not None
    (only,) = found.bins
    assert (only.low, only.high, only.count) == (0.9, 1.0, 20)
    assert (only.likely, only.right) == (pytest.approx(0.95), pytest.approx(0.75))
    assert found.calibration_error == pytest.approx(0.2)


def test_the_sure_part_is_judged_by_itself() -> None:
    labels = [judged(likely=0.9) for _ in range(10)] + [judged(likely=0.4, read="neutral") for _ in range(10)]
    found = figures.figures(labels, {"a": 20})
    assert found is not None
    assert found.sure_share.value == pytest.approx(0.5)
    assert found.sure_accuracy is not None and found.sure_accuracy.value == 1.0


def test_groups_with_few_labels_tell_their_number_only() -> None:
    labels = [judged() for _ in range(20)] + [judged(lang="nl") for _ in range(3)]
    found = figures.figures(labels, {"a": 23})
    assert found is not None
    swedish, dutch = found.langs
    assert (swedish.key, swedish.count, swedish.accuracy is not None) == ("sv", 20, True)
    assert (dutch.key, dutch.count, dutch.accuracy) == ("nl", 3, None)


def test_drift_goes_from_month_to_month() -> None:
    labels = [judged(month=date(2026, 4, 1)) for _ in range(9)] + [judged(read="positive") for _ in range(9)]
    found = figures.drift(labels, figures.weights(labels, {"a": 18}))
    assert [(one.key.month, one.accuracy.value if one.accuracy else None) for one in found] == [
        (3, 0.0),
        (4, 1.0),
    ]


def test_the_same_labels_give_the_same_figures() -> None:
    labels = [judged(read="positive" if n % 3 == 0 else "") for n in range(30)]
    assert figures.figures(labels, {"a": 90}) == figures.figures(labels, {"a": 90})
