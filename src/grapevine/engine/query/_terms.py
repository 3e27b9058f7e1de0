"""The terms that watches look for, numbered, and instructions over them."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field

from grapevine.engine.query import _evaluate as ops
from grapevine.engine.query import _hashing as kinds
from grapevine.engine.query import _values, tokens
from grapevine.engine.query._frequencies import Frequencies
from grapevine.engine.query.syntax import Handle, Hashtag, Word

Term = tuple[int, str]  # kind (see _hashing) and text

_USES = {
    kinds.TAG: _values.USES_SIGNS, kinds.HANDLE: _values.USES_SIGNS, kinds.LINK: _values.USES_LINKS, kinds.SITE: _values.USES_SITE,
    kinds.URL: _values.USES_URL, kinds.URL_WORD: _values.USES_URL_WORDS, kinds.LANG: _values.USES_LANG,
    kinds.COUNTRY: _values.USES_COUNTRY, kinds.TYPE: _values.USES_TYPE, kinds.AUTHOR_WORD: _values.USES_AUTHOR,
    kinds.SOURCE_WORD: _values.USES_SOURCE, kinds.HAS: _values.USES_HAS | _values.USES_SIGNS,
}  # fmt: skip


@dataclass(slots=True)
class Code:
    """What one watch compiles to. `words` is the code; at the places in `gaps` the number of a term stands for its hash.

    `posted`: terms of which one is in every post that matches, empty when there are none to be had. `needed`: terms that are all in every such
    post. `unsure`: the answer may be PERHAPS.
    """

    words: list[int] = field(default_factory=list)
    gaps: list[int] = field(default_factory=list)
    posted: list[int] = field(default_factory=list)
    needed: list[int] = field(default_factory=list)
    uses: int = 0
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """How a part can be posted: at what cost (expected share of posts), under which terms, and which terms it needs at all."""

    cost: float
    posted: tuple[int, ...]
    needed: frozenset[int]


NOTHING = Asked(float("inf"), (), frozenset())


class Writer:
    """Numbers terms and writes instructions. `terms` are all terms so far, by number."""

    def __init__(self, frequencies: Frequencies) -> None:
        self.frequencies = frequencies
        self.terms: dict[Term, int] = {}
        self._costs: list[float] = []

    # Terms

    def _term(self, code: Code, kind: int, text: str) -> int:
        found = self.terms.get((kind, text))
        if found is None:
            found = self.terms[kind, text] = len(self.terms)
            self._costs.append(self.frequencies.share_of(kind, text))
        if kind:
            code.uses |= _USES.get(kind % kinds.STEM, 0)
        return found

    def _stem(self, code: Code, kind: int, text: str) -> tuple[int, bool]:
        """The term of what begins with `text`, and whether it says exactly that."""
        whole = text.encode()
        cut = whole[: kinds.LONGEST_STEM].decode(errors="ignore")
        return self._term(code, kind + kinds.STEM, cut), len(cut) == len(text)

    def _word(self, code: Code, word: Word) -> tuple[int | None, bool]:
        """The term that stands wherever `word` does (None: there is none), and whether it says exactly that."""
        text, stem = word.text, word.prefix
        if word.pattern:
            text, stem = text.split("?", 1)[0], True
        if word.exact:
            if stem:  # folding may melt the last letter into the mark that follows it
                while text and unicodedata.combining(text[-1]):
                    text = text[:-1]
                text = text[:-1]
            text = tokens.fold(text)
        sure = not (word.pattern or word.exact or word.signs)
        if not text:
            return None, False
        if not stem:
            return self._term(code, kinds.WORD, text), sure
        term, whole = self._stem(code, kinds.WORD, text)
        return term, sure and whole

    def _asked(self, term: int) -> Asked:
        return Asked(self._costs[term], (term,), frozenset((term,)))

    def _any(self, terms: list[int]) -> Asked:
        if len(terms) == 1:
            return self._asked(terms[0])
        return Asked(sum(self._costs[term] for term in terms), tuple(terms), frozenset())

    # Instructions

    @staticmethod
    def _put(
        code: Code, operation: int, terms: list[int] | tuple[int, ...] = (), bound: int = 0, number: int = 0
    ) -> None:
        code.words.append(operation | len(terms) << 8 | bound << 24 | number << 32)
        for term in terms:
            code.gaps.append(len(code.words))
            code.words.append(term)

    def _holds(self, code: Code, terms: list[int], bound: int, sure: bool) -> Asked:
        self._put(code, ops.HOLDS, terms, bound)
        if not sure:
            self._perhaps(code)
        return self._any(terms)

    def _perhaps(self, code: Code) -> None:
        self._put(code, ops.PERHAPS_AT_MOST)
        code.unsure = True

    def _cannot_say(self, code: Code) -> Asked:
        self._put(code, ops.CONSTANT, number=ops.PERHAPS)
        code.unsure = True
        return NOTHING

    def _tag(self, code: Code, node: Hashtag | Handle) -> tuple[int, bool]:
        kind = kinds.TAG if isinstance(node, Hashtag) else kinds.HANDLE
        return self._stem(code, kind, node.text) if node.prefix else (self._term(code, kind, node.text), True)
