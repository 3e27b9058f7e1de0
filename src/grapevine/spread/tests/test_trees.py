"""Cascades as pictures."""

from __future__ import annotations

import random

from grapevine.spread import trees
from grapevine.spread.trees import Node


def test_a_branch_goes_on_along_its_row_and_others_branch_off() -> None:
    drawn = trees.drawn(
        [Node(0, None, "own"), Node(100, 0, "repost"), Node(200, 0, "repost"), Node(300, 1, "reply")]
    )
    rows = [dot.y for dot in drawn.dots]
    assert rows[0] == rows[1] == rows[3]
    assert rows[2] != rows[0]
    assert [dot.x for dot in drawn.dots] == sorted(dot.x for dot in drawn.dots)
    assert set(drawn.lines) == {"repost", "reply"}
    assert drawn.left_out == 0


def test_nobody_stands_upon_somebody_else_of_another_branch() -> None:
    rng = random.Random(4)
    nodes = [Node(0, None, "own")]
    for place in range(1, 2_000):
        by = rng.randrange(place) if rng.random() < 0.95 else None
        nodes.append(Node(place * 60, by, "repost" if by is not None else "own"))
    drawn = trees.drawn(nodes)
    places = [(dot.x, dot.y) for dot in drawn.dots]
    assert len(drawn.dots) == 2_000
    assert len(set(places)) > 1_900  # to a tenth of a point
    assert drawn.height <= trees.TALLEST + 2 * trees.MARGIN + trees.AXIS


def test_of_too_many_the_largest_branches_are_drawn_whole() -> None:
    nodes = [Node(0, None, "own")]
    nodes += [Node(place, place - 1, "repost") for place in range(1, 3_000)]
    nodes += [Node(place, None, "own") for place in range(3_000, 3_500)]
    drawn = trees.drawn(nodes)
    assert drawn.left_out == 500
    assert {dot.place for dot in drawn.dots} == set(range(3_000))


def test_without_joinings_there_is_nothing_to_draw() -> None:
    assert trees.drawn([]).dots == ()
