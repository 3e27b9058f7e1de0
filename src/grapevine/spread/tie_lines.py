"""Lines of a file that tells who listens to whom: read, and told what is wrong with them. Pure.

Two columns of handles or e-mail addresses, and perhaps a weight. A first line that names its columns (listener, speaker, weight) says which
is which; without one, the first column listens to the second.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from django.utils.translation import gettext_lazy as _

NAMES = {
    "listener": ("listener", "listens", "follower", "who", "from", "source"),
    "speaker": ("speaker", "followed", "whom", "listens_to", "listens to", "to", "target"),
    "weight": ("weight", "strength", "times"),
}
LONGEST = 500
REASONS = {
    "columns": _("Two columns are needed: who listens, and to whom."),
    "weight": _("The weight is no number above 0."),
    "self": _("Somebody listens to themselves."),
    "listener_unknown": _("Of who listens, no watch ever caught a post."),
    "speaker_unknown": _("Of whom they listen to, no watch ever caught a post."),
    "several": _(
        "Several people are called so: give the e-mail address, or a number as in “hamlet #12” (it stands in the address of their page)."
    ),
    "twice": _("The same tie stands in an earlier line."),
}


@dataclass(frozen=True)
class Line:
    """A line: who listens to whom by handle or address, how strongly; `reason` says why it is no tie."""

    number: int
    raw: str
    listener: str = ""
    speaker: str = ""
    weight: float = 1.0
    reason: str = ""


def read(lines: Iterable[str]) -> Iterator[Line]:
    """The lines of a file; comments (`#`) and empty ones are passed over."""
    numbered = ((number, line.rstrip("\r\n")) for number, line in enumerate(lines, start=1))
    told: Iterator[tuple[int, str]] = (
        (number, line.removeprefix("\ufeff"))
        for number, line in numbered
        if line.strip("\ufeff \t") and not line.startswith("#")
    )
    first = next(told, None)
    if first is None:
        return
    sign = max(",;\t", key=first[1].count)
    heads = [cell.strip().lower() for cell in _cells(first[1], sign)]
    places = {
        name: next((place for place, head in enumerate(heads) if head in words), -1)
        for name, words in NAMES.items()
    }
    if places["listener"] < 0 or places["speaker"] < 0:
        places = {"listener": 0, "speaker": 1, "weight": 2}
        told = chain([first], told)
    for number, text in told:
        yield _line(number, text, _cells(text, sign), places)


def _cells(text: str, sign: str) -> list[str]:
    return next(csv.reader([text.replace("\0", "")], delimiter=sign), [])


def _line(number: int, raw: str, cells: list[str], places: dict[str, int]) -> Line:
    def cell(name: str) -> str:
        place = places[name]
        return cells[place].strip() if 0 <= place < len(cells) else ""

    raw, listener, speaker = raw[:LONGEST], cell("listener"), cell("speaker")
    if not listener or not speaker:
        return Line(number, raw, reason="columns")
    weight = 1.0
    if cell("weight"):
        try:
            weight = float(cell("weight").replace(",", "."))
        except ValueError:
            weight = math.nan
        if not (0 < weight <= 1_000_000):
            return Line(number, raw, reason="weight")
    return Line(number, raw, listener[:LONGEST], speaker[:LONGEST], weight)


def is_address(name: str) -> bool:
    """Whether a name is an e-mail address rather than a handle."""
    before, sign, after = name.partition("@")
    return bool(before and sign and "." in after)
