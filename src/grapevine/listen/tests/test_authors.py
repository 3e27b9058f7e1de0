"""Sets of authors, by the day and over many."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grapevine.listen import authors

posts = st.lists(st.integers(1, 40), max_size=60)


def day_of(who: list[int]) -> authors.Day:
    day = authors.Day()
    day.change(Counter(who))
    return day


@given(posts, posts)
def test_a_day_counts_what_came_less_what_went(came: list[int], more: list[int]) -> None:
    day = authors.Day(*day_of(came + more).dump())
    day.change({who: -number for who, number in Counter(more).items()})
    assert day.dump() == day_of(came).dump()
    assert len(day) == len(set(came))
    assert all(day.posts_of(who) == came.count(who) for who in range(1, 41))


def test_nobody_has_less_than_no_posts() -> None:
    with pytest.raises(ValueError, match="author 7"):
        day_of([3]).change({7: -1})


@given(st.lists(posts, max_size=5))
def test_days_merge_into_the_authors_of_all(days: list[list[int]]) -> None:
    assert authors.unique([day_of(who).dump()[0] for who in days]) == len(
        {one for who in days for one in who}
    )


@given(st.lists(posts, max_size=5))
def test_the_busiest_who_ever_wrote_twice_a_day_are_counted_exactly(days: list[list[int]]) -> None:
    counts = Counter(one for who in days for one in who)
    repeaters = {one for who in days for one, number in Counter(who).items() if number > 1}
    found = authors.busiest([day_of(who).dump() for who in days], limit=10)
    assert all(counts[one] == number for one, number in found)
    assert [number for _one, number in found] == sorted((number for _one, number in found), reverse=True)
    assert len(found) >= min(10, len(repeaters))


def test_who_writes_every_day_is_found_beside_those_who_write_much_on_one() -> None:
    days = [[1, 100 + day, 200 + day] for day in range(30)] + [[2, 2]]
    assert authors.busiest([day_of(who).dump() for who in days], limit=2) == [(1, 30), (2, 2)]
