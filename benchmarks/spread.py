"""How fast talk is reckoned, beside NDlib, CyNetDiff and pynetim in the same run: on the same graph, from the same seeds, with the same thresholds.

    python -m benchmarks.spread [--quick] [--write]

Processor time of this process, one thread, best of several, after warm-up; compiling is told apart. `--quick` takes a tenth of the people.
NetHEPT is read from ../shared; what needs it is left out when it isn't there. Sizes that ought to agree are held against each other.
"""

from __future__ import annotations

import array
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from time import process_time
from typing import Any

import numpy as np

from grapevine.engine import cascade, graph
from grapevine.engine.cascade import _threshold, influentials, models, trees
from grapevine.engine.cascade.advice import Wishes
from grapevine.engine.cascade.choosing import Heap
from grapevine.engine.cascade.models.watts import needs
from grapevine.engine.cascade.shared import Shared, countdowns

ROOT = Path(__file__).resolve().parent.parent
NETHEPT = ROOT.parent / "shared/spread/nethept.txt.gz"
PAGE = ROOT / "docs/benchmarks/spread.md"
PHI, Z = 0.18, 4
NOTES = """
The machine had eight to ten runnable processes on its two cores during the run that stands here, so caches and cores were shared: a quieter moment
gave 23 ms for the single cascade. Read the ratios.

**Not reached.** The single cascade's 20 ms; batches in bits (2.5 ms), whose sixty-four waves arrive at different times, so that people speak
several times: relabelling people by distance would help, and where only sizes are wanted shared closures make batches needless; Monte Carlo's 0.3 s; a
reverse sample's 40 ns, for which walks would have to be interleaved; and advice in 5 and 40 ms, which hangs on the samples. The quality of 0.75 can't be
proved on NetHEPT with this bound however many samples are drawn (it tends to 0.75): advice stops at 95 % of what endless samples would prove.

**Not measured.** The linear threshold spread of every person at once, which there is no kernel for yet, and a graph of half a million arcs. NDlib is reckoned
from a smaller network, because a million people take it minutes.
"""
Row = tuple[str, str, str, str]


def best(work: Callable[[], Any], times: int = 7) -> float:
    """The least processor time of several."""
    found = []
    for _ in range(times):
        begun = process_time()
        work()
        found.append(process_time() - begun)
    return min(found)


def shown(seconds: float) -> str:
    """A time in the unit that reads best."""
    units = (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6), ("ns", 1e-9))
    unit, size = next((one for one in units if seconds >= one[1]), units[-1])
    return f"{seconds / size:.3g} {unit}"


def poisson(n: int, z: float, rng: int) -> graph.Graph:
    """A network whose ties are drawn evenly."""
    return graph.from_arrays(
        *np.random.default_rng(rng).integers(0, n, (2, int(n * z / 2))), directed=False, people=n
    )


