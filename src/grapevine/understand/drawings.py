"""What the pictures of the page of readings look like; see `ui.drawings` for how they are made."""

from __future__ import annotations

import json
from typing import Any

from grapevine.ui import pictures
from grapevine.ui.drawings import TABLE, Drawing
from grapevine.ui.numbers import percent


def calibration(data: Any, width: int) -> Drawing:
    """Points (how likely, how often right, how large, what it says) against the line on which both are the same."""
    import altair as alt

    values = [
        {"likely": likely, "right": right, "size": size, "says": says} for likely, right, size, says in data
    ]
    marks = [0.4, 0.6, 0.8, 1.0]
    words = alt.Axis(values=marks, labelExpr=_words(marks), title=None)
    upright = [0, 0.25, 0.5, 0.75, 1]
    base = alt.Chart(TABLE).properties(width=width - 60, height=max(180, min(300, width // 2)))
    x = alt.X("likely:Q", scale=alt.Scale(domain=[0.33, 1.0], nice=False, clamp=True), axis=words)
    y = alt.Y("right:Q", scale=alt.Scale(domain=[0, 1], nice=False), axis=alt.Axis(values=upright, labelExpr=_words(upright)))  # fmt: skip
    line = (
        alt.Chart(alt.Data(values=[{"a": 0.33}, {"a": 1.0}]))
        .mark_line(color=pictures.FAINT, strokeWidth=1.5, strokeDash=[4, 4], aria=False)
        .encode(x=alt.X("a:Q", scale=alt.Scale(domain=[0.33, 1.0], nice=False), axis=words), y=alt.Y("a:Q"))
    )
    curve = base.mark_line(color=pictures.ACCENT, strokeWidth=2, aria=False).encode(x=x, y=y)
    dots = base.mark_circle(color=pictures.ACCENT, stroke=pictures.SURFACE, strokeWidth=1.5, opacity=1).encode(
        x=x, y=y, size=alt.Size("size:Q", scale=alt.Scale(domain=[0, 50], range=[60, 500]), legend=None), description="says:N"
    )  # fmt: skip
    return line + curve + dots, values


def months(data: Any, width: int) -> Drawing:
    """A share for each month with its interval: a rule from its lower to its upper end, and a point."""
    import altair as alt

    values = [
        {"month": str(place), "low": low, "value": value, "high": high, "says": says}
        for place, (_name, low, value, high, says) in enumerate(data)
    ]
    names = {str(place): row[0] for place, row in enumerate(data)}
    marks = [0, 0.25, 0.5, 0.75, 1]
    x = alt.X("month:N", sort=None, axis=alt.Axis(labelExpr=_named(names), labelAngle=0, grid=False, labelOverlap="greedy"))  # fmt: skip
    y = alt.Y("low:Q", scale=alt.Scale(domain=[0, 1], nice=False), axis=alt.Axis(values=marks, labelExpr=_words(marks)))  # fmt: skip
    base = alt.Chart(TABLE).properties(width=width - 60, height=180)
    rules = base.mark_rule(color=pictures.FAINT, strokeWidth=2, aria=False).encode(x=x, y=y, y2="high:Q")
    dots = base.mark_circle(color=pictures.ACCENT, size=130, opacity=1, stroke=pictures.SURFACE).encode(
        x=x, y=alt.Y("value:Q"), description="says:N"
    )
    return rules + dots, values


def _words(marks: list[float]) -> str:
    return _named({f"{mark:g}": percent(mark) for mark in marks})


def _named(words: dict[str, str]) -> str:
    return f"({json.dumps(words)})[datum.value]"
