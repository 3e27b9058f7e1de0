"""What the charts look like: descriptions for Altair of bars, shares and lines, `width` pixels wide.

They take plain tuples (so that a drawing can be found again in the cache) and use the stand-in colours of `pictures`.
"""

from __future__ import annotations

import json
import math
from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils.translation import get_language

from grapevine.ui import pictures
from grapevine.ui.numbers import compact, num, percent

# The chart and the rows of its table, apart: Altair would copy the rows with every layer, mark and encoding.
Drawing = tuple[Any, list[dict[str, Any]]]
TABLE: dict[str, str] = {"name": pictures.TABLE}
UNITS = {
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
    "month": timedelta(days=30),  # as wide as the narrowest that has all its days but February
}


def ticks(largest: float, wanted: int = 4) -> list[float]:
    """Round numbers from 0 to at least `largest`, about `wanted` steps of 1, 2 or 5 times a power of ten; whole numbers."""
    step = max(1.0, largest) / wanted
    size = 10 ** math.floor(math.log10(step))
    step = max(1.0, next(size * factor for factor in (1, 2, 5, 10) if size * factor >= step))
    return [step * place for place in range(math.ceil(max(1.0, largest) / step) + 1)]


def volume(data: Any, width: int) -> Drawing:
    """Bars along time, with a dashed line for the period before."""
    import altair as alt

    bars, texts, unit, unfinished, colour = data
    middle = UNITS[unit] / 2
    values = [
        {
            "from": f"{begin}Z",
            "to": f"{end}Z",
            "middle": f"{(datetime.fromisoformat(begin) + middle).isoformat()}Z",
            "now": count,
            "before": before,
            "says": says,
            "opacity": 0.45 if unfinished and place == len(bars) - 1 else 1,
        }
        for place, ((begin, end, count, before), says) in enumerate(zip(bars, texts, strict=True))
    ]
    y = _amounts("now:Q", [one[2] for one in bars] + [one[3] or 0 for one in bars])
    x = _times(unit, width, bars)
    base, gap = _ground(width, len(bars))
    fill = pictures.ACCENT if colour is None else pictures.HUES[colour % 8]
    drawn = base.mark_rect(color=fill, stroke=pictures.SURFACE, strokeWidth=gap).encode(
        x=x,
        x2="to:T",
        y=y,
        y2=alt.datum(0),
        opacity=alt.Opacity("opacity:Q", scale=None, legend=None),
        description="says:N",
    )
    if any(one[3] is not None for one in bars):
        place = {"x": alt.X("middle:T"), "y": alt.Y("before:Q")}
        # A halo of the surface keeps the line readable where it crosses bars.
        for colour_of_line, thick, dash in ((pictures.SURFACE, 3.5, [1, 0]), (pictures.INK, 1.75, [4, 3])):
            line = base.mark_line(
                color=colour_of_line, strokeWidth=thick, strokeDash=dash, interpolate="monotone"
            )
            drawn += line.encode(**place)
    return drawn, values


def stacked(data: Any, width: int) -> Drawing:
    """Bars along time, each a pile of kinds."""
    import altair as alt

    bars, tones, unit, unfinished = data
    fills = {"good": pictures.GOOD, "bad": pictures.BAD, "neutral": pictures.SERIES, "pale": pictures.GRID}
    values = []
    for place, (begin, end, counts, says) in enumerate(bars):
        top = 0
        for tone, count in zip(tones, counts, strict=True):
            if count:
                values.append(
                    {
                        "from": f"{begin}Z", "to": f"{end}Z", "low": top, "high": top + count, "colour": fills[tone], "says": says,
                        "opacity": 0.45 if unfinished and place == len(bars) - 1 else 1,
                    }
                )  # fmt: skip
            top += count
    base, gap = _ground(width, len(bars))
    drawn = base.mark_rect(stroke=pictures.SURFACE, strokeWidth=gap).encode(
        x=_times(unit, width, bars),
        x2="to:T",
        y=_amounts("low:Q", [sum(one[2]) for one in bars]),
        y2="high:Q",
        color=alt.Color("colour:N", scale=None, legend=None),
        opacity=alt.Opacity("opacity:Q", scale=None, legend=None),
        description="says:N",
    )
    return drawn, values


