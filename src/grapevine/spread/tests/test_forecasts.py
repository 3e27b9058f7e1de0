"""Forecasts: kept, held against what happened, removed."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from grapevine.core import access, clock
from grapevine.core.testing import NOON, deeds, signed_in
from grapevine.listen import testing as listen
from grapevine.listen.contracts.filters import Wish
from grapevine.spread import learnt, testing
from grapevine.spread.actions import forecasts
from grapevine.spread.models import Cascade, Forecast, Joining, Scenario, WorkState
from grapevine.spread.observed import Asked, Estimated, Seen
from grapevine.spread.selectors import forecasts as rows

pytestmark = pytest.mark.django_db
STAR = tuple((0, one) for one in range(1, 12))


def seen(*hours: float, begins: datetime = NOON, until: float = 200, **more: Any) -> Cascade:
    """A cascade that was read: who joined so many hours after it began."""
    asked = Asked(
        wish={"q": "capsule"}, begins=begins.isoformat(), ends=(begins + timedelta(hours=until)).isoformat()
    )
    row = Cascade.objects.create(
        name="Capsules", state=WorkState.DONE, asked=asked.to_json(), made_at=NOON, begins_at=begins, ends_at=begins,
        result=Seen(posts=len(hours), people=len(hours), delay_hours=30.0, **more).to_json(), people=len(hours),
    )  # fmt: skip
    Joining.objects.bulk_create(
        Joining(cascade=row, place=place, at=begins + timedelta(hours=hour), how="own")
        for place, hour in enumerate(hours)
    )
    return row


def kept(*, begins: datetime = NOON, scenario: Scenario | None = None, **more: Any) -> Forecast:
    scenario = scenario or testing.make_scenario(network=testing.make_network(STAR))
    return forecasts.keep(
        scenario=scenario, name="Spring", begins_at=begins, step_hours=24, wish=Wish(q="capsule", author="7"),
        by=access.SYSTEM, at=begins - timedelta(days=2), **more,
    )  # fmt: skip


def test_a_forecast_is_kept_with_its_filter_and_without_the_author() -> None:
    row = kept()
    assert row.wish == {"q": "capsule"}
    assert deeds()[-1] == "spread.forecast.kept"
    with pytest.raises(ValueError, match="hours"):
        forecasts.keep(
            scenario=row.scenario,
            name="No",
            begins_at=NOON,
            step_hours=0,
            wish=Wish(),
            by=access.SYSTEM,
            at=NOON,
        )


def test_a_forecast_is_shown_when_its_scenario_is_worked_out() -> None:
    row = kept()
    simulation = row.scenario.simulation
    type(simulation).objects.update(state=WorkState.RUNNING)
    browser = signed_in("member")
    assert browser.get(f"/spread/forecasts/{row.pk}/").status_code == 404
    assert "Spring" not in browser.get("/spread/forecasts/").content.decode()


def test_a_hit_and_a_miss_are_said_in_words() -> None:
    browser = signed_in("member")
    hit = kept()  # foretells 12: the hub and the eleven who listen to it
    forecasts.compare(forecast=hit, by=access.SYSTEM, at=NOON, cascade=seen(*range(1, 13)))
    text = browser.get(f"/spread/forecasts/{hit.pk}/").content.decode()
    assert "Hit: 12 people joined, within what nine of ten runs foretold." in text
    assert "<svg" in text
    assert "Hindsight" not in text
    miss = kept(scenario=hit.scenario)
    forecasts.compare(forecast=miss, by=access.SYSTEM, at=NOON, cascade=seen(1, 2, 3, strangers=1))
    text = browser.get(f"/spread/forecasts/{miss.pk}/").content.decode()
    assert "Missed: 3 people joined, fewer than nine of ten runs foretold." in text
    assert "1 person who joined has no tie in the network" in text
    assert "off by 9 people" in text
    listed = browser.get("/spread/forecasts/").content.decode()
    assert "Hit: 12 people joined" in listed
    csv = browser.get(f"/spread/forecasts/{miss.pk}/numbers.csv").content.decode()
    assert csv.splitlines()[0] == "\ufeffTime,Foretold,5 %,95 %,Really joined"
    assert deeds()[-1] == "spread.forecast.compared"


def test_what_was_kept_too_late_is_called_hindsight() -> None:
    row = kept()
    Forecast.objects.filter(pk=row.pk).update(kept_at=NOON + timedelta(days=1))
    assert (
        "Hindsight, not foresight" in signed_in("member").get(f"/spread/forecasts/{row.pk}/").content.decode()
    )


def test_the_form_keeps_a_scenario_with_the_pace_of_something_real() -> None:
    seen(1, 2)
    scenario = testing.make_scenario()
    brand = listen.make_brand(name="Elsinore")
    browser = signed_in("member")
    address = f"/spread/scenarios/{scenario.pk}/forecast/"
    text = browser.get(address).content.decode()
    assert 'value="30.0"' in text
    assert "30.0 hours in “Capsules”" in text
    wrong = browser.post(address, {"name": "S", "begins_on": "2027-01-05", "step_hours": "24", "q": ""})
    assert "Say which posts count" in wrong.content.decode()
    wrong = browser.post(address, {"name": "S", "begins_on": "2027-01-05", "step_hours": "0", "q": "(mug"})
    assert wrong.status_code == 422
    given = {"name": "Spring", "begins_on": "2027-01-05", "step_hours": "24", "brand": brand.slug, "q": "mug"}
    answer = browser.post(address, given)
    row = Forecast.objects.get()
    assert answer.headers["Location"] == f"/spread/forecasts/{row.pk}/"
    assert row.wish == {"q": "mug", "brand": brand.slug}
    text = browser.get(answer.headers["Location"]).content.decode()
    assert "It begins on 5 January 2027." in text
    assert "See what happened" not in text


def test_a_forecast_is_removed_and_comes_back_until_it_is_dropped() -> None:
    row = kept()
    browser = signed_in("lead")
    browser.post(f"/spread/forecasts/{row.pk}/remove/")
    assert browser.get(f"/spread/forecasts/{row.pk}/").status_code == 404
    browser.post(f"/spread/forecasts/{row.pk}/restore/")
    assert browser.get(f"/spread/forecasts/{row.pk}/").status_code == 200
    browser.post(f"/spread/forecasts/{row.pk}/remove/")
    assert forecasts.drop_removed(at=clock.now()) == 0
    assert forecasts.drop_removed(at=clock.now() + timedelta(days=8)) == 1


def test_what_happened_is_read_from_the_stream_by_the_forecasts_filter() -> None:
    begins = clock.now() - timedelta(days=30)
    row = kept(begins=begins)
    browser = signed_in("member")
    assert "See what happened" in browser.get(f"/spread/forecasts/{row.pk}/").content.decode()
    browser.post(f"/spread/forecasts/{row.pk}/compare/")
    row.refresh_from_db()
    assert row.outcome is not None
    asked = Asked.from_json(row.outcome.asked)
    assert asked.wish == {"q": "capsule"}
    assert datetime.fromisoformat(asked.begins) == row.begins_at
    assert datetime.fromisoformat(asked.ends) == rows.page(row, at=NOON).ends_at
    first = row.outcome
    browser.post(f"/spread/forecasts/{row.pk}/compare/")
    first.refresh_from_db()
    row.refresh_from_db()
    assert row.outcome_id != first.pk
    assert first.removed_at is not None


def test_the_numbers_of_something_real_fill_the_workbench() -> None:
    found = Estimated(
        people=100,
        joined=20,
        ties=300,
        thresholds=(0.1, 0.2, 0.25, 0.4, 0.5),
        chances=(("1", 0.2, 10), ("2–4", 0.1, 30)),
        auc=0.71,
    )
    row = seen(1, 2, estimated=found)
    values, note = learnt.of(row)
    assert values["ic-probability"] == 0.125
    assert values["watts-threshold"] == 0.25
    assert "12.5%" in note
    assert "0.71" in note
    testing.make_network()
    text = signed_in("member").get(f"/spread/simulations/new/?cascade={row.pk}").content.decode()
    assert 'value="0.125"' in text
    assert "upper bounds" in text
    _nothing, said = learnt.of(seen(1))
    assert "tells nothing" in said


def test_a_forecast_is_held_against_something_of_its_own_days_only() -> None:
    """What was read of October says nothing of a forecast of December, and nothing can be said of one that is still to come."""
    now = clock.now()
    past, to_come = kept(begins=now - timedelta(days=40)), kept(begins=now + timedelta(days=9))
    own, other = (
        seen(1, 2, begins=now - timedelta(days=39)),
        seen(1, 2, begins=now - timedelta(days=300)),
    )
    browser = signed_in("member")
    text = browser.get(f"/spread/forecasts/{past.pk}/").content.decode()
    assert f'<option value="{own.pk}">' in text
    assert f'<option value="{other.pk}">' not in text
    text = browser.get(f"/spread/forecasts/{to_come.pk}/").content.decode()
    assert "Hold it against" not in text
    assert "Come back then to see what happens" in text
    for row, against in ((past, other), (to_come, own)):
        browser.post(f"/spread/forecasts/{row.pk}/compare/", {"cascade": against.pk})
        row.refresh_from_db()
        assert row.outcome_id is None


def test_a_forecast_that_ends_at_midnight_ends_with_the_day_before() -> None:
    row = kept(
        begins=datetime(2026, 3, 2, tzinfo=timezone.get_default_timezone())
    )  # the hub, then all: two days
    text = signed_in("member").get(f"/spread/forecasts/{row.pk}/").content.decode()
    assert "From 2 March 2026 to 3 March 2026" in text
