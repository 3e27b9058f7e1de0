"""Days in sentences, seen from the day of the message."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from grapevine.engine.text.facts.base import Language, Tense, Unit

_ISO = re.compile(r"(?<![\d-])(?P<year>20\d\d|19\d\d)-(?P<month>[01]\d)-(?P<day>[0-3]\d)(?![\d-])")
_FURTHEST = 120
"""Years; a day further away than so long is a number, not a day."""


@dataclass(frozen=True)
class When:
    """A day as exactly as it was said, and where: `sentence[begin:end]`. `has_year`: whether the year was said, too."""

    on: date
    precision: str
    begin: int
    end: int
    has_year: bool = True


class Calendar:
    """How a language names days."""

    def __init__(self, language: Language) -> None:
        self.language = language
        weekday = _choice("weekday", language.weekdays)
        number = "|".join(sorted(language.numbers, key=len, reverse=True))
        unit = "|".join(f"(?P<unit_{name}>{form})" for name, form in language.units.items())
        pieces = {
            "WEEKDAY": weekday,
            "MONTH": _choice("month", language.months),
            "YEAR": r"(?P<year>(?:19|20)\d\d)",
            "D": r"(?P<day>[0-3]?\d)",
            "N": rf"(?P<number>\d{{1,2}}|{number})",
            "UNIT": f"(?:{unit})",
        }
        self._relative = [
            (_compiled(form), unit_of, count) for form, (unit_of, count) in language.days.items()
        ]
        self._ago = _compiled(language.ago, pieces)
        self._ahead = _compiled(language.ahead, pieces)
        self._next = [_compiled(form, pieces) for form in language.next_weekday]
        self._last = [_compiled(form, pieces) for form in language.last_weekday]
        self._weekday = _compiled(language.weekday, pieces)
        self._days = [_compiled(form, pieces) for form in language.day_month]
        self._month = _compiled(language.in_month, pieces)
        self._year = _compiled(language.in_year, pieces)

    def find(self, sentence: str, today: date, tense: Tense) -> When | None:
        """The day a sentence names, the most exact one; None when it names none, or one that is none."""
        for match in self._matches(sentence):
            found = self._dated(match, today, tense)
            if found is not None:
                return found
        found = self._counted(sentence, today)
        if found is not None:
            return found
        found = self._of_week(sentence, today, tense)
        return found or self._loosely(sentence, today, tense)

    def _matches(self, sentence: str) -> list[re.Match[str]]:
        found = [match for match in [_ISO.search(sentence)] if match]
        return found + [match for form in self._days if (match := form.search(sentence))]

    def _dated(self, match: re.Match[str], today: date, tense: Tense) -> When | None:
        given = match.groupdict()
        month = int(given["month"]) if given.get("month") else _chosen("month", given)
        year = int(given["year"]) if given.get("year") else 0
        on = _day(year or today.year, month, int(given["day"]))
        if on is None or abs(on.year - today.year) > _FURTHEST:
            return None
        if not year and tense == "future" and on < today:
            on = _day(today.year + 1, month, on.day)
        if not year and tense == "past" and on is not None and on > today:
            on = _day(today.year - 1, month, on.day)
        return When(on, "day", *match.span(), has_year=bool(year)) if on else None

    def _counted(self, sentence: str, today: date) -> When | None:
        """Today, tomorrow, last week; in three days, two weeks ago."""
        for form, unit, count in self._relative:
            if match := form.search(sentence):
                return _moved(today, unit, count, match)
        for form, sign in ((self._ago, -1), (self._ahead, 1)):
            if match := form.search(sentence):
                given = match.groupdict()
                number = given["number"].lower()
                count = int(number) if number.isdecimal() else self._number(number)
                unit = next(name for name in self.language.units if given.get(f"unit_{name}"))
                return _moved(today, unit, sign * count, match)
        return None

    def _number(self, word: str) -> int:
        return next(n for form, n in self.language.numbers.items() if re.fullmatch(form, word))

    def _of_week(self, sentence: str, today: date, tense: Tense) -> When | None:
        monday = today - timedelta(days=today.weekday())
        if match := _first(self._next, sentence):
            day = _chosen("weekday", match.groupdict()) - 1
            return When(monday + timedelta(days=7 + day), "day", *match.span())
        if match := _first(self._last, sentence):
            return When(_before(today, _chosen("weekday", match.groupdict()) - 1), "day", *match.span())
        if match := self._weekday.search(sentence):
            day = _chosen("weekday", match.groupdict()) - 1
            if tense == "past":
                return When(_before(today, day), "day", *match.span())
            ahead = (day - today.weekday()) % 7 or 7
            return When(today + timedelta(days=ahead), "day", *match.span())
        return None

    def _loosely(self, sentence: str, today: date, tense: Tense) -> When | None:
        """In May, in 2024."""
        if match := self._month.search(sentence):
            given = match.groupdict()
            month = _chosen("month", given)
            year = int(given["year"]) if given.get("year") else today.year
            if not given.get("year"):
                year += (tense == "future" and month < today.month) - (
                    tense == "past" and month > today.month
                )
            return When(date(year, month, 1), "month", *match.span(), has_year=bool(given.get("year")))
        if match := self._year.search(sentence):
            return When(date(int(match["year"]), 1, 1), "year", *match.span())
        return None


def _moved(today: date, unit: Unit, count: int, match: re.Match[str]) -> When:
    if unit == "day":
        return When(today + timedelta(days=count), "day", *match.span())
    if unit == "week":
        monday = today - timedelta(days=today.weekday())
        return When(monday + timedelta(weeks=count), "week", *match.span())
    if unit == "month":
        months = today.year * 12 + today.month - 1 + count
        return When(date(months // 12, months % 12 + 1, 1), "month", *match.span())
    return When(date(today.year + count, 1, 1), "year", *match.span())


def _first(forms: list[re.Pattern[str]], sentence: str) -> re.Match[str] | None:
    return next((match for form in forms if (match := form.search(sentence))), None)


def _before(today: date, day: int) -> date:
    return today - timedelta(days=(today.weekday() - day) % 7 or 7)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _choice(name: str, forms: tuple[str, ...]) -> str:
    return "(?:" + "|".join(f"(?P<{name}{place}>{form})" for place, form in enumerate(forms, 1)) + ")"


def _chosen(name: str, given: dict[str, str | None]) -> int:
    """Which of several numbered groups was met."""
    return next(
        int(key.removeprefix(name))
        for key, value in given.items()
        if value and key.startswith(name) and key != name
    )


def _compiled(form: str, pieces: dict[str, str] | None = None) -> re.Pattern[str]:
    for name, piece in (pieces or {}).items():
        form = form.replace("{" + name + "}", piece)
    return re.compile(rf"(?<!\w)(?:{form})(?!\w)", re.IGNORECASE)


@cache
def calendar(language: Language) -> Calendar:
    """The calendar of a language, made once."""
    return Calendar(language)
