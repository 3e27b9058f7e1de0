"""The charts of a cascade: how it grew, how far it went, and how likely people joined the more of whom they listen to had."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from grapevine.spread import charts
from grapevine.spread.drawings import Band, Dot, Line, Plane
from grapevine.spread.models import How
from grapevine.spread.observed import Estimated, Seen
from grapevine.spread.selectors import cascades
from grapevine.ui import charts as drawn
from grapevine.ui.charts import Chart
from grapevine.ui.drawings import ticks
from grapevine.ui.numbers import num, percent

ENOUGH = 10
"""Of fewer who were asked the picture shows nothing: the numbers below it do."""


def curve(page: cascades.Page) -> Chart:
    """How many joined over time."""
    return drawn.volume(
        page.curve,
        title=_("Who joined, over time"),
        unit=page.seen.unit,
        what=_("Joined"),
    )


def generations(seen: Seen) -> Chart:
    """How many joined by how far they are from who began."""
    columns = (_("Steps from who began"), _("Joined"), _("Brought by one of the step before"))
    raw = tuple(
        (depth, count, count / seen.generations[depth - 1] if depth and seen.generations[depth - 1] else None)
        for depth, count in enumerate(seen.generations)
    )
    table = tuple(
        (num(depth), num(count), num(each, 2) if each is not None else "–") for depth, count, each in raw
    )
    if len(seen.generations) < 2:
        return Chart(_("Step by step"), _("Nobody was brought by somebody else."), columns, table, raw)
    plane = Plane(
        low=0,
        high=len(seen.generations) - 1,
        marks=charts.whole(len(seen.generations) - 1),
        x_title=_("Steps from who began"),
        y_title=_("People"),
        lines=(Line(0, tuple((float(depth), float(count)) for depth, count in enumerate(seen.generations))),),
    )
    steps = len(seen.generations) - 1
    said = ngettext("It went %(steps)s step far.", "It went %(steps)s steps far.", steps) % {
        "steps": num(steps)
    }
    return Chart(_("Step by step"), said, columns, table, raw, **charts.drawn(plane))


def hows(seen: Seen) -> list[tuple[str, str, int, float]]:
    """How it is known who brought them: the code, in words, how many, which share."""
    return [
        (code, str(How(code).label), count, count / max(1, seen.people))
        for code in How.values
        if (count := seen.how.get(code, 0))
    ]


def exposures(found: Estimated) -> Chart:
    """How likely people joined at the k-th of those they listen to that had joined."""
    columns = (
        _("Had joined of whom they listen to"),
        _("So many were asked"),
        _("Joined then"),
        _("Share"),
        _("From"),
        _("To"),
    )
    raw = tuple((one.k, one.exposed, one.joined, one.share, one.low, one.high) for one in found.exposures)
    table = tuple(
        (num(k), num(exposed), num(joined), percent(share, 1), percent(low, 1), percent(high, 1))
        for k, exposed, joined, share, low, high in raw
    )
    title = _("The more of whom they listen to, the likelier?")
    shown = [one for one in found.exposures if one.exposed >= ENOUGH]
    if len(shown) < 2:
        return Chart(title, _("Too few had anybody before them to tell."), columns, table, raw)
    top = max(one.high for one in shown)
    plane = Plane(
        low=1,
        high=shown[-1].k,
        marks=tuple((float(one.k), num(one.k)) for one in shown),
        bands=(Band(0, tuple((float(one.k), one.low, one.high) for one in shown)),),
        lines=(Line(0, tuple((float(one.k), one.share) for one in shown)),),
        dots=tuple(Dot(float(one.k), one.share, percent(one.share, 1), 0) for one in shown),
        top=top,
        x_title=_("Had joined of whom they listen to"),
        y_title=_("Joined then"),
        y_marks=tuple((mark / 100, percent(mark / 100)) for mark in ticks(max(1.0, top * 100))),
    )
    first = shown[0]
    said = _("With one before them %(share)s joined (95 %% interval %(low)s to %(high)s).") % {
        "share": percent(first.share, 1),
        "low": percent(first.low, 1),
        "high": percent(first.high, 1),
    }
    return Chart(title, said, columns, table, raw, **charts.drawn(plane))
