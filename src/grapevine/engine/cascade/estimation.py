"""What real cascades tell: how the chance to join grows with friends who have, how strong ties are, how many each one brings.

None of this tells cause: friends are alike and hear the same news, so they join together without one convincing the other (Shalizi & Thomas
2011). Estimates are upper bounds on influence, and every answer says so. How much they are worth is measured on people kept out of the
estimate.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from grapevine.engine.cascade import _learning, _random
from grapevine.engine.cascade.errors import SpreadError
from grapevine.engine.cascade.events import Adoptions
from grapevine.engine.graph.network import Graph

CIRCLE = (
    "Everybody with an exposed friend joined in the end, so chances of ties can't be told. A network that was made from these very "
    "events looks like this: take one that was there before, or a window, so that those who came later count as not convinced."
)
CAVEAT = (
    "Friends are alike and hear the same news, so they join together without convincing each other: these figures are upper "
    "bounds on influence."
)
Z95 = 1.959963984540054
MOST_EXPOSURES = 20
ROUNDS = 200
ENOUGH = 1e-7
FOLDS = 5


@dataclass(frozen=True)
class Exposure:
    """Of those who had exactly k friends who had joined: how many joined before a further friend did."""

    k: int
    exposed: int
    joined: int
    share: float
    low: float
    high: float


@dataclass(frozen=True)
class Ties:
    """The chance that a tie passes on, by how many the listener listens to; learnt by EM, drawn towards the mean of all."""

    group: str
    chance: float
    tries: int


@dataclass(frozen=True)
class HeldOut:
    """How well it is foretold of people kept out of the estimate whether they join when a further friend has, against telling always the mean."""

    people: int
    occasions: int
    """How often a friend of one of them joined before they did."""
    joined: int
    auc: float | None
    log_loss: float
    log_loss_of_mean: float

    @property
    def better(self) -> float:
        """The share of the uncertainty that the estimate takes away; below 0 when it is worse than the mean."""
        return 1 - self.log_loss / self.log_loss_of_mean if self.log_loss_of_mean else 0.0


@dataclass(frozen=True)
class Estimate:
    """What an observed spread tells of its network."""

    people: int
    joined: int
    unknown: int
    exposures: tuple[Exposure, ...]
    thresholds: tuple[float, ...] | None
    """The 10th, 25th, 50th, 75th and 90th hundredth of the share of friends who had joined when somebody did, of those who had any."""
    unprompted: float | None
    """The share of those who joined that did so before any friend."""
    ties: tuple[Ties, ...]
    rounds: int
    reproduction: float | None
    """How many each of those who joined brought, on average, in the earlier half of the spread, whose followers had time to join."""
    generations: tuple[int, ...]
    branching: tuple[float, ...]
    held_out: HeldOut
    warning: str | None
    caveat: str = CAVEAT


def estimate(
    graph: Graph, seen: Adoptions, *, window: float = math.inf, strength: float = 20.0, rng: int = 0
) -> Estimate:
    """Estimate from when people joined. `window`: a friend can have convinced somebody only within so long; `strength`: so many tries at the
    common chance are put to those of every group, so that little evidence says little."""
    if not window > 0:
        raise SpreadError(f"The window is {window}; a time above 0 is wanted.")
    if not strength >= 0:
        raise SpreadError(f"The strength is {strength}; 0 or more is wanted.")
    before, ever = np.zeros(graph.n, np.int64), np.zeros(graph.n, np.int64)
    _learning.exposures(graph.in_at, graph.in_from, seen.at, before, ever)
    has = np.isfinite(seen.at)
    prompted = has & (before > 0)
    shares = before[prompted] / graph.in_degree[prompted]
    quantiles = np.quantile(shares, (0.1, 0.25, 0.5, 0.75, 0.9)) if shares.size else None
    kind = np.zeros(graph.arcs, np.int8)
    _learning.tries(graph.in_at, graph.in_from, seen.at, float(window), kind)
    group, names = _groups(graph)
    people = np.flatnonzero(ever > 0)
    chance, asked, rounds = _learn(graph, kind, group, len(names), people, strength)
    order = seen.joined
    depth, children = np.zeros(graph.n, np.int64), np.zeros(graph.n, np.int64)
    _learning.parents(graph.in_at, graph.in_from, seen.at, float(window), order, depth, children)
    early = order[: max(1, order.size // 2)]
    generations = np.bincount(depth[order]) if order.size else np.zeros(0, np.int64)
    held_out = _hold_out(before, has, ever, _group_of(graph), len(names), strength, rng)
    return Estimate(
        people=graph.n,
        joined=int(has.sum()),
        unknown=seen.unknown,
        exposures=_curve(before[has], before[~has]),
        thresholds=None if quantiles is None else tuple(map(float, quantiles)),
        unprompted=float((before[has] == 0).mean()) if has.any() else None,
        ties=tuple(Ties(name, float(chance[i]), int(asked[i])) for i, name in enumerate(names) if asked[i]),
        rounds=rounds,
        reproduction=float(children[early].mean()) if order.size else None,
        generations=tuple(map(int, generations)),
        branching=tuple(float(b / a) for a, b in itertools.pairwise(generations)),
        held_out=held_out,
        warning=CIRCLE if people.size and has[people].all() else None,
    )


def _curve(joined: Any, stayed: Any) -> tuple[Exposure, ...]:
    """At each number of exposed friends: of those who came to it, the share that joined there (a hazard), with Wilson's interval."""
    top = int(min(MOST_EXPOSURES, max(joined.max(initial=0), stayed.max(initial=0))))
    found = []
    for k in range(1, top + 1):
        here = int((joined == k).sum())
        exposed = int((joined >= k).sum() + (stayed >= k).sum())
        if exposed:
            found.append(Exposure(k, exposed, here, here / exposed, *wilson(here, exposed)))
    return tuple(found)


