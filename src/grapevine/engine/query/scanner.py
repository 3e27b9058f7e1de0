"""Where in a query we are, and what stands there: the parser's eyes."""

from __future__ import annotations

import re

from grapevine.engine.query import tokens
from grapevine.engine.query.errors import Lint, QueryError

OPENING_QUOTES = '"“”„«»'
_OPERATOR = re.compile(r"(AND|OR|NOT)(?=[\s()\"“”„«»{]|$)|&&|\|\|?")
_WORD_END = re.compile(r"[\s(){}|~\"“”„«»]|&&")
_TILDE = re.compile(r"~(\d{1,8})")
MAX_NEAR = 100
_BEGINS = frozenset("AON&|-!−")
"""What an operator begins with. It is looked for before and behind every word, and nearly always not there."""


class Scanner:
    """A place in a query. `here` is the next character to read."""

    def __init__(self, query: str) -> None:
        self.query = query
        self.length = len(query)
        self.here = 0
        self.lints: list[Lint] = []

    def at_end(self) -> bool:
        return self.here >= self.length

    def space(self) -> None:
        query, here, length = self.query, self.here, self.length
        while here < length and (
            query[here].isspace() or (query[here] > "\x7f" and not tokens.plain(query[here]))
        ):
            here += 1
        self.here = here

    def operator(self) -> str:
        """The operator that stands here, without taking it: AND, OR, NOT or nothing."""
        if self.query[self.here : self.here + 1] not in _BEGINS:
            return ""
        found = _OPERATOR.match(self.query, self.here)
        if found is None:
            return "NOT" if self.is_minus() else ""
        return {"&&": "AND", "||": "OR", "|": "OR"}.get(found.group(), found.group())

    def is_minus(self) -> bool:
        if self.at_end() or self.query[self.here] not in "-!−":
            return False
        following = self.query[self.here + 1 : self.here + 2]
        return bool(following) and not following.isspace()

    def take_operator(self) -> tuple[int, str]:
        start = self.here
        found = _OPERATOR.match(self.query, self.here)
        self.here = found.end() if found else self.here + 1
        written = self.query[start : self.here]
        self.space()
        return start, written

    def extent(self) -> tuple[int, int]:
        found = _OPERATOR.match(self.query, self.here)
        return self.here, found.end() if found else self.here + 1

    def last(self) -> int:
        """The end of what was just read, without the white space after it."""
        return len(self.query[: self.here].rstrip())

    def tilde(self) -> int | None:
        """The number after a ~ that follows a closing quote or bracket directly."""
        if self.query[self.here : self.here + 1] != "~":
            return None
        found = _TILDE.match(self.query, self.here)
        if found is None:
            raise QueryError("tilde-number", self.here)
        start, self.here = self.here, found.end()
        return self.reach(int(found.group(1)), start)

    def reach(self, words: int, start: int) -> int:
        """The width of a NEAR or ~ that was written from `start` to here or beyond; too wide is refused, wide is noted."""
        end = max(self.here, start + 1)
        if words > MAX_NEAR:
            raise QueryError("near-too-wide", start, end, limit=MAX_NEAR)
        if words > 10:
            self.lints.append(Lint("wide-near", start, end))
        return words

    def until(self, closing: str, code: str) -> tuple[int, int]:
        """The place between this opening sign and its closing one; steps behind it."""
        opening = self.here
        for place in range(opening + 1, len(self.query)):
            if self.query[place] in closing:
                self.here = place + 1
                return opening + 1, place
        raise QueryError(code, opening)

    def word_end(self, start: int) -> int:
        found = _WORD_END.search(self.query, start)
        return found.start() if found else len(self.query)
