"""What the room's charts look like: lines with bands on a plane, for Altair, `width` pixels wide."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from grapevine.ui import pictures
from grapevine.ui.drawings import TABLE, Drawing, ticks
from grapevine.ui.numbers import compact

TITLE: dict[str, Any] = {
    "titleColor": pictures.SOFT,
    "titleFontSize": 12,
    "titleFontWeight": "normal",
    "titlePadding": 8,
}


@dataclass(frozen=True)
class Band:
    """An area between two lines: points (x, low, high), in the colour of a place in the palette (None: no brand's)."""

    colour: int | None
    points: tuple[tuple[float, float, float], ...]
    opacity: float = 0.18


@dataclass(frozen=True)
class Line:
    """A line through points (x, y). `dash` for what is not the main thing; `steps` where a value holds until the next."""

    colour: int | None
    points: tuple[tuple[float, float], ...]
    dash: bool = False
    steps: bool = False


@dataclass(frozen=True)
class Dot:
    """A point that stands out, with what it says."""

    x: float
    y: float
    says: str
    colour: int | None = None


@dataclass(frozen=True)
class Plane:
    """All that is drawn on one plane. `marks` are the places on the axis below with their words; `rule` an upright line; `x_title` and
    `y_title` say what the axes count."""

    low: float
    high: float
    marks: tuple[tuple[float, str], ...]
    bands: tuple[Band, ...] = ()
    lines: tuple[Line, ...] = ()
    dots: tuple[Dot, ...] = ()
    rule: float | None = None
    top: float | None = None
    y_marks: tuple[tuple[float, str], ...] = field(default=())
    x_title: str = ""
    y_title: str = ""


def plane(data: Plane, width: int) -> Drawing:
    """Bands below, then lines with a halo, then what stands out."""
    import altair as alt

    rows = _rows(data)
    highest = data.top or max((row["high"] for row in rows), default=1)
    marks = data.y_marks or tuple((mark, compact(mark)) for mark in ticks(highest))
    x = alt.X(
        "x:Q",
        scale=alt.Scale(domain=[data.low, data.high], nice=False),
        axis=alt.Axis(
            grid=False, values=[mark for mark, _word in data.marks], labelExpr=_words(data.marks), labelFlush=True,
            labelOverlap="greedy", labelSeparation=10, title=data.x_title or None, **TITLE,
        ),
    )  # fmt: skip
    y = alt.Y(
        "y:Q",
        scale=alt.Scale(domain=[0, max(marks[-1][0], highest if data.top else 0)], nice=False, clamp=True),
        axis=alt.Axis(
            values=[mark for mark, _word in marks],
            labelExpr=_words(marks),
            labelOverlap=False,
            title=data.y_title or None,
            **TITLE,
        ),
    )
    base = alt.Chart(TABLE).properties(width=width - 52, height=max(180, width // 4 + 40))
    colour = alt.Color("colour:N", scale=None, legend=None)
    drawn = base.transform_filter("datum.kind == 'band'").mark_area().encode(
        x=x, y=y, y2="high:Q", color=colour, detail="series:N", opacity=alt.Opacity("opacity:Q", scale=None, legend=None)
    )  # fmt: skip
    if data.rule is not None:
        drawn += base.transform_filter("datum.kind == 'rule'").mark_rule(
            color=pictures.FAINT, strokeDash=[3, 3], strokeWidth=1.25
        ).encode(x=x)  # fmt: skip
    for number, line in enumerate(data.lines):
        mine = base.transform_filter(f"datum.kind == 'line' && datum.series == {number}")
        shape = {"interpolate": "step-after" if line.steps else "linear", "strokeJoin": "round"}
        dash = [5, 3] if line.dash else [1, 0]
        for ink, thick in ((pictures.SURFACE, 4.0), (_ink(line.colour), 2.0)):
            drawn += mine.mark_line(
                color=ink, strokeWidth=thick, strokeDash=dash if thick < 3 else [1, 0], **shape
            ).encode(x=x, y=y, order="place:Q")  # fmt: skip
    if data.dots:
        drawn += base.transform_filter("datum.kind == 'dot'").mark_point(
            filled=True, size=90, opacity=1, stroke=pictures.SURFACE, strokeWidth=1.5
        ).encode(x=x, y=y, color=colour, description="says:N")  # fmt: skip
    return drawn, rows


def _rows(data: Plane) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for number, band in enumerate(data.bands):
        rows += [
            {
                "kind": "band", "series": number, "x": at, "y": low, "high": high, "colour": _ink(band.colour), "opacity": band.opacity,
            }
            for at, low, high in band.points
        ]  # fmt: skip
    for number, line in enumerate(data.lines):
        rows += [
            {"kind": "line", "series": number, "place": place, "x": at, "y": value, "high": value}
            for place, (at, value) in enumerate(line.points)
        ]
    rows += [
        {"kind": "dot", "x": dot.x, "y": dot.y, "high": dot.y, "colour": _ink(dot.colour), "says": dot.says}
        for dot in data.dots
    ]
    if data.rule is not None:
        rows.append({"kind": "rule", "x": data.rule, "y": 0, "high": 0})
    return rows


def _ink(colour: int | None) -> str:
    return pictures.INK if colour is None else pictures.HUES[colour % 8]


def _words(marks: tuple[tuple[float, str], ...]) -> str:
    """A Vega expression that gives each mark its word. Keys are numbers as JavaScript writes them."""
    words = {f"{mark:.0f}" if mark == int(mark) else repr(round(mark, 4)): word for mark, word in marks}
    return f"({json.dumps(words)})[datum.value]"
