"""`grapevine spread`: word of mouth on any edge list. JSON on standard output; what is wrong, in a sentence, on standard error with code 2."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import typer

from grapevine.cli import (
    from_below,
    spread_advice,
    spread_estimate,
    spread_everyone,
    spread_export,
    spread_ties,
)
from grapevine.cli.spread_asked import (
    CLUSTER,
    EDGES,
    PEOPLE,
    PROBABILITY,
    RNG,
    SET,
    THREADS,
    THRESHOLD,
    TURNED,
    UNDIRECTED,
    app,
    made,
    network,
    on_cluster,
    say,
    set_to,
    told,
)
from grapevine.cli.spread_files import THRESHOLDS, seeds_in, with_thresholds
from grapevine.config.language import gettext as _


@app.command()
@told
def simulate(
    edges: str = EDGES,
    undirected: bool = UNDIRECTED,
    listens: bool = TURNED,
    people: int | None = PEOPLE,
    model: str = typer.Option(
        ..., "--model", help="watts, absolute, lt, ic, sir or brief; `grapevine spread models` tells of each."
    ),
    threshold: str | None = THRESHOLD,
    thresholds: Path | None = THRESHOLDS,
    probability: str | None = PROBABILITY,
    set_: list[str] = SET,
    seeds: Path | None = typer.Option(None, help="A file with the id of a seed on each line."),
    random_seeds: int | None = typer.Option(
        None, "--random-seeds", min=0, help="So many other people in each run."
    ),
    runs: int = typer.Option(1000, min=1, help="How often, at most."),
    tolerance: float | None = typer.Option(
        None, help="Stop when the 95 % interval is within this share of the mean."
    ),
    steps: int = typer.Option(0, min=0, max=100_000, help="Tell the course of so many steps."),
    rng: int = RNG,
    threads: int = THREADS,
    cluster: str | None = CLUSTER,
) -> None:
    """How far it goes: size of the cascade over many runs, with its error and distribution."""
    from grapevine.engine.cascade import RandomSeeds, SpreadError

    about = made(model, threshold, probability, set_)
    if (seeds is None) == (random_seeds is None):
        raise SpreadError(_("Say who begins: --seeds FILE or --random-seeds K."))
    graph = network(
        edges, undirected=undirected, turned=listens, people=people, chances=probability == "column"
    )
    about = with_thresholds(about, thresholds, graph)
    begin: Any = RandomSeeds(random_seeds) if random_seeds is not None else seeds_in(seeds or Path(), graph)
    with on_cluster(cluster, edges) as far:
        if far is not None:
            found = far.simulate(about, begin, runs=runs, rng=rng, tolerance=tolerance, steps=steps)
        else:
            found = about.simulate(
                graph, begin, runs=runs, rng=rng, threads=threads, tolerance=tolerance, steps=steps
            )
    low, high = found.interval
    answer: dict[str, Any] = {
        "n": graph.n, "m": graph.m, "model": model, "knobs": set_to(about), "runs": found.runs, "mean": found.mean, "stderr": found.stderr,
        "low95": low, "high95": high, "p05": found.quantile(0.05), "p50": found.quantile(0.5), "p95": found.quantile(0.95),
        "least": int(found.sizes.min()), "most": int(found.sizes.max()), "global_share": found.share(),
        "seeds": random_seeds if random_seeds is not None else len(set(map(int, begin))), "rng": rng, "certain": found.sure,
        "self_loops_left_out": graph.left_out.self_loops, "duplicates_left_out": graph.left_out.duplicates,
    }  # fmt: skip
    if found.band is not None:
        answer["steps"] = {"mean": found.band.mean, "p05": found.band.p05, "p95": found.band.p95}
    say(answer)


for command in (
    spread_advice.seeds,
    spread_everyone.everyone,
    spread_advice.influentials,
    spread_estimate.estimate,
    spread_ties.ties,
    spread_export.export,
):
    app.command()(command)


@app.command()
@told
def describe(
    edges: str = EDGES,
    undirected: bool = UNDIRECTED,
    listens: bool = TURNED,
    people: int | None = PEOPLE,
    communities: bool = typer.Option(False, help="Find communities too."),
    person: str | None = typer.Option(None, help="Tell of one person's circle too."),
    rng: int = RNG,
) -> None:
    """A network in figures: ties, components, clustering, cores, who is in whose circle."""
    from dataclasses import asdict

    import numpy as np

    from grapevine.engine.graph import measures

    graph = network(edges, undirected=undirected, turned=listens, people=people)
    answer = asdict(measures.describe(graph))
    if communities:
        found = measures.communities(graph, rng=rng % 2**32)
        sizes = np.sort(np.bincount(found))[::-1] if graph.n else np.empty(0, np.int64)
        answer["communities"] = {"count": int(np.count_nonzero(sizes)), "largest": sizes[:20].tolist()}
    if person is not None:
        number = int(graph.ids.numbers([person])[0])
        circle = measures.circle(graph, number)
        answer["person"] = {
            "id": graph.ids.of(number),
            "core": int(measures.core_numbers(graph)[number]),
            "influences": graph.ids.of_many(circle.influences),
            "influenced_by": graph.ids.of_many(circle.influenced_by),
            "both_ways": len(circle.both_ways),
        }
    say(answer)


@app.command()
@told
def analytic(
    degree: str = typer.Option("poisson", help="poisson, regular, or an edge list whose degrees are taken."),
    mean: float | None = typer.Option(None, help="The mean degree."),
    threshold: str = typer.Option(..., help="Share of friends that convinces a person."),
    seed_fraction: float = typer.Option(..., "--seed-fraction", help="Share of people who are seeds."),
    undirected: bool = typer.Option(
        True, help="Ties count in both directions; with --no-undirected u v means that u influences v."
    ),
) -> None:
    """Watts' model answered without simulating: size, chance that one seed goes global, and the window of mean degrees."""
    from grapevine.engine.cascade import analytic as answers
    from grapevine.engine.cascade.errors import SpreadError

    if degree in ("poisson", "regular") and mean is None:
        raise SpreadError(_("Say the mean degree: --mean Z."))
    degrees: answers.Degrees | answers.Arcs
    if degree == "poisson":
        degrees = (answers.poisson if undirected else answers.poisson_arcs)(mean or 0.0)
    elif degree == "regular":
        degrees = (answers.regular if undirected else answers.regular_arcs)(mean or 0.0)
    else:
        degrees = answers.of_graph(network(degree, undirected=undirected))
    found = answers.foresee(degrees, threshold, seed_fraction)
    window, note = None, None
    try:
        window = answers.poisson_window(threshold, directed=not undirected)
    except SpreadError as error:  # so low that only the window can't be told
        note = from_below.sentence(error.sentence)
    say(
        {
            "share": found.share, "p_single_seed_global": found.p_single_seed_global, "window": window,
            "window_of": "mean degrees of Poisson networks", "window_note": note, "degree": degree, "mean": degrees.mean,
            "directed": not undirected, "threshold": float(answers.as_fraction(threshold)), "seed_fraction": seed_fraction,
            "vulnerable_reach": found.vulnerable_reach,
        }
    )  # fmt: skip


@app.command()
@told
def save(
    edges: str = EDGES,
    folder: Path = typer.Argument(help="A folder that isn't there yet."),
    undirected: bool = UNDIRECTED,
    listens: bool = TURNED,
    people: int | None = PEOPLE,
    chances: bool = typer.Option(
        False,
        help="Ties given twice have the chance that one of them passes on; else their weights are summed.",
    ),
) -> None:
    """Keep a network as a folder, which every other command takes in place of EDGES: it is mapped, not read."""
    from grapevine.engine.graph import store

    graph = network(edges, undirected=undirected, turned=listens, people=people, chances=chances)
    store.save(graph, folder)
    say({"n": graph.n, "m": graph.m, "bytes": graph.nbytes, "self_loops_left_out": graph.left_out.self_loops,
         "duplicates_left_out": graph.left_out.duplicates})  # fmt: skip


@app.command()
@told
def models() -> None:
    """The models on the shelf, each with what it assumes and its knobs."""
    from dataclasses import asdict

    from grapevine.engine.cascade import shelf

    say({name: asdict(model.describe()) for name, model in shelf().items()})


def register(house_app: typer.Typer) -> None:
    """Add the group."""
    house_app.add_typer(app, name="spread")
