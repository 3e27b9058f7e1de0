"""Terms that stand together, as groups. Pure, and the same whatever the order of the posts.

Two terms stand together when they share more posts than chance would give them (log-likelihood ratio, Dunning 1993); how closely, is their normalised
pointwise mutual information (Bouma 2009). Groups are made from below, the closest two first, by the average over all pairs (average linkage), so that
one word which goes with everything does not pull everything together.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
LEAST_G2 = 10.83  # chance would do it once in a thousand times
LEAST_SHARED = 3
LEAST_CLOSENESS = 0.18
LARGEST = 12


def closeness(holds: NDArray[np.bool_]) -> Floats:
    """How closely terms stand together, shape (terms, terms), from 0 to 1; nought where it may be chance. `holds`: shape (posts, terms)."""
    posts = holds.shape[0]
    floats = holds.astype(np.float32)
    both = (floats.T @ floats).astype(np.float64)  # whole numbers: the same in any order
    alone = np.diag(both).copy()
    expected = np.outer(alone, alone) / max(posts, 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        told = np.log(both / expected) / -np.log(both / max(posts, 1))
    told = np.nan_to_num(told, nan=0.0, posinf=1.0, neginf=0.0)
    told[both >= posts] = 0.0
    surely = (both >= LEAST_SHARED) & (both > expected) & (_g2(both, alone, posts) >= LEAST_G2)
    np.fill_diagonal(surely, False)
    found: Floats = np.where(surely, told.clip(0.0, 1.0), 0.0)
    return found


def _g2(both: Floats, alone: Floats, posts: int) -> Floats:
    here, there = alone[:, None], alone[None, :]
    cells = (both, here - both, there - both, posts - here - there + both)
    sums = ((here, there), (here, posts - there), (posts - here, there), (posts - here, posts - there))
    total = np.zeros_like(both)
    with np.errstate(divide="ignore", invalid="ignore"):
        for seen, (row, column) in zip(cells, sums, strict=True):
            told = seen * np.log(seen * posts / (row * column))
            total += np.where(seen > 0, told, 0.0)
    result: Floats = np.nan_to_num(2.0 * total)
    return result


def groups(close: Floats) -> list[list[int]]:
    """Places of terms that belong together, each group of two or more, in order of their first place."""
    size = len(close)
    members: dict[int, list[int]] = {place: [place] for place in range(size)}
    sums = close.copy()  # the sum over all pairs of two groups
    counts = np.ones(size)
    average = sums.copy()
    np.fill_diagonal(average, -1.0)
    while size:
        place = int(np.argmax(average))  # the first of the closest: ties go by the order of the terms
        first, second = sorted(divmod(place, size))
        if average[first, second] < LEAST_CLOSENESS:
            break
        if counts[first] + counts[second] > LARGEST:
            average[first, second] = average[second, first] = -1.0
            continue
        members[first] += members.pop(second)
        counts[first] += counts[second]
        sums[first] += sums[second]
        sums[:, first] += sums[:, second]
        average[second, :] = average[:, second] = -1.0
        sums[second, :] = sums[:, second] = 0.0
        left = np.array([one for one in members if one != first], np.int64)
        if left.size:
            told = sums[first, left] / (counts[first] * counts[left])
            average[first, left] = average[left, first] = told
    return sorted(sorted(its) for its in members.values() if len(its) > 1)
