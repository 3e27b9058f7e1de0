"""Simulations: asked for, worked out, stopped, removed."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from grapevine.core import access, clock, jobs
from grapevine.core.testing import NOON, deeds, make_user, signed_in
from grapevine.people import testing as people
from grapevine.spread import telling, testing, words
from grapevine.spread.actions import forgetting, simulations, steps, works
from grapevine.spread.models import Network, Rule, Simulation, WorkState
from grapevine.spread.outcomes import Background, Outcome
from grapevine.spread.questions import Begin, ModelChoice, Question, Way
from grapevine.spread.tests import worlds
from grapevine.ui import pictures

pytestmark = pytest.mark.django_db
SURE = ModelChoice("ic", {"probability": 1.0})


def asked(*begins: Begin, model: ModelChoice = SURE, network: Any = None, **more: Any) -> Simulation:
    network = network or worlds.two_towns()
    question = Question(model=model, **{"runs": 600, **more})
    row = simulations.ask(
        name="What if", network=network, question=question, begins=begins, by=access.SYSTEM, at=NOON
    )
    jobs.run_due(at=clock.now())
    row.refresh_from_db()
    return row


def outcomes(row: Simulation) -> list[Outcome]:
    assert row.state == WorkState.DONE, row.fault
    return [Outcome.from_json(one.result) for one in row.scenarios.order_by("place")]


def test_four_beginnings_are_compared_on_one_network() -> None:
    network = worlds.two_towns()
    row = asked(
        Begin(name="Nobody", rule=Rule.NOBODY),
        Begin(name="The hub", rule=Rule.DEGREE, way=Way(count=1)),
        Begin(
            name="By hand",
            rule=Rule.HAND,
            people=(worlds.identity(network, 15), worlds.identity(network, 20)),
        ),
        Begin(name="As advised", rule=Rule.ADVICE, way=Way(count=2)),
        network=network,
    )
    nobody, hub, hand, advised = outcomes(row)
    assert [one.mean for one in (nobody, hub, hand, advised)] == [0, 15, 15, 30]
    assert (hub.seeds, hand.seeds, advised.seeds) == (1, 2, 2)
    seeds = [
        list(one.seeds.order_by("place").values_list("identity_id", flat=True))
        for one in row.scenarios.order_by("place")
    ]
    assert seeds[0] == []
    assert seeds[1] == [worlds.identity(network, 0)]
    assert seeds[2] == [worlds.identity(network, 15), worlds.identity(network, 20)]
    assert set(seeds[3]) == {worlds.identity(network, 0), worlds.identity(network, 15)}
    assert deeds()[-1] == "spread.simulation.asked"


def test_who_refuses_and_our_own_accounts_do_not_begin_unless_that_is_wished() -> None:
    network = worlds.network_of(
        [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)], handles=["hamlet", "horatio", "?", "?"], ours=[1]
    )
    hamlet = people.Identity.objects.get(pk=worlds.identity(network, 0))
    people.make_refusal(identity=hamlet)
    row = asked(
        Begin(name="May", rule=Rule.DEGREE, way=Way(count=1)),
        Begin(name="Anybody", rule=Rule.DEGREE, way=Way(count=1, contactable=False)),
        network=network,
    )
    outcomes(row)
    first, second = (one.seeds.get().identity_id for one in row.scenarios.order_by("place"))
    assert first == worlds.identity(network, 2)
    assert second == hamlet.pk


def test_lots_are_drawn_of_those_who_may_be_contacted_and_never_of_the_forgotten() -> None:
    """A star about hamlet, who refuses, and two more, of whom one is forgotten: whoever is drawn reaches nobody but themselves."""
    network = worlds.network_of(
        [(0, one) for one in range(1, 8)] + [(8, one) for one in range(1, 8)], handles=["hamlet", *"?" * 8]
    )
    people.make_refusal(identity=people.Identity.objects.get(pk=worlds.identity(network, 0)))
    forgetting.out_of_networks([worlds.identity(network, 8)])
    network.refresh_from_db()
    row = asked(
        Begin(name="May", rule=Rule.RANDOM, way=Way(count=1)),
        Begin(name="Anybody", rule=Rule.RANDOM, way=Way(count=1, contactable=False)),
        Begin(name="Everybody", rule=Rule.RANDOM, way=Way(count=9, contactable=False)),
        network=network,
    )
    may, anybody, everybody = outcomes(row)
    assert may.hundredths[-1] == 1
    assert anybody.hundredths[-1] == 8
    assert (everybody.mean, everybody.seeds) == (8, 8)


def test_the_course_the_sizes_and_the_shares_are_kept() -> None:
    row = asked(
        Begin(name="Chain", rule=Rule.RANDOM, way=Way(count=2)), model=ModelChoice("ic", {"probability": 0.5})
    )
    [one] = outcomes(row)
    assert one.runs >= 512
    assert sum(one.counts) == one.runs
    assert one.hundredths[0] >= 2
    assert one.p05 <= one.p50 <= one.p95
    assert one.course.mean[0] == 2
    assert one.course.mean[-1] == pytest.approx(one.mean)
    background = Background.from_json(row.result)
    assert len(background.edges) == len(one.counts) + 1
    assert background.sensitivity is not None
    assert background.sensitivity.here == 0.5
    assert background.sensitivity.means[0][0] < background.sensitivity.means[0][-1]
    assert background.window is None


def test_a_scenario_is_what_the_engine_makes_of_all_its_runs() -> None:
    from grapevine.engine.cascade import RandomSeeds
    from grapevine.spread import snapshots

    network = worlds.two_towns()
    model = ModelChoice("ic", {"probability": 0.4})
    row = asked(
        Begin(name="Lot", rule=Rule.RANDOM, way=Way(count=3, contactable=False)),
        model=model,
        network=network,
        runs=3000,
        tolerance=None,
    )
    whole = model.made().simulate(snapshots.read(network).graph, RandomSeeds(3), runs=3000, rng=1)
    assert outcomes(row)[0].mean == pytest.approx(whole.mean)
    assert outcomes(row)[0].runs == 3000


def test_it_says_how_far_it_is_and_stops_in_the_middle_of_a_scenario(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody cancels while the runs of the only scenario are under way: no further piece of them is walked."""
    monkeypatch.setattr(steps, "BETWEEN", 0)
    row = simulations.ask(
        name="Long", network=worlds.two_towns(), question=Question(model=ModelChoice("ic", {"probability": 0.4}), runs=5000, tolerance=None),
        begins=[Begin(name="Lot", rule=Rule.RANDOM, way=Way(count=3))], by=access.SYSTEM, at=NOON,
    )  # fmt: skip
    told: list[int] = []

    class Watched(jobs.Run):
        def progress(self, done: int, *, total: int | None = None, note: str = "") -> None:
            told.append(done)
            if done > 120:
                works.cancel(row, by=access.SYSTEM, at=NOON)
            super().progress(done, total=total, note=note)

    [job] = jobs.claim(1, at=clock.now())
    with pytest.raises(jobs.Cancelled):
        works.run(Watched(job), clock=clock.now)
    assert told == sorted(told) and 100 < told[-2] <= 120 < told[-1] < 130
    row.refresh_from_db()
    assert row.state == WorkState.CANCELLED


