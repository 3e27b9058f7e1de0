"""What changed between two texts, word by word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORD = re.compile(r"\s+|[^\s]+")
LONGEST = 6000
"""Longer texts are compared line by line: word by word would take too long."""


@dataclass(frozen=True)
class Piece:
    """A stretch of text: the same in both, only in the first ("gone"), only in the second ("new")."""

    text: str
    kind: str  # same, gone, new


def words(before: str, after: str) -> tuple[Piece, ...]:
    """The pieces of both texts, in order."""
    split = _WORD.findall if len(before) + len(after) <= LONGEST else _lines
    first, second = split(before), split(after)
    found: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Piece("".join(first[a:b]), "same"))
            continue
        found += [Piece("".join(first[a:b]), "gone")] if b > a else []
        found += [Piece("".join(second[c:d]), "new")] if d > c else []
    return tuple(found)


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)
