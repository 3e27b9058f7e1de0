"""Dates are read as they were meant, or refused."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grapevine.connectors.file import dates
from grapevine.connectors.reasons import Unfit

EIGHT = datetime(2026, 11, 21, 8, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    "value",
    [
        "2026-11-21T08:15:00Z", "2026-11-21 08:15", "2026-11-21 08:15:00.0", "2026-11-21T09:15:00+01:00",
        "2026-11-21 08:15:00 UTC", "2026/11/21 08:15", "2026/11/21 8:15", "20261121081500", "1795248900", "1795248900000",
        "1795248900.0", "Sat Nov 21 08:15:00 +0000 2026", "Sat Nov 21 09:15:00 +0100 2026", "21-Nov-2026 08:15AM",
        "21 Nov 2026 8:15 am", "Nov 21, 2026 8:15 AM", "November 21, 2026, 8:15", "Sat, 21 Nov 2026 08:15:00 +0000",
        "Sat, 21 Nov 2026 10:15:00 +0200", "21/11/2026 08:15", "21.11.2026 08:15", "21.11.26 8:15", "21-11-2026 08:15:00",
        "21. november 2026 kl. 8:15", "21 novembre 2026 08:15", " 2026-11-21 08:15 ", "21st November 2026 8:15am",
    ],
)  # fmt: skip
def test_a_date_is_read_however_it_is_written(value: str) -> None:
    assert dates.reader(dates.DateRule(day_first=True))(value) == EIGHT


@pytest.mark.parametrize(
    "value",
    ["3 mar 2026", "3. marts 2026", "3 maart 2026", "3 mars 2026", "3. März 2026", "March 3, 2026", "3/3/26"],
)
def test_months_have_names_in_our_languages(value: str) -> None:
    assert dates.reader(dates.DateRule())(value) == datetime(2026, 3, 3, tzinfo=UTC)


@pytest.mark.parametrize("hour", [("12:05AM", 0), ("12:05PM", 12), ("1:05 pm", 13), ("11:05 p.m.", 23)])
def test_noon_and_midnight_are_told_apart(hour: tuple[str, int]) -> None:
    assert dates.reader(dates.DateRule())(f"22-Nov-2026 {hour[0]}").hour == hour[1]


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("0000-00-00 00:00:00", "bad_date"), ("0000-01-01", "bad_date"), ("0001-01-01T00:00:00+14:00", "date_out_of_range"),
        ("9999-12-31T23:59:59-14:00", "date_out_of_range"), ("1969-12-31", "date_out_of_range"),
        ("2101-01-01", "date_out_of_range"), ("31/02/2026", "bad_date"), ("13:61", "bad_date"), ("tomorrow", "bad_date"),
        ("2026-13-01", "bad_date"), ("21 Foo 2026", "bad_date"), ("21-Nov-2026 13:15PM", "bad_date"), ("²", "bad_date"),
        ("99999999999999999999", "bad_date"), ("", "bad_date"), ("1/2", "bad_date"), ("21/11/2026 25:00", "bad_date"),
    ],
)  # fmt: skip
def test_what_is_no_date_is_refused_with_a_reason(value: str, reason: str) -> None:
    with pytest.raises(Unfit) as caught:
        dates.reader(dates.DateRule(day_first=True))(value)
    assert caught.value.reason == reason


@given(
    st.text(max_size=40) | st.from_regex(r"[0-9/.: -]{1,30}", fullmatch=True),
    st.sampled_from(["iso", "twitter", "any"]),
)
def test_any_text_is_a_date_or_unfit(value: str, kind: str) -> None:
    try:
        at = dates.reader(dates.DateRule(kind=kind))(value)  # type: ignore[arg-type]
    except Unfit:
        return
    assert at.tzinfo is UTC


@given(
    st.datetimes(min_value=datetime(1970, 1, 2), max_value=datetime(2100, 12, 30)).map(
        lambda at: at.replace(microsecond=0)
    )
)
def test_every_kind_reads_its_own_writing(at: datetime) -> None:
    aware = at.replace(tzinfo=UTC)
    for kind, pattern, written in (
        ("iso", "%Y-%m-%d %H:%M:%S", at.isoformat(" ")),
        ("any", "%d/%m/%Y %H:%M:%S", None),
        ("any", "%d %b %Y %I:%M:%S %p", None),
        ("twitter", "%a %b %d %H:%M:%S +0000 %Y", None),
    ):
        value = written or at.strftime(pattern).replace(f"{at.year}", f"{at.year:04}")
        assert dates.reader(dates.DateRule(kind=kind, day_first=True))(value) == aware, value  # type: ignore[arg-type]


def test_a_row_that_leaves_no_choice_decides_for_the_column() -> None:
    assert dates.detect(["01/02/2026", "13/02/2026"]) == (dates.DateRule(day_first=True), {})
    assert dates.detect(["01/02/2026", "02/13/2026"]) == (dates.DateRule(day_first=False), {})
    assert dates.detect(["01.02.2026"])[0].day_first is True


def test_where_no_row_decides_the_day_comes_first_and_that_is_said() -> None:
    rule, problems = dates.detect(["05/05/2026", "01/02/2026", "03/04/2026"])
    assert rule.day_first is None
    assert problems == {"ambiguous_dates": {"written": "01/02/2026", "read": date(2026, 2, 1)}}
    assert dates.detect(["01/02/2026"], day_first=False) == (dates.DateRule(day_first=False), {})
    assert list(dates.detect(["13/01/2026", "01/13/2026"])[1]) == ["mixed_dates"]
    assert list(dates.detect(["soon", "later", "2026-01-01"])[1]) == ["unreadable_dates"]
    assert dates.detect(["", " "]) == (dates.DateRule(), {})


def test_the_many_decide_over_the_few() -> None:
    american = [f"02/{day}/2026" for day in range(1, 29)]
    rule, problems = dates.detect([*american, "14/02/2026"])
    assert rule.day_first is False
    assert list(problems) == ["mixed_dates"]
    assert "mixed_dates" in dates.detect(american, day_first=True)[1]


@pytest.mark.parametrize("odd", ["25/25/2026", "45/01/2026", "1/99/2026", "13.45.30", "2026/13/14"])
def test_what_is_no_date_either_way_decides_nothing(odd: str) -> None:
    assert dates.detect(["02/13/2026", "02/14/2026", odd]) == (dates.DateRule(day_first=False), {})


def test_the_other_way_round_is_not_tried() -> None:
    with pytest.raises(Unfit):
        dates.reader(dates.DateRule(day_first=True))("10/31/2026")


def test_times_without_a_zone_are_in_the_zone_of_the_mapping() -> None:
    read = dates.reader(dates.DateRule(timezone="Europe/Stockholm"))
    assert read("2026-07-01 12:00") == datetime(2026, 7, 1, 10, tzinfo=UTC)
    assert read("2026-01-01 12:00") == datetime(2026, 1, 1, 11, tzinfo=UTC)
    assert read("2026-07-01T12:00Z") == datetime(2026, 7, 1, 12, tzinfo=UTC)
    assert read("2026-10-25 02:30") == datetime(2026, 10, 25, 0, 30, tzinfo=UTC), (
        "the first of two half past twos"
    )
