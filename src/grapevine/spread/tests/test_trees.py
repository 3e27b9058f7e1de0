"""Cascades as pictures."""

from __future__ import annotations

import itertools
import random
from datetime import UTC

from django.utils import timezone

from grapevine.spread import tree_labels, trees
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


def test_who_joined_on_their_own_does_not_seem_to_hang_on_the_line_of_others() -> None:
    """Lines run along rows: no dot of another branch stands on them, however unevenly time runs."""
    rng = random.Random(7)
    nodes = [Node(0, None, "own")]
    for place in range(1, 60):
        by = rng.randrange(place) if rng.random() < 0.6 else None
        nodes.append(Node(int(place**2.2 * 90), by, "repost" if by is not None else "own"))
    drawn = trees.drawn(nodes)
    assert drawn.bend < 1
    where = {dot.place: dot for dot in drawn.dots}
    for place, node in enumerate(nodes):
        if node.brought_by is None:
            continue
        begin, end = where[node.brought_by].x, where[place].x
        others = [
            dot
            for dot in drawn.dots
            if dot.y == where[place].y and dot.depth_0 and dot.place != node.brought_by
        ]
        assert not [dot for dot in others if begin + 18 < dot.x < end + trees.GAP]


def test_moments_stand_where_they_are_and_names_on_nobody() -> None:
    nodes = [
        Node(0, None, "own"),
        *(Node(60 * place**4, place - 1, "repost") for place in range(1, 9)),
        Node(240_000, None, "own"),
    ]
    drawn = trees.drawn(nodes)
    with timezone.override(UTC):
        moments = tree_labels.moments(drawn)
        assert moments[0].text == "1 January"
    assert all(one.x <= other.x for one, other in itertools.pairwise(moments))
    apart = [other.x - one.x for one, other in itertools.pairwise(moments[1:])]
    assert max(apart) > 1.2 * min(apart)  # as uneven as time is drawn, and to be seen
    labels = tree_labels.names(drawn, [(dot, f"hamlet of elsinore {dot.place}") for dot in drawn.dots])
    assert labels
    for label in labels:
        left = label.x - len(label.text) * tree_labels.LETTER if label.end else label.x
        wide = len(label.text) * tree_labels.LETTER
        assert not [
            dot for dot in drawn.dots if left < dot.x < left + wide and label.y - 10 < dot.y < label.y + 2
        ]
