"""What can be wrong with a query, and what is allowed but unwise."""

from __future__ import annotations

from dataclasses import dataclass, field

MESSAGES = {
    "empty": "The query is empty: write at least one word.",
    "unclosed-quote": "This quote is not closed: a closing quote is expected.",
    "unclosed-bracket": "This bracket is not closed: ) is expected.",
    "unclosed-brace": "This brace is not closed: }} is expected.",
    "extra-bracket": "There is no opening bracket for this one.",
    "empty-group": "There is nothing between these: at least one word is expected.",
    "missing-left": "{operator} needs something before it.",
    "missing-right": "{operator} needs something after it.",
    "unknown-field": "There is no field {field}. To look for the text itself, put it in quotes: {suggestion}. Fields: {known}.",
    "missing-value": "A value is expected after {field}:",
    "unknown-value": "{field}: does not know {value}. Expected: {known}.",
    "expected-or": "Values in a group are parted by OR.",
    "leading-wildcard": "A wildcard cannot begin a word: letters are expected before it.",
    "inner-wildcard": "* can only end a word.",
    "short-stem": "At least two letters are expected before *.",
    "no-wildcard-here": "A wildcard has no meaning here.",
    "near-too-wide": "NEAR reaches at most {limit} words.",
    "near-number": "A number is expected after {operator}/.",
    "not-in-near": "NOT cannot stand inside NEAR or ~: words, phrases and ORs of them are expected.",
    "filter-in-near": "A field cannot stand inside NEAR or ~: words, phrases and ORs of them are expected.",
    "field-in-field": "A field cannot stand inside another field.",
    "tilde-number": "A number is expected after ~.",
    "tilde-one": "~ needs at least two words before it.",
    "no-word": "There is no letter, digit or emoji in this: a word is expected.",
    "only-not": "This asks only for what must not be there: at least one word that must be there is expected beside it.",
    "not-beside-or": "One side of this OR asks only for what must not be there, so nearly every post would be caught. Put NOT behind brackets: "
    "(a OR b) NOT c.",
    "too-long": "The query has {given} characters: at most {limit} are read.",
    "too-many-terms": "The query has {given} terms: at most {limit} are allowed. Split it into several watches.",
    "too-deep": "Brackets are nested deeper than {limit}.",
}

LINTS = {
    "mixed-and-or": "AND binds tighter than OR. Put brackets where you mean them, so that everybody reads it the same.",
    "wide-near": "NEAR wider than 10 words finds chance meetings.",
    "short-stem": "{stem}* begins very many words: expect hits you do not mean.",
    "lower-case-operator": "{word} is looked for as a word. Operators are written in capitals: {operator}.",
    "common-word": "{word} stands in a large part of all posts, and nothing rarer is asked for: this watch is expensive.",
    "only-fields": "This asks for no word: every post must be looked at, and the watch is expensive.",
    "leading-sign": "The sign before {word} is not looked for.",
    "trailing-sign": "The sign after {word} is not looked for.",
    "needless-star": "The * is not needed: {written} is found whatever follows it.",
    "many-terms": "{given} terms: the watch is expensive. Could a wildcard or two watches do?",
}


@dataclass(frozen=True)
class Lint:
    """Allowed, but unwise. `start` and `end` are characters of the query."""

    code: str
    start: int
    end: int
    params: dict[str, str | int] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """In plain English; pages translate by code."""
        return LINTS[self.code].format(**self.params)


class QueryError(ValueError):
    """The query can't be read.

    `position` is the character (from 0) where reading stopped making sense, `end` where the fault ends, `code` a key of
    MESSAGES, and `params` the values of its placeholders.
    """

    def __init__(self, code: str, position: int, end: int | None = None, **params: str | int) -> None:
        self.code = code
        self.position = position
        self.end = position + 1 if end is None else max(end, position + 1)
        self.params = params
        super().__init__(f"At character {position + 1}: {self.message}")

    @property
    def message(self) -> str:
        """In plain English, without the position; pages translate by code."""
        return MESSAGES[self.code].format(**self.params)
