"""From a query's tree to the code that `_evaluate` runs, and the words it is posted under."""

from __future__ import annotations

from grapevine.engine.query import _evaluate as ops
from grapevine.engine.query import _hashing as kinds
from grapevine.engine.query import _values
from grapevine.engine.query._spans import ANYWHERE, IN_TEXT, IN_TITLE
from grapevine.engine.query._terms import NOTHING, Asked, Code, Writer
from grapevine.engine.query.syntax import (
    And,
    Filter,
    Handle,
    Hashtag,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Window,
    Within,
    Word,
)

MOST_PARTS = 64


class Compiler(Writer):
    """Compiles watches, numbering the terms they hold in common."""

    def compile(self, node: Node) -> Code:
        """The code of a watch."""
        code = Code()
        asked = self._emit(node, code, ANYWHERE)
        code.words.append(ops.END)
        code.posted, code.needed = list(asked.posted), list(asked.needed)
        return code

    # Parts

    def _emit(self, node: Node, code: Code, bound: int) -> Asked:
        """Append the code that leaves the answer for `node`."""
        match node:
            case Word():
                term, sure = self._word(code, node)
                return self._cannot_say(code) if term is None else self._holds(code, [term], bound, sure)
            case And(parts=parts):
                return self._emit_and(parts, code, bound)
            case Or(parts=parts):
                return self._emit_or(parts, code, bound)
            case Not(part=Not(part=part)):
                return self._emit(part, code, bound)
            case Not(part=part):
                self._emit(part, code, bound)
                self._put(code, ops.NOT)
                return NOTHING
            case Within(field=name, part=part):
                return self._emit(part, code, IN_TITLE if name == "title" else IN_TEXT)
            case Hashtag() | Handle():
                term, sure = self._tag(code, node)
                return self._holds(code, [term], bound, sure)
            case Filter():
                return self._emit_filter(node, code)
        return self._emit_places(node, code, bound)

    def _emit_and(self, parts: tuple[Node, ...], code: Code, bound: int) -> Asked:
        plain, rest = self._plain(parts, code, bound)
        asked = [self._asked(term) for term in plain]
        jumps: list[int] = []
        begun = False
        if plain:
            plain.sort(key=self._costs.__getitem__)
            self._put(code, ops.HOLDS_ALL if len(plain) > 1 else ops.HOLDS, plain)
            begun = True
        for part in sorted(rest, key=lambda part: isinstance(part, Not)):
            if begun:
                jumps.append(len(code.words))
                self._put(code, ops.JUMP_IF_NO)
            asked.append(self._emit(part, code, bound))
            if begun:
                self._put(code, ops.AND)
            begun = True
        self._land(code, jumps)
        best = min(asked, key=lambda one: one.cost)
        return Asked(best.cost, best.posted, frozenset().union(*(one.needed for one in asked)))

    def _emit_or(self, parts: tuple[Node, ...], code: Code, bound: int) -> Asked:
        plain, rest = self._plain(parts, code, bound, whole=False)
        asked = [self._asked(term) for term in plain]
        jumps: list[int] = []
        if plain:
            self._put(code, ops.HOLDS, plain, bound)
        for number, part in enumerate(rest):
            begun = bool(plain) or number > 0
            if begun:
                jumps.append(len(code.words))
                self._put(code, ops.JUMP_IF_YES)
            asked.append(self._emit(part, code, bound))
            if begun:
                self._put(code, ops.OR)
        self._land(code, jumps)
        if not all(one.posted for one in asked):
            return NOTHING
        needed = frozenset.intersection(*(one.needed for one in asked))
        return Asked(
            sum(one.cost for one in asked), tuple({t: None for one in asked for t in one.posted}), needed
        )

    def _plain(
        self, parts: tuple[Node, ...], code: Code, bound: int, *, whole: bool = True
    ) -> tuple[list[int], list[Node]]:
        """The terms of the parts that are words without ifs and buts, and the other parts."""
        terms: list[int] = []
        rest: list[Node] = []
        for part in parts:
            if isinstance(part, Word) and not (whole and bound):
                term, sure = self._word(code, part)
                if term is not None and sure:
                    terms.append(term)
                    continue
            rest.append(part)
        return terms, rest

    @staticmethod
    def _land(code: Code, jumps: list[int]) -> None:
        for place in jumps:
            code.words[place] |= len(code.words) - place - 1 << 32

    # What needs places

    def _emit_places(self, node: Node, code: Code, bound: int) -> Asked:
        """Phrases, NEAR and windows: their lists of spans, and whether there is one."""
        mark, gaps = len(code.words), len(code.gaps)
        asked, sure = self._places(node, code, bound)
        if asked is None:
            del code.words[mark:], code.gaps[gaps:]
            return self._cannot_say(code)
        self._put(code, ops.SOMEWHERE)
        if not sure:
            self._perhaps(code)
        elif not isinstance(node, Phrase):
            code.unsure = True  # a list may outgrow its bounds
        return asked

    def _places(self, node: Node, code: Code, bound: int) -> tuple[Asked | None, bool]:
        """Append the code that pushes the node's spans; returns how it can be posted (None: it can't be placed) and whether they are exact."""
        match node:
            case Word():
                term, sure = self._word(code, node)
                if term is None:
                    return None, False
                self._put(code, ops.PLACES, [term], bound)
                return self._asked(term), sure
            case Hashtag() | Handle():
                term, sure = self._tag(code, node)
                self._put(code, ops.PLACES, [term], bound)
                return self._asked(term), sure
            case Phrase(words=words):
                found = [self._word(code, word) for word in words]
                terms = [term for term, _ in found if term is not None]
                if len(terms) < len(found):
                    return None, False
                self._put(code, ops.PHRASE, terms, bound)
                return self._all([self._asked(term) for term in terms]), all(sure for _, sure in found)
            case Or(parts=parts):
                return self._places_of_any(parts, code, bound)
            case Near(left=left, right=right, distance=distance, ordered=ordered):
                one, sure = self._places(left, code, bound)
                other, also = self._places(right, code, bound)
                self._put(code, ops.NEAR, number=distance << 1 | ordered)
                return self._all([one, other]), sure and also
            case Window(parts=parts, slack=slack):
                results = [self._places(part, code, bound) for part in parts]
                if len(parts) > MOST_PARTS:
                    return None, False
                if len(parts) == 2:
                    self._put(code, ops.NEAR, number=slack << 1)
                else:
                    code.words.append(ops.WINDOW | len(parts) << 8 | slack << 32)
                return self._all([asked for asked, _ in results]), all(sure for _, sure in results)
        raise TypeError(f"{type(node).__name__} has no place in a text")

    def _places_of_any(self, parts: tuple[Node, ...], code: Code, bound: int) -> tuple[Asked | None, bool]:
        plain, rest = self._plain(parts, code, bound, whole=False)
        asked: list[Asked | None] = [self._asked(term) for term in plain]
        sure = True
        if plain:
            self._put(code, ops.PLACES, plain, bound)
        for number, part in enumerate(rest):
            one, exact = self._places(part, code, bound)
            asked.append(one)
            sure &= exact
            if plain or number:
                self._put(code, ops.JOIN)
        known = [one for one in asked if one is not None]
        if len(known) < len(asked):
            return None, False
        needed = frozenset.intersection(*(one.needed for one in known))
        return Asked(
            sum(o.cost for o in known), tuple({t: None for o in known for t in o.posted}), needed
        ), sure

    @staticmethod
    def _all(asked: list[Asked | None]) -> Asked | None:
        known = [one for one in asked if one is not None]
        if len(known) < len(asked):
            return None
        best = min(known, key=lambda one: one.cost)
        return Asked(best.cost, best.posted, frozenset().union(*(one.needed for one in known)))

    # Fields

    def _emit_filter(self, node: Filter, code: Code) -> Asked:
        match node.field:
            case "lang":
                values = ("no", "nb", "nn") if node.value == "no" else (node.value,)
                return self._holds(
                    code, [self._term(code, kinds.LANG, value) for value in values], ANYWHERE, True
                )
            case "country" | "type" | "has":
                kind = {"country": kinds.COUNTRY, "type": kinds.TYPE, "has": kinds.HAS}[node.field]
                return self._holds(code, [self._term(code, kind, node.value)], ANYWHERE, True)
            case "site":
                return self._holds(code, [self._term(code, kinds.SITE, node.host)], ANYWHERE, True)
            case "links" | "url" if node.host:
                kind = kinds.LINK if node.field == "links" else kinds.URL
                return self._holds(code, [self._term(code, kind, node.host)], ANYWHERE, not node.path)
            case "url":
                terms = [self._term(code, kinds.URL_WORD, word) for word in node.words]
                self._put(code, ops.HOLDS_ALL, terms)
                self._perhaps(code)
                return self._all([self._asked(term) for term in terms]) or NOTHING
            case "source":
                return self._words_in_a_row(node, kinds.SOURCE_WORD, code)
        # An author's handle that no word holds is one that reads as an address; see _by_hand.
        code.uses |= _values.USES_AUTHOR
        term, sure = (
            self._stem(code, kinds.AUTHOR, node.value)
            if node.prefix
            else (self._term(code, kinds.AUTHOR, node.value), True)
        )
        handle = self._holds(code, [term], ANYWHERE, sure)
        words = self._words_in_a_row(node, kinds.AUTHOR_WORD, code)
        self._put(code, ops.OR)
        return Asked(handle.cost + words.cost, handle.posted + words.posted, frozenset())

    def _words_in_a_row(self, node: Filter, kind: int, code: Code) -> Asked:
        terms = [self._term(code, kind, word) for word in node.words]
        sure = True
        if node.prefix:
            terms[-1], sure = self._stem(code, kind, node.words[-1])
        if len(terms) == 1:
            return self._holds(code, terms, ANYWHERE, sure)
        self._put(code, ops.PHRASE, terms)
        self._put(code, ops.SOMEWHERE)
        if not sure:
            self._perhaps(code)
        return self._all([self._asked(term) for term in terms]) or NOTHING
