"""A file of what it costs to brief people: a line each, handle (or `#` and a number) and cost."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from grapevine.spread import finding
from grapevine.spread.snapshots import Snapshot

MOST_BYTES = 2_000_000


@dataclass(frozen=True)
class Costs:
    """What a file says: costs by identity, lines that name nobody of the network (or several), and what is wrong with other lines."""

    by_identity: dict[int, float]
    unknown: int
    problems: tuple[str, ...]


def read(data: bytes, snapshot: Snapshot) -> Costs:
    """Read a file of costs. A first line without a number in its second column is a heading."""
    problems: list[str] = []
    given: dict[str, float] = {}
    for number, cells in _rows(data):
        if len(cells) < 2:
            problems.append(_("Line %(line)s: a handle and a cost are wanted.") % {"line": number})
            continue
        cost = _number(cells[1])
        if cost is None:
            if number > 1:
                problems.append(_("Line %(line)s: the cost is not a number above 0.") % {"line": number})
            continue
        given[cells[0].strip()] = cost
    found: dict[int, float] = {}
    unknown = 0
    lines = list(given)
    for start in range(0, len(lines), finding.MOST):
        meant = finding.meant(snapshot, lines[start : start + finding.MOST])
        unknown += len(meant.unknown) + len(meant.several)
        found |= {identity: given[line] for line, identity in meant.found.items()}
    return Costs(found, unknown, tuple(problems))


def _rows(data: bytes) -> Iterator[tuple[int, list[str]]]:
    text = data.decode("utf-8-sig", "replace").replace("\0", "")
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    for number, cells in enumerate(csv.reader(io.StringIO(text), delimiter=delimiter), start=1):
        if any(cell.strip() for cell in cells):
            yield number, cells


def _number(text: str) -> float | None:
    try:
        value = float(text.strip().replace("\u00a0", "").replace(" ", "").replace(",", "."))
    except ValueError:
        return None
    return value if math.isfinite(value) and value > 0 else None
