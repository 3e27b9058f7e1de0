"""Asking what might happen, and working it out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import numpy as np
from django.db import transaction

from grapevine.core import access, jobs
from grapevine.people.selectors import contact, names
from grapevine.spread import beginners, snapshots, tie_chances
from grapevine.spread.actions import works
from grapevine.spread.actions.steps import Steps
from grapevine.spread.faults import Fault
from grapevine.spread.models import AudienceMember, Network, Rule, Scenario, Seed, Simulation, WorkState
from grapevine.spread.models.simulations import MOST_SCENARIOS
from grapevine.spread.outcomes import Anyway, Background, Outcome, edges_of
from grapevine.spread.questions import Begin, Question, Way
from grapevine.spread.snapshots import Snapshot

MOST_STEPS = 120
"""So many steps of the course are kept."""


@transaction.atomic
def ask(
    *,
    name: str,
    network: Network,
    question: Question,
    begins: Sequence[Begin],
    by: Any,
    at: datetime,
    is_demo: bool = False,
) -> Simulation:
    """Ask what happens from each of these beginnings; an audience takes the right to see it. Raises AccessDenied; ValueError when there are
    none or too many."""
    if not 1 <= len(begins) <= MOST_SCENARIOS:
        raise ValueError(f"{len(begins)} scenarios; from 1 to {MOST_SCENARIOS} are compared")
    if any(one.rule == Rule.AUDIENCE for one in begins):
        access.require(by, "spread.audience.make")
    simulation = works.ask(
        Simulation(name=name, network=network, asked=question.to_json(), is_demo=is_demo), by=by, at=at
    )
    for place, one in enumerate(begins):
        row = Scenario.objects.create(
            simulation=simulation, place=place, name=one.name, rule=one.rule, asked=one.way.to_json()
        )
        if one.rule == Rule.HAND:
            _keep_seeds(row, one.people)
    return simulation


Draw = Callable[[Simulation, Sequence[tuple[str, Outcome]], Background, str], None]


def do(row: Simulation, run: jobs.Run, *, clock: Callable[[], datetime], draw: Draw) -> None:
    """Work a simulation out, and `draw` what came out, so that nobody waits for pictures on its page. Called by the worker."""
    from grapevine.engine.cascade import SpreadError

    if row.network.state in WorkState.unfinished():
        raise works.NotYet
    try:
        _Bench(row, run, clock()).work(clock, draw)
    except SpreadError as error:
        raise Fault("model", said=error.sentence.to_json()) from error
    except KeyError as error:
        raise Fault("network_gone") from error


class _Bench:
    """One simulation under way."""

    def __init__(self, row: Simulation, run: jobs.Run, at: datetime) -> None:
        from grapevine.spread import backgrounds

        self.row, self.run, self.at = row, run, at
        self.question = Question.from_json(row.asked)
        self.snapshot: Snapshot = snapshots.read(row.network)
        self.scenarios = list(row.scenarios.order_by("place"))
        self.fit = tie_chances.fitting(self.question.model, self.snapshot)
        self.model, self.graph = self.fit(self.question.model)
        self.backgrounds = backgrounds
        # Whom each begins with, how far each goes, how far nobody, and what stands behind them.
        self.steps = Steps(run, 2 * len(self.scenarios) + 2)

    def work(self, clock: Callable[[], datetime], draw: Draw) -> None:
        refused, speakers = contact.refused(at=self.at), beginners.speakers()
        seeds = []
        for scenario in self.scenarios:
            seeds.append(self._beginning(scenario, refused, speakers))
            self.steps.step()
        found = []
        for one in seeds:
            found.append(self._far(one))
            self.steps.step()
        anyway = self._anyway(seeds, found)
        self.steps.step()
        edges = edges_of([one.sizes for one in found])
        sensitivity = self.backgrounds.sensitivity(
            self.question.model, self.fit, self.snapshot.graph, seeds, [one.mean for one in found], rng=self.question.rng, told=self.steps.look
        )  # fmt: skip
        window = self.backgrounds.window(
            self.question.model, self.snapshot.graph, [_count(one) for one in seeds]
        )
        background = Background(edges, sensitivity, window, anyway)
        outcomes = [
            Outcome.of(
                distribution,
                wanted=Way.from_json(scenario.asked).count or _count(begun),
                seeds=_count(begun),
                edges=edges,
            )
            for scenario, begun, distribution in zip(self.scenarios, seeds, found, strict=True)
        ]
        named = [(scenario.name, one) for scenario, one in zip(self.scenarios, outcomes, strict=True)]
        draw(self.row, named, background, self.question.model.name)
        with transaction.atomic():
            for scenario, begun, outcome in zip(self.scenarios, seeds, outcomes, strict=True):
                scenario.result = outcome.to_json()
                scenario.save(update_fields=["result"])
                if scenario.rule not in (Rule.RANDOM, Rule.HAND):
                    _keep_seeds(scenario, self.snapshot.people["identity"][begun].tolist())
            works.finish(self.row, self.run, at=clock(), result=background.to_json())

    def _beginning(self, scenario: Scenario, refused: frozenset[int], speakers: frozenset[int]) -> Any:
        """The seeds of a scenario: nodes, or so many drawn anew in each run."""
        from grapevine.engine.cascade import RandomSeeds, baselines

        way, graph = Way.from_json(scenario.asked), self.snapshot.graph
        if scenario.rule == Rule.NOBODY:
            return np.empty(0, np.int64)
        if scenario.rule == Rule.HAND:
            return self.snapshot.numbers(scenario.seeds.values_list("identity_id", flat=True))
        if scenario.rule == Rule.AUDIENCE:
            return self._of_audience(way)
        among = beginners.allowed(self.snapshot, refused, speakers, contactable=way.contactable)
        if scenario.rule == Rule.RANDOM:
            drawn_of = np.flatnonzero(among)
            return RandomSeeds(min(way.count, drawn_of.size), drawn_of)
        if scenario.rule == Rule.ADVICE:
            from grapevine.engine.cascade.advice import Wishes

            allowed = np.flatnonzero(among)
            wishes = Wishes(k=min(way.count, allowed.size), allowed=allowed.tolist())
            # On other dice than those that tell how far it goes, so that luck in the choice doesn't flatter it.
            advice = self.model.advise(self.graph, wishes, rng=self.question.rng + 1, told=self.steps.look)
            return np.asarray(advice.seeds, np.int64)
        return baselines.choose(scenario.rule, graph, min(way.count, graph.n), among=among)

    def _of_audience(self, way: Way) -> Any:
        members = AudienceMember.objects.filter(audience_id=way.audience_id or 0, taken_out_at=None)
        return self.snapshot.numbers(members.values_list("identity_id", flat=True))

    def _anyway(self, seeds: Sequence[Any], found: Sequence[Any]) -> Anyway:
        """Who joins when nobody begins: of a model that reaches people from outside, what a beginning must be held against."""
        for begun, one in zip(seeds, found, strict=True):
            if not _count(begun):
                return Anyway(one.mean, one.stderr)
        if not self.question.model.from_outside:
            return Anyway()
        nobody = self._far(np.empty(0, np.int64))
        return Anyway(nobody.mean, nobody.stderr)

    def _far(self, seeds: Any) -> Any:
        return self.model.simulate(
            self.graph, seeds, runs=self.question.runs, rng=self.question.rng, tolerance=self.question.tolerance,
            steps=MOST_STEPS, progress=self.steps.look,
        )  # fmt: skip


def _count(seeds: Any) -> int:
    return int(seeds.count) if hasattr(seeds, "count") else int(seeds.size)


def _keep_seeds(scenario: Scenario, identities: Sequence[int]) -> None:
    """The people a scenario begins with, in their order; who was forgotten meanwhile is left out."""
    there = names.identities(identities)
    scenario.seeds.all().delete()
    Seed.objects.bulk_create(
        Seed(scenario=scenario, identity_id=one, place=place)
        for place, one in enumerate(dict.fromkeys(identities))
        if one in there
    )
