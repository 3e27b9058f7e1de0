"""What real cascades tell: how the chance to join grows with friends who have, how strong ties are, how many each one brings.

None of this tells cause: friends are alike and hear the same news, so they join together without one convincing the other (Shalizi & Thomas
2011). Estimates are upper bounds on influence, and every answer says so. How much they are worth is measured on people kept out of the
estimate.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from grapevine.engine.cascade import bringing, events, heard, held_out, learning, thresholds
from grapevine.engine.cascade.bringing import Reproduction
from grapevine.engine.cascade.errors import SpreadError
from grapevine.engine.cascade.events import Adoptions
from grapevine.engine.cascade.heard import Heard
from grapevine.engine.cascade.held_out import HeldOut
from grapevine.engine.graph.network import Graph
from grapevine.engine.graph.sentences import Sentence

CIRCLE = Sentence(
    "Nearly every tie of this network leads to somebody who joined, so there is hardly anybody who heard of it and did not. A network that "
    "was made from these very events looks like this: its chances of ties tell nothing. Take a network that was there before, or a window, "
    "so that those who came later count as not convinced."
)
USED = Sentence(
    "Nearly every tie of this network is one of those that these events used: it was made from what it is to explain, and contains only what "
    "happened. Its figures tell nothing. Take a network that was there before."
)
NO_ORDER = Sentence(
    "In any other order of joining, those who joined would have brought about as many: nothing here shows that ties carried it. A shorter window "
    "may; or the ids of the events are not those of the network, or its ties count the other way."
)
CAVEAT = Sentence(
    "Friends are alike and hear the same news, so they join together without convincing each other: these figures are upper "
    "bounds on influence."
)
NEARLY = 0.9
Z95 = 1.959963984540054
MOST_EXPOSURES = 20


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
class Estimate:
    """What observed spreads tell of their network."""

    people: int
    joined: int
    unknown: int
    exposures: tuple[Exposure, ...]
    thresholds: tuple[float, ...] | None
    """The 10th, 25th, 50th, 75th and 90th hundredth of the share of friends who had joined when somebody did, of those who had any."""
    thresholds_of_all: tuple[float | None, ...] | None
    """The same of everybody who had heard of it, who never joined among them; None where so many were never seen to join."""
    unprompted: float | None
    """The share of those who joined that did so before any friend."""
    ties: tuple[Ties, ...]
    chance: float | None
    """Of all ties that were tried, on average."""
    chance_by_chance: float | None
    """What that comes to when those who joined did so in another order."""
    delay: float | None
    """How long it takes on average from a friend's joining to that of whom they convince."""
    rounds: int
    reproduction: float | None
    """How many each of the first generations brought, on average."""
    reproduction_of: Reproduction | None
    generations: tuple[int, ...]
    branching: tuple[float, ...]
    held_out: HeldOut
    """The exposure curve's score."""
    scores: tuple[HeldOut, ...]
    """Every estimate's score, on the same occasions."""
    warning: Sentence | None
    cascades: int = 1
    caveat: Sentence = CAVEAT

    def score(self, of: str) -> HeldOut:
        """The score of one estimate."""
        return next(one for one in self.scores if one.of == of)


def estimate(
    graph: Graph, seen: Adoptions | Sequence[Adoptions], *, window: float = math.inf, strength: float = 20.0, rng: int = 0
) -> Estimate:  # fmt: skip
    """Estimate from when people joined, in one cascade or several on the same network. `window`: a friend can have convinced somebody only within
    so long; `strength`: so many tries at the common chance are put to those of every group, so that little evidence says little."""
    cascades = _several(seen)
    known = _heard(graph, cascades, window, strength)
    has = np.concatenate([np.isfinite(one.at) for one in cascades])
    joined = int(has.sum())
    shares = (known.before / known.listens)[known.has]
    everybody = np.arange(known.person.size)
    learnt = learning.by_group(known, everybody, strength)
    brought = bringing.bring(graph, cascades, window, rng)
    scored = held_out.scores(known, strength, rng)
    return Estimate(
        people=graph.n,
        joined=joined,
        unknown=sum(one.unknown for one in cascades),
        exposures=_curve(known.before[known.has], known.before[~known.has]),
        thresholds=tuple(map(float, np.quantile(shares, thresholds.HUNDREDTHS))) if shares.size else None,
        thresholds_of_all=thresholds.spread(thresholds.bounds(known)).hundredths()
        if everybody.size
        else None,
        unprompted=1 - int(known.has.sum()) / joined if joined else None,
        ties=tuple(
            Ties(name, float(learnt.chance[i]), int(learnt.tries[i]))
            for i, name in enumerate(heard.GROUPS)
            if learnt.tries[i]
        ),
        chance=learnt.mean,
        chance_by_chance=_by_chance(graph, cascades, window, strength, rng),
        delay=learnt.delay,
        rounds=learnt.rounds,
        reproduction=brought.first.value if brought.first else None,
        reproduction_of=brought.first,
        generations=brought.generations,
        branching=tuple(float(b / a) for a, b in itertools.pairwise(brought.generations)),
        held_out=scored[0],
        scores=scored,
        warning=_warning(graph, cascades, known, brought.first),
        cascades=len(cascades),
    )