def test_watts_window_says_where_the_network_stands() -> None:
    row = asked(
        Begin(name="One", rule=Rule.DEGREE, way=Way(count=1)), model=ModelChoice("watts", {"threshold": 0.18})
    )
    window = Background.from_json(row.result).window
    assert window is not None
    # Ties count one way here, so one friend convinces those who listen to at most five, who are met z · P(at most four) times.
    assert window.directed
    for end in (window.low, window.high):
        assert end is not None
        assert end * sum(math.exp(-end) * end**k / math.factorial(k) for k in range(5)) == pytest.approx(1)
    assert window.reach <= 1
    assert "look at the simulation" in telling.theory(window)[-1]
    assert "look at the simulation" not in telling.theory(replace(window, reach=1.2))[-1]
    assert window.low and window.low < 1.020704
    assert window.high and window.high > 5.764677
    assert window.mean_degree == pytest.approx(28 / 30)
    assert not window.inside


def test_a_forgotten_person_begins_nowhere() -> None:
    network = worlds.two_towns()
    hamlet = worlds.identity(network, 0)
    forgetting.out_of_networks([hamlet])
    network.refresh_from_db()
    row = asked(Begin(name="Hub", rule=Rule.DEGREE, way=Way(count=1)), network=network)
    assert row.scenarios.get().seeds.get().identity_id != hamlet


