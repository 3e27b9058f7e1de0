"""The same cascades by CyNetDiff, pynetim and NDlib."""

from __future__ import annotations

import array
from time import process_time
from typing import Any

import numpy as np

from benchmarks.spread_timing import PHI, Row, Z, best, poisson, shown
from grapevine.engine import graph
from grapevine.engine.cascade import models


def _row(name: str, seconds: float, size: int, ours: int, note: str = "") -> Row:
    same = "same size" if size == ours else f"{size:,} join"
    return "the same cascade", f"{name} ({same}{note})", shown(seconds), ""


def cynetdiff(made: graph.Graph, seed: int, ours: int) -> Row:
    from cynetdiff.models import LinearThresholdModel

    starts, edges = array.array("I", made.out_at[:-1].tolist()), array.array("I", made.out_to.tolist())
    weights = array.array("f", (1 / made.in_degree[made.out_to]).astype(np.float32).tolist())
    model = LinearThresholdModel(starts, edges, influence=weights)
    # A hair less, because it adds up shares in single precision.
    model._assign_thresholds(array.array("f", [PHI - 1e-5] * made.n))
    model.set_seeds({seed})

    def work() -> None:
        model.reset_model()
        model._assign_thresholds(array.array("f", [PHI - 1e-5]) * made.n)
        model.advance_until_completion()

    return _row("CyNetDiff", best(work, 2), model.get_num_activated_nodes(), ours)


def pynetim_(made: graph.Graph, seed: int, ours: int) -> Row:
    import pynetim

    model = pynetim.LinearThresholdModel(im_graph(made), {seed}, PHI - 1e-9, PHI - 1e-9)
    size = model.run_monte_carlo_diffusion(1, random_seed=1)
    return _row(
        "pynetim", best(lambda: model.run_monte_carlo_diffusion(1, random_seed=1), 3), round(size), ours
    )


def im_graph(made: graph.Graph) -> Any:
    import pynetim

    sources = np.repeat(np.arange(made.n), made.out_degree)
    arcs = list(zip(sources.tolist(), made.out_to.tolist(), strict=True))
    return pynetim.IMGraph(arcs, (1 / made.in_degree[made.out_to]).tolist(), directed=True, renumber=False)


def ndlib(made: graph.Graph, seed: int, ours: int) -> Row:
    import networkx
    from ndlib.models import ModelConfig
    from ndlib.models.epidemics import ThresholdModel

    n = min(made.n, 20_000)
    small = made if made.n == n else poisson(n, Z, 1)
    run = models.WattsThreshold(threshold=PHI)
    start = next(one for one in range(1000) if len(run.cascade(small, [one]).people) > n // 2)
    theirs = networkx.Graph()
    theirs.add_nodes_from(range(n))
    theirs.add_edges_from((u, int(v)) for u in range(n) for v in small.influences(u))
    model = ThresholdModel(theirs)
    settings = ModelConfig.Configuration()
    settings.add_model_initial_configuration("Infected", [start])
    for one in range(n):
        settings.add_node_configuration("threshold", one, PHI)
    model.set_initial_status(settings)
    begun = process_time()
    while True:
        told = model.iteration()
        if told["iteration"] and not told["status"]:
            break
    seconds = (process_time() - begun) * made.n / n
    expected = len(run.cascade(small, [start]).people)
    return _row("NDlib", seconds, told["node_count"][1], expected, f", reckoned from {n:,} people")


def ic_cynetdiff(made: graph.Graph, seeds: Any, runs: int) -> Row:
    from cynetdiff.models import IndependentCascadeModel

    starts, edges = array.array("I", made.out_at[:-1].tolist()), array.array("I", made.out_to.tolist())
    chances = array.array("f", (1 / made.in_degree[made.out_to]).astype(np.float32).tolist())
    model = IndependentCascadeModel(starts, edges, activation_probs=chances, rng=1)
    sizes = []

    def work() -> None:
        sizes.clear()
        model.set_seeds(set(seeds))
        for _ in range(runs):
            model.reset_model()
            model.advance_until_completion()
            sizes.append(model.get_num_activated_nodes())

    seconds = best(work, 2)
    return "the same", f"CyNetDiff (mean {np.mean(sizes):.1f})", shown(seconds), ""


def ic_pynetim(made: graph.Graph, seeds: Any, runs: int) -> Row:
    import pynetim

    model = pynetim.IndependentCascadeModel(im_graph(made), set(seeds))
    mean = model.run_monte_carlo_diffusion(runs, random_seed=1)
    return (
        "the same",
        f"pynetim (mean {mean:.1f})",
        shown(best(lambda: model.run_monte_carlo_diffusion(runs, random_seed=1), 2)),
        "",
    )
