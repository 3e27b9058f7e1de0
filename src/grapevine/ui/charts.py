"""Charts: pictures with their numbers. Each function takes plain values and returns a `Chart` for `{% chart c %}`.

Drawn by Altair and Vega-Lite on the server (see `pictures`), once for wide and once for narrow places. All words and numbers
in them are of the active language; all times are shown in the active time zone.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import formats, timezone, translation
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from grapevine.ui import pictures
from grapevine.ui.components.figures import change, compact, num, percent

Text = str | Promise
UNITS = {"hour": timedelta(hours=1), "day": timedelta(days=1), "week": timedelta(weeks=1)}
MOST_ROWS = 20


@dataclass(frozen=True)
class Key:
    """One line of a legend: what it is called, its colour's place in the palette (None: the accent). For the period before,
    `before` says how it is drawn: "line" or "bar"."""

    label: str
    colour: int | None = None
    before: str = ""


@dataclass(frozen=True)
class Chart:
    """A picture with what it says in words and in numbers. `columns` and `rows` are the numbers, formatted; the first
    column names the row. `raw` are the same rows unformatted (for CSV)."""

    title: str
    description: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    raw: tuple[tuple[Any, ...], ...]
    wide: SafeString = SafeString("")
    narrow: SafeString = SafeString("")
    legend: tuple[Key, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not self.wide


def _draw(build: Callable[[Any, int], Any], data: Hashable) -> dict[str, SafeString]:
    language = translation.get_language() or "en"
    sizes = {"wide": pictures.WIDE, "narrow": pictures.NARROW}
    return {name: pictures.draw(build, data, width, language) for name, width in sizes.items()}


def ticks(largest: float, wanted: int = 4) -> list[float]:
    """Round numbers from 0 to at least `largest`, about `wanted` steps of 1, 2 or 5 times a power of ten; whole numbers."""
    step = max(1.0, largest) / wanted
    size = 10 ** math.floor(math.log10(step))
    step = max(1.0, next(size * factor for factor in (1, 2, 5, 10) if size * factor >= step))
    return [step * place for place in range(math.ceil(max(1.0, largest) / step) + 1)]


# --- volume over time ---


def volume(
    points: Sequence[tuple[datetime, int]],
    before: Sequence[int] = (),
    *,
    title: Text,
    unit: str = "day",
    what: Text = "",
    unfinished: bool = False,
    colour: int | None = None,
) -> Chart:
    """How many per hour, day or week (`points`: begin, count), with the period before as a line (`before`: its counts, as
    many and in the same order). `what` is what is counted ("mentions"); `unfinished` says the last bar is still growing.
    """
    local = [(timezone.localtime(at) if timezone.is_aware(at) else at, count) for at, count in points]
    what = str(what or _("mentions"))
    now, then = sum(count for _at, count in local), sum(before)
    labels = [_moment(at, unit) for at, _count in local]
    described = _("%(number)s %(what)s") % {"number": num(now), "what": what}
    if before:
        difference = change(now, then)
        described += ", " + _("%(number)s in the period before") % {"number": num(then)}
        described += f" ({difference})" if difference else ""
    if local:
        most = max(range(len(local)), key=lambda place: local[place][1])
        described += ". " + _("Most: %(number)s, %(when)s.") % {"number": num(local[most][1]), "when": labels[most]}
    old = list(before)[: len(local)] + [None] * (len(local) - len(before))
    raw = tuple((at.isoformat(), count, *((one,) if before else ())) for (at, count), one in zip(local, old, strict=True))
    columns = (_("Time"), what.capitalize(), *((_("Period before"),) if before else ()))
    if not local or (now == 0 and then == 0):
        return Chart(str(title), described, columns, (), ())
    bars = tuple(
        (at.replace(tzinfo=None).isoformat(), (at.replace(tzinfo=None) + UNITS[unit]).isoformat(), count, old_count)
        for (at, count), old_count in zip(local, old, strict=True)
    )
    texts = tuple(f"{label}: {num(count)}" for label, (_at, count) in zip(labels, local, strict=True))
    return Chart(
        str(title),
        described,
        columns,
        tuple((label, *(num(one) for one in row[1:])) for label, row in zip(labels, raw, strict=True)),
        raw,
        legend=(Key(what, colour), Key(_("Period before"), before="line")) if before else (),
        **_draw(_build_volume, (bars, texts, unit, unfinished, colour)),
    )


def _moment(at: datetime, unit: str) -> str:
    if unit == "hour":
        return formats.date_format(at, "SHORT_DATETIME_FORMAT")
    return formats.date_format(at, "DATE_FORMAT")


def _build_volume(data: Any, width: int) -> Any:
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
    heights = [one[2] for one in bars] + [one[3] or 0 for one in bars]
    marks = ticks(max(heights))
    y = alt.Y(
        "now:Q",
        scale=alt.Scale(domain=[0, marks[-1]], nice=False),
        axis=alt.Axis(values=marks, labelOverlap=False, labelExpr=_labels({mark: compact(mark) for mark in marks})),
    )
    days = "'%-d %b'"
    label = f"utchours(datum.value) == 0 ? utcFormat(datum.value, {days}) : utcFormat(datum.value, '%H:%M')"
    x = alt.X(
        "from:T",
        scale=alt.Scale(type="utc", nice=False),
        axis=alt.Axis(
            grid=False,
            tickCount=max(2, width // 90),
            labelExpr=label if unit == "hour" else f"utcFormat(datum.value, {days})",
            labelFlush=True,
            labelOverlap="greedy",
            labelSeparation=12,
        ),
    )
    base = alt.Chart(alt.Data(values=values)).properties(width=width - 46, height=max(140, width // 4 + 20))
    # A hairline of the surface between bars while they are broad enough to spare it.
    gap = 1.5 if (width - 46) / max(1, len(bars)) > 5 else 0
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
            line = base.mark_line(color=colour_of_line, strokeWidth=thick, strokeDash=dash, interpolate="monotone")
            drawn += line.encode(**place)
    return drawn


def _labels(words: dict[float, str]) -> str:
    """A Vega expression that gives each tick its word."""
    import json

    return f"({json.dumps({f'{value:g}': word for value, word in words.items()})})[datum.value]"


# --- share of voice ---


@dataclass(frozen=True)
class Part:
    """One brand's part: its name, its place in the palette, and one number for each measure."""

    name: str
    colour: int
    numbers: tuple[int, ...]


