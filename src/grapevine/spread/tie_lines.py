"""Lines of a file that tells who listens to whom: read, and told what is wrong with them. Pure.

Two columns of handles or e-mail addresses, and perhaps a weight and platforms. A first line that names its columns (listener, speaker, weight,
platform; in the four languages of the pages) says which is which; without one, the first column listens to the second and the third is the weight.
"""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from django.utils.translation import gettext_lazy as _

NAMES = {
    "listener": (
        "listener", "listens", "follower", "who", "from", "source", "lyssnare", "följare", "vem", "från", "lytter", "følger", "hvem", "fra",
        "luisteraar", "volger", "wie", "van",
    ),
    "speaker": (
        "speaker", "followed", "whom", "listens_to", "listens to", "to", "target", "talare", "följd", "lyssnar på", "till", "taler", "fulgt",
        "lytter til", "til", "spreker", "gevolgd", "luistert naar", "naar",
    ),
    "weight": ("weight", "strength", "times", "vikt", "styrka", "gånger", "vægt", "styrke", "gange", "gewicht", "sterkte", "keer"),
    "platform": ("platform", "plattform", "channel", "kanal", "kanaal"),
}  # fmt: skip
MOST_CELLS = 3
"""So many columns a file has at most whose first line doesn't name them."""
LONGEST = 500
REASONS = {
    "columns": _("Two columns are needed: who listens, and to whom. A third one is the weight."),
    "weight": _("The weight is no number above 0."),
    "self": _("Somebody listens to themselves."),
    "heading": _(
        "If these are names of columns, they aren’t understood: listener, speaker, weight and platform are."
    ),
    "listener_unknown": _("Of who listens, no watch ever caught a post."),
    "speaker_unknown": _("Of whom they listen to, no watch ever caught a post."),
    "several": _(
        "Several people are called so: give the platform in a column or as in “mastodon/hamlet”, the e-mail address, or a number as in “hamlet #12”."
    ),
    "twice": _("The same tie stands in an earlier line."),
}
REFUSED = {
    "no_text": _("This is no text. A CSV file is wanted: a line for each tie, who listens, and to whom."),
    "empty": _("There is no tie in this file: a line for each is wanted, who listens, and to whom."),
    "heading": _(
        "The first line names only one of the columns. Call them listener and speaker, and, if you like, weight and platform."
    ),
    "nobody": _("No line became a tie, so the file was not kept."),
}
_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")


class NoTies(Exception):
    """A file that isn't kept: why, as a code of `REFUSED`, and the first lines with what is wrong with them."""

    def __init__(self, code: str, lines: Iterable[Line] = ()) -> None:
        self.code, self.lines = code, tuple(lines)
        super().__init__(code)

    def said(self) -> list[str]:
        """In words, a sentence for the file and one for each of the first lines."""
        whys = [
            _("Line %(line)s, “%(raw)s”: %(why)s") % {"line": one.number, "raw": one.raw[:60], "why": REASONS[one.reason]}
            for one in self.lines
        ]  # fmt: skip
        return [str(REFUSED[self.code]), *map(str, whys)]


@dataclass(frozen=True)
class Line:
    """A line: who listens to whom by handle or address, how strongly; `reason` says why it is no tie. Platforms are empty where none is told."""

    number: int
    raw: str
    listener: str = ""
    speaker: str = ""
    weight: float = 1.0
    reason: str = ""
    listener_platform: str = ""
    speaker_platform: str = ""
    is_first: bool = False


def read(lines: Iterable[str]) -> Iterator[Line]:
    """The lines of a file; comments (`#`) and empty ones are passed over. Raises NoTies when it is no text, says nothing, or names half of
    its columns."""
    told = _told(lines)
    first = next(told, None)
    if first is None:
        raise NoTies("empty")
    sign = _sign(first[1])
    heads = [" ".join(cell.lower().replace("_", " ").split()) for cell in _cells(first[1], sign)]
    places = _places(heads)
    found = [places["listener"] >= 0, places["speaker"] >= 0]
    if any(found) and not all(found) and not any(head.startswith("@") for head in heads):
        raise NoTies("heading")
    if all(found):
        first = next(told, None)
        if first is None:
            raise NoTies("empty")
    else:
        places = {"listener": 0, "speaker": 1, "weight": 2}
    for number, text in chain([first], told):
        is_first = number == first[0] and not all(found)
        yield _line(number, text, _cells(text, sign), places, is_first=is_first)


def names_in(raw: str) -> list[str]:
    """The cells of a line as it came: among them those whom it names."""
    return [cell.strip() for cell in _cells(raw, _sign(raw)) if cell.strip()]


def _told(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(lines, start=1):
        text = line.rstrip("\r\n").removeprefix("\ufeff")
        if _NO_TEXT.search(text):
            raise NoTies("no_text")
        if text.strip() and not text.startswith("#"):
            yield number, text


def _sign(text: str) -> str:
    return max(",;\t", key=text.count)


def _places(heads: list[str]) -> dict[str, int]:
    """Where each column stands; −1 where there is none. A platform may be told of both, or of either (“speaker platform”)."""

    def place(*words: str) -> int:
        return next((at for at, head in enumerate(heads) if head in words), -1)

    found = {name: place(*(one.replace("_", " ") for one in words)) for name, words in NAMES.items()}
    for name in ("listener", "speaker"):
        own = place(*(f"{one} {kind}" for one in NAMES[name] for kind in NAMES["platform"]))
        found[f"{name}_platform"] = own if own >= 0 else found["platform"]
    return found


def _cells(text: str, sign: str) -> list[str]:
    return next(csv.reader([text], delimiter=sign), [])


def _line(number: int, raw: str, cells: list[str], places: dict[str, int], *, is_first: bool) -> Line:
    def cell(name: str) -> str:
        place = places.get(name, -1)
        return cells[place].strip()[:LONGEST] if 0 <= place < len(cells) else ""

    raw, listener, speaker = raw[:LONGEST], cell("listener"), cell("speaker")
    surplus = "platform" not in places and any(one.strip() for one in cells[MOST_CELLS:])
    if not listener or not speaker or surplus:
        return Line(number, raw, reason="columns")
    weight = 1.0
    if cell("weight"):
        try:
            weight = float(cell("weight").replace(",", "."))
        except ValueError:
            weight = math.nan
        if not (0 < weight <= 1_000_000):
            return Line(number, raw, reason="heading" if is_first and math.isnan(weight) else "weight")
    return Line(
        number,
        raw,
        listener,
        speaker,
        weight,
        "",
        cell("listener_platform"),
        cell("speaker_platform"),
        is_first,
    )


def is_address(name: str) -> bool:
    """Whether a name is an e-mail address rather than a handle."""
    before, sign, after = name.partition("@")
    return bool(before and sign and "." in after)
