"""Where people stand in a picture: forces along ties, and making room."""

from __future__ import annotations

from typing import Any

import numpy as np

from grapevine.engine.graph import _pushing
from grapevine.engine.graph._kernel import compiled, inner


@compiled
def between(radius: Any, starts: Any, to: Any, pull: Any, x: Any, y: Any, steps: int) -> None:
    """Discs that are tied draw each other near until they touch; all push each other away, and lean to the middle."""
    k = radius.size
    move_x, move_y = np.zeros(k), np.zeros(k)
    total = 0.0
    for one in range(k):
        total += radius[one] * radius[one]
    width = np.sqrt(total) + 1.0
    for step in range(steps):
        heat = 0.3 * width * (1.0 - step / steps) + 0.01
        for one in range(k):
            move_x[one] = -0.05 * x[one]
            move_y[one] = -0.05 * y[one]
        for one in range(k):
            for other in range(one + 1, k):
                dx, dy = x[one] - x[other], y[one] - y[other]
                far = dx * dx + dy * dy + 0.01
                push = 0.6 * (radius[one] + radius[other]) * np.sqrt(radius[one] * radius[other]) / far
                move_x[one] += dx * push
                move_y[one] += dy * push
                move_x[other] -= dx * push
                move_y[other] -= dy * push
        for one in range(k):
            for arc in range(starts[one], starts[one + 1]):
                other = to[arc]
                dx, dy = x[other] - x[one], y[other] - y[one]
                far = np.sqrt(dx * dx + dy * dy) + 0.01
                gap = far - radius[one] - radius[other]
                if gap > 0.0:
                    move_x[one] += pull[arc] * gap * dx / far
                    move_y[one] += pull[arc] * gap * dy / far
        for one in range(k):
            far = np.sqrt(move_x[one] ** 2 + move_y[one] ** 2)
            cut = heat / far if far > heat else 1.0
            x[one] += move_x[one] * cut
            y[one] += move_y[one] * cut


@compiled
def part_discs(radius: Any, margin: float, x: Any, y: Any, steps: int) -> None:
    """Move discs apart until none lies on another, the smaller ones further, and then no more: together they stay close."""
    k = radius.size
    for step in range(steps):
        lean = 0.08 * (1.0 - 1.5 * step / steps)
        if lean > 0.0:
            for one in range(k):
                x[one] -= lean * x[one]
                y[one] -= lean * y[one]
        clear = True
        for one in range(k):
            for other in range(one + 1, k):
                wanted = (radius[one] + radius[other]) * (1.0 + margin) + 1.0
                dx, dy = x[one] - x[other], y[one] - y[other]
                far = dx * dx + dy * dy
                if far >= wanted * wanted:
                    continue
                clear = False
                far = np.sqrt(far)
                if far < 1e-6:
                    dx, dy, far = 1.0, 0.0, 1.0
                over = 1.02 * (wanted - far) / far if wanted > far else 0.0
                mine = radius[one] * radius[one]
                theirs = radius[other] * radius[other]
                share = theirs / (mine + theirs)
                x[one] += dx * over * share
                y[one] += dy * over * share
                x[other] -= dx * over * (1.0 - share)
                y[other] -= dy * over * (1.0 - share)
        if clear and lean <= 0.0:
            return


@compiled
def inside(
    order: Any,
    begins: Any,
    starts: Any,
    to: Any,
    weight: Any,
    group: Any,
    at_x: Any,
    at_y: Any,
    x: Any,
    y: Any,
    steps: int,
) -> None:
    """People of each group about its middle: friends near, the others apart, and leaning towards the groups where their other friends are.
    `order` holds people by group, those with most ties first; `at_x`, `at_y` are the groups' middles."""
    place = np.empty(order.size, np.int32)
    for at in range(order.size):
        place[order[at]] = at
    for one in range(begins.size - 1):
        first, last = begins[one], begins[one + 1]
        size = last - first
        for at in range(first, last):
            spot = at - first
            far = np.sqrt(spot + (0.5 if size > 1 else 0.0))
            x[order[at]] = far * np.cos(spot * 2.399963229728653)
            y[order[at]] = far * np.sin(spot * 2.399963229728653)
        if size > 2:
            _settle(order[first:last], starts, to, weight, group, one, place, first, at_x, at_y, x, y, steps)
            _fill_disc(order[first:last], x, y)


