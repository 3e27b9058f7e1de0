"""Numbers and moments are written as the language has them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import translation

from grapevine.core import testing
from grapevine.ui import numbers
from grapevine.ui.components import figures
from grapevine.ui.tests.moments import CASES


@pytest.mark.parametrize(
    ("language", "whole", "short", "share"),
    [
        ("sv", "1\xa0234\xa0567", "1,2\u202fmn", "12\xa0%"),
        ("da", "1.234.567", "1,2\u202fmio.", "12\xa0%"),
        ("nl", "1.234.567", "1,2\u202fmln.", "12%"),
        ("en", "1,234,567", "1.2M", "12%"),
    ],
)
def test_each_language_has_its_separators_and_words(
    language: str, whole: str, short: str, share: str
) -> None:
    with translation.override(language):
        assert numbers.num(1_234_567) == whole
        assert numbers.compact(1_234_567) == short
        assert numbers.percent(0.1234) == share


@pytest.mark.parametrize(
    ("number", "short"),
    [
        (0, "0"), (7, "7"), (9_999, "9,999"), (10_000, "10K"), (12_449, "12.4K"), (99_960, "100K"), (999_499, "999K"),
        (999_960, "1M"), (1_960_000_000, "2B"), (-12_400, "−12.4K"), (3.26, "3.3"), (None, "–"),
    ],
)  # fmt: skip
def test_large_numbers_are_rounded_not_cut(number: Any, short: str) -> None:
    assert numbers.compact(number) == short


def test_a_change_carries_its_sign_and_is_silent_without_a_before() -> None:
    assert numbers.change(123, 100) == "+23%"
    assert numbers.change(50, 100) == "−50%"
    assert numbers.change(100, 100) == "0%"
    assert numbers.change(None, 5) == ""


def test_what_was_nothing_or_next_to_nothing_has_no_percents() -> None:
    assert numbers.change(10_486, 0) == "new"
    assert numbers.change(10_486, 1) == "+10,485"
    assert numbers.change(2, 9) == "−7"
    assert numbers.change(9, 9) == "±0"
    assert numbers.change(15, 10) == "+50%"
    assert numbers.change(0, 0) == ""


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0 s"),
        (45, "45 s"),
        (200, "3 min 20 s"),
        (3600, "1 h"),
        (8_125, "2 h 15 min"),
        (280_000, "3 d 5 h"),
    ],
)
def test_a_length_of_time_is_told_in_the_two_units_that_matter(seconds: int, text: str) -> None:
    assert numbers.duration(seconds).replace("\xa0", " ") == text


@pytest.mark.parametrize(
    ("ago", "text"),
    [
        (timedelta(seconds=20), "just now"),
        (timedelta(minutes=5), "5 min ago"),
        (timedelta(hours=3), "3 h ago"),
        (timedelta(days=1), "1 day ago"),
        (timedelta(days=2), "2 days ago"),
        (timedelta(days=10), "20 February"),
        (timedelta(days=400), "26 January 2025"),
        (-timedelta(minutes=5), "in 5 min"),
    ],
)
def test_a_moment_is_told_from_now(ago: timedelta, text: str) -> None:
    assert figures.relative(testing.NOON - ago, testing.NOON) == text


@pytest.mark.parametrize(("seconds", "language", "text"), CASES)
def test_the_server_tells_moments_by_the_table_that_the_browser_keeps(
    seconds: int, language: str, text: str | None
) -> None:
    at = testing.NOON - timedelta(seconds=seconds)
    with translation.override(language):
        told = figures.relative(at, testing.NOON)
        assert told == (figures._date(at, testing.NOON) if text is None else text)


def test_a_moment_shows_the_whole_date_on_focus_but_not_twice_in_the_tab_order() -> None:
    shown = figures.moment(testing.NOON)
    assert 'data-absolute="2 March 2026, 13:00"' in shown  # Stockholm's clock
    assert 'tabindex="0"' in shown
    assert "tabindex" not in figures.moment(testing.NOON, href="/x")
    assert "tabindex" not in figures.moment(testing.NOON, plain=True)
    assert "never" in figures.moment(None)


def test_a_figure_says_which_way_is_good_only_when_told() -> None:
    assert 'class="stat-change "' in figures.stat("Mentions", 12, before=10)
    assert 'class="stat-change good"' in figures.stat("Waiting", 4, before=9, good="down")
    assert 'class="stat-change bad"' in figures.stat("Waiting", 9, before=4, good="down")
    assert "9 in the period before" in figures.stat("Waiting", 4, before=9)