def share_of_voice(parts: Sequence[Part], measures: Sequence[Text], *, title: Text) -> Chart:
    """Whose part of the talk is how large: one bar of 100 percent for each of `measures` (mentions, unique authors)."""
    names = [str(measure) for measure in measures]
    totals = [sum(part.numbers[place] for part in parts) for place in range(len(names))]
    columns = (_("Brand"), *(column for name in names for column in (name, _("Share"))))
    raw = tuple(
        (part.name, *(cell for place, n in enumerate(part.numbers) for cell in (n, n / totals[place] if totals[place] else 0)))
        for part in parts
    )
    if not any(totals):
        return Chart(str(title), _("Nothing was said yet."), columns, (), ())
    rows = tuple(
        (row[0], *(percent(cell, 1) if place % 2 else num(cell) for place, cell in enumerate(row[1:]))) for row in raw
    )
    described = "; ".join(
        f"{name}: "
        + ", ".join(
            f"{part.name} {percent(part.numbers[place] / totals[place])}"
            for part in sorted(parts, key=lambda one: -one.numbers[place])
        )
        for place, name in enumerate(names)
        if totals[place]
    )
    data = (tuple((part.name, part.colour % 8, part.numbers) for part in parts), tuple(names), tuple(totals))
    legend = tuple(Key(part.name, part.colour) for part in parts)
    return Chart(str(title), f"{described}.", columns, rows, raw, legend=legend, **_draw(_build_share, data))


def _build_share(data: Any, width: int) -> Any:
    import altair as alt

    parts, names, totals = data
    values = []
    for place, name in enumerate(names):
        at = 0.0
        for brand, colour, numbers in parts:
            share = numbers[place] / totals[place] if totals[place] else 0
            said = f"{brand}: {percent(share, 1)} ({num(numbers[place])})"
            values.append(
                {
                    "measure": name, "brand": brand, "from": at, "to": at + share, "middle": at + share / 2,
                    "colour": pictures.HUES[colour], "ink": pictures.ON_HUES[colour], "says": said,
                    # A word only where it fits.
                    "word": percent(share) if share * width > 46 else "",
                }
            )  # fmt: skip
            at += share
    base = alt.Chart(alt.Data(values=values)).properties(width=width - 10, height=alt.Step(64))
    y = alt.Y(
        "measure:N",
        sort=list(names),
        scale=alt.Scale(paddingInner=0.5, paddingOuter=0.25),
        axis=alt.Axis(orient="left", labelAlign="left", labelPadding=-2, labelOffset=-26, labelBaseline="middle", grid=False),
    )
    x = alt.X("from:Q", scale=alt.Scale(domain=[0, 1], nice=False), axis=None)
    bars = base.mark_bar(stroke=pictures.SURFACE, strokeWidth=1.5).encode(
        x=x, x2="to:Q", y=y, color=alt.Color("colour:N", scale=None, legend=None), description="says:N"
    )
    words = base.mark_text(fontSize=12, fontWeight=600, aria=False).encode(
        x="middle:Q", y=y, text="word:N", color=alt.Color("ink:N", scale=None, legend=None)
    )
    return bars + words


