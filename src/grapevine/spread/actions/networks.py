"""Networks: asked for, made by the worker, made anew every night, and let go."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from django.db import transaction
from django.db.models import Q

from grapevine.core import access, audit, jobs
from grapevine.engine.graph import layout, measures
from grapevine.engine.graph import network as graphs
from grapevine.engine.graph.ids import Ids
from grapevine.engine.graph.network import Graph
from grapevine.people.selectors import contact
from grapevine.spread import beginners, persons, reading, snapshots, themes
from grapevine.spread.actions import works
from grapevine.spread.definitions import KEPT, Definition, Found
from grapevine.spread.faults import Fault
from grapevine.spread.handed import Handed
from grapevine.spread.models import Network, WorkState
from grapevine.spread.ties import Summed, Tally

PERMISSION = "spread.network.make"
NIGHT = timedelta(hours=20)
"""A network that is kept fresh is made anew when it is older than that: once a day, whenever the worker comes to it."""
_READ, _FOLLOWS, _GIVEN, _FIGURES = 700, 750, 800, 900
_ALL = 1000
_SIZES = 12


@transaction.atomic
def ask(
    *,
    name: str,
    definition: Definition,
    by: Any,
    at: datetime,
    until: datetime | None = None,
    series: Network | None = None,
    is_demo: bool = False,
) -> Network:
    """Have a network made of what was seen until then (now, unless said). `series`: it follows this one. Raises AccessDenied."""
    return works.ask(
        Network(
            name=name,
            asked=definition.to_json(),
            until=until or at,
            series=series and (series.series or series),
            is_fresh=definition.fresh,
            is_demo=is_demo,
        ),
        by=by,
        at=at,
    )


def do(row: Network, run: jobs.Run, *, clock: Callable[[], datetime]) -> None:
    """Make a network. Raises Fault when there is nothing to make it of."""
    definition = Definition.from_json(row.asked)

    def said(begin: int, end: int) -> Callable[[float], None]:
        return lambda share: run.progress(begin + int((end - begin) * min(1.0, share)), total=_ALL)

    people = persons.everybody(lambda count: run.pause())
    if not len(people):
        raise Fault("network_nobody")
    tally = Tally()
    heard = reading.posts(definition, row.until, people, tally, said(0, _READ))
    if not heard.read and not (definition.has(reading.ties.FOLLOW) or definition.has(reading.ties.GIVEN)):
        raise Fault("network_no_posts")
    unknown = heard.unknown
    unknown += reading.following(definition, row.until, people, tally, said(_READ, _FOLLOWS))
    unknown += reading.given(definition, row.until, people, tally, said(_FOLLOWS, _GIVEN))
    summed = tally.summed()
    if definition.least > 0:
        summed = summed.kept(summed.weight >= definition.least)
    if not summed.source.size:
        raise Fault("network_no_ties", people=len(people))
    chosen = np.unique(np.concatenate([summed.source, summed.target]))
    graph, ties = _graph(summed, chosen)
    run.progress(_GIVEN, total=_ALL)
    figures = measures.describe(graph)
    run.progress(_FIGURES, total=_ALL)
    languages, lang = heard.languages()
    columns = {
        "identity": people.identity[chosen],
        "lang": lang[chosen],
        "posts": heard.posts[chosen].astype(np.int32),
        "followers": people.followers[chosen],
        "ours": heard.ours[chosen],
        **drawn(graph, rng=definition.rng),
    }
    talk = themes.of(columns["community"], heard.recent[chosen], lang[chosen], languages)
    sizes = np.bincount(columns["community"]) if graph.n else np.zeros(0, np.int64)
    found = Found(
        posts=heard.read,
        alone=int(np.count_nonzero(heard.posts)) - int(np.count_nonzero(heard.posts[chosen])),
        spam=heard.spam,
        unknown=unknown,
        ours=int(np.count_nonzero(heard.ours[chosen])),
        languages=languages,
        kinds=reading.kinds_of(ties["kinds"]),
        figures=asdict(figures),
        sizes=tuple(int(one) for one in np.sort(sizes)[::-1][:_SIZES]),
        talk=talk,
    )
    with transaction.atomic():
        snapshots.write(
            row, graph, columns, ties, dict(zip(("identity", "node"), people.others(chosen), strict=True))
        )
        works.finish(
            row,
            run,
            at=clock(),
            result=found.to_json(),
            people=graph.n,
            ties=graph.m,
            communities=int(np.count_nonzero(sizes)),
        )


def _graph(summed: Summed, chosen: Any) -> tuple[Graph, dict[str, Any]]:
    """The graph of those who have a tie, and what is known of each tie in the graph's own order."""
    source, target = (np.searchsorted(chosen, ends) for ends in (summed.source, summed.target))
    # Sums are ordered by source and target already, and no tie is there twice: the graph keeps that order.
    graph = graphs.from_numbers(source, target, summed.weight, Ids.plain(chosen.size), directed=True)
    return graph, {
        "kinds": summed.kinds,
        "times": np.minimum(summed.times, 2**31 - 1).astype(np.int32),
        "first": summed.first,
        "last": summed.last,
        "post": summed.post,
    }


