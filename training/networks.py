"""Small networks of one hidden layer, each learnt from another order of the texts; their sums together are surer and righter than any one's.

Rectified units beside a straight way through; dropout (Srivastava et al., JMLR 2014) of inputs and units, Adam (Kingma & Ba, ICLR 2015), texts drawn by
their weight. Averaging networks that differ by chance alone: Lakshminarayanan et al., "Simple and scalable predictive uncertainty estimation", 2017.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from grapevine.engine.text.reading.fast import shares

Array = NDArray[np.float32]
UNITS, NETWORKS = 96, 4
"""Units of each network, and how many networks."""
EPOCHS, AT_ONCE, RATE = 6, 256, 2e-3
DROPPED_INPUTS, DROPPED_UNITS = 0.2, 0.3
DECAY, DECAY_STRAIGHT = 1e-2, 0.3
"""How strongly weights are held small; those of the straight way, which overfits quickly, more."""


@dataclass
class Networks:
    """All of them beside each other: `within` (inputs, units), `bias` (units,), `out` (units, 3), `straight` (inputs, 3), `end` (3,)."""

    within: Array
    bias: Array
    out: Array
    straight: Array
    end: Array


def fit(x: Array, y: Array, weight: Array) -> Networks:
    """Learn from inputs x (n, inputs) and answers y (n, 3), rows summing to one."""
    made = [_one(x, y, weight, seed) for seed in range(NETWORKS)]
    share = np.float32(1 / NETWORKS)
    return Networks(
        np.concatenate([one.within for one in made], axis=1),
        np.concatenate([one.bias for one in made]),
        np.concatenate([one.out for one in made]) * share,
        np.sum([one.straight for one in made], axis=0, dtype=np.float32) * share,
        np.sum([one.end for one in made], axis=0, dtype=np.float32) * share,
    )


def _one(x: Array, y: Array, weight: Array, seed: int) -> Networks:
    dice = np.random.default_rng(seed)
    count, inputs = x.shape
    net = Networks(
        (dice.standard_normal((inputs, UNITS)) / np.sqrt(inputs)).astype(np.float32),
        np.zeros(UNITS, np.float32),
        (dice.standard_normal((UNITS, 3)) * 0.05).astype(np.float32),
        np.zeros((inputs, 3), np.float32),
        np.zeros(3, np.float32),
    )
    decays = {"within": DECAY, "bias": 0.0, "out": DECAY, "straight": DECAY_STRAIGHT, "end": 0.0}
    moments = {name: [np.zeros_like(getattr(net, name)) for _ in range(2)] for name in decays}
    likely = weight.astype(np.float64) / weight.sum(dtype=np.float64)
    step, steps = 0, EPOCHS * (count // AT_ONCE)
    for _ in range(EPOCHS):
        drawn = dice.choice(count, count, p=likely)
        for begin in range(0, count - AT_ONCE + 1, AT_ONCE):
            some = drawn[begin : begin + AT_ONCE]
            slopes = _slopes(net, x[some], y[some], dice)
            step += 1
            rate = RATE * (1 - step / steps) + 1e-6
            for name, slope in slopes.items():
                value, (one, two) = getattr(net, name), moments[name]
                one += 0.1 * (slope - one)
                two += 0.001 * (slope * slope - two)
                way = (one / (1 - 0.9**step)) / (np.sqrt(two / (1 - 0.999**step)) + 1e-8)
                value -= rate * (way + decays[name] * value)
    return net


def _slopes(net: Networks, x: Array, y: Array, dice: np.random.Generator) -> dict[str, Array]:
    """Where each weight would have to go for these texts, some of whose inputs and some of whose units are left out by chance."""
    seen = x * _kept(dice, x.shape, DROPPED_INPUTS)
    sums = seen @ net.within + net.bias
    kept = _kept(dice, sums.shape, DROPPED_UNITS) * (sums > 0)
    units = sums * kept
    wrong = (shares(units @ net.out + net.end + seen @ net.straight) - y) / np.float32(len(x))
    back = (wrong @ net.out.T) * kept
    return {
        "within": seen.T @ back, "bias": back.sum(0), "out": units.T @ wrong, "straight": seen.T @ wrong, "end": wrong.sum(0),
    }  # fmt: skip


def _kept(dice: np.random.Generator, shape: tuple[int, ...], dropped: float) -> Array:
    return (dice.random(shape, dtype=np.float32) > dropped) * np.float32(1 / (1 - dropped))
