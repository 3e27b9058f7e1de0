"""Makers for everybody's tests: networks that are there at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np

from grapevine.core import access, clock, jobs
from grapevine.core.testing import NOON
from grapevine.engine.graph import measures
from grapevine.engine.graph import network as graphs
from grapevine.engine.graph.ids import Ids
from grapevine.listen.contracts.filters import Wish
from grapevine.people import testing as people
from grapevine.people.testing import Identity
from grapevine.spread import observed, reading, snapshots, unfolding
from grapevine.spread.actions import audiences, forecasts, networks, simulations, tie_files
from grapevine.spread.definitions import Definition, Found
from grapevine.spread.experiments import Asked
from grapevine.spread.models import (
    Audience,
    Cascade,
    Experiment,
    Forecast,
    How,
    Joining,
    Network,
    NetworkPart,
    Scenario,
    Simulation,
    TieFile,
    WorkState,
)
from grapevine.spread.observed import Estimated, Seen
from grapevine.spread.questions import Begin, Brief, ModelChoice, Question, Way
from grapevine.spread.unfolding import Joined

__all__ = [
    "HANDLES",
    "Audience",
    "Cascade",
    "Experiment",
    "Forecast",
    "Joining",
    "Network",
    "NetworkPart",
    "Simulation",
    "make_audience",
    "make_cascade",
    "make_experiment",
    "make_forecast",
    "make_network",
    "make_scenario",
    "make_simulation",
    "make_tie_file",
    "named",
]

HANDLES = (
    "hamlet", "ophelia", "horatio", "gertrude", "claudius", "polonius", "laertes", "rosencrantz", "guildenstern", "marcellus", "bernardo",
    "francisco", "osric", "reynaldo", "fortinbras", "yorick",
)  # fmt: skip
ARCS = ((0, 1), (0, 2), (2, 0), (1, 3), (3, 4))


def make_network(
    arcs: Iterable[tuple[int, int]] | Iterable[tuple[int, int, float]] = ARCS,
    *,
    name: str = "Elsinore",
    count: int | None = None,
    identities: Sequence[Identity] | None = None,
    languages: Sequence[str] = ("en",),
    lang: Sequence[int] | None = None,
    ours: Sequence[int] = (),
    kinds: int = 1,
    at: datetime = NOON,
    began: datetime = NOON - timedelta(days=365),
    columns: Mapping[str, Any] | None = None,
    **values: Any,
) -> Network:
    """A network that is done, of arcs between numbers: `(0, 1)` says that 1 listens to 0; a third value is the weight.

    Person i is `identities[i]`; without them somebody new, called by `HANDLES`. `lang[i]` is a place in `languages`. `columns` replaces what
    is known of people (`followers`, `x`, …), `values` fields of the row.
    """
    given = [(*arc, 1.0)[:3] for arc in arcs]
    n = count or max([max(arc[:2]) for arc in given], default=-1) + 1
    n = max(n, len(identities or ()))
    who = list(identities or ())
    who += [people.make_identity(handle=named(place)) for place in range(len(who), n)]
    graph = graphs.from_numbers(
        np.array([arc[0] for arc in given], np.int64),
        np.array([arc[1] for arc in given], np.int64),
        np.array([arc[2] for arc in given], np.float64),
        Ids.plain(n),
        directed=True,
    )
    arcs_count = graph.arcs
    own = np.zeros(n, np.bool_)
    own[list(ours)] = True
    known: dict[str, Any] = {
        "identity": np.array([one.pk for one in who], np.int64),
        "lang": np.array(lang if lang is not None else [0] * n, np.int16),
        "posts": np.ones(n, np.int32),
        "followers": np.array([-1 if one.followers is None else one.followers for one in who], np.int64),
        "ours": own,
        **networks.drawn(graph, rng=1),
        **(columns or {}),
    }
    ties = {
        "kinds": np.full(arcs_count, kinds, np.uint8),
        "times": np.ones(arcs_count, np.int32),
        "first": np.full(arcs_count, int(began.timestamp()), np.int64),
        "last": np.full(arcs_count, int(at.timestamp()), np.int64),
        "post": np.zeros(arcs_count, np.int64),
    }
    sizes = np.bincount(known["community"]) if n else np.zeros(0, np.int64)
    found = Found(
        posts=n,
        languages=tuple(languages),
        ours=len(ours),
        kinds=reading.kinds_of(ties["kinds"]),
        figures=asdict(measures.describe(graph)),
        sizes=tuple(int(one) for one in np.sort(sizes)[::-1]),
    )
    network = Network.objects.create(
        **{
            "name": name,
            "state": WorkState.DONE,
            "asked": Definition().to_json(),
            "result": found.to_json(),
            "until": at,
            "made_at": at,
            "ended_at": at,
            "people": n,
            "ties": graph.m,
            "communities": int(np.count_nonzero(sizes)),
            **values,
        }
    )
    snapshots.write(network, graph, known, ties)
    return network


def make_cascade(
    joinings: Sequence[tuple[int, int | None]] = ((0, None), (1, 0), (2, 0), (5, 1)),
    *,
    name: str = "The ghost on the battlements",
    network: Network | None = None,
    identities: Sequence[Identity] | None = None,
    wish: Mapping[str, str] | None = None,
    begins: datetime = NOON,
    estimated: Estimated | None = None,
    **values: Any,
) -> Cascade:
    """A cascade that was read: who joined after so many hours, brought by which place (None: on their own)."""
    who = list(identities or ())
    who += [people.make_identity(handle=named(place)) for place in range(len(who), len(joinings))]
    depths: list[int] = []
    for _hours, by in joinings:
        depths.append(0 if by is None else depths[by] + 1)
    told = [
        Joined(who[place].pk, 0, int(begins.timestamp()) + hours * 3_600, by, How.OWN if by is None else How.REPOST, depths[place])
        for place, (hours, by) in enumerate(joinings)
    ]  # fmt: skip
    end = begins + timedelta(hours=max((hours for hours, _by in joinings), default=0))
    counted = Counter(depths)
    seen = Seen(
        posts=len(told),
        people=len(told),
        unit="hour",
        how=dict(Counter(str(one.how) for one in told)),
        generations=tuple(counted[depth] for depth in range(max(depths, default=-1) + 1)),
        reproduction=unfolding.reproduction(told),
        delay_hours=unfolding.delay_hours(told),
        half_hours=1.0,
        estimated=estimated,
    )
    cascade: Cascade = Cascade.objects.create(
        **{
            "name": name,
            "state": WorkState.DONE,
            "asked": observed.Asked(wish=wish or {"q": "ghost"}, begins=begins.isoformat(), ends=(end + timedelta(hours=1)).isoformat()).to_json(),
            "result": seen.to_json(),
            "network": network,
            "begins_at": begins,
            "ends_at": end,
            "people": len(told),
            "depth": max(depths, default=0),
            "made_at": end,
            "ended_at": end,
            **values,
        }
    )  # fmt: skip
    Joining.objects.bulk_create(
        Joining(
            cascade=cascade, place=place, identity_id=one.identity, at=datetime.fromtimestamp(one.at, UTC), brought_by=one.brought_by,
            how=one.how, depth=one.depth,
        )
        for place, one in enumerate(told)
    )  # fmt: skip
    return cascade


def make_tie_file(*lines: str, name: str = "court.csv") -> TieFile:
    """A file of ties, read; with one tie and one line that names nobody unless told otherwise."""
    if not lines:
        listener, speaker = (people.make_identity(handle=one).pk for one in ("ophelia", "hamlet"))
        lines = (f"ophelia #{listener},hamlet #{speaker}", "nobody,at all")
    return tie_files.add(name=name, lines=lines, by=access.SYSTEM, at=NOON)


def named(place: int) -> str:
    """What the person of this number is called."""
    name = HANDLES[place % len(HANDLES)]
    return name if place < len(HANDLES) else f"{name}{place // len(HANDLES) + 1}"


def make_simulation(
    *begins: Begin, network: Network | None = None, probability: float = 1.0, name: str = "What if"
) -> Simulation:
    """A simulation that is done; with one who has most listeners, unless told with whom."""
    question = Question(model=ModelChoice("ic", {"probability": probability}), runs=600)
    one = Begin(name="The hub", rule="degree", way=Way(count=1, contactable=False))
    row = simulations.ask(
        name=name,
        network=network or make_network(),
        question=question,
        begins=begins or (one,),
        by=access.SYSTEM,
        at=NOON,
    )
    jobs.run_due(at=clock.now())
    row.refresh_from_db()
    return row


def make_scenario(**more: Any) -> Scenario:
    """A scenario that is worked out."""
    found: Scenario = make_simulation(**more).scenarios.get()
    return found


def make_audience(*, network: Network | None = None, count: int = 2, kept_as: str = "") -> Audience:
    """Advice that is worked out; kept, when it has a name to be kept as."""
    brief = Brief(model=ModelChoice("ic", {"probability": 1.0}), count=count)
    row = audiences.ask(
        name="Regulars", network=network or make_network(), brief=brief, by=access.SYSTEM, at=NOON
    )
    jobs.run_due(at=clock.now())
    row.refresh_from_db()
    if kept_as:
        audiences.keep(audience=row, name=kept_as, by=access.SYSTEM, at=NOON)
    return row


def make_experiment(network: Network | None = None, **values: Any) -> Experiment:
    """A question who matters that is waiting for the worker."""
    return Experiment.objects.create(
        **{"network": network or make_network(), "asked": Asked().to_json(), "made_at": NOON, **values}
    )


def make_forecast(
    *, scenario: Scenario | None = None, begins_at: datetime = NOON, name: str = "Spring"
) -> Forecast:
    """A scenario kept as a forecast."""
    return forecasts.keep(
        scenario=scenario or make_scenario(), name=name, begins_at=begins_at, step_hours=24, wish=Wish(q="mug"), by=access.SYSTEM, at=NOON
    )  # fmt: skip