def drawn(graph: Graph, *, rng: int) -> dict[str, Any]:
    """Communities, cores and places of everybody: computed once, off the request."""
    community = np.asarray(measures.communities(graph, rng=rng), np.int32)
    places = layout.place(graph, community)
    return {
        "community": community,
        "core": np.asarray(measures.core_numbers(graph), np.int32),
        "x": places.x,
        "y": places.y,
    }


@transaction.atomic
def keep_fresh(*, network: Network, fresh: bool, by: Any, at: datetime) -> None:
    """Have a network made anew every night, or no longer. Raises AccessDenied."""
    access.require(by, PERMISSION)
    if network.is_fresh == fresh:
        return
    network.is_fresh = fresh
    network.save(update_fields=["is_fresh"])
    audit.record("spread.network.kept-fresh", subject=network, by=by, at=at, fresh=fresh)


@transaction.atomic
def hand_out(*, network: Network, by: Any, at: datetime) -> Handed:
    """A network for those who compute elsewhere, with who may be contacted by now. Raises AccessDenied; KeyError when it isn't done."""
    access.require(by, PERMISSION)
    snapshot = snapshots.read(network)
    allowed = beginners.allowed(snapshot, contact.refused(at=at), beginners.speakers())
    handed = Handed.of(snapshot, allowed=allowed, languages=Found.from_json(network.result).languages)
    audit.record(
        "spread.network.exported", subject=network, by=by, at=at, people=handed.graph.n, ties=handed.graph.m
    )
    return handed


@transaction.atomic
def renew(*, at: datetime) -> int:
    """Ask for those networks anew that are kept fresh and are older than a night; returns how many. For the recurring job."""
    due = Network.objects.present().filter(is_fresh=True, until__lte=at - NIGHT)
    count = 0
    for old in due.exclude(state__in=WorkState.unfinished()).select_for_update().order_by("pk"):
        old.is_fresh = False
        old.save(update_fields=["is_fresh"])
        definition = replace(Definition.from_json(old.asked), fresh=True)
        ask(
            name=old.name, definition=definition, by=access.SYSTEM, at=at, series=old, is_demo=old.is_demo
        )  # fmt: skip
        count += 1
    return count


def let_go(*, at: datetime) -> int:
    """Remove the old networks of each series on which nothing hangs; returns how many. For the recurring job."""
    begun = Network.objects.present().exclude(later=None).values_list("pk", flat=True)
    rows = Network.objects.present().exclude(series=None).values_list("series_id", flat=True)
    count = 0
    for first in sorted({*begun, *(one for one in rows if one is not None)}):
        series = Network.objects.present().filter(Q(pk=first) | Q(series_id=first)).order_by("-until", "-pk")
        kept = list(series.filter(state=WorkState.DONE).values_list("pk", flat=True)[:KEPT])
        old = series.exclude(pk__in=kept).exclude(state__in=WorkState.unfinished()).exclude(is_fresh=True)
        for network in old.filter(cascades=None, simulations=None, audiences=None, experiments=None):
            works.drop(network, at=at)
            count += 1
    return count
