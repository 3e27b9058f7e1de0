"""The hours of a week as a form: for each day, up to some spans from–to, typed as times of the clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grapevine.converse.clocks import DAY, Span

LEAST = 2
"""So many spans a day have room, and more where more are set."""


@dataclass(frozen=True)
class Slot:
    """One span's two fields."""

    begin: forms.BoundField
    end: forms.BoundField


@dataclass(frozen=True)
class Row:
    """A day of the grid."""

    name: str
    weekday: int
    slots: tuple[Slot, ...]


class WeekForm(forms.Form):
    """Seven days. What ends before it begins goes on into the night; from 00:00 to 00:00 is the whole day."""

    same = forms.BooleanField(
        label=gettext_lazy("Monday’s hours hold from Monday to Friday"),
        required=False,
    )

    def __init__(self, *given: Any, week: Sequence[Sequence[int]] = (), **named: Any) -> None:
        super().__init__(*given, **named)
        self.spans = max([LEAST, *(sum(1 for row in week if row[0] == day) for day in range(7))])
        shown: dict[int, list[Sequence[int]]] = {day: [] for day in range(7)}
        for row in sorted(map(list, week)):
            shown[row[0]].append(row)
        for day in range(7):
            for place in range(self.spans):
                known = shown[day][place] if place < len(shown[day]) else None
                for part, which in ((1, "from"), (2, "to")):
                    name = self._name(day, place, which)
                    label = _("%(day)s from") if part == 1 else _("%(day)s to")
                    self.fields[name] = forms.TimeField(
                        label=label % {"day": WEEKDAYS[day]},
                        required=False,
                        widget=forms.TimeInput({"type": "time"}, "%H:%M"),
                        initial=_clock(known[part]) if known else None,
                    )

    @staticmethod
    def _name(day: int, place: int, which: str) -> str:
        return f"d{day}_{place}_{which}"

    @property
    def rows(self) -> list[Row]:
        """The grid."""
        return [
            Row(
                str(WEEKDAYS[day]),
                day,
                tuple(
                    Slot(self[self._name(day, place, "from")], self[self._name(day, place, "to")])
                    for place in range(self.spans)
                ),
            )
            for day in range(7)
        ]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        spans: dict[int, list[tuple[int, int]]] = {day: [] for day in range(7)}
        for day in range(7):
            for place in range(self.spans):
                begin = found.get(self._name(day, place, "from"))
                end = found.get(self._name(day, place, "to"))
                if (begin is None) != (end is None):
                    missing = "to" if end is None else "from"
                    name = self._name(day, place, missing)
                    if name not in self.errors:
                        self.add_error(name, _("Both ends are needed, or none."))
                elif begin is not None and end is not None:
                    spans[day].append(_span(begin, end))
        if found.get("same"):
            spans.update(dict.fromkeys(range(5), spans[0]))
        found["week"] = [[day, *span] for day, its in spans.items() for span in sorted(set(its))]
        return found


def _span(begin: time, end: time) -> tuple[int, int]:
    start, till = begin.hour * 60 + begin.minute, end.hour * 60 + end.minute
    return start, till if till > start else till + DAY


def _clock(minute: int) -> time:
    return time(minute % DAY // 60, minute % 60)


@dataclass(frozen=True)
class Bar:
    """A span as the picture of a week shows it, in minutes from the left, and its day's place from the top."""

    x: int
    width: int
    y: int


@dataclass(frozen=True)
class Line:
    """A day of the picture: its name's place and its bars."""

    name: str
    y: int
    bars: tuple[Bar, ...]


STEP = 90  # from a day to the next, where a minute is one wide


def picture(week: Sequence[Span]) -> list[Line]:
    """The picture of a week. What goes on into the night stands in both days."""
    bars: dict[int, list[Bar]] = {day: [] for day in range(7)}
    for span in week:
        pieces = [(span.weekday, span.start, min(span.end, DAY))]
        if span.end > DAY:
            pieces.append(((span.weekday + 1) % 7, 0, span.end - DAY))
        for day, start, end in pieces:
            bars[day].append(Bar(start, end - start, day * STEP))
    return [Line(str(WEEKDAYS_ABBR[day]), day * STEP, tuple(bars[day])) for day in range(7)]


def in_words(week: Sequence[Span]) -> str:
    """The hours of a week in a line: days that are alike stand together."""
    if not week:
        return _("never there")
    of_day = {day: tuple((span.start, span.end) for span in week if span.weekday == day) for day in range(7)}
    groups: list[tuple[int, int]] = []
    for day in range(7):
        if groups and of_day[groups[-1][1]] == of_day[day]:
            groups[-1] = (groups[-1][0], day)
        else:
            groups.append((day, day))
    said = []
    for first, last in groups:
        if not of_day[first]:
            continue
        days = str(WEEKDAYS_ABBR[first]) if first == last else f"{WEEKDAYS_ABBR[first]}–{WEEKDAYS_ABBR[last]}"
        spans = ", ".join(f"{_clock(start):%H:%M}–{_clock(end):%H:%M}" for start, end in of_day[first])
        said.append(f"{days} {spans}")
    return "; ".join(said)
