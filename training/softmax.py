"""Softmax regression on dense features, with soft answers and weights; full batches and Adam (Kingma & Ba, ICLR 2015)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from grapevine.engine.text.reading.fast import shares

Array = NDArray[np.float32]


def fit(
    x: Array, y: Array, weight: Array, *, decay: float = 1e-3, steps: int = 400, rate: float = 0.05
) -> tuple[Array, Array]:
    """Weights (features, classes) and bias (classes,) for features x (n, features) and answers y (n, classes), rows summing to one."""
    w = np.zeros((x.shape[1], y.shape[1]), np.float32)
    b = np.zeros(y.shape[1], np.float32)
    moments = [[np.zeros_like(w), np.zeros_like(w)], [np.zeros_like(b), np.zeros_like(b)]]
    share = (weight / weight.sum())[:, None].astype(np.float32)
    for step in range(1, steps + 1):
        p = shares(x @ w + b)
        error = (p - y) * share
        for (one, two), value, slope in zip(
            moments, (w, b), (x.T @ error + decay * w, error.sum(0)), strict=True
        ):
            one += 0.1 * (slope - one)
            two += 0.001 * (slope * slope - two)
            value -= rate * (one / (1 - 0.9**step)) / (np.sqrt(two / (1 - 0.999**step)) + 1e-8)
    return w, b
