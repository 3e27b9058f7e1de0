"""The pictures of the desk's report, with the numbers beneath."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time

from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from grapevine.converse.selectors.reports import Line, Report, Sums
from grapevine.converse.sums import BOUNDS
from grapevine.ui import charts
from grapevine.ui.charts import Chart
from grapevine.ui.numbers import duration
from grapevine.understand.contracts import LANGUAGES


def opened(found: Report) -> Chart:
    """Threads opened over time."""
    points = [(datetime.combine(day, time()), sums.opened) for day, sums in found.curve]
    return charts.volume(points, title=_("Opened"), unit=found.wanted.unit, what=_("Opened"))


def answered(found: Report) -> Chart:
    """Answers over time, in time and late."""
    points = [
        (datetime.combine(day, time()), (sums.in_time, sums.answered - sums.in_time))
        for day, sums in found.curve
    ]
    kinds = [(_("In time"), "good"), (_("Late"), "bad")]
    return charts.stacked(points, kinds, title=_("Answered"), unit=found.wanted.unit)


def waited(found: Report) -> Chart:
    """How long people waited for answers."""
    names = [_("under %(time)s") % {"time": duration(bound)} for bound in BOUNDS]
    names.append(_("longer"))
    rows = list(zip(names, found.now.took, found.before.took, strict=True))
    return charts.by_category(rows, title=_("How long they waited"), category=_("Waited"), what=_("Answers"))


def content(found: Report) -> Chart:
    """What people said when asked whether it helped."""
    now, before = found.now, found.before
    rows = [
        (_("Yes"), now.helped, before.helped),
        (_("Partly"), now.helped_partly, before.helped_partly),
        (_("No"), now.helped_not, before.helped_not),
    ]
    return charts.by_category(rows, title=_("Did it help?"), category=_("They said"), what=_("Answers"))


def category(part: str) -> str:
    """What the lines of a part are called."""
    return {
        "teams": _("Team"),
        "sources": _("Channel"),
        "brands": _("Brand"),
        "langs": _("Language"),
    }[part]


def nothing(part: str) -> str:
    """What stands for threads that have none."""
    return {
        "teams": _("No team"),
        "sources": _("A removed channel"),
        "brands": _("No brand"),
        "langs": _("Unsure"),
    }[part]


@dataclass(frozen=True)
class Cells:
    """A line of a part: its share of all answers, what was counted, how many answers there were before, and the median wait in words."""

    name: str
    share: float
    now: Sums
    answered_before: int
    median: str


@dataclass(frozen=True)
class Part:
    """What was done by team, channel, brand or language."""

    name: str
    title: str
    category: str
    rows: tuple[Cells, ...]


def parts(found: Report) -> list[Part]:
    """The report's tables, with bars in place of pictures of their own."""
    titles = {
        "teams": _("By team"),
        "sources": _("By channel"),
        "brands": _("By brand"),
        "langs": _("By language"),
    }
    return [
        Part(name, title, category(name), tuple(_cells(found, one, name) for one in getattr(found, name)))
        for name, title in titles.items()
    ]


def _cells(found: Report, line: Line, part: str) -> Cells:
    share = line.now.answered / found.now.answered if found.now.answered else 0.0
    return Cells(called(line, part), share, line.now, line.before.answered, duration(line.now.median))


def called(line: Line, part: str) -> str:
    """What a line is called: languages by their names."""
    if part == "langs" and line.name in LANGUAGES:
        return str(get_language_info(line.name)["name_translated"]).capitalize()
    return line.name or nothing(part)


COLUMNS = ("opened", "answered", "in_time", "resolved", "helped", "helped_partly", "helped_not")


def columns() -> list[str]:
    """What the columns of a table are called."""
    return [
        _("Opened"),
        _("Answered"),
        _("In time"),
        _("Resolved"),
        _("Helped"),
        _("Partly helped"),
        _("Not helped"),
        _("Median wait (seconds)"),
    ]


def numbers(sums: Sums) -> list[int | None]:
    """The sums as a row of that table."""
    found: list[int | None] = [getattr(sums, name) for name in COLUMNS]
    return [*found, None if sums.median is None else round(sums.median)]
