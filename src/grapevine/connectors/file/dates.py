"""Dates as other tools write them: recognised from a column's sample, read fast, never guessed row by row.

Whether 03/04/2026 is in March or April is decided once for the whole column: by a person, else by the rows that
leave no choice; where none does, the day comes first, and that is said. A value that does not fit the decision
is refused rather than turned round.
"""

from __future__ import annotations

import contextlib
import functools
import re
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import Literal
from zoneinfo import ZoneInfo

import msgspec

from grapevine.connectors.findings import Value
from grapevine.connectors.reasons import Unfit

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan",
            "feb",
            "mar mär mrt maa",
            "apr",
            "may maj mei mai",
            "jun",
            "jul",
            "aug",
            "sep",
            "oct okt",
            "nov",
        )
        + ("dec dez des",),
        start=1,
    )
    for name in names.split()
}
_WORDS = re.compile(
    r"(?:[^\W\d]{2,}\.?,?\s+)?(?:(\d{1,2})(?:st|nd|rd|th|\.)?[\s/-]*(?:de |of )?([^\W\d_]{3,})|([^\W\d_]{3,})\.?\s+"
    r"(\d{1,2})(?:st|nd|rd|th)?)[.,]?[\s/-]*(\d{4}|\d{2})\b"
)
_NUMBERS = re.compile(r"(\d{1,4})([./-])(\d{1,2})\2(\d{4}|\d{2})\b")
_TIME = re.compile(
    r"(?:T|,|\s|at|kl\.?|um|om)*(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,](\d{1,9}))?)?\s*([AaPp]\.?[Mm]\.?)?"
    r"\s*(?:(Z|UTC|GMT)|([+-])(\d{2}):?(\d{2}))?(?:\s*\([A-Z]+\))?\s*$"
)
_TWITTER = re.compile(r"[A-Z][a-z]{2} [A-Z][a-z]{2} \d\d \d\d:\d\d:\d\d [+-]\d{4} \d{4}$")


class DateRule(msgspec.Struct, frozen=True, kw_only=True):
    """How a column's dates are read. `day_first` None: no row decides it and nobody said, so the day comes first.

    `timezone` is the IANA name of the zone that dates without one are in.
    """

    kind: Literal["iso", "twitter", "any"] = "any"
    day_first: bool | None = None
    timezone: str = "UTC"


def detect(
    values: Iterable[str], *, day_first: bool | None = None
) -> tuple[DateRule, dict[str, dict[str, Value]]]:
    """Find the rule for a column from a sample of its values, and what is amiss with it: codes with values.

    `day_first` is what a person said, if anybody did; else the values that make sense one way only decide, the many over the few.
    Codes: `ambiguous_dates` (nothing decides, so the day is taken to come first; with an example), `mixed_dates` (some rows only make
    sense the other way), `unreadable_dates` (fewer than half of the sample can be read).
    """
    sample = [value.strip() for value in values if value.strip()]
    if not sample:
        return DateRule(day_first=day_first), {}
    if sum(1 for value in sample if _TWITTER.match(value)) > 0.8 * len(sample):
        return DateRule(kind="twitter", day_first=day_first), {}
    found = [match for value in sample if (match := _NUMBERS.match(value)) and len(match[1]) < 4]
    pairs = [(int(match[1]), int(match[3])) for match in found]
    days = sum(1 for one, two in pairs if 12 < one <= 31 and two <= 12)
    months = sum(1 for one, two in pairs if 12 < two <= 31 and one <= 12)
    if day_first is None and days != months:
        day_first = days > months
    elif day_first is None and found and all(match[2] == "." for match in found):
        day_first = True  # dots are written day first wherever they are written
    problems: dict[str, dict[str, Value]] = {}
    if days if day_first is False else months:
        problems["mixed_dates"] = {}
    elif day_first is None and (example := _either_way(found)) is not None:
        problems["ambiguous_dates"] = example
    read = reader(DateRule(day_first=day_first))
    good = sum(1 for value in sample if _readable(read, value))
    if good * 2 < len(sample) and not (days and months):
        problems["unreadable_dates"] = {}
    plain = all(len(value) >= 10 and value[:4].isdigit() and value[4] == "-" for value in sample)
    return DateRule(kind="iso" if plain else "any", day_first=day_first), problems


def _either_way(found: list[re.Match[str]]) -> dict[str, Value] | None:
    """A date of the sample that is another day when the month comes first, and how it is read."""
    told = sorted(found, key=lambda match: match[1] == match[3])
    for match in told:
        with contextlib.suppress(ValueError):
            return {"written": match[0], "read": _day(match[0], True)[0]}
    return None


def looks_like_date(value: str) -> bool:
    """Whether a value can be read as a date at all, either way round."""
    return any(_readable(reader(DateRule(day_first=first)), value) for first in (True, False))


def _readable(read: Callable[[str], datetime], value: str) -> bool:
    try:
        read(value)
    except Unfit:
        return False
    return True


