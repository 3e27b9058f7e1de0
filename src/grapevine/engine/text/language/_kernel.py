"""The walk and the sum, compiled."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit


@njit(cache=True, nogil=True, boundscheck=False)
def classify(
    data: Any,
    offsets: Any,
    moves: Any,
    rows: Any,
    outputs: Any,
    weights: Any,
    prior: Any,
    read: int,
    margin: Any,
    sure: Any,
) -> Any:  # pragma: no cover - compiled
    """Class and probability of each text; the first `read` classes may be answered, the rest only stand in the way.

    Probabilities are a softmax over the first `read` classes with the temperature sqrt(bytes), as in the library.
    """
    n = offsets.size - 1
    classes = prior.size
    index = np.full(n, -1, np.int8)
    p = np.zeros(n, np.float32)
    counts = np.zeros(weights.shape[0], np.int32)
    touched = np.empty(65536, np.int32)
    scores = np.empty(classes, np.float32)
    # Most features of a short text occur once or twice: their logarithms are looked up.
    logs = np.log1p(np.arange(256).astype(np.float32))
    for t in range(n):
        begin, end = offsets[t], offsets[t + 1]
        found = 0
        state = np.uint32(0)
        for at in range(begin, end):
            state = moves[(np.int64(rows[state]) << 8) + data[at]]
            feature = outputs[state]
            if feature >= 0:
                if counts[feature] == 0:
                    touched[found] = feature
                    found += 1
                counts[feature] += 1
        if found == 0:
            continue
        scores[:] = 0.0
        for k in range(found):
            feature = touched[k]
            count = counts[feature]
            counts[feature] = 0
            weight = logs[count] if count < 256 else np.float32(np.log1p(np.float32(count)))
            for c in range(classes):
                scores[c] += weight * weights[feature, c]
        best, best_other = 0, -1
        for c in range(classes):
            scores[c] += prior[c]
            if c < read:
                if scores[c] > scores[best]:
                    best = c
            elif best_other < 0 or scores[c] > scores[best_other]:
                best_other = c
        scale = np.float32(1.0 / np.sqrt(end - begin))
        total = np.float32(0.0)
        for c in range(read):
            total += np.exp((scores[c] - scores[best]) * scale)
        p[t] = np.float32(1.0) / total
        if best_other >= 0 and (scores[best_other] - scores[best]) * scale > margin:
            continue
        if p[t] >= sure:
            index[t] = best
    return index, p
