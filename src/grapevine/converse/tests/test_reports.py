"""The desk's report: sums of days and months, over any stretch of time."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grapevine.converse import sums, testing
from grapevine.converse.actions import tallies
from grapevine.converse.models import Kind, Rollup, Tally
from grapevine.converse.selectors import reports
from grapevine.converse.selectors.reports import Wanted
from grapevine.core.testing import signed_in

NEW_YEAR = date(2026, 1, 1)


def fill(days: int = 120, number: int = 200) -> None:
    """Happenings on random days."""
    dice = random.Random(7)
    team = testing.make_team()
    made = [testing.make_thread(text="", team=team, lang="da"), testing.make_thread(text="", lang="sv")]
    for _one in range(number):
        at = datetime(2026, 1, 1, 12, tzinfo=UTC) + timedelta(days=dice.randrange(days))
        kind = dice.choice(list(Kind))
        values = {
            Kind.ANSWERED: {"seconds": dice.randrange(500_000), "in_time": dice.random() < 0.7},
            Kind.RATED: {"score": dice.randrange(1, 4)},
        }
        tallies.tally(kind, [dice.choice(made)], at=at, **values.get(kind, {}))


@pytest.mark.django_db
def test_any_stretch_of_days_adds_up_to_what_was_counted_in_it() -> None:
    fill()
    assert testing.check_sums() == []
    dice = random.Random(3)
    for _one in range(25):
        first = NEW_YEAR + timedelta(days=dice.randrange(110))
        last = first + timedelta(days=dice.randrange(120))
        found = reports.report(Wanted(first=first, last=last))
        its = Tally.objects.filter(day__range=(first, last))
        assert found.now.opened == its.filter(kind=Kind.OPENED).count()
        assert found.now.answered == sum(found.now.took) == its.filter(kind=Kind.ANSWERED).count()
        assert found.now.in_time == its.filter(kind=Kind.ANSWERED, in_time=True).count()
        assert sum(line.now.resolved for line in found.langs) == its.filter(kind=Kind.RESOLVED).count()
        assert sum(piece.answered for _day, piece in found.curve) == found.now.answered
        before = Tally.objects.filter(
            day__range=(first - (last - first) - timedelta(days=1), first - timedelta(days=1))
        )
        assert found.before.rated == before.filter(kind=Kind.RATED).count()


@pytest.mark.django_db
def test_a_report_is_narrowed_to_a_team_and_asks_the_same_number_of_questions(
    django_assert_num_queries: object,
) -> None:
    fill(number=50)
    with django_assert_num_queries(6):  # type: ignore[operator]
        whole = reports.report(Wanted(first=NEW_YEAR, last=NEW_YEAR + timedelta(days=119)))
    with django_assert_num_queries(6):  # type: ignore[operator]
        years = reports.report(Wanted(first=date(2022, 1, 1), last=date(2026, 12, 31), team_id=0))
    assert {line.name for line in whole.teams} == {"The Court", ""}
    assert years.wanted.unit == "month"
    assert years.now.answered == next(line for line in whole.teams if not line.name).now.answered


@pytest.mark.django_db
def test_the_sums_can_be_made_again_from_what_was_counted() -> None:
    fill(number=40)
    before = Rollup.objects.count()
    Rollup.objects.filter(span="m").update(answered=99)
    assert testing.check_sums() != []
    assert tallies.rebuild() == 40
    assert (Rollup.objects.count(), testing.check_sums()) == (before, [])


@pytest.mark.django_db
def test_the_page_shows_pictures_numbers_and_files_that_run_nothing_in_a_spreadsheet() -> None:
    thread = testing.make_thread(text="", team=testing.make_team(name="=cmd()"))
    now = datetime.now(UTC)
    tallies.tally(Kind.ANSWERED, [thread], at=now, seconds=1000, in_time=True)
    client = signed_in("member")
    page = client.get("/desk/reports/").content.decode()
    assert "<svg" in page
    assert client.get("/desk/reports/?from=2021-01-01&to=2026-12-31&team=0").status_code == 200
    file = client.get("/desk/reports/teams.csv").content.decode("utf-8-sig").splitlines()
    assert file[0].startswith("Team,Opened,Answered,In time")
    assert file[1].startswith("'=cmd(),0,1,1,0")
    assert client.get("/desk/reports/days.csv").status_code == 200
    assert client.get("/desk/reports/users.csv").status_code == 404
    assert signed_in("reader").get("/desk/reports/").status_code == 403


@given(st.lists(st.integers(0, 3_000_000), min_size=1, max_size=60))
def test_a_median_made_of_classes_lies_in_the_class_of_the_true_one(seconds: list[int]) -> None:
    counts = [sum(sums.class_of(one) == name for one in seconds) for name in sums.CLASSES]
    found = sums.quantile(counts)
    true = sorted(seconds)[(len(seconds) - 1) // 2]
    edges = (0, *sums.BOUNDS, 2 * sums.BOUNDS[-1])
    place = sums.CLASSES.index(sums.class_of(true))
    assert found is not None
    assert edges[place] <= found <= edges[place + 1]


def test_without_answers_there_is_no_median() -> None:
    assert sums.quantile([0] * len(sums.CLASSES)) is None
