"""Working out whom to brief, in the worker."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import datetime
from typing import Any

import numpy as np
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from grapevine.core import jobs
from grapevine.people.selectors import contact, names
from grapevine.spread import beginners, patience, reasons, snapshots, tie_chances, words
from grapevine.spread.actions import works
from grapevine.spread.actions.steps import Steps
from grapevine.spread.advised import Advised
from grapevine.spread.faults import Fault
from grapevine.spread.models import Audience, AudienceMember, WorkState
from grapevine.spread.questions import Brief
from grapevine.spread.snapshots import Snapshot
from grapevine.ui.numbers import duration

RUNS, TOLERANCE = 4_000, 0.01
QUALITY = 0.9
"""Nobody waits for a job: it may take four times the samples that the command line takes (see docs/benchmarks/spread.md)."""
LONG = 10.0
"""Seconds from which on it is told how long it takes."""
STEPS = 4
"""Of the work: advice, how far it goes, how far the well connected go, reasons."""
LEAST_COST = 1e-6
"""What costs nothing is reckoned with so little."""
words.add(
    {
        "model": _("The model can’t be used so: %(said)s"),
        "audience_nobody": _(
            "Nobody is left who may be chosen (people in the network: %(people)s): nobody may be contacted, or all are briefed already."
        ),
        "audience_few": _(
            "More people of a group are wanted (%(wanted)s) than of it may be chosen (%(there)s)."
        ),
        "audience_budget": _(
            "Nobody fits this budget: whoever costs least of those who may be chosen costs %(cheapest)s, and the budget is %(budget)s."
        ),
        "audience_none": _(
            "Nobody could be chosen so. Allow for more people or a larger budget, or want less of groups."
        ),
    }
)


def do(row: Audience, run: jobs.Run, *, clock: Callable[[], datetime]) -> None:
    """Work advice out. Called by the worker."""
    from grapevine.engine.cascade import SpreadError

    try:
        if row.network is None:
            raise Fault("network_gone")
        if row.network.state in WorkState.unfinished():
            raise works.NotYet
        snapshot = snapshots.read(row.network)
        _Advice(row, run, snapshot, clock()).work(clock)
    except SpreadError as error:
        raise Fault("model", said=error.sentence.to_json()) from error
    except KeyError as error:
        raise Fault("network_gone") from error


class _Advice:
    """One wish for advice under way."""

    def __init__(self, row: Audience, run: jobs.Run, snapshot: Snapshot, at: datetime) -> None:
        self.row, self.run, self.snapshot = row, run, snapshot
        self.steps = Steps(run, STEPS)
        self.brief = Brief.from_json(row.asked)
        self.model, self.graph = tie_chances.fitting(self.brief.model, snapshot)(self.brief.model)
        self.identity = np.asarray(snapshot.people["identity"])
        self.refused, self.speakers = contact.refused(at=at), beginners.speakers()
        among = beginners.allowed(snapshot, self.refused, self.speakers, contactable=self.brief.contactable)
        briefed = AudienceMember.objects.filter(audience_id__in=self.brief.audience_ids, taken_out_at=None)
        self.already = snapshot.numbers(briefed.values_list("identity_id", flat=True))
        # Those who were taken out of advice that this one follows.
        gone = row.members.exclude(taken_out_at=None).order_by("place")
        self.taken_out = list(gone.values_list("identity_id", flat=True))
        self.taken = snapshot.numbers(self.taken_out)
        self.pool = among.copy()
        self.pool[self.already] = False
        self.pool[self.taken] = False

    def work(self, clock: Callable[[], datetime]) -> None:
        from grapevine.engine.cascade import baselines

        graph, brief = self.graph, self.brief
        if not self.pool.any():
            raise Fault("audience_nobody", people=graph.n)
        costs = self._costs()
        cheapest = float(costs[self.pool].min())
        if brief.budget is not None and cheapest > max(brief.budget, LEAST_COST):
            raise Fault("audience_budget", cheapest=_sum(cheapest), budget=_sum(brief.budget))
        self._forecast()
        advice = self.model.advise(graph, self._wishes(costs), rng=brief.rng, told=self.steps.look)
        seeds = np.asarray(advice.seeds, np.int64)
        if not seeds.size:
            raise Fault("audience_none")
        self.steps.step()
        found = self._far(seeds)
        self.steps.step()
        connected = baselines.choose("degree", graph, seeds.size, among=self.pool)
        by_degree = float(self._far(connected).mean) if brief.budget is None and not brief.shares else None
        self.steps.step()
        low, high = found.interval
        told = Advised(
            **self._counted(), mean=found.mean, low=low, high=high, by_degree=by_degree, method=advice.method,
            guarantee=_finite(advice.guarantee), promised=_finite(advice.promised), at_most=_finite(advice.at_most), delta=_finite(advice.delta),
            samples=advice.rr_sets, seconds=advice.seconds, spent=float(costs[seeds].sum()) if brief.budget is not None else None,
            unpriced=self._unpriced(seeds),
        )  # fmt: skip
        languages = list((self.row.network.result if self.row.network else {}).get("languages", ()))
        whys = reasons.of(
            self.snapshot, seeds.tolist(), already=self.already.tolist(), among=self.pool, languages=languages
        )
        there = names.identities(self.identity[seeds].tolist())
        with transaction.atomic():
            self.row.members.filter(taken_out_at=None).delete()
            AudienceMember.objects.bulk_create(
                AudienceMember(
                    audience=self.row, identity_id=int(self.identity[one]), place=place, gain=gain, cost=float(costs[one]), why=why.to_json()
                )
                for place, (one, gain, why) in enumerate(zip(seeds.tolist(), advice.gains, whys, strict=True))
                if int(self.identity[one]) in there
            )  # fmt: skip
            for place, one in enumerate(self.taken_out, start=seeds.size):
                self.row.members.filter(identity_id=one).update(place=place)
            works.finish(self.row, self.run, at=clock(), result=told.to_json())

    def _forecast(self) -> None:
        """Say how long it takes, where that is long."""
        pool = np.flatnonzero(self.pool)
        told = patience.seconds(self.model, self.graph, pool, min(self.brief.count or pool.size, pool.size))
        if told is not None and told >= LONG:
            with translation.override(works.language_of(self.row)):
                self.steps.say(
                    gettext("About %(time)s: in this model people are tried out one by one.")
                    % {"time": duration(round(told / 10) * 10)}
                )

    def _counted(self) -> dict[str, int]:
        """How many may be chosen, and of those who may not be, how many for which reason: each for the first that holds."""
        identity, left = self.identity, self.identity > 0
        counts = {"people": int(np.count_nonzero(left)), "pool": int(np.count_nonzero(self.pool))}
        marks = {name: np.zeros(identity.size, np.bool_) for name in ("already", "taken")}
        marks["already"][self.already], marks["taken"][self.taken] = True, True
        if self.brief.contactable:
            marks["refused"] = beginners.among(identity, self.refused)
            marks["accounts"] = beginners.accounts(self.snapshot, self.speakers)
        for name, mark in marks.items():
            counts[name] = int(np.count_nonzero(mark & left))
            left = left & ~mark
        return counts

    def _wishes(self, costs: Any) -> Any:
        from grapevine.engine.cascade.advice import AtLeast, Wishes

        brief = self.brief
        allowed = np.flatnonzero(self.pool)
        groups = []
        for share in brief.shares:
            column = np.asarray(self.snapshot.people[share.column])
            people = np.flatnonzero((column == share.value) & self.pool)
            if people.size < share.count:
                raise Fault("audience_few", wanted=share.count, there=int(people.size))
            groups.append(AtLeast(share.count, people.tolist()))
        return Wishes(
            quality=QUALITY, k=min(brief.count or allowed.size, allowed.size),
            budget=brief.budget, costs=costs.tolist() if brief.budget is not None else None,
            allowed=allowed.tolist(), already=self.already.tolist(), at_least=tuple(groups),
        )  # fmt: skip

    def _costs(self) -> Any:
        """What everybody costs: a sum for each, more for followers, or what the file says."""
        brief, people = self.brief, self.snapshot.people
        costs = np.full(self.snapshot.graph.n, max(brief.cost, LEAST_COST))
        if brief.per_thousand:
            costs += brief.per_thousand * np.maximum(np.asarray(people["followers"]), 0) / 1000
        given = dict(self.row.costs.values_list("identity_id", "cost"))
        if given:
            for node in self.snapshot.numbers(given).tolist():
                costs[node] = max(given[int(self.identity[node])], LEAST_COST)
        return costs

    def _unpriced(self, seeds: Any) -> int:
        if self.brief.budget is None or not self.brief.per_thousand:
            return 0
        return int(np.count_nonzero(np.asarray(self.snapshot.people["followers"])[seeds] < 0))

    def _far(self, seeds: Any) -> Any:
        # With other dice than those that chose, so that the estimate isn't flattered by luck.
        every = np.unique(np.concatenate([self.already, seeds])).tolist()
        return self.model.simulate(
            self.graph, every, runs=RUNS, rng=self.brief.rng + 1, tolerance=TOLERANCE,
            progress=self.steps.look,
        )  # fmt: skip


def _sum(value: float) -> str:
    """A sum as it stands in a sentence: rounded up to hundredths."""
    return f"{math.ceil(value * 100) / 100:.2f}".removesuffix(".00")


def _finite(value: float | None) -> float | None:
    """A figure as it can be kept; None when it is no number."""
    return value if value is not None and math.isfinite(value) else None
