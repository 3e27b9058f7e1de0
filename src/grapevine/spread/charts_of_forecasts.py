"""The picture of a forecast: its band in days, and what happened as a line over it."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _

from grapevine.spread import charts, holding, time_marks
from grapevine.spread.drawings import Band, Line, Plane
from grapevine.spread.holding import Held, Step
from grapevine.spread.models import Forecast
from grapevine.spread.outcomes import Outcome
from grapevine.ui.charts import Chart, Key
from grapevine.ui.numbers import num


def held(outcome: Outcome, found: Held | None, row: Forecast) -> Chart:
    """Foretold and real, by the time of each step."""
    steps = found.steps if found is not None else _foretold(outcome, row)
    title = _("Foretold and real")
    columns = (_("Time"), _("Foretold"), _("5 %"), _("95 %"), _("Really joined"))
    if len(steps) < 2:
        return Chart(title, _("Nothing is foretold after those who begin."), columns, (), ())
    hours = row.step_hours
    passed = [(place * hours, float(one.real)) for place, one in enumerate(steps) if one.real is not None]
    begin = steps[0].at
    marks = tuple(
        ((at - begin).total_seconds() / 3600, word) for at, word in time_marks.marks(begin, steps[-1].at)
    )
    plane = Plane(
        low=0, high=(len(steps) - 1) * hours, marks=marks, y_title=_("People"),
        bands=(Band(0, tuple((place * hours, one.p05, one.p95) for place, one in enumerate(steps)), 0.22),),
        lines=(
            Line(0, tuple((place * hours, one.mean) for place, one in enumerate(steps))),
            *((Line(None, tuple(passed)),) if passed else ()),
        ),
    )  # fmt: skip
    raw = tuple((one.at.isoformat(), one.mean, one.p05, one.p95, one.real) for one in steps)
    table = tuple(
        (
            time_marks.moment(one.at),
            num(round(one.mean)),
            num(round(one.p05)),
            num(round(one.p95)),
            num(one.real),
        )
        for one in steps
    )
    legend = (
        Key(_("Foretold: average and nine of ten runs"), 0),
        *((Key(_("Really joined"), tone="ink"),) if passed else ()),
    )
    described = (
        _("The band is what nine of ten runs foretold; the line without a band is who really joined.")
        if passed
        else _("The band is what nine of ten runs foretell.")
    )
    return Chart(title, described, columns, table, raw, legend=legend, **charts.drawn(plane))


def _foretold(outcome: Outcome, row: Forecast) -> tuple[Step, ...]:
    found = holding.held(
        outcome, begins_at=row.begins_at, step_hours=row.step_hours, joined=(), until=row.begins_at
    )
    return () if found is None else tuple(replace(one, real=None) for one in found.steps)