@functools.lru_cache(maxsize=64)
def reader(rule: DateRule, until: datetime | None = None) -> Callable[[str], datetime]:
    """A function from a value to an aware UTC time. It raises `Unfit` with `bad_date`, `date_out_of_range` or, for what lies after
    `until`, `date_in_future`."""
    zone: tzinfo = UTC if rule.timezone == "UTC" else ZoneInfo(rule.timezone)
    anything = _anything(rule.day_first is not False)
    first = {"iso": _iso, "twitter": _twitter}.get(rule.kind, anything)

    def read(value: str) -> datetime:
        at = anytime(value)
        if until is not None and at > until:
            raise Unfit("date_in_future", value[:80])
        return at

    def anytime(value: str) -> datetime:
        try:
            at = first(value)
        except (ValueError, KeyError):
            try:
                at = anything(value)
            except (ValueError, KeyError, OverflowError):
                raise Unfit("bad_date", value[:80]) from None
        if not 1970 <= at.year <= 2100:
            raise Unfit("date_out_of_range", value[:80])
        if at.tzinfo is UTC:
            return at
        # in the hour that a change of clocks makes ambiguous, the first of the two is taken
        return (at if at.tzinfo is not None else at.replace(tzinfo=zone)).astimezone(UTC)

    return anytime if until is None else read


def _anything(day_first: bool) -> Callable[[str], datetime]:
    """A function that reads a date however it is written, numbers in the order given."""

    @functools.lru_cache(maxsize=4096)
    def day(value: str) -> tuple[date, str]:
        return _day(value, day_first)

    def anything(value: str) -> datetime:
        value = value.strip()
        if value.replace(".", "", 1).isdecimal():
            return _number(value)
        if value[:4].isdecimal():
            with contextlib.suppress(ValueError):
                return _iso(value)
        if _TWITTER.match(value):
            return _twitter(value)
        cut = value.find(":")
        # what stands before the hour is the same for a whole day's rows, so it is remembered
        head = value[: max(cut - 2, 0)] if cut > 0 else value
        try:
            on, rest = day(head)
            return _clock(on, rest + value[len(head) :])
        except ValueError:
            on, rest = day(value)
            return _clock(on, rest)

    return anything


def _iso(value: str) -> datetime:
    """ISO 8601; a single digit of a second is completed, which Python wants in threes or sixes."""
    return datetime.fromisoformat(value + "00" if len(value) == 21 and value[19] == "." else value)


def _twitter(value: str) -> datetime:
    """`Tue Oct 31 22:10:47 +0000 2017`, by position."""
    if len(value) != 30:
        raise ValueError(value)
    day = _twitter_day(value[4:10], value[26:])
    zone = "+00:00" if value[20:25] == "+0000" else value[20:23] + ":" + value[23:25]
    return datetime.fromisoformat(day + value[11:19] + zone)


@functools.lru_cache(maxsize=4096)
def _twitter_day(month_and_day: str, year: str) -> str:
    return f"{int(year):04}-{_MONTHS[month_and_day[:3].lower()]:02}-{int(month_and_day[4:]):02}T"


def _number(value: str) -> datetime:
    """Seconds, milli- or microseconds since 1970, or a date written without separators."""
    whole = value.partition(".")[0]
    if len(whole) in (8, 14) and "." not in value:
        return datetime.strptime(value, "%Y%m%d" if len(whole) == 8 else "%Y%m%d%H%M%S")
    scale = {9: 1, 10: 1, 13: 1_000, 16: 1_000_000}.get(len(whole))
    if scale is None:
        raise ValueError(value)
    return datetime.fromtimestamp(0, UTC) + timedelta(seconds=float(value) / scale)


def _day(value: str, day_first: bool) -> tuple[date, str]:
    """The date at the beginning of a value, and the rest of it."""
    if (match := _NUMBERS.match(value)) is not None:
        one, two, three = int(match[1]), int(match[3]), int(match[4])
        if len(match[1]) == 4:
            year, month, day = one, two, three
        elif len(match[1]) < 3:
            year = three if len(match[4]) == 4 else 2000 + three
            day, month = (one, two) if day_first else (two, one)
        else:
            raise ValueError(value)
        return date(year, month, day), value[match.end() :]
    if re.match(r"\d{4}[/.-]", value) and (found := re.match(r"(\d{4})([/.-])(\d{1,2})\2(\d{1,2})", value)):
        return date(int(found[1]), int(found[3]), int(found[4])), value[found.end() :]
    if (match := _WORDS.match(value)) is not None:
        month = _MONTHS[(match[2] or match[3])[:3].lower()]
        year = int(match[5]) if len(match[5]) == 4 else 2000 + int(match[5])
        return date(year, month, int(match[1] or match[4])), value[match.end() :]
    raise ValueError(value)


def _clock(on: date, rest: str) -> datetime:
    """Put the time of day found in `rest` (nothing: midnight) to a date."""
    hour, minute, second, micro, zone = _time_of_day(rest)
    return datetime(on.year, on.month, on.day, hour, minute, second, micro, zone)


@functools.lru_cache(maxsize=8192)
def _time_of_day(rest: str) -> tuple[int, int, int, int, tzinfo | None]:
    if not rest.strip():
        return 0, 0, 0, 0, None
    match = _TIME.match(rest)
    if match is None:
        raise ValueError(rest)
    hour = int(match[1])
    if match[5]:
        if not 1 <= hour <= 12:
            raise ValueError(rest)
        hour = hour % 12 + (12 if match[5][0] in "Pp" else 0)
    zone: tzinfo | None = UTC if match[6] else None
    if match[7]:
        offset = timedelta(hours=int(match[8]), minutes=int(match[9]))
        zone = timezone(offset if match[7] == "+" else -offset)
    micro = int((match[4] or "0")[:6].ljust(6, "0"))
    return hour, int(match[2]), int(match[3] or 0), micro, zone
