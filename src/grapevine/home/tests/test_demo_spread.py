"""The demo in the room spread: a network, and two things that really spread."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from grapevine.core import jobs
from grapevine.home.demo import loader
from grapevine.people.selectors import names
from grapevine.spread import testing as spread
from grapevine.spread.observed import Seen
from grapevine.spread.selectors import forecasts

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def test_the_demo_has_a_network_and_shows_how_storm_and_campaign_spread() -> None:
    story = loader.load(at=NOW)
    assert jobs.run_due(at=NOW + timedelta(days=400), limit=40) > 2
    network = spread.Network.objects.get(is_demo=True)
    assert network.state == "done", network.fault
    assert network.people > 300
    assert network.ties > 3_000
    storm, campaign = spread.Cascade.objects.filter(is_demo=True).order_by("pk")
    told = {one.post.external_id: one.truth for one in story.posts}
    brought = sum(1 for truth in told.values() if truth.arc == "storm" and truth.brought_by)
    for cascade in (storm, campaign):
        seen = Seen.from_json(cascade.result)
        assert cascade.state == "done", cascade.fault
        assert seen.people > 90
        assert cascade.depth >= 4
        assert seen.estimated is not None
        assert 0 < (seen.estimated.auc or 0) < 1  # the page says so when it is no better than a coin
    assert sum(1 for row in storm.joinings.all() if row.brought_by is not None) > 0.6 * brought
    assert names.identities(storm.joinings.values_list("identity_id", flat=True))
    simulation = spread.Simulation.objects.get(is_demo=True)
    assert simulation.state == "done", simulation.fault
    forty, hub, _lot = simulation.scenarios.order_by("place")
    assert forty.result["mean"] > hub.result["mean"]
    audience = spread.Audience.objects.get(is_demo=True)
    assert audience.state == "done", audience.fault
    assert audience.members.count() == 40
    forecast = spread.Forecast.objects.get()
    held = forecasts.page(forecast, at=NOW).held
    assert held is not None
    assert held.is_over
    assert held.verdict in ("hit", "end")
    loader.remove(at=NOW + timedelta(hours=1))
    assert not spread.Network.objects.exists()
    assert not spread.Cascade.objects.exists()
    assert not spread.Audience.objects.exists()
    assert not spread.Forecast.objects.exists()