# --- bars by category, and words that rise ---


def by_category(
    rows: Sequence[tuple[str, int] | tuple[str, int, int]],
    *,
    title: Text,
    category: Text,
    what: Text = "",
    colours: Sequence[int] = (),
) -> Chart:
    """Bars for kinds without an order (sources, languages): (name, count) or (name, count, count before), largest first as
    given; at most 20 are drawn, all stand in the numbers. `colours` are places in the palette, one for each row.
    """
    what = str(what or _("mentions"))
    compared = any(len(row) > 2 for row in rows)
    total = sum(row[1] for row in rows)
    raw = tuple((row[0], row[1], row[1] / total if total else 0, *row[2:]) for row in rows)
    columns = (str(category), what.capitalize(), _("Share"), *((_("Period before"),) if compared else ()))
    if not total:
        return Chart(str(title), _("Nothing was said yet."), columns, (), ())
    table = tuple((name, num(count), percent(share, 1), *(num(one) for one in rest)) for name, count, share, *rest in raw)
    first = ", ".join(f"{name} {percent(share)}" for name, _count, share, *_rest in raw[:3])
    data = tuple(
        (name, count, f"{compact(count)} · {percent(share)}", rest[0] if rest else None, colours[place] % 8 if colours else None)
        for place, (name, count, share, *rest) in enumerate(raw[:MOST_ROWS])
    )
    legend = (Key(what), Key(_("Period before"), before="bar")) if compared else ()
    return Chart(str(title), f"{first}.", columns, table, raw, legend=legend, **_draw(_build_bars, data))


def rising_words(rows: Sequence[tuple[str, int, int]], *, title: Text) -> Chart:
    """Words said much more than before: (word, count, count before), the fastest first."""
    raw = tuple(rows)
    columns = (_("Word"), _("Now"), _("Period before"), _("Change"))
    if not raw:
        return Chart(str(title), _("No word stands out."), columns, (), ())
    table = tuple((word, num(now), num(then), change(now, then) or _("new")) for word, now, then in raw)
    data = tuple(
        (word, now, f"{compact(now)} · {change(now, then) or _('new')}", then, None) for word, now, then in raw[:MOST_ROWS]
    )
    described = _("Rising: %(words)s.") % {"words": ", ".join(word for word, _now, _then in raw[:5])}
    legend = (Key(_("Now")), Key(_("Period before"), before="bar"))
    return Chart(str(title), described, columns, table, raw, legend=legend, **_draw(_build_bars, data))


def _build_bars(data: Any, width: int) -> Any:
    import altair as alt

    longest = min(28 if width > 500 else 16, max(len(row[0]) for row in data))
    room = longest * 7 + 12
    values = [
        {
            "name": str(place), "count": count, "word": word, "before": before, "says": f"{name}: {num(count)}",
            "colour": pictures.ACCENT if colour is None else pictures.HUES[colour],
        }
        for place, (name, count, word, before, colour) in enumerate(data)
    ]  # fmt: skip
    names = {str(place): _cut(row[0], longest) for place, row in enumerate(data)}
    largest = max(max(row[1], row[3] or 0) for row in data) or 1
    base = alt.Chart(alt.Data(values=values)).properties(width=width - room - 4, height=alt.Step(30))
    y = alt.Y(
        "name:N",
        sort=None,
        scale=alt.Scale(paddingInner=0.35),
        axis=alt.Axis(labelExpr=_labels_of(names), labelColor=pictures.INK, labelLimit=room, grid=False),
    )
    # Room for the words at the end of the longest bar.
    x = alt.X("count:Q", scale=alt.Scale(domain=[0, largest * (1 + 100 / max(120, width - room - 100))], nice=False), axis=None)
    compared = any(row[3] is not None for row in data)
    bars = base.mark_bar(cornerRadiusEnd=2, size=13 if compared else 17, yOffset=-3 if compared else 0).encode(
        x=x, y=y, color=alt.Color("colour:N", scale=None, legend=None), description="says:N"
    )
    words = (
        base.mark_text(align="left", dx=6, color=pictures.SOFT, fontSize=12, aria=False)
        .encode(x="end:Q", y=y, text="word:N")
        .transform_calculate(end="max(datum.count, datum.before)")
    )
    if not compared:
        return bars + words
    earlier = base.mark_bar(color=pictures.BEFORE, opacity=0.6, size=4, yOffset=7, aria=False)
    return bars + earlier.encode(x="before:Q", y=y) + words


def _labels_of(names: dict[str, str]) -> str:
    import json

    return f"({json.dumps(names)})[datum.value]"


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
