"""Figures held against sums done by hand."""

from __future__ import annotations

import numpy as np
import pytest

from grapevine.engine.text.scores import calibration_error, scores


def test_the_figures_are_those_of_the_books() -> None:
    made = scores(["a", "a", "b", "b"], ["a", "b", "b", "b"], ["a", "b"])
    assert made.accuracy == 0.75
    assert made.f1 == pytest.approx((2 / 3, 0.8))
    assert made.macro_f1 == pytest.approx((2 / 3 + 0.8) / 2)
    assert made.table.tolist() == [[1, 1], [0, 2]]
    assert made.interval[0] <= made.macro_f1 <= made.interval[1]


def test_what_is_none_of_the_names_is_wrong_and_counted() -> None:
    made = scores(["a", "b"], ["a", "c"], ["a", "b"])
    assert (made.accuracy, made.count, made.f1) == (0.5, 2, (1.0, 0.0))


def test_calibration_is_the_gap_between_what_was_promised_and_what_came_true() -> None:
    assert calibration_error(np.array([0.95, 0.95]), np.array([True, False])) == pytest.approx(0.45)
    assert calibration_error(np.array([1.0, 1.0]), np.array([True, True])) == 0