def watts(n: int) -> list[Row]:
    """One global cascade, batches of 64, all single seeds; beside the peers."""
    made = poisson(n, Z, 1)
    need = countdowns(needs(PHI, made.in_degree), made.in_degree)
    left, queue = need.copy(), np.empty(n + 1, np.int32)

    def once(seed: int) -> int:
        left[:] = need
        return int(_threshold.run(made.out_at, made.out_to, left, np.array([seed]), queue))

    begun = process_time()
    seed = next(one for one in range(1000) if once(one) > n // 2)
    compiling = process_time() - begun
    size = once(seed)
    ours = best(lambda: once(seed), 15)
    sets = np.random.default_rng(2).integers(0, n, (64, 1))
    shared = Shared(made, need)
    sizes, _ = shared.in_bits(sets)
    batch = best(lambda: shared.in_bits(sets), 3) / 64
    found, none = np.zeros(64, np.int64), np.empty(0, np.int64)
    shared.run(sets, found, none)
    assert (sizes == found).all()
    assert (sizes == [once(int(one[0])) for one in sets]).all()
    closures = best(lambda: shared.run(sets, found, none), 3) / 64
    shared.every_seed()
    everybody = best(lambda: Shared(made, need).every_seed(), 3)
    rows = [
        (f"one global Watts cascade, n = {n:,}, z = 4 ({size:,} join)", "Grapevine", shown(ours), "20 ms"),
        ("the same in batches of 64, per cascade", "Grapevine, in bits", shown(batch), "2.5 ms"),
        ("64 single seeds with shared closures, per cascade", "Grapevine", shown(closures), ""),
        ("all n single-seed cascades, exact", "Grapevine", shown(everybody), "0.1 s"),
        ("first call, compiled or taken from the cache", "Grapevine", shown(compiling), ""),
    ]
    return rows + [peer(made, seed, size) for peer in (_cynetdiff, _pynetim, _ndlib)]


def _row(name: str, seconds: float, size: int, ours: int, note: str = "") -> Row:
    same = "same size" if size == ours else f"{size:,} join"
    return "the same cascade", f"{name} ({same}{note})", shown(seconds), ""


def _cynetdiff(made: graph.Graph, seed: int, ours: int) -> Row:
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


def _pynetim(made: graph.Graph, seed: int, ours: int) -> Row:
    import pynetim

    model = pynetim.LinearThresholdModel(_im_graph(made), {seed}, PHI - 1e-9, PHI - 1e-9)
    size = model.run_monte_carlo_diffusion(1, random_seed=1)
    return _row(
        "pynetim", best(lambda: model.run_monte_carlo_diffusion(1, random_seed=1), 3), round(size), ours
    )


def _im_graph(made: graph.Graph) -> Any:
    import pynetim

    sources = np.repeat(np.arange(made.n), made.out_degree)
    arcs = list(zip(sources.tolist(), made.out_to.tolist(), strict=True))
    return pynetim.IMGraph(arcs, (1 / made.in_degree[made.out_to]).tolist(), directed=True, renumber=False)


def _ndlib(made: graph.Graph, seed: int, ours: int) -> Row:
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


def experiment(graphs: int) -> list[Row]:
    """The influentials' experiment."""
    drawn = [poisson(10_000, Z, rng) for rng in range(graphs)]
    influentials.compare(models.WattsThreshold(), drawn[0])
    each = best(lambda: [influentials.compare(models.WattsThreshold(), one) for one in drawn], 2) / graphs
    return [
        (
            "influentials: 10,000 people, every seed, 1,000 graphs that are there",
            "Grapevine",
            f"{shown(each * 1000)}, reckoned from {graphs}",
            "3 s",
        )
    ]


def nethept(runs: int) -> list[Row]:
    """Monte Carlo, samples and advice on a network of authors."""
    made = graph.load(NETHEPT, directed=False)
    model = cascade.named("ic")(probability="wc")
    grown = trees.Trees.of(made, "wc")
    seeds = model.advise(made, Wishes(50), rng=1).seeds
    told = model.simulate(made, seeds, runs=runs, rng=2)
    rows = [
        (
            f"IC, {runs:,} runs, 50 seeds, NetHEPT (mean {told.mean:.1f})",
            "Grapevine",
            shown(best(lambda: model.simulate(made, seeds, runs=runs, rng=2), 3)),
            "0.3 s",
        )
    ]
    rows += [_ic_cynetdiff(made, seeds, runs), _ic_pynetim(made, seeds, runs)]
    count = 1_000_000 if runs > 1000 else 100_000
    Heap(trees.Here(grown, 1), 10).grow(1000)
    rows.append(
        (
            "reverse samples, weighted cascade, each",
            "Grapevine",
            shown(best(lambda: Heap(trees.Here(grown, 1), 10).grow(count), 3) / count),
            "40 ns",
        )
    )
    for quality, goal in ((0.0, "5 ms"), (0.75, "40 ms")):
        wishes = Wishes(50, 0.1, quality=quality)
        seconds = best(lambda wishes=wishes: model.advise(made, wishes, rng=1), 5)
        advice = model.advise(made, wishes, rng=1)
        reached = model.simulate(made, advice.seeds, runs=10_000, rng=2).mean
        rows.append(
            (
                f"50 seeds, ε = 0.1, quality {quality:g}: reaches {reached:.1f}, proved {advice.guarantee:.3f}",
                "Grapevine",
                shown(seconds),
                goal,
            )
        )
    import pynetim

    theirs = _im_graph(made)
    begun = process_time()
    chosen = pynetim.IMMAlgorithm(theirs, "IC", epsilon=0.1, random_seed=1).run(50)
    seconds = process_time() - begun
    reached = model.simulate(made, sorted(chosen), runs=10_000, rng=2).mean
    rows.append((f"50 seeds, ε = 0.1: reaches {reached:.1f}", "pynetim, IMM", shown(seconds), ""))
    return rows


def _ic_cynetdiff(made: graph.Graph, seeds: Any, runs: int) -> Row:
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


def _ic_pynetim(made: graph.Graph, seeds: Any, runs: int) -> Row:
    import pynetim

    model = pynetim.IndependentCascadeModel(_im_graph(made), set(seeds))
    mean = model.run_monte_carlo_diffusion(runs, random_seed=1)
    return (
        "the same",
        f"pynetim (mean {mean:.1f})",
        shown(best(lambda: model.run_monte_carlo_diffusion(runs, random_seed=1), 2)),
        "",
    )


def main(arguments: list[str]) -> int:
    """Print the table; with `--write` into docs/benchmarks/spread.md too."""
    warnings.simplefilter("ignore")
    quick = "--quick" in arguments
    rows = watts(100_000 if quick else 1_000_000) + experiment(10 if quick else 40)
    if NETHEPT.is_file():
        rows += nethept(1000 if quick else 10_000)
    table = "\n".join(
        [
            "| Work | By | Processor time | Goal |",
            "| --- | --- | --: | --: |",
            *(f"| {' | '.join(row)} |" for row in rows),
        ]
    )
    print(table)
    if "--write" in arguments:
        PAGE.write_text(
            "# Spread\n\n`python -m benchmarks.spread --write` (`make bench-spread`): processor time of one thread, best of several, after warm-up, "
            "on a machine that others used meanwhile.\nEach peer does the same work in the same run; sizes that ought to agree are shown.\n\n"
            + table + "\n" + NOTES,
            "utf-8",
        )  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
