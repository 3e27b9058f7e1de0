"""What is written into the picture of a cascade: moments below it, and names beside dots, on nobody's dot and on no other name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from grapevine.spread import time_marks
from grapevine.spread.trees import MARGIN, Dot, Tree

LONGEST = 22
LETTER, HIGH = 6.6, 12.0
"""How wide a letter is at most on average, and how high."""
APART = 16.0
"""Room between two moments."""


@dataclass(frozen=True)
class Label:
    """A text in the picture; `x` is where its line stands, or its first letter, or with `end` its last."""

    x: float
    y: float
    text: str
    end: bool = False


def moments(tree: Tree) -> tuple[Label, ...]:
    """Days or hours where they stand: close together where the picture is narrow for them. Those that have no room are left out."""
    if not tree.dots:
        return ()
    begin, end = (datetime.fromtimestamp(one, UTC) for one in (tree.begin, max(tree.end, tree.begin + 1)))
    found: list[Label] = []
    free = 0.0
    for at, text in [(begin, time_marks.moment(begin)), *time_marks.marks(begin, end, most=12)]:
        x, wide = tree.x(at.timestamp()), len(text) * LETTER
        left = x if not found else x - wide / 2
        if left >= free and left + wide <= tree.width:
            found.append(Label(x, round(tree.height - 8, 1), text))
            free = left + wide + APART
    return tuple(found)


def names(tree: Tree, wanted: Sequence[tuple[Dot, str]]) -> tuple[Label, ...]:
    """Names beside dots, those first that come first; right of the dot or left, above its line or below, where nothing else is."""
    taken: list[tuple[float, float, float, float]] = [
        (dot.x - dot.r, dot.y - dot.r, dot.x + dot.r, dot.y + dot.r) for dot in tree.dots
    ]
    found: list[Label] = []
    for dot, name in wanted:
        text = name if len(name) <= LONGEST else name[: LONGEST - 1] + "…"
        wide = len(text) * LETTER
        for end, y in ((False, dot.y - 5), (False, dot.y + 13), (True, dot.y - 5), (True, dot.y + 13)):
            x = dot.x - dot.r - 3 if end else dot.x + dot.r + 3
            left = x - wide if end else x
            box = (left, y - HIGH + 2, left + wide, y + 2)
            inside = (
                left >= 0
                and left + wide <= tree.width
                and box[1] >= MARGIN / 2
                and box[3] <= tree.height - 20
            )
            if inside and not any(_touch(box, other) for other in taken):
                found.append(Label(round(x, 1), round(y, 1), text, end))
                taken.append(box)
                break
    return tuple(found)


def _touch(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