@inner
def _settle(
    people: Any,
    starts: Any,
    to: Any,
    weight: Any,
    group: Any,
    here: int,
    place: Any,
    first: int,
    at_x: Any,
    at_y: Any,
    x: Any,
    y: Any,
    steps: int,
) -> None:
    size = people.size
    radius = np.sqrt(size)
    move_x, move_y = np.zeros(size), np.zeros(size)
    for step in range(steps):
        heat = 0.2 * radius * (1.0 - step / steps) + 0.02
        if size <= _pushing.EXACT:
            _pushing.each(people, x, y, move_x, move_y)
        else:
            _pushing.by_quarters(people, x, y, move_x, move_y)
        for at in range(size):
            person = people[at]
            for arc in range(starts[person], starts[person + 1]):
                other = to[arc]
                if group[other] == here:
                    dx, dy = x[other] - x[person], y[other] - y[person]
                    pull = 0.35 * weight[arc] * np.sqrt(dx * dx + dy * dy)
                    move_x[at] += pull * dx
                    move_y[at] += pull * dy
                else:
                    dx, dy = at_x[group[other]] - at_x[here], at_y[group[other]] - at_y[here]
                    far = np.sqrt(dx * dx + dy * dy) + 1e-9
                    move_x[at] += 0.5 * weight[arc] * radius * dx / far
                    move_y[at] += 0.5 * weight[arc] * radius * dy / far
            # Who has no friend here would be pushed out of the picture.
            move_x[at] -= 1.2 * x[person]
            move_y[at] -= 1.2 * y[person]
        for at in range(size):
            far = np.sqrt(move_x[at] ** 2 + move_y[at] ** 2)
            cut = heat / far if far > heat else 1.0
            x[people[at]] += move_x[at] * cut
            y[people[at]] += move_y[at] * cut


@inner
def _fill_disc(people: Any, x: Any, y: Any) -> None:
    """Give everybody the distance from the middle that fills the disc evenly, in their order, and then some room of their own."""
    size = people.size
    radius = np.sqrt(size)
    middle_x = middle_y = 0.0
    for at in range(size):
        middle_x += x[people[at]] / size
        middle_y += y[people[at]] / size
    far = np.empty(size)
    for at in range(size):
        far[at] = (x[people[at]] - middle_x) ** 2 + (y[people[at]] - middle_y) ** 2
    rank = np.argsort(far, kind="mergesort")
    for place in range(size):
        person = people[rank[place]]
        dx, dy = x[person] - middle_x, y[person] - middle_y
        now = np.sqrt(dx * dx + dy * dy)
        wanted = radius * np.sqrt((place + 0.5) / size)
        if now < 1e-9:
            dx, dy, now = np.cos(float(place)), np.sin(float(place)), 1.0
        x[person], y[person] = dx / now * wanted, dy / now * wanted
    _make_room(people, x, y, radius)


@inner
def _make_room(people: Any, x: Any, y: Any, radius: float) -> None:
    size = people.size
    apart = 1.5
    side = int(2.0 * radius / apart) + 3
    head = np.empty(side * side, np.int32)
    following = np.empty(size, np.int32)
    for _ in range(40):
        head[:] = -1
        for at in range(size):
            cell = int((y[people[at]] + radius) / apart + 1.0) * side + int(
                (x[people[at]] + radius) / apart + 1.0
            )
            following[at] = head[cell]
            head[cell] = at
        clear = True
        for at in range(size):
            one = people[at]
            row, column = int((y[one] + radius) / apart + 1.0), int((x[one] + radius) / apart + 1.0)
            for near_row in range(max(0, row - 1), min(side, row + 2)):
                for near_column in range(max(0, column - 1), min(side, column + 2)):
                    further = head[near_row * side + near_column]
                    while further >= 0:
                        if further > at:
                            other = people[further]
                            dx, dy = x[one] - x[other], y[one] - y[other]
                            far = dx * dx + dy * dy
                            if far < apart * apart:
                                clear = False
                                far = np.sqrt(far)
                                if far < 1e-6:
                                    dx, dy, far = np.cos(float(at)), np.sin(float(at)), 1.0
                                over = 0.5 * (apart - far) / far if far < apart else 0.0
                                x[one] += dx * over
                                y[one] += dy * over
                                x[other] -= dx * over
                                y[other] -= dy * over
                        further = following[further]
        for at in range(size):
            one = people[at]
            far = np.sqrt(x[one] * x[one] + y[one] * y[one])
            if far > radius:
                x[one] *= radius / far
                y[one] *= radius / far
        if clear:
            return
