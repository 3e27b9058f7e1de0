"""What the kernels must find, written to be read: plain Python on plain sets, rolling the same dice. Slow; for tests and for doubts."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Any

from grapevine.engine.graph.network import Graph

_WORD = 2**64 - 1
_STEP = 0x9E3779B97F4A7C15
_A, _B = 0xBF58476D1CE4E5B9, 0x94D049BB133111EB
Steps = list[set[int]]


def mix(word: int) -> int:
    """As `_dice.mix`."""
    word &= _WORD
    word = ((word ^ (word >> 30)) * _A) & _WORD
    word = ((word ^ (word >> 27)) * _B) & _WORD
    return word ^ (word >> 31)


def key_of(seed: int, stream: int, number: int) -> int:
    """As `_dice.key_of`."""
    return mix(mix(mix(seed + _STEP) + stream * _A) + number * _B)


def at(key: int, place: int) -> int:
    """As `_dice.at`."""
    return mix(key + place * _STEP)


def unit(word: int) -> float:
    """As `_dice.unit`."""
    return (word >> 11) * 2.0**-53


def needed(threshold: Fraction, degree: int) -> int:
    """How many of so many friends it takes: at least one; one more than there are when there are none."""
    return max(1, math.ceil(threshold * degree)) if degree else 1


def threshold(graph: Graph, need: Callable[[int], int], seeds: Iterable[int]) -> Steps:
    """Who joins at each step, when a person joins as soon as `need` of those who influence them have joined."""
    joined = set(seeds)
    steps = [set(joined)]
    while steps[-1]:
        new = {
            v
            for v in range(graph.n)
            if v not in joined and sum(int(u) in joined for u in graph.influenced_by(v)) >= need(v)
        }
        joined |= new
        steps.append(new)
    return steps[:-1]


def linear(
    graph: Graph, weight: Callable[[int], int], theta: Callable[[int], int], seeds: Iterable[int]
) -> Steps:
    """The linear threshold model; weights by out-arc and thresholds are whole numbers of one unit."""
    weights = {(u, int(graph.out_to[e])): weight(e) for u in range(graph.n) for e in _arcs(graph, u)}
    joined = set(seeds)
    steps = [set(joined)]
    while steps[-1]:
        heard = {
            v: sum(weights[u, v] for u in map(int, graph.influenced_by(v)) if u in joined)
            for v in range(graph.n)
        }
        new = {v for v in range(graph.n) if v not in joined and heard[v] >= theta(v) and heard[v] > 0}
        joined |= new
        steps.append(new)
    return steps[:-1]


def independent(
    graph: Graph, chance: Callable[[int], int], seed: int, run: int, seeds: Iterable[int]
) -> Steps:
    """The independent cascade; chances by out-arc in units of 2⁻³², 2³²−1 being certain."""
    joined = set(seeds)
    steps = [set(joined)]
    while steps[-1]:
        new = {
            int(graph.out_to[e])
            for u in steps[-1]
            for e in _arcs(graph, u)
            if _roll(seed, run, e) < chance(e) or chance(e) == 2**32 - 1
        } - joined
        joined |= new
        steps.append(new)
    return steps[:-1]


def _roll(seed: int, run: int, arc: int) -> int:
    """What an arc rolls in a run: 32 binary digits, the highest first, each a bit of a word that 64 runs share."""
    key = key_of(seed, 0, run // 64)
    digits = ((at(key, 32 * arc + digit) >> run % 64) & 1 for digit in range(32))
    return sum(one << 31 - place for place, one in enumerate(digits))


def live_arcs(
    graph: Graph, node: int, chance: Callable[[int], Fraction | float] | None, weights: Any, key: int
) -> set[int]:
    """Which in-arcs of a person, by place, live in the world of a key. With `weights` one at most (none told: just one, all alike); else each with
    its chance; where that is the same for all, one roll tells how many live, and Floyd's way which ones."""  # fmt: skip
    first, last = int(graph.in_at[node]), int(graph.in_at[node + 1])
    degree, word = last - first, at(key, node + 1)
    roll = word >> 32
    if weights is not None:
        for arc in range(first, last):
            roll -= int(weights[arc])
            if roll < 0:
                return {arc}
        return set()
    if degree == 0:
        return set()
    if chance is None:
        count = 1
    else:
        share = Fraction(chance(degree))
        below = [Fraction(0)] + [
            math.comb(degree, j) * share**j * (1 - share) ** (degree - j) for j in range(degree)
        ]
        rows = [round(float(sum(below[: j + 2])) * 2**32) for j in range(degree)]
        count = sum(roll >= row for row in rows)
    if count <= 2:
        wide = (word & 0xFFFFFFFF) * degree
        one, two = wide >> 32, ((wide & 0xFFFFFFFF) * (degree - 1)) >> 32
        return {first + place for place in (one, two + (two >= one))[:count]}
    taken: set[int] = set()
    for top in range(degree - count, degree):
        word = mix(word + _STEP)
        place = ((word >> 32) * (top + 1)) >> 32
        taken.add(top if place in taken else place)
    return {first + place for place in taken}