def wilson(hits: int, tries: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share."""
    share, z2 = hits / tries, Z95**2 / tries
    middle = (share + z2 / 2) / (1 + z2)
    half = Z95 / (1 + z2) * math.sqrt(share * (1 - share) / tries + z2 / 4 / tries)
    return max(0.0, middle - half), min(1.0, middle + half)


def _groups(graph: Graph) -> tuple[Any, list[str]]:
    """Arcs by how many the listener listens to: a single spread says too little of single ties."""
    names = ["1", "2–4", "5–19", "20–99", "100 and more"]
    return np.repeat(_group_of(graph).astype(np.int8), graph.in_degree), names


def _group_of(graph: Graph) -> Any:
    return np.searchsorted([2, 5, 20, 100], graph.in_degree, side="right")


def _learn(
    graph: Graph, kind: Any, group: Any, groups: int, people: Any, strength: float
) -> tuple[Any, Any, int]:
    chance = np.full(groups, 0.05)
    credit, asked = np.zeros(groups), np.zeros(groups)
    last = -math.inf
    rounds = 0
    while rounds < ROUNDS:
        rounds += 1
        told = float(_learning.improve(graph.in_at, kind, group, chance, credit, asked, people))
        if not asked.sum():
            return np.zeros(groups), asked, 0
        common = credit.sum() / asked.sum()
        chance = np.clip(
            (credit + strength * common) / np.maximum(asked + strength, 1e-300), 1e-12, 1 - 1e-12
        )
        if abs(told - last) <= ENOUGH * abs(told):
            break
        last = told
    return chance, asked, rounds


def _hold_out(
    before: Any, has: Any, ever: Any, group: Any, groups: int, strength: float, rng: int
) -> HeldOut:
    """Fifths of the people in turn: learn from four how likely a person joins at their k-th exposed friend, by k and by how many they listen
    to; foretell it for the fifth. What is foretold is known when the k-th friend joins, so nothing of the outcome leaks into it."""
    count = np.minimum(np.where(has, before, ever), MOST_EXPOSURES)
    people = np.flatnonzero(count)
    fold = np.zeros(people.size, np.int64)
    _random.lots(np.uint64(rng), FOLDS, fold)
    count = count[people]
    occasion = np.repeat(np.arange(people.size), count)
    k = np.arange(occasion.size) - np.repeat(np.cumsum(count) - count, count)
    was = has[people][occasion] & (k + 1 == before[people][occasion])
    cell = group[people][occasion] * MOST_EXPOSURES + k
    foretold, mean = np.zeros(was.size), np.zeros(was.size)
    for one in range(FOLDS):
        test = fold[occasion] == one
        train = ~test
        common = float(was[train].mean()) if train.any() else 0.5
        tried = np.bincount(cell[train], minlength=groups * MOST_EXPOSURES)
        joined = np.bincount(cell[train], was[train], minlength=groups * MOST_EXPOSURES)
        hazard = (joined + strength * common) / np.maximum(tried + strength, 1e-300)
        foretold[test], mean[test] = hazard[cell[test]], common
    return HeldOut(
        int(people.size), int(was.size), int(was.sum()), auc(foretold, was), _loss(foretold, was), _loss(mean, was)
    )  # fmt: skip


def _loss(chance: Any, was: Any) -> float:
    if not was.size:
        return 0.0
    chance = np.clip(chance, 1e-9, 1 - 1e-9)
    return float(-np.where(was, np.log(chance), np.log1p(-chance)).mean())


def auc(score: Any, was: Any) -> float | None:
    """The chance that of two people, one who joined and one who didn't, the first has the higher score; None without both."""
    yes, no = int(was.sum()), int((~was).sum())
    if not yes or not no:
        return None
    _, place, count = np.unique(score, return_inverse=True, return_counts=True)
    rank = (np.cumsum(count) - (count - 1) / 2)[place]
    return float((rank[was].sum() - yes * (yes + 1) / 2) / (yes * no))
