"""What changed between two versions of a text, word by word. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

_PIECES = re.compile(r"\s+|\w+|[^\w\s]")
# Comparing is quadratic at worst; longer texts are shown as removed and added as a whole.
LONGEST = 3000


@dataclass(frozen=True)
class Piece:
    """A stretch of text that stayed, was taken away, or came in."""

    kind: Literal["same", "removed", "added"]
    text: str


def between(before: str, after: str) -> tuple[Piece, ...]:
    """The pieces of both texts in order; without the removed ones they are `after`, without the added ones `before`."""
    if before == after:
        return (Piece("same", after),) if after else ()
    old, new = _PIECES.findall(before), _PIECES.findall(after)
    if len(old) > LONGEST or len(new) > LONGEST:
        return tuple(one for one in (Piece("removed", before), Piece("added", after)) if one.text)
    pieces: list[Piece] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(Piece("same", "".join(new[c:d])))
            continue
        if a < b:
            pieces.append(Piece("removed", "".join(old[a:b])))
        if c < d:
            pieces.append(Piece("added", "".join(new[c:d])))
    return tuple(pieces)
