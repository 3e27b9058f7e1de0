"""`grapevine spread seeds` and `influentials`: whom to brief, and whether the best connected matter."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import typer

from grapevine.cli import from_below
from grapevine.cli.spread_asked import (
    CLUSTER,
    EDGES,
    PEOPLE,
    PROBABILITY,
    RNG,
    SET,
    THRESHOLD,
    TURNED,
    UNDIRECTED,
    made,
    network,
    on_cluster,
    say,
    set_to,
    told,
)
from grapevine.cli.spread_files import THRESHOLDS, claims_in, costs_in, seeds_in, with_thresholds
from grapevine.config.language import gettext as _
from grapevine.config.language import gettext_noop

AGAIN = 4  # times as many samples as advice took tell how far it goes
RULE_NOTE = gettext_noop(
    "No guarantee: a rule knows nothing of the model, so epsilon, delta and quality say nothing of it."
)


@told
def seeds(
    edges: str = EDGES,
    undirected: bool = UNDIRECTED,
    listens: bool = TURNED,
    people: int | None = PEOPLE,
    model: str = typer.Option(
        "ic", "--model", help="ic and lt with a proof; any other by simulation, without one."
    ),
    threshold: str | None = typer.Option(None, help="For the models that have one."),
    thresholds: Path | None = THRESHOLDS,
    probability: str | None = PROBABILITY,
    set_: list[str] = SET,
    k: int = typer.Option(..., "--k", min=0, help="So many people, at most."),
    epsilon: float = typer.Option(0.1, help="Promised is 1 − 1/e − epsilon of the best."),
    delta: float | None = typer.Option(None, help="The chance that the promise fails; 1/n when not told."),
    quality: float = typer.Option(
        0.75,
        help="Go on until this share is proved, or more samples prove little more; 0: stop at the promise, 0.9: four times the samples.",
    ),
    method: str = typer.Option(
        "opim", help="opim, imm (a check), or a rule: degree, discount, core, pagerank, random."
    ),
    budget: float | None = typer.Option(None, help="What all chosen may cost together."),
    costs: Path | None = typer.Option(None, help="A file of `id cost`; whoever isn't in it costs 1."),
    allowed: Path | None = typer.Option(None, help="A file with the ids of those who may be contacted."),
    already: Path | None = typer.Option(None, help="A file with the ids of those who are briefed already."),
    groups: Path | None = typer.Option(
        None, help="A file of `id group`: rings, languages, places. Somebody may be in several."
    ),
    at_least: list[str] = typer.Option(
        [], "--at-least", help="So many of every group: N; or of one: GROUP=N. May be said several times."
    ),
    rng: int = RNG,
    cluster: str | None = CLUSTER,
) -> None:
    """Whom to brief: seeds by their original ids, what they reach, and what is proved of that."""
    from grapevine.engine.cascade import SpreadError, baselines, opim
    from grapevine.engine.cascade.advice import Wishes

    about = made(model, threshold, probability, set_)
    if costs and budget is None:
        raise SpreadError(_("Costs only count against a budget: say --budget too."))
    graph = network(
        edges, undirected=undirected, turned=listens, people=people, chances=probability == "column"
    )
    about = with_thresholds(about, thresholds, graph)
    wishes = Wishes(
        k, epsilon, delta, quality, budget, costs_in(costs, graph) if costs else None,
        seeds_in(allowed, graph).tolist() if allowed else None, seeds_in(already, graph).tolist() if already else (),
        claims_in(at_least, groups, graph),
    )  # fmt: skip
    answer: dict[str, Any] = {
        "model": model,
        "knobs": set_to(about),
        "k": k,
        "n": graph.n,
        "m": graph.m,
        "rng": rng,
    }
    if cluster is not None and method != "opim":
        raise SpreadError(
            _("A cluster draws samples for opim; %(method)s is found here, without --cluster.")
            % {"method": method}
        )
    if method in baselines.RULES:
        begun = time.perf_counter()
        chosen = baselines.under(method, graph, wishes, rng=rng).tolist()
        seconds = time.perf_counter() - begun
        note = f"{_(RULE_NOTE)} {from_below.sentence(*wishes.why_fewer(graph, len(chosen)))}".strip()
        found = about.simulate(graph, [*chosen, *wishes.already], runs=10_000, rng=rng, tolerance=0.01)
        say({"seeds": graph.ids.of_many(chosen), "spread_estimate": found.mean, "stderr": found.stderr, "guarantee": None,
             "rr_sets": 0, "seconds": seconds, "method": method,
             "note": note, **answer})  # fmt: skip
        return
    grown = about.trees(graph)
    if method == "imm":
        if grown is None:
            raise SpreadError(_("IMM is for the models ic and lt."))
        advice = opim.imm(grown, wishes, rng=rng)
    elif method == "opim":
        with on_cluster(cluster, edges) as far:
            advice = far.advise(about, wishes, rng=rng) if far else about.advise(graph, wishes, rng=rng)
    else:
        values = {"method": repr(method), "methods": ", ".join(("opim", "imm", *baselines.RULES))}
        raise SpreadError(_("There is no method %(method)s. There are: %(methods)s.") % values)
    spread, stderr = advice.spread, advice.stderr
    if grown is not None and graph.n:
        # The samples that judged are few; told is what several times as many say.
        both = [*advice.seeds, *wishes.already]
        spread, stderr = opim.spread_of(grown, both, samples=max(AGAIN * advice.rr_sets, 2**14), rng=rng + 1)
    say(
        {
            "seeds": graph.ids.of_many(advice.seeds), "spread_estimate": spread, "stderr": stderr, "guarantee": advice.guarantee,
            "promised": advice.promised, "at_most": advice.at_most, "delta": advice.delta, "epsilon": epsilon,
            "rr_sets": advice.rr_sets, "seconds": advice.seconds, "gains": advice.gains, "method": advice.method,
            "note": from_below.sentence(*advice.notes), **answer,
        }
    )  # fmt: skip


@told
def influentials(
    edges: str = EDGES,
    undirected: bool = UNDIRECTED,
    listens: bool = TURNED,
    people: int | None = PEOPLE,
    model: str = typer.Option("watts", "--model", help="Any model on the shelf."),
    threshold: str | None = THRESHOLD,
    thresholds: Path | None = THRESHOLDS,
    probability: str | None = PROBABILITY,
    set_: list[str] = SET,
    top: float = typer.Option(
        0.1, help="The share of people, by how many they influence, that counts as the top."
    ),
    runs: int = typer.Option(100, min=1, help="How often everybody begins, where chance plays a part."),
    costs: Path | None = typer.Option(
        None, help="A file of `id cost`; without it a person costs as many as they influence."
    ),
    rng: int = RNG,
) -> None:
    """Who matters? Cascades begun by the best connected against those begun by ordinary people, per head and per unit of cost."""
    from dataclasses import asdict

    from grapevine.engine.cascade import influentials as experiment

    about = made(model, threshold, probability, set_)
    graph = network(
        edges, undirected=undirected, turned=listens, people=people, chances=probability == "column"
    )
    paid = costs_in(costs, graph) if costs else None
    about = with_thresholds(about, thresholds, graph)
    found = experiment.compare(about, graph, top=top, runs=runs, rng=rng, costs=paid)
    say({"n": graph.n, "m": graph.m, "model": model, "knobs": set_to(about), "rng": rng, **asdict(found)})
