"""What people tell of themselves, and what we promise them: read from texts, to be proposed and kept only when a person confirms.

    >>> from datetime import date
    >>> [one] = theirs("My daughter starts school on Monday.", "en", date(2026, 8, 13))
    >>> one.kind, one.text, one.on
    ('event', 'My daughter starts school', datetime.date(2026, 8, 17))
    >>> [one] = ours("Hej! Jag återkommer på fredag.", "sv", date(2026, 8, 13))
    >>> one.text, one.on
    ('Jag återkommer på fredag', datetime.date(2026, 8, 14))

Rather nothing than something wrong: what is asked, doubted, quoted or said of others is no telling. A language is one file under
`languages/`. Special categories of personal data are never proposed; `special` tells them, in all languages at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from grapevine.engine.text.facts import languages
from grapevine.engine.text.facts.base import Language, Telling
from grapevine.engine.text.facts.dates import When, calendar

KINDS = ("name", "family", "birthday", "bought", "preference", "event", "met", "relation")
SPECIAL = (
    "health", "religion", "politics", "sexuality", "ethnicity", "union", "biometric", "crime",
)  # fmt: skip
"""Articles 9 and 10 of the GDPR."""
LONGEST = 400
"""A longer sentence is no sentence: a list, a signature, an advertisement."""
_LONGEST_PROMISE = 160
_CLAUSE = re.compile(r"[.,;:!()]")
_YEARLY = ("birthday",)


@dataclass(frozen=True)
class Found:
    """Something told: `text` in their words, the day it is about, and where it stands: `text[begin:end]`, in the sentence `first:last`."""

    kind: str
    text: str
    begin: int
    end: int
    first: int
    last: int
    on: date | None = None
    precision: str = ""
    yearly: int | None = None

    def said(self, whole: str) -> str:
        """The sentence it was told in."""
        return " ".join(whole[self.first : self.last].split())


def theirs(text: str, lang: str, on: date) -> list[Found]:
    """What the writer of `text`, of the day `on`, tells of themselves; in its order, nothing twice. Empty for languages not on the shelf."""
    language = languages.SHELF.get(lang)
    if language is None:
        return []
    tellings, doubt, _promises, _promise_doubt = _compiled(language)
    found: list[Found] = []
    for first, last in _sentences(text):
        sentence = text[first:last]
        if sentence.rstrip().endswith("?") or doubt.search(sentence) or special(sentence):
            continue
        for telling, form in tellings:
            match = form.search(sentence)
            if match is None or _quoted(sentence, match.start()):
                continue
            one = _told(telling, match, calendar(language), sentence, on)
            if one is not None and not any(_overlaps(one, first, other) for other in found):
                found.append(
                    replace(one, begin=one.begin + first, end=one.end + first, first=first, last=last)
                )
    return sorted(found, key=lambda one: one.begin)


def ours(text: str, lang: str, on: date) -> list[Found]:
    """What we promise in a text of ours, of the day `on`, with the day it is due."""
    language = languages.SHELF.get(lang)
    if language is None:
        return []
    _tellings, _doubt, promises, doubt = _compiled(language)
    found = []
    for first, last in _sentences(text):
        sentence = text[first:last]
        if sentence.rstrip().endswith("?") or doubt.search(sentence) or special(sentence):
            continue
        for form in promises:
            match = form.search(sentence)
            when = calendar(language).find(sentence, on, "future") if match else None
            if match is None or when is None or (when.on < on and when.precision == "day"):
                continue
            begin, end = min(match.start(), when.begin), max(match.end(), when.end)
            end = min(_until_comma(sentence, end), begin + _LONGEST_PROMISE)
            words = _tidy(sentence[begin:end])
            due = max(when.on, on)
            found.append(
                Found("promise", words, first + begin, first + end, first, last, due, when.precision)
            )
            break
    return found


def special(text: str) -> str:
    """The special category of personal data that a text gives away (one of SPECIAL), in any language of the shelf; empty when none."""
    for category, form in _special().items():
        if form.search(text):
            return category
    return ""


def _told(telling: Telling, match: re.Match[str], days: object, sentence: str, on: date) -> Found | None:
    when: When | None = days.find(sentence, on, telling.tense)  # type: ignore[attr-defined]
    if telling.dated and when is None:
        return None
    if when is not None and not telling.dated and not _beside(match, when):
        when = None  # another clause's day
    group = "text" if "text" in match.groupdict() else 0
    begin, end = match.span(group)
    yearly = None
    if telling.kind in _YEARLY:
        if when is None or when.precision != "day":
            return None
        yearly = when.on.month * 100 + when.on.day
        begin, end = min(begin, when.begin), max(end, when.end)
        if not (when.has_year and when.on.year < on.year):
            when = None  # of a birthday to come we know the day, not the year they were born in
    words = _tidy(sentence[begin:end])
    if not words:
        return None
    if when is None:
        return Found(telling.kind, words, begin, end, 0, 0, yearly=yearly)
    return Found(telling.kind, words, begin, end, 0, 0, when.on, when.precision, yearly)


_NEAR = 3
"""So many characters may stand between what is told and its day, where it may as well have none."""


def _beside(match: re.Match[str], when: When) -> bool:
    return when.begin - match.end() <= _NEAR + 6 and match.start() - when.end <= _NEAR


def _overlaps(one: Found, first: int, other: Found) -> bool:
    begin, end = one.begin + first, one.end + first
    return begin < other.end and other.begin < end


_BREAK = re.compile(
    r"(?<=[!?])\s+|(?<=[^\W\d]{2}\.)\s+|(?<=\d\.)\s+(?=[A-ZÅÄÖÆØ])|\s*\n\s*|\s*[;•|]\s+|\s+[–—-]\s+"
)


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where the sentences are; quoted lines are left out."""
    here = 0
    for match in [*_BREAK.finditer(text), None]:
        end = match.start() if match else len(text)
        if 3 < end - here <= LONGEST and not text[here:end].lstrip().startswith(">"):
            yield here, end
        if match:
            here = match.end()


def _quoted(sentence: str, place: int) -> bool:
    """Whether somebody else is quoted at this place."""
    before = sentence[:place]
    return before.count('"') % 2 == 1 or before.count("“") + before.count("«") > before.count(
        "”"
    ) + before.count("»")


def _until_comma(sentence: str, place: int) -> int:
    """The end of the clause that goes on at `place`."""
    match = re.compile(r"[,.!?:(]").search(sentence, place)
    return match.start() if match else len(sentence)


def _tidy(words: str) -> str:
    return " ".join(words.split()).strip(" ,.!:-–")


@cache
def _compiled(
    language: Language,
) -> tuple[list[tuple[Telling, re.Pattern[str]]], re.Pattern[str], list[re.Pattern[str]], re.Pattern[str]]:
    return (
        [(one, _form(one.form, language)) for one in language.tellings],
        _form(language.doubt, language),
        [_form(form, language) for form in language.promises],
        _form(language.promise_doubt, language),
    )


def _form(form: str, language: Language) -> re.Pattern[str]:
    for _ in range(2):  # pieces may be made of pieces
        for name, piece in language.pieces.items():
            form = form.replace("{" + name + "}", piece)
    return re.compile(rf"(?<![\w@#])(?:{form})(?!\w)", re.IGNORECASE)


@cache
def _special() -> dict[str, re.Pattern[str]]:
    every = {
        category: [one.special[category] for one in languages.SHELF.values() if category in one.special]
        for category in SPECIAL
    }
    return {
        category: re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)", re.IGNORECASE)
        for category, forms in every.items()
        if forms
    }
