"""Drawing people and chances by dice."""

from __future__ import annotations

from typing import Any

import numpy as np

from grapevine.engine.cascade import _dice
from grapevine.engine.graph._kernel import compiled


@compiled
def seed_sets(seed: Any, first_run: int, count: int, sets: Any) -> None:
    """For every run its own different people, drawn evenly (Floyd's way: no try is in vain, however many are wanted)."""
    wanted = sets.shape[1]
    mark = np.full(count, -1, np.int64)
    for row in range(sets.shape[0]):
        key = _dice.key_of(seed, 2, first_run + row)
        for put in range(wanted):
            top = count - wanted + put
            one = _dice.below(_dice.at(key, put), top + 1)
            if mark[one] == row:
                one = top
            mark[one] = row
            sets[row, put] = one


@compiled
def one_of_three(seed: Any, chances: Any, drawn: Any) -> None:
    """For every arc one of three chances, evenly."""
    key = _dice.key_of(seed, 3, 0)
    for arc in range(drawn.size):
        drawn[arc] = chances[_dice.below(_dice.at(key, arc), 3)]


@compiled
def lots(seed: Any, count: int, drawn: Any) -> None:
    """For everybody a number below `count`, evenly."""
    key = _dice.key_of(seed, 5, 0)
    for place in range(drawn.size):
        drawn[place] = _dice.below(_dice.at(key, place), count)
