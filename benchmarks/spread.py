"""How fast talk is reckoned, beside NDlib, CyNetDiff and pynetim in the same run: on the same graph, from the same seeds, with the same thresholds.

    python -m benchmarks.spread [--quick] [--write]

Processor time of this process, one thread, best of several, after warm-up; compiling is told apart. `--quick` takes a tenth of the people.
NetHEPT is read from ../shared; what needs it is left out when it isn't there. Sizes that ought to agree are held against each other.
"""

from __future__ import annotations

import sys
import warnings
from pathlib import Path
from time import perf_counter, process_time

import numpy as np

from benchmarks import spread_peers
from benchmarks.spread_timing import PHI, Row, Z, best, poisson, shown
from grapevine.engine import cascade, graph
from grapevine.engine.cascade import _threshold, influentials, models, trees
from grapevine.engine.cascade.advice import Wishes
from grapevine.engine.cascade.choosing import Heap
from grapevine.engine.cascade.models.watts import needs
from grapevine.engine.cascade.shared import Shared, countdowns

ROOT = Path(__file__).resolve().parent.parent
NETHEPT = ROOT.parent / "shared/spread/nethept.txt.gz"
PAGE = ROOT / "docs/benchmarks/spread.md"
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
    return rows + [
        peer(made, seed, size) for peer in (spread_peers.cynetdiff, spread_peers.pynetim_, spread_peers.ndlib)
    ]


def everyone(n: int, worlds: int) -> list[Row]:
    """How far everybody reaches in the linear threshold model: by the clock, since two threads work on it."""
    made = poisson(n, Z, 1)
    model = models.LinearThreshold()
    model.everyone(made, runs=1)

    def clock(threads: int) -> float:
        found = []
        for _ in range(3):
            begun = perf_counter()
            model.everyone(made, runs=worlds, rng=1, threads=threads)
            found.append(perf_counter() - begun)
        return min(found)

    one = best(lambda: model.everyone(made, runs=worlds, rng=1), 2)
    work = f"linear threshold spread of every person, n = {n:,}, {worlds} worlds"
    return [
        (work, "Grapevine, one thread", shown(one), ""),
        ("the same by the clock", "Grapevine, two threads", shown(clock(2)), "1.2 s"),
    ]


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
    rows += [spread_peers.ic_cynetdiff(made, seeds, runs), spread_peers.ic_pynetim(made, seeds, runs)]
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

    theirs = spread_peers.im_graph(made)
    begun = process_time()
    chosen = pynetim.IMMAlgorithm(theirs, "IC", epsilon=0.1, random_seed=1).run(50)
    seconds = process_time() - begun
    reached = model.simulate(made, sorted(chosen), runs=10_000, rng=2).mean
    rows.append((f"50 seeds, ε = 0.1: reaches {reached:.1f}", "pynetim, IMM", shown(seconds), ""))
    return rows


def main(arguments: list[str]) -> int:
    """Print the table; with `--write` into docs/benchmarks/spread.md too."""
    warnings.simplefilter("ignore")
    quick = "--quick" in arguments
    people = 100_000 if quick else 1_000_000
    rows = watts(people) + everyone(people, 100) + experiment(10 if quick else 40)
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
