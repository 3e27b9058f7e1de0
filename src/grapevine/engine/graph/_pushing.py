"""How people in a picture push each other apart."""

from __future__ import annotations

from typing import Any

import numpy as np

from grapevine.engine.graph._kernel import inner

EXACT = 150  # so many push each other one by one
WIDE = 1.2  # what is no wider than the root of this many times its distance pushes as one


@inner
def each(people: Any, x: Any, y: Any, move_x: Any, move_y: Any) -> None:
    move_x[:] = 0.0
    move_y[:] = 0.0
    for one in range(people.size):
        for other in range(one + 1, people.size):
            dx, dy = x[people[one]] - x[people[other]], y[people[one]] - y[people[other]]
            push = 1.0 / (dx * dx + dy * dy + 0.05)
            move_x[one] += dx * push
            move_y[one] += dy * push
            move_x[other] -= dx * push
            move_y[other] -= dy * push


@inner
def by_quarters(people: Any, x: Any, y: Any, move_x: Any, move_y: Any) -> None:
    """What is far away for its size pushes as one, from the middle of its people (Barnes and Hut 1986)."""
    size = people.size
    low_x, high_x, low_y, high_y = np.inf, -np.inf, np.inf, -np.inf
    for at in range(size):
        low_x, high_x = min(low_x, x[people[at]]), max(high_x, x[people[at]])
        low_y, high_y = min(low_y, y[people[at]]), max(high_y, y[people[at]])
    width = max(high_x - low_x, high_y - low_y) + 1e-6
    most = 4 * size + 64
    quarter = np.full((most, 4), -1, np.int32)
    single = np.full(most, -1, np.int32)
    count = np.zeros(most, np.int32)
    sum_x, sum_y = np.zeros(most), np.zeros(most)
    used = 1
    for at in range(size):
        px, py = x[people[at]], y[people[at]]
        cell, cx, cy, half = 0, low_x + width / 2, low_y + width / 2, width / 2
        while True:
            count[cell] += 1
            sum_x[cell] += px
            sum_y[cell] += py
            if count[cell] == 1:
                single[cell] = at
                break
            if half < 1e-3 or used + 2 > most:
                break  # those who stand on one spot stay together
            waiting = single[cell]
            if waiting >= 0:
                single[cell] = -1
                which = (1 if x[people[waiting]] > cx else 0) + (2 if y[people[waiting]] > cy else 0)
                quarter[cell, which] = used
                count[used] = 1
                sum_x[used], sum_y[used] = x[people[waiting]], y[people[waiting]]
                single[used] = waiting
                used += 1
            which = (1 if px > cx else 0) + (2 if py > cy else 0)
            if quarter[cell, which] < 0:
                quarter[cell, which] = used
                used += 1
            cell = quarter[cell, which]
            half /= 2
            cx += half if which & 1 else -half
            cy += half if which & 2 else -half
    stack = np.empty(256, np.int32)
    widths = np.empty(256)
    for at in range(size):
        px, py = x[people[at]], y[people[at]]
        pushed_x = pushed_y = 0.0
        stack[0], widths[0], top = 0, width, 1
        while top:
            top -= 1
            cell, wide = stack[top], widths[top]
            theirs = count[cell]
            dx, dy = px - sum_x[cell] / theirs, py - sum_y[cell] / theirs
            far = dx * dx + dy * dy
            leaf = True
            if theirs > 1 and wide * wide > WIDE * far:
                for which in range(4):
                    if quarter[cell, which] >= 0:
                        leaf = False
                        stack[top], widths[top] = quarter[cell, which], wide / 2
                        top += 1
            if leaf:
                push = theirs / (far + 0.05)
                pushed_x += dx * push
                pushed_y += dy * push
        move_x[at], move_y[at] = pushed_x, pushed_y