def chances(
    graph: Graph, seen: Adoptions | Sequence[Adoptions], *, window: float = math.inf, strength: float = 20.0
) -> Any:
    """The chance of each tie, by in-arc: its own where it was tried, drawn towards that of its group; else its group's."""
    known = _heard(graph, _several(seen), window, strength)
    rows = np.arange(known.person.size)
    learnt = learning.by_group(known, rows, strength)
    of_group = np.where(learnt.tries > 0, learnt.chance, learnt.mean or 0.0)
    each = np.repeat(of_group[heard.group_of(graph.in_degree)], graph.in_degree)
    arcs, own = learning.by_tie(known, rows, learnt, strength)
    each[arcs] = own
    return each


def personal(
    graph: Graph, seen: Adoptions | Sequence[Adoptions], *, window: float = math.inf
) -> tuple[Heard, thresholds.Bounds]:
    """Between which shares of friends everybody's threshold lies who had heard of it."""
    known = _heard(graph, _several(seen), window, 0.0)
    return known, thresholds.bounds(known)


def _several(seen: Adoptions | Sequence[Adoptions]) -> tuple[Adoptions, ...]:
    cascades = (seen,) if isinstance(seen, Adoptions) else tuple(seen)
    if not cascades:
        raise SpreadError("Without a cascade there is nothing to learn from.")
    return cascades


def _heard(graph: Graph, cascades: Sequence[Adoptions], window: float, strength: float) -> Heard:
    if not window > 0:
        raise SpreadError("The window is {window}; a time above 0 is wanted.", window=window)
    if not strength >= 0:
        raise SpreadError("The strength is {strength}; 0 or more is wanted.", strength=strength)
    return heard.listen(graph, cascades, float(window))


def _by_chance(
    graph: Graph, cascades: Sequence[Adoptions], window: float, strength: float, rng: int
) -> float | None:
    dice = np.random.default_rng(rng)
    known = heard.listen(graph, [bringing.shuffled(one, dice) for one in cascades], float(window))
    return learning.by_group(known, np.arange(known.person.size), strength).mean


def _warning(
    graph: Graph, cascades: Sequence[Adoptions], known: Heard, first: Reproduction | None
) -> Sentence | None:
    """What makes the figures worthless: a network made of what it explains, or an order of joining that tells nothing."""
    used = np.unique(np.concatenate([one.used for one in cascades]))
    if graph.arcs and _among(graph, used) >= NEARLY * graph.arcs:
        return USED
    joined = np.any([np.isfinite(one.at) for one in cascades], axis=0)
    leads_there = graph.arcs > 0 and float(graph.in_degree[joined].sum()) >= NEARLY * graph.arcs
    if leads_there or (known.person.size and known.has.all()):
        return CIRCLE
    if (
        first is None
        or first.by_chance_high is None
        or first.people < bringing.FIRST
        or known.person.size == 0
    ):
        return None
    return NO_ORDER if first.value <= first.by_chance_high else None


def _among(graph: Graph, used: Any) -> int:
    """How many arcs are among those used, as `events.pair` numbers them, whichever way they count."""
    sources = np.repeat(np.arange(graph.n, dtype=np.int64), graph.out_degree)
    either = events.pair(graph.n, sources, graph.out_to), events.pair(graph.n, graph.out_to, sources)
    return int(np.count_nonzero(np.isin(either[0], used) | np.isin(either[1], used)))


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
