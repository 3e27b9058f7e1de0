"""Who removes what, what hangs on it, and how it comes back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from grapevine.core import access
from grapevine.core.testing import NOON, make_user, signed_in
from grapevine.spread import testing as spread
from grapevine.spread.actions import forecasts, works
from grapevine.spread.models import Cascade, Forecast

pytestmark = pytest.mark.django_db


def made_by(user: Any) -> Cascade:
    return spread.make_cascade(made_by=user)


def test_members_remove_what_they_asked_for_and_leads_remove_all() -> None:
    mine, theirs = signed_in("member"), signed_in("member")
    row = made_by(mine.user)  # type: ignore[attr-defined]
    address = f"/spread/cascades/{row.pk}/"
    assert f"{address}remove/" not in theirs.get(address).content.decode()
    assert theirs.post(f"{address}remove/", follow=True).status_code == 200
    assert mine.get(address).status_code == 200
    with pytest.raises(access.AccessDenied):
        works.remove(row, by=make_user(role="member"), at=NOON)
    assert f"{address}remove/" in mine.get(address).content.decode()
    mine.post(f"{address}remove/")
    assert mine.get(address).status_code == 404
    theirs.post(f"{address}restore/")
    assert mine.get(address).status_code == 404
    lead = signed_in("lead")
    lead.post(f"{address}restore/")
    assert lead.get(address).status_code == 200
    lead.post(f"{address}remove/")
    assert lead.get(address).status_code == 404


def test_what_nobody_in_particular_asked_for_is_removed_by_leads() -> None:
    row = spread.make_cascade()
    assert not works.may_change(row, by=make_user(role="member"))
    assert works.may_change(row, by=make_user(role="lead"))


def test_what_hangs_on_it_is_named_before_it_goes() -> None:
    member = signed_in("member")
    cascade = made_by(member.user)  # type: ignore[attr-defined]
    forecast = spread.make_forecast(name="As spring comes")
    Forecast.objects.filter(pk=forecast.pk).update(outcome=cascade)
    door = f"/spread/cascades/{cascade.pk}/remove/"
    asked = member.post(door, {"next": "/spread/cascades/"})
    assert asked.status_code == 200
    assert "As spring comes" in asked.content.decode()
    cascade.refresh_from_db()
    assert cascade.removed_at is None
    gone = member.post(door, {"next": "/spread/cascades/", "sure": "1"})
    assert gone.headers["Location"] == "/spread/cascades/"
    cascade.refresh_from_db()
    assert cascade.removed_at is not None


def test_on_a_network_hangs_what_was_worked_out_on_it() -> None:
    network = spread.make_network()
    spread.make_simulation(network=network, name="What if we hum")
    spread.make_audience(network=network)
    said = signed_in("lead").post(f"/spread/networks/{network.pk}/remove/").content.decode()
    assert "What if we hum" in said
    assert "Regulars" in said


def test_reading_again_leaves_what_somebody_else_read() -> None:
    reader, other = make_user(role="member"), make_user(role="member")
    forecast = spread.make_forecast()
    first = forecasts.compare(forecast=forecast, by=reader, at=NOON)
    forecasts.compare(forecast=forecast, by=other, at=NOON + timedelta(hours=1))
    first.refresh_from_db()
    assert first.removed_at is None
    second = forecast.outcome
    assert second is not None
    forecasts.compare(forecast=forecast, by=other, at=NOON + timedelta(hours=2))
    second.refresh_from_db()
    assert second.removed_at is not None


def test_a_forecast_is_removed_by_who_kept_it() -> None:
    member = signed_in("member")
    forecast = spread.make_forecast()
    member.post(f"/spread/forecasts/{forecast.pk}/remove/")
    forecast.refresh_from_db()
    assert forecast.removed_at is None
    with pytest.raises(access.AccessDenied):
        forecasts.remove(forecast=forecast, by=make_user(role="member"), at=NOON)
    Forecast.objects.filter(pk=forecast.pk).update(kept_by=member.user)  # type: ignore[attr-defined]
    member.post(f"/spread/forecasts/{forecast.pk}/remove/")
    forecast.refresh_from_db()
    assert forecast.removed_at is not None


def test_what_was_removed_stands_in_a_list_for_those_who_may_bring_it_back() -> None:
    member, lead = signed_in("member"), signed_in("lead")
    mine, audience = made_by(member.user), spread.make_audience()  # type: ignore[attr-defined]
    assert "Removed lately" not in lead.get("/spread/").content.decode()
    for row in (mine, audience, spread.make_cascade(name="Of the demo")):
        works.remove(row, by=access.SYSTEM, at=NOON)
    seen = member.get("/spread/removed/").content.decode()
    assert mine.name in seen
    assert "Regulars" not in seen
    assert "Of the demo" not in seen
    everything = lead.get("/spread/removed/").content.decode()
    assert all(name in everything for name in (mine.name, "Regulars", "Of the demo"))
    assert "Removed lately" in member.get("/spread/").content.decode()
    assert f'action="/spread/cascades/{mine.pk}/restore/"' in seen
