"""From a query to its tree.

A hand-written parser by precedence, after the grammar in docs/watch-language.md. It knows where it is, so that every
error has a position.
"""

from __future__ import annotations

import re
from typing import Any

from grapevine.engine.query import combine, words
from grapevine.engine.query.errors import Lint, QueryError
from grapevine.engine.query.scanner import OPENING_QUOTES, Scanner
from grapevine.engine.query.syntax import Filter, Handle, Hashtag, Node, Not, Phrase, Window, Within, Word

MAX_CHARACTERS = 20_000
MAX_DEPTH = 50

_NEAR = re.compile(r"(O?NEAR)(?:/([^\s()\"“”„«»{]*))?(?=[\s()\"“”„«»{]|$)")
_FIELD = re.compile(r"([^\W\d_][\w-]*):")
_DISTANCE = re.compile(r"(\d+)(f?)")
_LOWER = re.compile(r"(and|or|not|near|near/\d+|onear/\d+)")


class Parser(Scanner):
    """Reads one query. Use `parse_with_lints`."""

    def __init__(self, query: str) -> None:
        super().__init__(query)
        self.depth = 0
        self.in_field = False
        self.has_fields = ":" in query
        self.joined = False  # whether the AND that was read last had several parts

    def whole(self) -> Node:
        if len(self.query) > MAX_CHARACTERS:
            raise QueryError(
                "too-long", MAX_CHARACTERS, len(self.query), given=len(self.query), limit=MAX_CHARACTERS
            )
        self.space()
        if self.at_end():
            raise QueryError("empty", 0)
        node = self._or()
        if not self.at_end():  # only a closing bracket stops _or early
            raise QueryError("extra-bracket", self.here)
        return node

    # Precedence, loosest first

    def _or(self) -> Node:
        start = self.here
        if self.operator() == "OR":
            raise QueryError("missing-left", *self.extent(), operator="OR")
        parts = [self._and()]
        loose = [self.joined]
        while self.operator() == "OR":
            place, written = self.take_operator()
            self._right_side(place, written)
            parts.append(self._and())
            loose.append(self.joined)
        if len(parts) > 1 and any(loose):
            self.lints.append(Lint("mixed-and-or", start, self.last()))
        self.joined = False
        return combine.any_of(parts, (start, self.last()))

    def _and(self) -> Node:
        start = self.here
        if self.operator() == "AND":
            raise QueryError("missing-left", *self.extent(), operator="AND")
        parts = [self._not()]
        while True:
            operator = self.operator()
            if operator == "OR" or self.at_end() or self.query[self.here] == ")":
                break
            if operator == "AND":
                place, written = self.take_operator()
                self._right_side(place, written)
            parts.append(self._not())
        self.joined = len(parts) > 1
        return combine.all_of(parts, (start, self.last()))

    def _not(self) -> Node:
        if self.operator() != "NOT":
            return self._near()
        if self.depth >= MAX_DEPTH:
            raise QueryError("too-deep", self.here, limit=MAX_DEPTH)
        self.depth += 1
        start, written = self.take_operator()
        self._right_side(start, written)
        part = self._not()
        self.depth -= 1
        return Not(at=(start, part.at[1]), part=part)

    def _near(self) -> Node:
        found = self._near_here()
        if found is not None:
            raise QueryError("missing-left", found.start(), found.end(), operator=found.group())
        left = self._primary()
        while (found := self._near_here()) is not None:
            start, self.here = self.here, found.end()
            distance, ordered = self._distance(found, start)
            self.space()
            self._right_side(found.start(), found.group())
            if self.operator() == "NOT":
                raise QueryError("not-in-near", *self.extent())
            left = combine.near(left, self._primary(), distance, ordered)
        return left

    def _near_here(self) -> re.Match[str] | None:
        """The NEAR that stands here, without taking it."""
        if self.query[self.here : self.here + 1] not in ("N", "O"):
            return None
        return _NEAR.match(self.query, self.here)

    def _distance(self, found: re.Match[str], start: int) -> tuple[int, bool]:
        name, number = found.group(1), found.group(2)
        if number is None:
            return 4, name == "ONEAR"
        read = _DISTANCE.fullmatch(number)
        if read is None:
            raise QueryError("near-number", found.start(), found.end(), operator=name)
        distance = self.reach(int(read.group(1)[:9]), start)
        return distance, name == "ONEAR" or bool(read.group(2))

    def _right_side(self, start: int, written: str) -> None:
        """Something must follow an operator."""
        operator = self.operator()
        nothing = self.at_end() or self.query[self.here] == ")" or operator in ("AND", "OR")
        if nothing or self._near_here():
            raise QueryError("missing-right", start, start + len(written), operator=written)

    # What can be looked for

    def _primary(self) -> Node:
        character = self.query[self.here]
        if character == "(":
            node = self._group()
        elif character in OPENING_QUOTES:
            node = self._quoted()
        elif character == "{":
            node = self._braced()
        elif character in "#＃":
            node = self._tag(Hashtag)
        elif character in "@＠":
            node = self._tag(Handle)
        elif character == "}":
            raise QueryError("no-word", self.here)
        elif self.has_fields and (found := _FIELD.match(self.query, self.here)) is not None:
            node = self._field(found)
        else:
            node = self._word()
        self.space()
        return node

    def _group(self) -> Node:
        start = self.here
        if self.depth >= MAX_DEPTH:
            raise QueryError("too-deep", start, limit=MAX_DEPTH)
        self.depth += 1
        self.here += 1
        self.space()
        if self.at_end():
            raise QueryError("unclosed-bracket", start)
        if self.query[self.here] == ")":
            raise QueryError("empty-group", start, self.here + 1)
        node = self._or()
        if self.at_end():
            raise QueryError("unclosed-bracket", start)
        self.here += 1
        self.depth -= 1
        slack = self.tilde()
        return node if slack is None else combine.window(node, slack, (start, self.here))

    def _quoted(self) -> Node:
        opening = self.here
        start, end = self.until(OPENING_QUOTES, "unclosed-quote")
        node = words.read(self.query, start, end, lints=self.lints)
        slack = self.tilde()
        if slack is None:
            return node
        if not isinstance(node, Phrase):
            raise QueryError("tilde-one", opening, self.here)
        return Window(at=(opening, self.here), parts=node.words, slack=slack)

    def _braced(self) -> Node:
        start, end = self.until("}", "unclosed-brace")
        return words.read(self.query, start, end, lints=self.lints, exact=True)

    def _tag(self, kind: type[Hashtag] | type[Handle]) -> Node:
        start = self.here
        self.here += 1
        end = self.word_end(self.here)
        node = words.tag(self.query, start, end, kind)
        self.here = end
        return node

    def _word(self) -> Node:
        start = self.here
        end = self.word_end(start)
        if end == start:
            raise QueryError("no-word", start)
        written = self.query[start:end]
        if _LOWER.fullmatch(written):
            self.lints.append(
                Lint("lower-case-operator", start, end, {"word": written, "operator": written.upper()})
            )
        node = words.read(self.query, start, end, lints=self.lints)
        self.here = end
        return node

    # Fields

    def _field(self, found: re.Match[str]) -> Node:
        name: Any = words.FIELDS.get(found.group(1).casefold())
        start = self.here
        if name is None:
            end = self.word_end(start)
            written = self.query[start:end]
            raise QueryError(
                "unknown-field",
                start,
                end,
                field=found.group(1),
                suggestion=f'"{written}"',
                known=words.known_fields(),
            )
        if self.in_field and name != "raw":
            raise QueryError("field-in-field", start, found.end())
        self.here = found.end()
        self.space()
        if self.at_end() or self.query[self.here] == ")":
            raise QueryError("missing-value", start, found.end(), field=found.group(1))
        if name == "title" or name == "text":
            self.in_field = True
            part = self._primary()
            self.in_field = False
            return Within(at=(start, self.last()), field=name, part=part)
        if self.query[self.here] != "(":
            return self._value(name, start)
        return self._values(name, start)

    def _values(self, name: str, start: int) -> Node:
        opening = self.here
        self.here += 1
        self.space()
        parts: list[Node] = []
        while not self.at_end() and self.query[self.here] != ")":
            if parts:
                if self.operator() != "OR":
                    raise QueryError("expected-or", self.here, self.word_end(self.here))
                place, written = self.take_operator()
                self._right_side(place, written)
            elif self.operator() in ("OR", "AND"):
                raise QueryError("missing-left", *self.extent(), operator=self.operator())
            parts.append(self._value(name, self.here))
            self.space()
        if self.at_end():
            raise QueryError("unclosed-bracket", opening)
        self.here += 1
        if not parts:
            raise QueryError("empty-group", opening, self.here)
        return combine.any_of(parts, (start, self.here))

    def _value(self, name: str, start: int) -> Filter | Hashtag | Handle | Word | Phrase:
        if self.query[self.here] in OPENING_QUOTES:
            begin, end = self.until(OPENING_QUOTES, "unclosed-quote")
        else:
            begin, end = self.here, self.word_end(self.here)
            self.here = end
        if begin == end:
            raise QueryError("missing-value", start, self.here, field=name)
        return words.value(self.query, begin, end, name, at=start, lints=self.lints)


def parse_with_lints(query: str) -> tuple[Node, list[Lint]]:
    """Read a query; returns its tree and what is unwise about how it is written. Raises QueryError."""
    parser = Parser(query)
    node = parser.whole()
    combine.check_bounded(node)
    return node, parser.lints
