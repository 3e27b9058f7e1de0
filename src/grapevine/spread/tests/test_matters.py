"""Who matters: the experiment on one's own network, and its answer in words."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from grapevine.core import access, clock, jobs
from grapevine.core.testing import NOON, deeds, make_user, signed_in
from grapevine.spread import testing, verdicts
from grapevine.spread.actions import experiments
from grapevine.spread.experiments import Asked, Found
from grapevine.spread.models import Experiment, Network, WorkState

pytestmark = pytest.mark.django_db

# One to whom nine listen, each of whom listens to nobody else, and a chain of ten.
STAR_AND_CHAIN = [(0, one) for one in range(1, 10)] + [(one, one + 1) for one in range(10, 19)]


def _made(network: Network, **asked: Any) -> Experiment:
    row = experiments.ask(network=network, asked=Asked(**asked), by=make_user(role="lead"), at=NOON)
    jobs.run_due(at=clock.now())
    row.refresh_from_db()
    return row


def test_the_star_reaches_its_listeners_and_the_chain_goes_on() -> None:
    row = _made(testing.make_network(STAR_AND_CHAIN), top=0.05, cost="same")
    found = Found.from_json(row.result)
    assert found.top.people == 1
    assert found.top.cascade == 10
    # The chain's first brings ten, its last itself alone; those around the star nobody but themselves.
    assert found.ordinary.cascade == pytest.approx((9 * 1 + sum(range(1, 11))) / 19)
    assert found.largest == 10
    assert sum(map(sum, found.counts)) == 20
    assert found.counts[0] == (0, 0, 1, 0, 0, 0)
    assert deeds() == ["spread.experiment.asked"]


def test_costs_turn_the_answer() -> None:
    network = testing.make_network(STAR_AND_CHAIN)
    same = Found.from_json(_made(network, top=0.05, cost="same").result)
    by_listeners = Found.from_json(_made(network, top=0.05, cost="listeners").result)
    assert "worth their price" in verdicts.headline(Asked(cost="same"), same)
    assert "if briefing somebody costs as much as they have listeners" in verdicts.headline(
        Asked(), by_listeners
    )
    assert "Ordinary people are the better bargain" in verdicts.headline(Asked(), by_listeners)


def test_unknown_followers_cost_as_much_as_the_middle_one() -> None:
    followers = [100, 10, 20, *[-1] * 17]
    network = testing.make_network(STAR_AND_CHAIN, columns={"followers": followers})
    found = Found.from_json(_made(network, top=0.05, cost="followers").result)
    assert found.top.cost == 100
    assert found.everybody.cost == pytest.approx((100 + 10 + 20 + 17 * 20) / 20)


def test_where_people_need_to_hear_it_from_all_sides_nobody_matters_alone() -> None:
    # In a closed circle with a threshold of 1 everybody waits for all the others.
    circle = [(one, other) for one in range(12) for other in range(12) if one != other]
    row = _made(testing.make_network(circle), threshold=1.0)
    assert "Nobody sets off much alone" in verdicts.headline(Asked(), Found.from_json(row.result))


def test_a_network_of_a_handful_is_refused_with_words() -> None:
    row = _made(testing.make_network([(0, 1), (1, 2)]))
    assert row.state == WorkState.FAILED
    page = signed_in("member").get(f"/spread/experiments/{row.pk}/").content.decode()
    assert "The network is too small (people: 3): at least 10 are wanted" in page


def test_it_is_asked_on_its_page_and_answered_there() -> None:
    network, lead = testing.make_network(STAR_AND_CHAIN), signed_in("lead")
    assert b"Nobody has asked yet" in lead.get(f"/spread/networks/{network.pk}/matters/").content
    told = {"threshold": "0.18", "top": "0.05", "cost": "same"}
    answer = lead.post(f"/spread/networks/{network.pk}/matters/ask/", told)
    row = Experiment.objects.get()
    assert answer.headers["Location"] == f"/spread/experiments/{row.pk}/"
    assert b"waiting for the worker" in lead.get(answer.headers["Location"]).content
    jobs.run_due(at=clock.now())
    page = lead.get(answer.headers["Location"]).content.decode()
    assert "worth their price" in page
    assert "from 5 to 19 people" in page
    assert "worth their price" in lead.get(f"/spread/networks/{network.pk}/matters/").content.decode()


def test_a_threshold_that_cannot_be_is_refused() -> None:
    network = testing.make_network(STAR_AND_CHAIN)
    told = {"threshold": "1.5", "top": "0.05", "cost": "same"}
    answer = signed_in("lead").post(f"/spread/networks/{network.pk}/matters/ask/", told)
    assert answer.status_code == 422
    assert not Experiment.objects.exists()


def test_readers_of_the_network_see_answers_and_no_form_unless_they_may_ask() -> None:
    network = testing.make_network(STAR_AND_CHAIN)
    assert signed_in("reader").get(f"/spread/networks/{network.pk}/matters/").status_code == 403
    assert b"Find out" in signed_in("member").get(f"/spread/networks/{network.pk}/matters/").content


def test_an_experiment_waits_for_its_network() -> None:
    network = testing.make_network(STAR_AND_CHAIN)
    type(network).objects.filter(pk=network.pk).update(state=WorkState.RUNNING)
    network.refresh_from_db()
    row = experiments.ask(network=network, asked=Asked(), by=access.SYSTEM, at=NOON)
    jobs.run_due(at=clock.now())
    row.refresh_from_db()
    assert row.state == WorkState.WAITING
    type(network).objects.filter(pk=network.pk).update(state=WorkState.DONE)
    jobs.run_due(at=clock.now() + timedelta(minutes=5))
    row.refresh_from_db()
    assert row.state == WorkState.DONE