def test_a_model_that_is_refused_fails_in_words_and_is_not_tried_again() -> None:
    row = asked(
        Begin(name="One", rule=Rule.DEGREE, way=Way(count=1)), model=ModelChoice("watts", {"threshold": 7})
    )
    assert (row.state, row.fault) == (WorkState.FAILED, "model")
    said = words.fault(row.fault, row.fault_params)
    assert "watts: threshold is 7; it must be a number from 0 to 1" in said


def test_a_cancelled_simulation_is_not_worked_out() -> None:
    network = worlds.two_towns()
    row = simulations.ask(
        name="Stop",
        network=network,
        question=Question(),
        begins=[Begin(name="N", rule=Rule.NOBODY)],
        by=access.SYSTEM,
        at=NOON,
    )
    assert works.cancel(row, by=access.SYSTEM, at=NOON)
    jobs.run_due(at=clock.now())
    row.refresh_from_db()
    assert row.state == WorkState.CANCELLED
    assert works.again(row, by=access.SYSTEM, at=NOON)
    jobs.run_due(at=clock.now())
    row.refresh_from_db()
    assert row.state == WorkState.DONE


def test_only_members_ask() -> None:
    with pytest.raises(access.AccessDenied):
        simulations.ask(
            name="No", network=worlds.two_towns(), question=Question(), begins=[Begin(name="N", rule=Rule.NOBODY)],
            by=make_user(role="reader"), at=NOON,
        )  # fmt: skip
    with pytest.raises(ValueError, match="scenarios"):
        simulations.ask(
            name="No", network=worlds.two_towns(), question=Question(), begins=[], by=access.SYSTEM, at=NOON
        )


def test_what_is_removed_comes_back_until_it_is_cleared_out() -> None:
    row = asked(Begin(name="N", rule=Rule.NOBODY))
    works.remove(row, by=access.SYSTEM, at=NOON)
    row.refresh_from_db()
    assert row.removed_at == NOON
    works.restore(row, by=access.SYSTEM, at=NOON)
    row.refresh_from_db()
    assert row.removed_at is None
    works.remove(row, by=access.SYSTEM, at=NOON)
    assert deeds()[-3:] == [
        "spread.simulation.removed",
        "spread.simulation.restored",
        "spread.simulation.removed",
    ]
    assert works.drop_removed(at=NOON + works.UNDO_WITHIN) == 0
    assert works.drop_removed(at=NOON + works.UNDO_WITHIN * 2) == 1
    assert not Simulation.objects.exists()


def test_a_simulation_waits_for_its_network() -> None:
    network = worlds.two_towns()
    Network.objects.filter(pk=network.pk).update(state=WorkState.RUNNING)
    network.refresh_from_db()
    row = asked(Begin(name="Hub", rule=Rule.DEGREE, way=Way(count=1)), network=network)
    assert row.state == WorkState.WAITING
    Network.objects.filter(pk=network.pk).update(state=WorkState.DONE)
    jobs.run_due(at=clock.now() + timedelta(minutes=5))
    row.refresh_from_db()
    assert outcomes(row)[0].mean == 15


def test_the_charts_of_what_is_done_are_drawn_by_the_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    row = testing.make_simulation()
    monkeypatch.setattr(pictures, "_drawn", lambda *_given: pytest.fail("drawn by the page"))
    pictures.draw.cache_clear()
    page = signed_in("member").get(f"/spread/simulations/{row.pk}/")
    assert page.status_code == 200 and page.context["charts"]["course"].wide
