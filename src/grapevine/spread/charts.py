"""The room's charts of simulations. Each takes plain values and returns a `Chart` with its sentence and its numbers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from grapevine.spread import drawings, telling
from grapevine.spread.drawings import Band, Dot, Line, Plane
from grapevine.spread.outcomes import Background, Outcome, Window
from grapevine.ui import pictures
from grapevine.ui.charts import Chart, Key
from grapevine.ui.drawings import ticks
from grapevine.ui.numbers import num, percent

Named = Sequence[tuple[str, Outcome]]
TALL, CUT = 3.0, 1.25
"""A picture of sizes is cut above what is so many times as high as all others, at so many times their height."""
SMOOTH = 9
"""So many marks below, at most."""


def drawn(plane: Plane) -> dict[str, Any]:
    """The plane's pictures, for wide and for narrow places."""
    language = translation.get_language() or "en"
    sizes = {"wide": pictures.WIDE, "narrow": pictures.NARROW}
    return {name: pictures.draw(drawings.plane, plane, width, language) for name, width in sizes.items()}


def _keys(names: Sequence[str]) -> tuple[Key, ...]:
    return tuple(Key(name, place) for place, name in enumerate(names))


def course(rows: Named, *, title: str | Promise) -> Chart:
    """How it goes step by step: the mean as a line, nine of ten runs as a band."""
    columns = (_("Step"), *(word for name, _one in rows for word in (name, _("5 %"), _("95 %"))))
    steps = min(len(rows[0][1].course.mean), max((one.course.last for _name, one in rows), default=0) + 2)
    if steps < 2:
        return Chart(str(title), _("Nobody joins after those who begin."), columns, (), ())
    raw = tuple(
        (at, *(value for _name, one in rows for value in (one.course.mean[at], one.course.p05[at], one.course.p95[at])))
        for at in range(steps)
    )  # fmt: skip
    plane = Plane(
        low=0, high=steps - 1, marks=whole(steps - 1), x_title=_("Steps"), y_title=_("People"),
        bands=tuple(
            Band(place, tuple((float(at), one.course.p05[at], one.course.p95[at]) for at in range(steps)))
            for place, (_name, one) in enumerate(rows) if not one.sure
        ),
        lines=tuple(
            Line(place, tuple((float(at), one.course.mean[at]) for at in range(steps))) for place, (_name, one) in enumerate(rows)
        ),
    )  # fmt: skip
    half = [
        _("“%(name)s” has half of its people after step %(step)s")
        % {
            "name": name,
            "step": next(at for at in range(len(one.course.mean)) if one.course.mean[at] >= one.mean / 2),
        }
        for name, one in rows
        if one.mean > one.seeds
    ]
    described = "; ".join(half) + "." if half else ""
    table = tuple((num(row[0]), *(num(round(value)) for value in row[1:])) for row in raw)
    return Chart(
        str(title),
        described,
        columns,
        table,
        raw,
        legend=_keys([name for name, _one in rows]),
        **drawn(plane),
    )


def sizes(rows: Named, edges: Sequence[float], *, title: str | Promise) -> Chart:
    """How often it comes to which size: the share of runs by size, a stepped line for each scenario."""
    names = [name for name, _one in rows]
    columns = (_("People"), *names)
    if len(edges) < 2:
        return Chart(str(title), _("Nothing was said yet."), columns, (), ())
    shares = [[count / max(1, one.runs) for count in one.counts] for _name, one in rows]
    peaks = sorted(max(one) for one in shares)
    # One that always ends in the same place would press all others flat.
    cut = len(peaks) > 1 and peaks[-1] > TALL * peaks[-2] > 0
    top = CUT * peaks[-2] if cut else peaks[-1]
    lines = [
        Line(
            place,
            (*((edges[at], share) for at, share in enumerate(one)), (edges[-1], one[-1])),
            steps=True,
        )
        for place, one in enumerate(shares)
    ]
    bands = [
        Band(
            place,
            tuple((x, 0.0, share) for at, share in enumerate(one) for x in (edges[at], edges[at + 1])),
            0.14,
        )
        for place, one in enumerate(shares)
    ]
    marks = tuple((mark / 100, percent(mark / 100)) for mark in ticks(max(1.0, top * 100)))
    plane = Plane(
        low=edges[0], high=edges[-1], marks=between(edges[0], edges[-1]), bands=tuple(bands), lines=tuple(lines),
        top=top, y_marks=tuple(mark for mark in marks if mark[0] <= top), x_title=_("People"), y_title=_("Share of the runs"),
    )  # fmt: skip
    raw: tuple[tuple[Any, ...], ...] = tuple(
        (f"{edges[at]:.0f}–{edges[at + 1] - 1:.0f}" if edges[at + 1] - edges[at] > 1 else f"{edges[at]:.0f}", *(one[at] for one in shares))
        for at in range(len(edges) - 1)
    )  # fmt: skip
    table = tuple((row[0], *(percent(share, 1) for share in row[1:])) for row in raw)
    described = " ".join(f"{name}: {telling.size(one)}" for name, one in rows)
    if cut:
        highest = max(zip(shares, names, strict=True), key=lambda pair: max(pair[0]))
        described = (
            _("“%(name)s” goes up to %(share)s and is cut off above, so that the others can be seen.")
            % {"name": highest[1], "share": percent(max(highest[0]))}
            + " "
            + described
        )
    return Chart(str(title), described, columns, table, raw, legend=_keys(names), **drawn(plane))


