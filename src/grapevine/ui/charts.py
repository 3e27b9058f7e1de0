"""Charts: pictures with their numbers. Each function takes plain values and returns a `Chart` for `{% chart c %}`.

Drawn by Altair and Vega-Lite on the server (see `pictures`), once for wide and once for narrow places. All words and numbers
in them are of the active language; all times are shown in the active time zone.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import formats, timezone, translation
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from grapevine.ui import drawings, pictures
from grapevine.ui.numbers import change, compact, num, percent

Text = str | Promise
MOST_ROWS = 20
THIN = 0.05  # a smaller share has no room for its number in a narrow bar
NOTHING = SafeString("")
NEUTRAL = -1


@dataclass(frozen=True)
class Key:
    """One line of a legend: what it is called, its colour's place in the palette (None: the accent; `NEUTRAL`: no brand's). For the period before,
    `before` says how it is drawn: "line" or "bar". `tone` is used for what is no brand's: good, bad, neutral, ink or pale."""

    label: str
    colour: int | None = None
    before: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Chart:
    """A picture with what it says in words and in numbers. `columns` and `rows` are the numbers, formatted; the first
    column names the row. `raw` are the same rows unformatted (for CSV)."""

    title: str
    description: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    raw: tuple[tuple[Any, ...], ...]
    wide: SafeString = NOTHING
    narrow: SafeString = NOTHING
    legend: tuple[Key, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not self.wide


def _draw(build: Callable[[Any, int], drawings.Drawing], data: Hashable) -> dict[str, SafeString]:
    language = translation.get_language() or "en"
    sizes = {"wide": pictures.WIDE, "narrow": pictures.NARROW}
    return {name: pictures.draw(build, data, width, language) for name, width in sizes.items()}


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
    """How many per hour, day, week or month (`points`: begin, count), with the period before as a line (`before`: its counts, as
    many and in the same order). `what` is what is counted ("Mentions"); `unfinished` says the last bar is still growing.
    """
    local = [(timezone.localtime(at) if timezone.is_aware(at) else at, count) for at, count in points]
    now, then = sum(count for _at, count in local), sum(before)
    labels = [_moment(at, unit) for at, _count in local]
    described = (
        f"{what}: {num(now)}"
        if what
        else ngettext("%(number)s mention", "%(number)s mentions", now) % {"number": num(now)}
    )
    what = str(what or _("Mentions"))
    if before:
        difference = change(now, then)
        described += ", " + _("%(number)s in the period before") % {"number": num(then)}
        described += f" ({difference})" if difference else ""
    if local:
        most = max(range(len(local)), key=lambda place: local[place][1])
        described += ". " + _("Most: %(number)s, %(when)s.") % {
            "number": num(local[most][1]),
            "when": labels[most],
        }
    old = list(before)[: len(local)] + [None] * (len(local) - len(before))
    raw = tuple(
        (at.isoformat(), count, *((one,) if before else ()))
        for (at, count), one in zip(local, old, strict=True)
    )
    columns = (_("Time"), what, *((_("Period before"),) if before else ()))
    if not local or (now == 0 and then == 0):
        return Chart(str(title), described, columns, (), ())
    bars = tuple(
        (
            at.replace(tzinfo=None).isoformat(),
            (at.replace(tzinfo=None) + drawings.UNITS[unit]).isoformat(),
            count,
            old_count,
        )
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
        **_draw(drawings.volume, (bars, texts, unit, unfinished, colour)),
    )


def stacked(
    points: Sequence[tuple[datetime, Sequence[int]]],
    kinds: Sequence[tuple[Text, str]],
    *,
    title: Text,
    unit: str = "day",
    unfinished: bool = False,
) -> Chart:
    """How many of each kind per hour, day, week or month, one upon the other. `points`: begin and a count for each of `kinds` (what it is
    called, and its tone: good, bad, neutral or pale), the first of which stands at the bottom."""
    local = [
        (timezone.localtime(at) if timezone.is_aware(at) else at, tuple(counts)) for at, counts in points
    ]
    names = [str(name) for name, _tone in kinds]
    sums = [sum(counts[place] for _at, counts in local) for place in range(len(names))]
    total = sum(sums)
    columns = (_("Time"), *names)
    if not total:
        return Chart(str(title), _("Nothing was said yet."), columns, (), ())
    described = ", ".join(
        f"{name} {percent(its / total)}" for name, its in zip(names, sums, strict=True) if its
    )
    labels = [_moment(at, unit) for at, _counts in local]
    bars = tuple(
        (
            at.replace(tzinfo=None).isoformat(),
            (at.replace(tzinfo=None) + drawings.UNITS[unit]).isoformat(),
            counts,
            f"{label}: " + ", ".join(f"{name} {num(its)}" for name, its in zip(names, counts, strict=True)),
        )
        for label, (at, counts) in zip(labels, local, strict=True)
    )
    return Chart(
        str(title),
        f"{described}.",
        columns,
        tuple((label, *map(num, counts)) for label, (_at, counts) in zip(labels, local, strict=True)),
        tuple((at.isoformat(), *counts) for at, counts in local),
        legend=tuple(Key(name, tone=tone) for name, (_n, tone) in zip(names, kinds, strict=True)),
        **_draw(drawings.stacked, (bars, tuple(tone for _name, tone in kinds), unit, unfinished)),
    )


def _moment(at: datetime, unit: str) -> str:
    if unit == "hour":
        return formats.date_format(at, "SHORT_DATETIME_FORMAT")
    if unit == "month":
        return formats.date_format(at, "YEAR_MONTH_FORMAT")
    return formats.date_format(at, "DATE_FORMAT")


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
        (
            part.name,
            *(
                cell
                for place, n in enumerate(part.numbers)
                for cell in (n, n / totals[place] if totals[place] else 0)
            ),
        )
        for part in parts
    )
    if not any(totals):
        return Chart(str(title), _("Nothing was said yet."), columns, (), ())
    rows = tuple(
        (
            str(row[0]),
            *(percent(float(cell), 1) if place % 2 else num(int(cell)) for place, cell in enumerate(row[1:])),
        )
        for row in raw
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
    legend = tuple(Key(_with_shares(part, totals), part.colour) for part in parts)
    return Chart(
        str(title), f"{described}.", columns, rows, raw, legend=legend, **_draw(drawings.share, data)
    )


def _with_shares(part: Part, totals: Sequence[int]) -> str:
    """A brand's name in the legend; with its shares where its pieces are too thin to bear them."""
    shares = [number / total for number, total in zip(part.numbers, totals, strict=True) if total]
    if min(shares) >= THIN:
        return part.name
    return f"{part.name} ({' · '.join(percent(share) for share in shares)})"


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
    what = str(what or _("Mentions"))
    compared = any(len(row) > 2 for row in rows)
    total = sum(row[1] for row in rows)
    raw = tuple((row[0], row[1], row[1] / total if total else 0, *row[2:]) for row in rows)
    columns = (str(category), what, _("Share"), *((_("Period before"),) if compared else ()))
    if not total:
        return Chart(str(title), _("Nothing was said yet."), columns, (), ())
    table = tuple(
        (name, num(count), percent(share, 1), *(num(one) for one in rest))
        for name, count, share, *rest in raw
    )
    first = ", ".join(f"{name} {percent(share)}" for name, _count, share, *_rest in raw[:3])
    data = tuple(
        (
            name,
            count,
            f"{compact(count)} · {percent(share)}",
            rest[0] if rest else None,
            colours[place] % 8 if colours else None,
        )
        for place, (name, count, share, *rest) in enumerate(raw[:MOST_ROWS])
    )
    legend = (Key(what, NEUTRAL), Key(_("Period before"), before="bar")) if compared else ()
    return Chart(str(title), f"{first}.", columns, table, raw, legend=legend, **_draw(drawings.bars, data))


def rising_words(rows: Sequence[tuple[str, int, int]], *, title: Text) -> Chart:
    """Words said much more than before: (word, count, count before), the fastest first."""
    raw = tuple(rows)
    columns = (_("Word"), _("Now"), _("Period before"), _("Change"))
    if not raw:
        return Chart(str(title), _("No word stands out."), columns, (), ())
    table = tuple((word, num(now), num(then), change(now, then)) for word, now, then in raw)
    data = tuple(
        (word, now, f"{compact(now)} · {change(now, then)}", then, None)
        for word, now, then in raw[:MOST_ROWS]
    )
    described = _("Rising: %(words)s.") % {"words": ", ".join(word for word, _now, _then in raw[:5])}
    legend = (Key(_("Now"), NEUTRAL), Key(_("Period before"), before="bar"))
    return Chart(str(title), described, columns, table, raw, legend=legend, **_draw(drawings.bars, data))
