"""Whom to brief, with a proof: OPIM-C (Tang, Tang, Xiao & Yuan 2018), and IMM (Tang, Shi & Xiao 2015) as a check on it.

Reverse samples come in a row. From the first half the seeds are chosen, and it bounds from above what any others could do; the other half, which
had no say in the choice, tells without bias what the seeds do. Where that doesn't prove enough, all of them together are the first half of the
next round, twice as long, and what is drawn then judges. The bounds are the paper's, with their chance of failing shared out over all rounds.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from grapevine.engine.cascade.advice import Advice, Wishes
from grapevine.engine.cascade.choosing import Choice, Heap, choose
from grapevine.engine.cascade.claims import Claims
from grapevine.engine.cascade.errors import SpreadError
from grapevine.engine.cascade.trees import Here, Source, Trees

if TYPE_CHECKING:
    from grapevine.engine.cascade.simulation import Progress
    from grapevine.engine.graph.network import Graph

CHOOSE, JUDGE, GUESS = 10, 11, 12  # streams of dice
FEWEST = 256
SETTLED = 0.9  # of what could be proved with endless samples, at least: then more of them are of little use


def spread_of(source: Trees | Source, seeds: Any, *, samples: int, rng: int = 0) -> tuple[float, float]:
    """The spread of seeds by reverse samples, without a forward run: estimate and standard error."""
    drawn = _source(source, rng)
    n = drawn.trees.graph.n
    share = drawn.hits(JUDGE, 0, samples, _marked(n, seeds)) / samples
    return n * share, n * math.sqrt(share * (1 - share) / samples)


def _source(source: Trees | Source, rng: int) -> Source:
    return Here(source, rng) if isinstance(source, Trees) else source


def _marked(n: int, seeds: Any) -> Any:
    marked = np.zeros(n, np.uint8)
    marked[np.asarray(seeds, np.int64)] = 1
    return marked


def advise(source: Trees | Source, wishes: Wishes, *, rng: int = 0, told: Progress | None = None) -> Advice:
    """Choose by OPIM-C. Where only the number of seeds binds, 1 − 1/e − ε is promised; with a budget or groups nothing is promised beforehand,
    but what is proved of the choice is told all the same: the bound from above holds for every choice there is. `told` hears between
    pieces of the samples in which of how many rounds it is, in hundredths; it mostly ends sooner. What it raises ends it."""
    begun = time.perf_counter()
    drawn = _source(source, rng)
    graph = drawn.trees.graph
    wishes.check(graph)
    n, k = graph.n, wishes.k
    already = np.asarray(wishes.already, np.int64)
    if _nobody(graph, wishes):
        reached = spread_of(drawn, already, samples=2**14)[0] if len(already) and n else 0.0
        return _none_chosen(graph, wishes, reached, "opim-c", begun)
    delta = wishes.delta if wishes.delta is not None else 1 / max(n, 2)
    most, fewest = _limits(n, k, wishes.epsilon, delta)
    rounds = max(1, math.ceil(math.log2(most / fewest)))
    log = math.log(3 * (rounds + 1) / delta)
    promise = 1 - 1 / math.e - wishes.epsilon
    enough = max(SETTLED, (1 + wishes.quality) / 2)
    work = _Work(drawn, wishes, rounds, told)
    heap = work.heap
    count = fewest
    for round_ in range(1, rounds + 1):
        work.begin(round_, 2 * count)
        work.grow(count)
        choice = work.choose()
        seeds = np.concatenate([already, np.asarray(choice.seeds, np.int64)])
        work.grow(2 * count)
        found = _Proof.of(n, choice, count, heap.met(seeds, count), count, log, enough)
        if round_ == rounds or (found.share >= promise and (found.share >= wishes.quality or found.settled)):
            break
        count *= 2
    sets = heap.sets
    if wishes.quality and round_ < rounds:
        # All that was drawn, judges too, chooses once more; others judge.
        choice = work.choose()
        seeds = np.concatenate([already, np.asarray(choice.seeds, np.int64)])
        again = _Proof.of(n, choice, sets, work.hits(count, _marked(n, seeds)), count, log, enough)
        found = again if again.share >= found.share else found
        sets += count
    scale = n / found.chosen_from
    return Advice(
        found.choice.seeds, tuple(gain * scale for gain in found.choice.gains), found.met * n / found.judged_by, "opim-c",
        max(found.share, promise) if wishes.plain and round_ == rounds else found.share, promise if wishes.plain else None,
        found.at_most, delta, sets, time.perf_counter() - begun, wishes.why_fewer(graph, len(found.choice.seeds)),
    )  # fmt: skip


def _nobody(graph: Graph, wishes: Wishes) -> bool:
    """Whether there is nobody to be chosen. Raises SpreadError when groups are owed what no choice gives them."""
    return (wishes.k == 0 and not wishes.at_least) or not Claims(graph, wishes).may().any()


def _none_chosen(graph: Graph, wishes: Wishes, spread: float, method: str, begun: float) -> Advice:
    """Nobody else could be chosen, so that this is the best there is."""
    seconds = time.perf_counter() - begun
    return Advice((), (), spread, method, 1.0, None, None, None, 0, seconds, wishes.why_fewer(graph, 0))


class _Work:
    """The samples of one choice, and a word to whoever asked, between pieces of them."""

    def __init__(self, drawn: Source, wishes: Wishes, rounds: int, told: Progress | None) -> None:
        self.heap = Heap(drawn, CHOOSE)
        self._drawn, self._wishes, self._rounds, self._told = drawn, wishes, rounds, told
        self._round, self._aim = 1, 1

    def begin(self, round_: int, aim: int) -> None:
        """A round that draws samples until there are so many."""
        self._round, self._aim = round_, aim

    def _say(self) -> None:
        if self._told is not None:
            share = min(1.0, self.heap.sets / self._aim)
            self._told(int(100 * (self._round - 1 + share)), 100 * self._rounds)

    def grow(self, sets: int) -> None:
        if self._told is None:
            self.heap.grow(sets)
        else:
            self.heap.grow_told(sets, self._say)

    def choose(self) -> Choice:
        return choose(self.heap, self._wishes, None if self._told is None else self._say)

    def hits(self, samples: int, marked: Any) -> int:
        """How many of as many fresh samples meet somebody who is marked."""
        if self._told is None:
            return self._drawn.hits(JUDGE, 0, samples, marked)
        met, piece = 0, self.heap.piece
        for at in range(0, samples, piece):
            met += self._drawn.hits(JUDGE, at, min(at + piece, samples), marked)
            self._say()
        return met


@dataclass(frozen=True)
class _Proof:
    """A choice, and what samples that had no say in it prove of it."""

    choice: Choice
    chosen_from: int
    met: int
    judged_by: int
    share: float
    """Of the best there is."""
    at_most: float
    settled: bool
    """Whether endless samples would prove little more."""

    @classmethod
    def of(
        cls, n: int, choice: Choice, chosen_from: int, met: int, judged_by: int, log: float, enough: float
    ) -> _Proof:
        proved = _least(met, log) / judged_by * n
        at_most = min(_most(choice.bound, log) / chosen_from * n, float(n))
        share = min(1.0, proved / at_most) if at_most else 1.0
        endless = min(1.0, met / judged_by * chosen_from / choice.bound) if choice.bound else 0.0
        return cls(choice, chosen_from, met, judged_by, share, at_most, share >= enough * endless)


def _limits(n: int, k: int, epsilon: float, delta: float) -> tuple[int, int]:
    """How many samples keep the promise whatever comes, and with how many to begin."""
    part = 1 - 1 / math.e
    ways = math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)
    root = part * math.sqrt(math.log(6 / delta)) + math.sqrt(part * (ways + math.log(6 / delta)))
    most = 2 * n * root**2 / (epsilon**2 * k)
    fewest = max(FEWEST, math.ceil(most * epsilon**2 * k / n))
    return max(math.ceil(most), fewest), fewest


def _least(met: float, log: float) -> float:
    """What the met samples are at least, in truth (Tang et al. 2018, lemma 4.2)."""
    return max(0.0, (math.sqrt(met + 2 * log / 9) - math.sqrt(log / 2)) ** 2 - log / 18)


def _most(met: float, log: float) -> float:
    """What the met samples of the best are at most, in truth (lemma 5.2)."""
    return (math.sqrt(met + log / 2) + math.sqrt(log / 2)) ** 2


def imm(source: Trees | Source, wishes: Wishes, *, rng: int = 0) -> Advice:
    """Choose by IMM. Its proof has a gap where samples are used twice (Chen 2018); here the seeds are chosen from fresh ones, which closes it."""
    begun = time.perf_counter()
    drawn = _source(source, rng)
    graph = drawn.trees.graph
    wishes.check(graph)
    n, k = graph.n, wishes.k
    if not wishes.plain or len(wishes.already):
        raise SpreadError(
            "IMM chooses a number of people only: for budgets, groups and people briefed already take OPIM-C."
        )
    if n < 2 or k == 0:
        raise SpreadError("IMM wants at least two people, and at least one to choose.")
    if _nobody(graph, wishes):
        return _none_chosen(graph, wishes, 0.0, "imm", begun)
    delta = wishes.delta if wishes.delta is not None else 1 / n
    epsilon = wishes.epsilon
    lasting = math.log(2 / delta) / math.log(n)  # n^−ℓ is the chance of failing, half of it in each part
    ways = math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)
    rough = math.sqrt(2) * epsilon
    guess = Heap(drawn, GUESS)
    least = 1.0
    steps = max(1, math.ceil(math.log2(n)) - 1)
    factor = (
        (2 + 2 * rough / 3) * (ways + lasting * math.log(n) + math.log(max(math.log2(n), 1))) * n / rough**2
    )
    for step in range(1, steps + 1):
        aim = n / 2**step
        guess.grow(math.ceil(factor / aim))
        found = sum(choose(guess, wishes).gains) / guess.sets * n
        if found >= (1 + rough) * aim:
            least = found / (1 + rough)
            break
    part = 1 - 1 / math.e
    one, other = (
        math.sqrt(lasting * math.log(n) + math.log(2)),
        math.sqrt(part * (ways + lasting * math.log(n) + math.log(2))),
    )
    count = math.ceil(2 * n * (part * one + other) ** 2 / epsilon**2 / least)
    fresh = Heap(drawn, CHOOSE)
    fresh.grow(count)
    choice = choose(fresh, wishes)
    seeds = np.asarray(choice.seeds, np.int64)
    met = drawn.hits(JUDGE, 0, count, _marked(n, seeds))
    promise = 1 - 1 / math.e - epsilon
    return Advice(
        choice.seeds, tuple(gain * n / count for gain in choice.gains), met * n / count, "imm", promise, promise, None, delta,
        guess.sets + 2 * count, time.perf_counter() - begun, wishes.why_fewer(graph, len(choice.seeds)),
    )  # fmt: skip