def _ground(width: int, bars: int) -> tuple[Any, float]:
    """What bars along time stand on, and the hairline of the surface between them while they are broad enough to spare it."""
    import altair as alt

    ground = alt.Chart(TABLE).properties(width=width - 46, height=max(140, width // 4 + 20))
    return ground, 1.5 if (width - 46) / max(1, bars) > 5 else 0


def _amounts(field: str, heights: list[int]) -> Any:
    """The upright axis, from 0 to a round number above the highest."""
    import altair as alt

    marks = ticks(max(heights))
    words = _labels({f"{mark:.0f}": compact(mark) for mark in marks})
    axis = alt.Axis(values=marks, labelOverlap=False, labelExpr=words)
    return alt.Y(field, scale=alt.Scale(domain=[0, marks[-1]], nice=False), axis=axis)


def _times(unit: str, width: int, bars: Any) -> Any:
    """The axis of time, from the first bar to the last, whether something stands there or not; each mark is at a bar's beginning."""
    import altair as alt

    moments = [datetime.fromisoformat(one[0]).replace(tzinfo=UTC).timestamp() * 1000 for one in bars]
    end = datetime.fromisoformat(bars[-1][1]).replace(tzinfo=UTC).timestamp() * 1000
    every = max(1, math.ceil(len(bars) / max(2, width // 90)))

    # The day is an ordinal in Danish, and has a point.
    days = "'%-d. %b'" if get_language() == "da" else "'%-d %b'"
    days = "'%b %Y'" if unit == "month" else days
    label = f"utchours(datum.value) == 0 ? utcFormat(datum.value, {days}) : utcFormat(datum.value, '%H:%M')"
    return alt.X(
        "from:T",
        scale=alt.Scale(type="utc", nice=False, domain=[moments[0], end]),
        axis=alt.Axis(
            grid=False,
            **({"tickCount": max(2, width // 90)} if unit == "hour" else {"values": moments[::every]}),
            labelExpr=label if unit == "hour" else f"utcFormat(datum.value, {days})",
            labelFlush=True,
            labelOverlap="greedy",
            labelSeparation=12,
        ),
    )


def share(data: Any, width: int) -> Drawing:
    """One bar of 100 percent for each measure, cut into brands."""
    import altair as alt

    parts, names, totals = data
    values = []
    for place, name in enumerate(names):
        at = 0.0
        for brand, colour, numbers in parts:
            its = numbers[place] / totals[place] if totals[place] else 0
            said = f"{brand}: {percent(its, 1)} ({num(numbers[place])})"
            values.append(
                {
                    "measure": name, "brand": brand, "from": at, "to": at + its, "middle": at + its / 2,
                    "colour": pictures.HUES[colour], "ink": pictures.ON_HUES[colour], "says": said,
                    # A word only where it fits.
                    "word": percent(its) if its * width > 32 else "",
                }
            )  # fmt: skip
            at += its
    base = alt.Chart(TABLE).properties(width=width - 10, height=alt.Step(64))
    y = alt.Y(
        "measure:N",
        sort=list(names),
        scale=alt.Scale(paddingInner=0.5, paddingOuter=0.25),
        axis=alt.Axis(
            orient="left",
            labelAlign="left",
            labelPadding=-2,
            labelOffset=-26,
            labelBaseline="middle",
            grid=False,
        ),
    )
    x = alt.X("from:Q", scale=alt.Scale(domain=[0, 1], nice=False), axis=None)
    bars = base.mark_bar(stroke=pictures.SURFACE, strokeWidth=1.5).encode(
        x=x, x2="to:Q", y=y, color=alt.Color("colour:N", scale=None, legend=None), description="says:N"
    )
    words = base.mark_text(fontSize=12, fontWeight=600, aria=False).encode(
        x="middle:Q", y=y, text="word:N", color=alt.Color("ink:N", scale=None, legend=None)
    )
    return bars + words, values


def bars(data: Any, width: int) -> Drawing:
    """Bars from the left (in no brand's colour unless told) with a word at their end, and a thin bar below for the period before."""
    import altair as alt

    longest = min(28 if width > 500 else 16, max(len(row[0]) for row in data))
    room = longest * 7 + 12
    values = [
        {
            "name": str(place), "count": count, "word": word, "before": before, "says": f"{name}: {num(count)}",
            "colour": pictures.SERIES if colour is None else pictures.HUES[colour],
        }
        for place, (name, count, word, before, colour) in enumerate(data)
    ]  # fmt: skip
    names = {str(place): _cut(row[0], longest) for place, row in enumerate(data)}
    largest = max(1, *(row[1] for row in data), *(row[3] or 0 for row in data))
    base = alt.Chart(TABLE).properties(width=width - room - 4, height=alt.Step(30))
    y = alt.Y(
        "name:N",
        sort=None,
        scale=alt.Scale(paddingInner=0.35),
        axis=alt.Axis(labelExpr=_labels(names), labelColor=pictures.INK, labelLimit=room, grid=False),
    )
    # Room for the words at the end of the longest bar.
    x = alt.X(
        "count:Q",
        scale=alt.Scale(domain=[0, largest * (1 + 100 / max(120, width - room - 100))], nice=False),
        axis=None,
    )
    compared = any(row[3] is not None for row in data)
    bars = base.mark_bar(
        cornerRadiusEnd=2, size=13 if compared else 17, yOffset=-3 if compared else 0
    ).encode(x=x, y=y, color=alt.Color("colour:N", scale=None, legend=None), description="says:N")
    words = (
        base.mark_text(align="left", dx=6, color=pictures.SOFT, fontSize=12, aria=False)
        .encode(x="end:Q", y=y, text="word:N")
        .transform_calculate(end="max(datum.count, datum.before)")
    )
    if not compared:
        return bars + words, values
    earlier = base.mark_bar(color=pictures.BEFORE, opacity=0.6, size=4, yOffset=7, aria=False)
    return bars + earlier.encode(x="before:Q", y=y) + words, values


def _labels(words: dict[str, str]) -> str:
    """A Vega expression that gives each value of an axis its word."""
    return f"({json.dumps(words)})[datum.value]"


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