def sample(
    graph: Graph, live: Callable[[int, int], set[int]], seed: int, stream: int, number: int
) -> set[int]:
    """Who could have reached the person that sample `number` picks; `live(node, key)` are a person's in-arcs that live."""
    key = mix(key_of(seed, stream, 0) + number * _B)
    queue = [((key >> 32) * graph.n) >> 32]
    for node in queue:
        queue += [v for arc in sorted(live(node, key)) if (v := int(graph.in_from[arc])) not in queue]
    return set(queue)


def linear_world(graph: Graph, weights: Any, seed: int, world: int) -> list[int]:
    """How far everybody reaches in one world of the linear threshold model, where everybody follows one friend or nobody."""
    key = key_of(seed, 6, world)
    follows: list[int | None] = []
    for v in range(graph.n):
        arcs = live_arcs(graph, v, None, None if weights.size == 0 else weights, key)
        follows.append(int(graph.in_from[arcs.pop()]) if arcs else None)
    sizes = [0] * graph.n
    for v in range(graph.n):
        seen: set[int] = set()
        one: int | None = v
        while one is not None and one not in seen:
            seen.add(one)
            sizes[one] += 1
            one = follows[one]
    return sizes


def timed(graph: Graph, chance: Callable[[int], float], forget: float, outside: float, brief: int, horizon: int, seed: int, run: int,
          seeds: Iterable[int]) -> Steps:  # fmt: skip
    """Passing on step by step. Who has joined by t is who was a seed, was reached from outside by t, or was told by then by somebody still talking."""
    key = key_of(seed, 4, run)
    talk, beyond = mix(key + 1), mix(key + 2)
    when = dict.fromkeys(seeds, 0)
    steps: Steps = [set(when)]
    outer = {v: _waits(at(beyond, v), outside) for v in range(graph.n)}
    for step in range(1, horizon + 1):
        new = {v for v in range(graph.n) if v not in when and outer[v] == step and step <= brief}
        for u, since in when.items():
            if step - since <= _waits(at(talk, u), forget):
                new |= {
                    int(graph.out_to[e])
                    for e in _arcs(graph, u)
                    if _waits(at(key, e), chance(e)) == step - since
                }
        new -= set(when)
        when.update(dict.fromkeys(new, step))
        steps.append(new)
    return steps


def _waits(word: int, chance: float) -> float:
    if chance >= 1:
        return 1
    if chance <= 0:
        return math.inf
    return 1 + math.floor(math.log(1.0 - unit(word)) / math.log1p(-chance))


def _arcs(graph: Graph, node: int) -> Iterable[Any]:
    return range(int(graph.out_at[node]), int(graph.out_at[node + 1]))