def sensitivity(
    background: Background, names: Sequence[str], label: str, *, title: str | Promise
) -> Chart | None:
    """The mean size along the main knob, with where it stands."""
    found = background.sensitivity
    if found is None or len(found.values) < 2:
        return None
    columns = (label, *names)
    raw = tuple((value, *(one[at] for one in found.means)) for at, value in enumerate(found.values))
    plane = Plane(
        low=found.values[0], high=found.values[-1], marks=tuple((value, knob(value)) for value in found.values),
        lines=tuple(Line(place, tuple(zip(found.values, one, strict=True))) for place, one in enumerate(found.means)),
        rule=found.here, x_title=label, y_title=_("People"),
    )  # fmt: skip
    described = _("%(label)s is %(value)s (the upright line).") % {"label": label, "value": knob(found.here)}
    described += " " + telling.sensitivity(background, names)
    table = tuple((knob(row[0]), *(num(round(value)) for value in row[1:])) for row in raw)
    return Chart(str(title), described, columns, table, raw, legend=_keys(names), **drawn(plane))


def window(found: Window, *, title: str | Promise) -> Chart:
    """Watts' window: for which mean degrees and thresholds one person can set off a wide cascade, with "you are here"."""
    from grapevine.spread import windows

    far = max(14.0, min(found.mean_degree * 1.2, 60.0))
    threshold = min(found.threshold, windows.HIGHEST)
    here = Dot(min(found.mean_degree, far), threshold, _("Your network"), 0)
    marks = tuple(
        (mark / 100, percent(mark / 100)) for mark in range(0, round(windows.HIGHEST * 100) + 1, 10)
    )
    plane = Plane(
        low=0, high=far, marks=tuple((mark, num(mark)) for mark in ticks(far, 7) if mark <= far),
        bands=(Band(3, tuple((z, 0.0, t) for z, t in windows.outline(far, directed=found.directed)), 0.3),),
        dots=(here,), top=windows.HIGHEST, y_marks=marks,
        x_title=_("Friends on average"), y_title=_("Share of friends it takes"),
    )  # fmt: skip
    columns = (_("Share of friends it takes"), _("From so many friends"), _("To so many"))
    raw = windows.edge(found.directed)
    table = tuple((percent(t, 1), num(low, 2), num(high, 2)) for t, low, high in raw)
    legend = (Key(_("One person may be enough"), 3), Key(_("You are here"), 0))
    return Chart(
        str(title), " ".join(telling.theory(found)), columns, table, raw, legend=legend, **drawn(plane)
    )


def between(low: float, high: float) -> tuple[tuple[float, str], ...]:
    """Marks at round numbers from `low` to `high`, both or neither of which may be round."""
    step = ticks(max(1.0, high - low), 6)[1]
    first = math.ceil(low / step)
    return tuple((step * place, num(step * place)) for place in range(first, math.floor(high / step) + 1))


def whole(most: int) -> tuple[tuple[float, str], ...]:
    """Marks at whole numbers from 0 to `most`."""
    return tuple((mark, num(mark)) for mark in ticks(most, SMOOTH - 1) if mark <= most and mark == int(mark))


def knob(value: float) -> str:
    """A knob's value as short as it is exact."""
    decimals = 0 if value == int(value) else len(f"{value:.4f}".rstrip("0").partition(".")[2])
    return num(value, decimals)
