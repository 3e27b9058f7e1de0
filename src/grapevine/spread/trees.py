"""A cascade as a picture: time to the right (its beginning drawn wider where nearly all happened then), who brought whom as branches. Pure.

A branch goes on along its row with whoever was brought by somebody and brought most in turn; the others branch off to the nearest row that is
free for as long as they last. So five joinings and two thousand take as many rows as there are branches at the same time.
"""

from __future__ import annotations

import math
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

MOST = 3_000
EARLY = 0.4
"""So many joinings are drawn: the largest branches."""
WIDTH, TALLEST, ROW, MARGIN, AXIS = 960.0, 760.0, 22.0, 14.0, 26.0
GAP = 12.0
"""From the end of one branch to the beginning of another in the same row there is twice as much at least."""


@dataclass(frozen=True)
class Node:
    """Somebody who joined: at which moment (seconds), brought by which place (None: nobody), how."""

    at: int
    brought_by: int | None
    how: str


@dataclass(frozen=True)
class Dot:
    """A joining in the picture: its place in the order of joining, where it stands, its size, how many it brought."""

    place: int
    x: float
    y: float
    r: float
    brought: int
    depth_0: bool


@dataclass(frozen=True)
class Tree:
    """The picture: dots, the lines between them by how it is known who brought whom, and its size. `row` is how high a row is; `left_out` are
    joinings without room."""

    dots: tuple[Dot, ...]
    lines: dict[str, str]
    width: float
    height: float
    row: float
    begin: int
    end: int
    left_out: int
    bend: float = 1.0

    def x(self, at: float) -> float:
        """Where a moment (seconds) stands."""
        return round(_x(at - self.begin, max(1, self.end - self.begin), self.bend), 1)


def drawn(nodes: Sequence[Node]) -> Tree:
    """Place everybody, in the order of joining."""
    children: dict[int, list[int]] = defaultdict(list)
    for place, node in enumerate(nodes):
        if node.brought_by is not None:
            children[node.brought_by].append(place)
    size = [1] * len(nodes)
    for place in range(len(nodes) - 1, -1, -1):
        by = nodes[place].brought_by
        if by is not None:
            size[by] += size[place]
    chosen = _chosen(nodes, size)
    if not chosen:
        return Tree((), {}, WIDTH, 2 * MARGIN, ROW, 0, 0, 0)
    begin, end = nodes[0].at, max(nodes[place].at for place in chosen)
    span = max(1, end - begin)
    bend = _bend([nodes[place].at - begin for place in sorted(chosen)], span)
    across = [_x(node.at - begin, span, bend) for node in nodes]
    rows = _rows(nodes, across, children, size, chosen)
    least = min(rows.values())
    count = max(rows.values()) - least + 1
    row = min(ROW, TALLEST / count)

    def y(place: int) -> float:
        return MARGIN + row * (rows[place] - least + 0.5)

    largest = max(1.0, min(7.0, row * 0.45))
    dots, lines = [], defaultdict(list)
    for place in sorted(rows):
        node = nodes[place]
        brought = len(children[place])
        r = max(0.8, min(largest, 1.6 + 0.7 * brought**0.5))
        dots.append(
            Dot(
                place,
                round(across[place], 1),
                round(y(place), 1),
                round(r, 1),
                brought,
                node.brought_by is None,
            )
        )
        if node.brought_by is not None and node.brought_by in rows:
            lines[node.how].append(
                _line(across[node.brought_by], y(node.brought_by), across[place], y(place))
            )
    joined = {how: "".join(parts) for how, parts in lines.items()}
    height = round(2 * MARGIN + row * count + AXIS, 1)
    return Tree(tuple(dots), joined, WIDTH, height, row, begin, end, len(nodes) - len(rows), bend)


def _x(since: float, span: int, bend: float) -> float:
    return MARGIN + (WIDTH - 2 * MARGIN) * min(1.0, max(0.0, since / span)) ** bend


def _bend(since: Sequence[int], span: int) -> float:
    """The power of time at which half of the joinings stand in the first two fifths of the picture, where they'd be crowded into less: most
    things spread fast and then have a long tail."""
    middle = since[len(since) // 2] / span
    if not 0 < middle < EARLY:
        return 1.0
    return max(0.25, math.log(EARLY) / math.log(middle))


def _chosen(nodes: Sequence[Node], size: Sequence[int]) -> set[int]:
    """Those that are drawn: all, or the largest branches, each with all whom they go back to."""
    if len(nodes) <= MOST:
        return set(range(len(nodes)))
    chosen: set[int] = set()
    for place in sorted(range(len(nodes)), key=lambda one: (-size[one], one)):
        if len(chosen) >= MOST:
            break
        chosen.add(place)  # whoever brought them has a larger branch, so they are in it already
    return chosen


def _rows(
    nodes: Sequence[Node],
    across: Sequence[float],
    children: dict[int, list[int]],
    size: Sequence[int],
    chosen: set[int],
) -> dict[int, int]:
    """A row for each. A branch keeps its row from who brought its head to a gap after its last, as it is seen: who stands in the same row without
    being of it must not seem to hang on its line."""
    taken: dict[int, list[tuple[float, float]]] = defaultdict(list)
    rows: dict[int, int] = {}
    roots = sorted(
        (place for place in chosen if nodes[place].brought_by is None), key=lambda one: (-size[one], one)
    )
    for root in roots:
        stack = [(root, 0)]
        while stack:
            head, near = stack.pop()
            path = [head]
            while following := [one for one in children[path[-1]] if one in chosen]:
                path.append(max(following, key=lambda one: (size[one], -one)))
            by = nodes[head].brought_by
            begin = across[by] + 0.01 if by is not None else across[head] - GAP
            end = across[path[-1]] + GAP
            row = _free(taken, near, begin, end)
            insort(taken[row], (begin, end))
            for place in path:
                rows[place] = row
            later = set(path)
            # The last to join are placed first, so that lines cross as little as can be.
            for place in path:
                stack.extend((one, row) for one in children[place] if one in chosen and one not in later)
    return rows


def _free(taken: dict[int, list[tuple[float, float]]], near: int, begin: float, end: float) -> int:
    """The row nearest to another that is free for a time; above and below in turn."""
    distance = 0
    while True:
        for row in (near + distance, near - distance) if distance else (near,):
            spans = taken[row]
            at = bisect_left(spans, (begin, end))
            before_is_over = at == 0 or spans[at - 1][1] < begin
            if before_is_over and (at == len(spans) or spans[at][0] > end):
                return row
        distance += 1


def _line(x0: float, y0: float, x1: float, y1: float) -> str:
    """From who brought somebody to them: off the branch early, then along their own row."""
    if abs(y0 - y1) < 0.05:
        return f"M{x0:.1f} {y0:.1f}H{x1:.1f}"
    turn = min(x1 - x0, 18.0)
    return f"M{x0:.1f} {y0:.1f}C{x0 + turn / 2:.1f} {y0:.1f} {x0 + turn / 2:.1f} {y1:.1f} {x0 + turn:.1f} {y1:.1f}H{x1:.1f}"
