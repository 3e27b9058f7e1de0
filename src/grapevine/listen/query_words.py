"""What is wrong with a query, or unwise, in the reader's language. The engine says it by code and parameters.

Every code of `engine.query.errors` stands here; a test compares the two.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from grapevine.engine.query.dialects import Note
from grapevine.engine.query.errors import Lint, QueryError

ERRORS = {
    "empty": _("The query is empty: write at least one word."),
    "unclosed-quote": _("This quote is not closed: a closing quote is expected."),
    "unclosed-bracket": _("This bracket is not closed: ) is expected."),
    "unclosed-brace": _("This brace is not closed: }} is expected."),
    "extra-bracket": _("There is no opening bracket for this one."),
    "empty-group": _("There is nothing between these: at least one word is expected."),
    "missing-left": _("{operator} needs something before it."),
    "missing-right": _("{operator} needs something after it."),
    "unknown-field": _(
        "There is no field {field}. To look for the text itself, put it in quotes: {suggestion}. Fields: {known}."
    ),
    "missing-value": _("A value is expected after {field}:"),
    "unknown-value": _("{field}: does not know {value}. Expected: {known}."),
    "expected-or": _("Values in a group are parted by OR."),
    "leading-wildcard": _("A wildcard cannot begin a word: letters are expected before it."),
    "inner-wildcard": _("* can only end a word."),
    "short-stem": _("At least two letters are expected before *."),
    "no-wildcard-here": _("A wildcard has no meaning here."),
    "near-too-wide": _("NEAR reaches at most {limit} words."),
    "near-number": _("A number is expected after {operator}/."),
    "not-in-near": _("NOT cannot stand inside NEAR or ~: words, phrases and ORs of them are expected."),
    "filter-in-near": _(
        "A field cannot stand inside NEAR or ~: words, phrases and ORs of them are expected."
    ),
    "field-in-field": _("A field cannot stand inside another field."),
    "tilde-number": _("A number is expected after ~."),
    "tilde-one": _("~ needs at least two words before it."),
    "no-word": _("There is no letter, digit or emoji in this: a word is expected."),
    "only-not": _(
        "This asks only for what must not be there: at least one word that must be there is expected beside it."
    ),
    "not-beside-or": _(
        "One side of this OR asks only for what must not be there, so nearly every post would be caught. Put NOT behind brackets: "
        "(a OR b) NOT c."
    ),
    "too-long": _("The query has {given} characters: at most {limit} are read."),
    "too-many-terms": _(
        "The query has {given} terms: at most {limit} are allowed. Split it into several watches."
    ),
    "too-deep": _("Brackets are nested deeper than {limit}."),
}

LINTS = {
    "mixed-and-or": _(
        "AND binds tighter than OR. Put brackets where you mean them, so that everybody reads it the same."
    ),
    "wide-near": _("NEAR wider than 10 words finds chance meetings."),
    "short-stem": _("{stem}* begins very many words: expect hits you do not mean."),
    "lower-case-operator": _(
        "{word} is looked for as a word. Operators are written in capitals: {operator}."
    ),
    "common-word": _(
        "{word} stands in a large part of all posts, and nothing rarer is asked for: this watch is expensive."
    ),
    "only-fields": _("This asks for no word: every post must be looked at, and the watch is expensive."),
    "leading-sign": _("The sign before {word} is not looked for."),
    "trailing-sign": _("The sign after {word} is not looked for."),
    "needless-star": _("The * is not needed: {written} is found whatever follows it."),
    "many-terms": _("{given} terms: the watch is expensive. Could a wildcard or two watches do?"),
}

DIALECT_NOTES = {
    "field": _("{was} became {now}."),
    "case": _("Lower-case operators became capitals."),
    "one-less": _("{was} counts the second word too, so it became {now}."),
    "list": _("{was} became {now}."),
    "exact": _("{was} asks for the exact spelling and became {now}."),
    "or-by-default": _("A space means OR there, so ORs were written out."),
    "edit-distance": _("{was}: spelling variants are not looked for."),
    "dropped": _("{was} has no counterpart here and was left out."),
    "boost": _("{was} only ranks results and was left out."),
}

# What slows the matcher down, and so is told as a cost and not as a matter of style.
EXPENSIVE = frozenset({"common-word", "only-fields", "many-terms"})


def error(fault: QueryError) -> str:
    """What is wrong, without its place."""
    return _text(ERRORS, fault.code, fault.params, fault.message)


def lint(found: Lint) -> str:
    """What is unwise, without its place."""
    return _text(LINTS, found.code, found.params, found.message)


def note(told: Note) -> str:
    """What was changed in a query of another tool."""
    return _text(DIALECT_NOTES, told.code, {"was": told.was, "now": told.now}, told.message)


def _text(texts: Mapping[str, object], code: str, params: Mapping[str, object], english: str) -> str:
    # A code younger than this file is better told in English than not at all.
    return str(texts[code]).format(**params) if code in texts else english
