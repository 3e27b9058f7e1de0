"""What a language of the shelf says: its days, months and numbers, and the sentences people tell things in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Tense = Literal["past", "future"]
Unit = Literal["day", "week", "month", "year"]


@dataclass(frozen=True)
class Telling:
    """A sentence that tells something.

    `form` is a regular expression, in which {NAME}, {FAMILY}, {FRIEND}, {THING}, {AGE} and the like stand for the pieces of the language (see
    `Language.pieces`). What the group `text` matches is what is remembered, the whole match when there is none. `dated`: only when the sentence
    names a day.
    """

    kind: str
    form: str
    tense: Tense = "future"
    dated: bool = False


@dataclass(frozen=True, eq=False)
class Language:
    """One language. Regular expressions are written small; case counts in none of them but where a piece says so."""

    code: str
    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    numbers: dict[str, int]
    days: dict[str, tuple[Unit, int]]
    """Words for a day seen from today: {"tomorrow": ("day", 1), "last week": ("week", -1)}."""
    units: dict[Unit, str]
    ago: str
    """Such as "{N} {UNIT} ago"."""
    ahead: str
    next_weekday: tuple[str, ...]
    """Such as "next {WEEKDAY}": the one of the next week."""
    last_weekday: tuple[str, ...]
    weekday: str
    """A weekday alone: the next one, or the last one where the sentence tells of the past."""
    day_month: tuple[str, ...]
    """With the groups day, month and year: {D}, {MONTH}, {YEAR}."""
    in_month: str
    in_year: str
    tellings: tuple[Telling, ...]
    promises: tuple[str, ...]
    """What we write when we promise something; a promise names a day."""
    doubt: str
    """Words with which a sentence is no telling: if, would, not, he said."""
    promise_doubt: str
    pieces: dict[str, str] = field(default_factory=dict)
    special: dict[str, str] = field(default_factory=dict)
    """Special categories of personal data: category → the words that give it away."""
