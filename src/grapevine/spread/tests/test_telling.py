"""What the workbench says of its numbers: whom a result is owed to, and whether a mean describes anything."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from grapevine.core import access, clock, jobs
from grapevine.core.testing import NOON, signed_in
from grapevine.spread import humps, knob_fields, telling
from grapevine.spread.actions import simulations
from grapevine.spread.models import Rule, Simulation
from grapevine.spread.outcomes import Anyway, Background, Course, Outcome
from grapevine.spread.questions import Begin, ModelChoice, Question, Way
from grapevine.spread.tests import worlds

BRIEF = ModelChoice("brief", {"outside": 0.2, "brief": 3, "probability": 0.2, "horizon": 8})


def outcome(mean: float, *, seeds: int, counts: tuple[int, ...] = (), stderr: float = 1.0) -> Outcome:
    return Outcome(
        people=661, wanted=seeds, seeds=seeds, runs=2000, sure=False, mean=mean, stderr=stderr, global_share=0.5,
        hundredths=tuple(float(one) for one in range(101)), counts=counts, course=Course((), (), ()), middle=(3.0, 97.0),
    )  # fmt: skip


def worked(*begins: Begin, model: ModelChoice, network: Any = None) -> Simulation:
    row = simulations.ask(
        name="What if", network=network or worlds.two_towns(), question=Question(model=model, runs=400, tolerance=None),
        begins=begins, by=access.SYSTEM, at=NOON,
    )  # fmt: skip
    jobs.run_due(at=clock.now())
    row.refresh_from_db()
    return row


@pytest.mark.parametrize(
    ("counts", "two"),
    [
        ((600, 40, 3, 1, 60, 300, 500, 90), True),
        ((900, 0, 0, 0, 0, 0, 0, 100), True),
        ((500, 400, 300, 200, 120, 60, 30, 10), False),
        ((10, 100, 400, 500, 300, 100, 20), False),
        ((980, 0, 0, 0, 0, 0, 20), False),  # a twentieth at least is a heap
        ((9, 4, 8, 5, 9), False),  # chance
        ((2000,), False),
        ((), False),
    ],
)
def test_two_ends_are_told_only_of_two_heaps_with_a_valley_between(
    counts: tuple[int, ...], two: bool
) -> None:
    one = outcome(40, seeds=1, counts=counts)
    assert (humps.valley(counts) is not None) == two
    assert ("describes neither" in telling.size(one)) == two


def test_the_share_that_goes_far_is_what_lies_beyond_the_valley() -> None:
    assert outcome(40, seeds=1, counts=(600, 40, 3, 1, 60, 200, 96)).far == pytest.approx(0.356)


def test_95_of_100_runs_lie_between_the_hundredths_two_and_a_half_and_97_and_a_half() -> None:
    assert "between 3 and 97 people" in telling.size(outcome(40, seeds=1, counts=(2000,)))


def test_who_joins_anyway_is_no_gain_of_those_who_begin() -> None:
    rows = [
        ("Forty", outcome(584, seeds=40)),
        ("One hub", outcome(525, seeds=1)),
        ("Nobody", outcome(521, seeds=0)),
    ]
    said = " ".join(telling.compared(rows, Anyway(521, 1.0)))
    assert "With nobody at the beginning 521 join: the brief" in said
    assert "524" not in said
    assert "“One hub” gains most: 4.0 people on top" in said
    assert telling.gain(rows[0][1], Anyway(521, 1.0)) == (
        "On top of who joins anyway, for each who begins",
        "1.6",
    )
    within_chance = telling.gain(outcome(522, seeds=1), Anyway(521, 1.0))
    assert within_chance is not None and within_chance[1] == "no more than chance"


def test_those_who_begin_are_not_told_as_brought() -> None:
    said = telling.compared([("Forty", outcome(280, seeds=40)), ("One", outcome(41, seeds=1))], Anyway())
    assert said[0] == "“Forty” goes furthest, to 280 people; “One”, which comes next, goes to 41 people."
    assert said[1] == "Besides those who begin, that is 240 against 40."
    assert "“One” brings most: 40.0 people besides them" in said[2]


@pytest.mark.django_db
def test_a_model_with_a_brief_is_held_against_nobody_without_being_asked() -> None:
    row = worked(Begin(name="Hub", rule=Rule.DEGREE, way=Way(count=1, contactable=False)), model=BRIEF)
    background = Background.from_json(row.result)
    [hub] = [Outcome.from_json(one.result) for one in row.scenarios.all()]
    assert 5 < background.anyway.mean < hub.mean
    text = signed_in("member").get(f"/spread/simulations/{row.pk}/").content.decode()
    assert "On top of who joins anyway" in text
    assert "With nobody at the beginning" in text


@pytest.mark.django_db
def test_the_same_point_is_the_same_number_in_the_card_and_in_the_sensitivity() -> None:
    row = worked(
        Begin(name="Lot", rule=Rule.RANDOM, way=Way(count=3)), model=ModelChoice("ic", {"probability": 0.4})
    )
    [one] = [Outcome.from_json(each.result) for each in row.scenarios.all()]
    sensitivity = Background.from_json(row.result).sensitivity
    assert sensitivity is not None
    assert sensitivity.means[0][sensitivity.values.index(0.4)] == one.mean
    assert np.std(sensitivity.means[0]) > 0


@pytest.mark.django_db
def test_nobody_in_a_model_of_talk_alone_leads_to_the_model_that_can_answer() -> None:
    row = worked(Begin(name="Nobody", rule=Rule.NOBODY), model=ModelChoice("ic", {"probability": 0.4}))
    browser = signed_in("member")
    page = browser.get(f"/spread/simulations/{row.pk}/").content.decode()
    assert f"/spread/simulations/new/?like={row.pk}&amp;model=brief" in page
    form = browser.get(f"/spread/simulations/new/?like={row.pk}&model=brief").content.decode()
    assert '<option value="brief" selected>' in form
    asked_rightly = worked(Begin(name="Nobody", rule=Rule.NOBODY), model=BRIEF)
    assert "can’t be asked" not in browser.get(f"/spread/simulations/{asked_rightly.pk}/").content.decode()


@pytest.mark.django_db
def test_what_the_form_shows_first_leaves_room_for_who_begins_to_matter() -> None:
    """On a network of many ties the brief alone must not reach nearly everybody."""
    rng = np.random.default_rng(1)
    arcs = {(int(one), int(other)) for one, other in rng.integers(0, 300, (1600, 2)) if one != other}
    network = worlds.network_of(arcs, handles=["?"] * 300)
    first = knob_fields.initial()
    knobs = {
        name: first[f"brief-{name}"] for name in ("outside", "brief", "probability", "forget", "horizon")
    }
    row = worked(
        Begin(name="Forty", rule=Rule.DEGREE, way=Way(count=40, contactable=False)),
        Begin(name="Nobody", rule=Rule.NOBODY),
        model=ModelChoice("brief", knobs),
        network=network,
    )
    forty, nobody = (Outcome.from_json(one.result).mean for one in row.scenarios.order_by("place"))
    assert 2 * nobody < forty < 200
