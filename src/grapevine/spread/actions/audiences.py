"""Whom to brief: asking for advice, working it out, and keeping it as an audience."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import numpy as np
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from grapevine.core import access, audit, jobs, live
from grapevine.people.selectors import contact, names
from grapevine.spread import beginners, channels, reasons, snapshots, words
from grapevine.spread.actions import works
from grapevine.spread.actions.steps import Steps
from grapevine.spread.advised import Advised
from grapevine.spread.faults import Fault
from grapevine.spread.models import Audience, AudienceCost, AudienceMember, Network, WorkState
from grapevine.spread.questions import Brief
from grapevine.spread.snapshots import Snapshot

MAKE = "spread.audience.make"
RUNS, TOLERANCE = 4_000, 0.01
STEPS = 4
"""Of the work: advice, how far it goes, how far the well connected go, reasons."""
words.add(
    {
        "model": _("The model can’t be used so: %(said)s"),
        "audience_nobody": _(
            "Nobody is left who may be chosen: of the %(people)s people of the network nobody may be contacted, or all are briefed already."
        ),
        "audience_few": _(
            "At least %(wanted)s people of a group are wanted, and only %(there)s of it may be chosen."
        ),
    }
)


@transaction.atomic
def ask(
    *,
    name: str,
    network: Network,
    brief: Brief,
    by: Any,
    at: datetime,
    costs: Mapping[int, float] | None = None,
    is_demo: bool = False,
) -> Audience:
    """Ask whom to brief. `costs`: what it costs to brief an identity, where that differs. Raises AccessDenied."""
    audience = works.ask(
        Audience(name=name, network=network, asked=brief.to_json(), is_demo=is_demo), by=by, at=at
    )
    there = names.identities(costs or {})
    AudienceCost.objects.bulk_create(
        AudienceCost(audience=audience, identity_id=one, cost=cost)
        for one, cost in (costs or {}).items()
        if one in there
    )
    return audience


@transaction.atomic
def keep(*, audience: Audience, name: str, by: Any, at: datetime) -> None:
    """Keep advice under a name, for simulations and campaigns. Raises AccessDenied."""
    access.require(by, MAKE)
    Audience.objects.filter(pk=audience.pk).update(name=name, kept_at=at, kept_by_id=getattr(by, "pk", None))
    audience.name = name
    audit.record("spread.audience.kept", subject=audience, by=by, at=at)
    live.publish(channels.SPREAD, of="audience", id=audience.pk)


@transaction.atomic
def take_out(*, member: AudienceMember, by: Any, at: datetime) -> bool:
    """Take somebody out; they can be put back. False when they are out already. Raises AccessDenied."""
    return _mark(member, at, by=by, at=at, deed="spread.audience.taken-out")


@transaction.atomic
def put_back(*, member: AudienceMember, by: Any, at: datetime) -> bool:
    """Put somebody back. False when they are in. Raises AccessDenied."""
    return _mark(member, None, by=by, at=at, deed="spread.audience.put-back")


def _mark(member: AudienceMember, out: datetime | None, *, by: Any, at: datetime, deed: str) -> bool:
    access.require(by, MAKE)
    rows = AudienceMember.objects.filter(pk=member.pk, taken_out_at__isnull=out is not None)
    if not rows.update(taken_out_at=out):
        return False
    audit.record(deed, subject=member.audience, by=by, at=at, identity=member.identity_id)
    live.publish(channels.SPREAD, of="audience", id=member.audience_id)
    return True


@transaction.atomic
def hand_out(*, audience: Audience, by: Any, at: datetime) -> tuple[AudienceMember, ...]:
    """The members for a file: without those taken out, and without those who are not to be contacted by now. Raises AccessDenied."""
    access.require(by, MAKE)
    refused = contact.refused(at=at)
    every = list(audience.members.filter(taken_out_at=None).order_by("place"))
    members = tuple(one for one in every if one.identity_id not in refused)
    audit.record(
        "spread.audience.exported",
        subject=audience,
        by=by,
        at=at,
        members=len(members),
        refused=len(every) - len(members),
    )
    return members


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
        raise Fault("model", said=str(error)) from error
    except KeyError as error:
        raise Fault("network_gone") from error


class _Advice:
    """One wish for advice under way."""

    def __init__(self, row: Audience, run: jobs.Run, snapshot: Snapshot, at: datetime) -> None:
        self.row, self.run, self.snapshot = row, run, snapshot
        self.steps = Steps(run, STEPS)
        self.brief = Brief.from_json(row.asked)
        self.model = self.brief.model.made()
        self.refused = contact.refused(at=at)
        self.among = beginners.allowed(snapshot, self.refused, contactable=self.brief.contactable)
        briefed = AudienceMember.objects.filter(audience_id__in=self.brief.audience_ids, taken_out_at=None)
        self.already = snapshot.numbers(briefed.values_list("identity_id", flat=True))
        self.pool = self.among.copy()
        self.pool[self.already] = False

    def work(self, clock: Callable[[], datetime]) -> None:
        from grapevine.engine.cascade import baselines

        graph, brief = self.snapshot.graph, self.brief
        if not self.pool.any():
            raise Fault("audience_nobody", people=graph.n)
        costs = self._costs()
        advice = self.model.advise(graph, self._wishes(costs), rng=brief.rng, told=self.steps.look)
        seeds = np.asarray(advice.seeds, np.int64)
        self.steps.step()
        found = self._far(seeds)
        self.steps.step()
        connected = baselines.choose("degree", graph, seeds.size, among=self.pool)
        by_degree = float(self._far(connected).mean) if brief.budget is None and not brief.shares else None
        self.steps.step()
        low, high = found.interval
        identity = np.asarray(self.snapshot.people["identity"])
        told = Advised(
            people=graph.n, pool=int(np.count_nonzero(self.pool)),
            refused=int(np.count_nonzero(np.isin(identity, np.asarray(sorted(self.refused), np.int64)) & (identity > 0))),
            already=int(self.already.size), mean=found.mean, low=low, high=high, by_degree=by_degree,
            method=advice.method, guarantee=advice.guarantee, promised=advice.promised, at_most=advice.at_most, delta=advice.delta,
            samples=advice.rr_sets, seconds=advice.seconds, spent=float(costs[seeds].sum()) if brief.budget is not None else None,
            unpriced=self._unpriced(seeds),
        )  # fmt: skip
        languages = list((self.row.network.result if self.row.network else {}).get("languages", ()))
        whys = reasons.of(
            self.snapshot, seeds.tolist(), already=self.already.tolist(), among=self.pool, languages=languages
        )
        there = names.identities(identity[seeds].tolist())
        with transaction.atomic():
            self.row.members.all().delete()
            AudienceMember.objects.bulk_create(
                AudienceMember(
                    audience=self.row, identity_id=int(identity[one]), place=place, gain=gain, cost=float(costs[one]), why=why.to_json()
                )
                for place, (one, gain, why) in enumerate(zip(seeds.tolist(), advice.gains, whys, strict=True))
                if int(identity[one]) in there
            )  # fmt: skip
            works.finish(self.row, self.run, at=clock(), result=told.to_json())

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
            k=min(brief.count or allowed.size, allowed.size), budget=brief.budget, costs=costs.tolist() if brief.budget is not None else None,
            allowed=allowed.tolist(), already=self.already.tolist(), at_least=tuple(groups),
        )  # fmt: skip

    def _costs(self) -> Any:
        """What everybody costs: a sum for each, more for followers, or what the file says."""
        brief, people = self.brief, self.snapshot.people
        costs = np.full(self.snapshot.graph.n, max(brief.cost, 1e-6))
        if brief.per_thousand:
            costs += brief.per_thousand * np.maximum(np.asarray(people["followers"]), 0) / 1000
        given = dict(self.row.costs.values_list("identity_id", "cost"))
        if given:
            identity = np.asarray(people["identity"])
            for node in self.snapshot.numbers(given).tolist():
                costs[node] = max(given[int(identity[node])], 1e-6)
        return costs

    def _unpriced(self, seeds: Any) -> int:
        if self.brief.budget is None or not self.brief.per_thousand:
            return 0
        return int(np.count_nonzero(np.asarray(self.snapshot.people["followers"])[seeds] < 0))

    def _far(self, seeds: Any) -> Any:
        # With other dice than those that chose, so that the estimate isn't flattered by luck.
        every = np.unique(np.concatenate([self.already, seeds])).tolist()
        return self.model.simulate(
            self.snapshot.graph, every, runs=RUNS, rng=self.brief.rng + 1, tolerance=TOLERANCE,
            progress=self.steps.look,
        )  # fmt: skip
