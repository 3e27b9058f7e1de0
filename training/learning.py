"""Linear heads over hashed n-grams and facts, learnt together by AdaGrad (Duchi, Hazan & Singer, JMLR 2011) from soft answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray


@dataclass
class Weights:
    """`table` (buckets, heads) and `facts` (facts, heads), float32; `bias` (heads,)."""

    table: NDArray[np.float32]
    facts: NDArray[np.float32]
    bias: NDArray[np.float32]


@njit(cache=True, nogil=True, error_model="numpy", fastmath={"reassoc", "contract", "arcp", "nsz"})
def _epoch(
    order: Any, buckets: Any, ends: Any, facts: Any, answers: Any, groups: Any, share: Any,
    table: Any, table_seen: Any, fact: Any, fact_seen: Any, bias: Any, bias_seen: Any, rates: Any, decay: Any, skip: Any, told: Any,
) -> Any:  # fmt: skip
    heads = bias.size
    sums = np.empty(heads, np.float32)
    step = np.empty(heads, np.float32)
    loss = 0.0
    for number in range(order.size):
        t = order[number]
        first, last = ends[t], ends[t + 1]
        norm = np.float32(1.0) / np.sqrt(np.float32(max(last - first, 1)))
        sums[:] = bias
        for k in range(first, last):
            row = table[buckets[k]]
            for h in range(heads):
                sums[h] += row[h] * norm
        for f in range(facts.shape[1]):
            value = facts[t, f]
            if value != 0.0:
                for h in range(told):
                    sums[h] += value * fact[f, h]
        # Heads of one group share one answer (softmax); heads of group 0 and less answer alone.
        for h in range(heads):
            step[h] = 0.0
        h = 0
        while h < heads:
            group = groups[h]
            stop = h + 1
            while group > 0 and stop < heads and groups[stop] == group:
                stop += 1
            if not np.isnan(answers[t, h]):
                weight = share[t, abs(group)]
                if group > 0:
                    top = sums[h]
                    for j in range(h, stop):
                        top = max(top, sums[j])
                    total = np.float32(0.0)
                    for j in range(h, stop):
                        step[j] = np.exp(sums[j] - top)
                        total += step[j]
                    for j in range(h, stop):
                        p = step[j] / total
                        loss -= weight * answers[t, j] * np.log(max(p, 1e-9))
                        step[j] = weight * (p - answers[t, j])
                else:
                    p = np.float32(1.0) / (np.float32(1.0) + np.exp(-sums[h]))
                    step[h] = weight * (p - answers[t, h])
            h = stop
        for h in range(heads):
            g = step[h]
            if g != 0.0:
                bias_seen[h] += g * g
                bias[h] -= rates[h] * g / np.sqrt(bias_seen[h])
        for f in range(facts.shape[1]):
            value = facts[t, f]
            if value != 0.0:
                for h in range(told):
                    g = step[h] * value + np.float32(1e-5) * fact[f, h]
                    fact_seen[f, h] += g * g
                    fact[f, h] -= rates[h] * g / np.sqrt(fact_seen[f, h])
        for k in range(first, last):
            if skip > 0.0 and np.random.random() < skip:
                continue
            bucket = buckets[k]
            for h in range(heads):
                if step[h] != 0.0:
                    g = step[h] * norm + decay * table[bucket, h]
                    table_seen[bucket, h] += g * g
                    table[bucket, h] -= rates[h] * g / np.sqrt(table_seen[bucket, h])
    return loss / order.size


@njit(cache=True)
def _seed(seed: Any) -> None:
    np.random.seed(seed)


def learn(
    buckets: NDArray[np.uint32], ends: NDArray[np.int64], facts: NDArray[np.float32], answers: NDArray[np.float32],
    groups: NDArray[np.int64], share: NDArray[np.float32], *, bits: int, epochs: int = 5, rates: NDArray[np.float32],
    decay: float = 1e-5, skip: float = 0.2, seed: int = 1, told: int, say: Any = None,
) -> Weights:  # fmt: skip
    """Learn from `answers` (n, heads; nan: not said). `share` (n, groups) is how much a text counts for the heads of a group, by its number without sign.

    `rates` (heads,) is how far each head steps. The first `told` heads heed the facts, which know the language that the others have to find.
    `skip` leaves n-grams out by chance, so that not all is left to a few of them. The same seed gives the same weights.
    """
    heads = answers.shape[1]
    table = np.zeros((1 << bits, heads), np.float32)
    fact = np.zeros((facts.shape[1], heads), np.float32)
    bias = np.zeros(heads, np.float32)
    seen = [np.full(one.shape, 1e-2, np.float32) for one in (table, fact, bias)]
    dice = np.random.Generator(np.random.PCG64(seed))
    _seed(seed)
    for epoch in range(epochs):
        order = dice.permutation(len(ends) - 1)
        now = rates * np.float32(1 - epoch / epochs * 0.8)
        loss = _epoch(
            order, buckets, ends, facts, answers, groups, share, table, seen[0], fact, seen[1], bias, seen[2],
            now, np.float32(decay), np.float32(skip), told,
        )  # fmt: skip
        if say:
            say(f"epoch {epoch + 1}: loss {loss:.4f}")
    return Weights(table, fact, bias)
