"""Logistic regression with offsets over a Gram matrix; what `adapter` solves. See there for the algorithm's origin."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
_STEPS, _NEAR = 300, 1e-3


def softmax(sums: Array) -> Array:
    """Shares of one, row by row."""
    up = np.exp(sums - sums.max(1, keepdims=True))
    return np.asarray(up / up.sum(1, keepdims=True))


def sigmoid(sums: Array) -> Array:
    """How likely yes is, one by one."""
    return np.asarray(1 / (1 + np.exp(-np.clip(sums, -500, 500))))


class Solver:
    """One Gram matrix (n, n), taken apart once for all strengths of the ridge."""

    def __init__(self, gram: Array) -> None:
        values, self._vectors = np.linalg.eigh(gram)
        self._values = np.maximum(values, 0.0)

    def softmax(
        self, answers: Array, offsets: Array, weight: Array, ridge: float, *, near: float = _NEAR
    ) -> Array:
        """One number for each text and class (n, k): the sums of a text are its offsets plus its row of the Gram matrix times them.

        `answers` (n, k) with rows summing to one, `offsets` (n, k), `weight` (n,). It ends when no sum moves by more than `near`.
        """
        return self._solve(answers, offsets, weight[:, None], ridge, softmax, 0.5, near)

    def sigmoid(self, answers: Array, offsets: Array, weight: Array, ridge: float) -> Array:
        """The same for questions of yes (1) and no (0), each for itself: all of shape (n, k)."""
        return self._solve(answers, offsets, weight, ridge, sigmoid, 0.25, _NEAR)

    def _solve(
        self, answers: Array, offsets: Array, weight: Array, ridge: float, link: Callable[[Array], Array], curve: float,
        near: float,
    ) -> Array:  # fmt: skip
        bound = curve * float(weight.max())
        shrink = (self._values / (self._values + ridge / bound))[:, None]
        now = np.zeros_like(offsets)
        ahead, speed = now, 1.0
        for _ in range(_STEPS):
            slope = weight * (link(offsets + ahead) - answers)
            new = self._vectors @ (shrink * (self._vectors.T @ (ahead - slope / bound)))
            faster = (1 + (1 + 4 * speed * speed) ** 0.5) / 2
            if float(((ahead - new) * (new - now)).sum()) > 0:  # it went too far: begin anew from here
                faster, following = 1.0, new
            else:
                following = new + (speed - 1) / faster * (new - now)
            moved = float(np.abs(new - now).max())
            now, ahead, speed = new, following, faster
            if moved < near:
                break
        return np.asarray(-weight * (link(offsets + now) - answers) / ridge)
