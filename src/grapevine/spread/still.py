"""The picture of a network as it stands without scripts and on paper: discs, ties between them, and people while they are few. Numbers only."""

from __future__ import annotations

from typing import Any

import numpy as np
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from grapevine.spread.maps import Map, look
from grapevine.spread.snapshots import Snapshot

FEW = 1200
"""So many people are drawn one by one."""
FEW_TIES = 4000
NAMED = 12
"""So many discs have their number in the still picture."""
_EDGE = 2.0


def drawing(drawn: Map, snapshot: Snapshot, label: str) -> SafeString:
    """The picture as SVG. Its colours are classes, since it is shown in light, in dark and on paper."""
    left, top, right, bottom = drawn.bounds
    width, height = max(right - left, 1.0), max(bottom - top, 1.0)
    edge = _EDGE + 0.02 * max(width, height)
    view = f"{left - edge:.1f} {top - edge:.1f} {width + 2 * edge:.1f} {height + 2 * edge:.1f}"
    few = drawn.people <= FEW
    inside: list[SafeString] = []
    if few and drawn.ties <= FEW_TIES:
        inside.append(_ties(snapshot))
    else:
        inside.append(_bundles(drawn))
    inside.append(_discs(drawn, plain=not few))
    if few:
        inside.append(_people(drawn, snapshot))
    inside.append(_numbers(drawn, max(width, height)))
    return format_html(
        '<svg class="map-svg" viewBox="{}" role="img" aria-label="{}" preserveAspectRatio="xMidYMid meet">{}</svg>',
        view,
        label,
        format_html_join("", "{}", ((one,) for one in inside)),
    )


def _discs(drawn: Map, *, plain: bool) -> SafeString:
    rows = (
        (
            f"map-disc{' full' if plain else ''} {one.look}",
            _short(one.x),
            _short(one.y),
            _short(one.radius),
        )
        for one in drawn.discs
    )
    return format_html_join("", '<circle class="{}" cx="{}" cy="{}" r="{}"/>', rows)


def _numbers(drawn: Map, size: float) -> SafeString:
    """The numbers of the largest communities, as they stand in the list beside."""
    rows = (
        (_short(one.x), _short(one.y), _short(max(size / 38, min(one.radius * 0.6, size / 16))), place + 1)
        for place, one in enumerate(drawn.discs[:NAMED])
    )
    return format_html_join(
        "", '<text class="map-number" x="{}" y="{}" font-size="{}" text-anchor="middle" dominant-baseline="central">{}</text>', rows
    )  # fmt: skip


def _bundles(drawn: Map) -> SafeString:
    where = {one.number: one for one in drawn.discs}
    most = max((one.ties for one in drawn.bundles), default=1)
    widest = max((one.radius for one in drawn.discs), default=1.0) / 6
    rows = (
        (
            f"M{_short(where[each.one].x)} {_short(where[each.one].y)}L{_short(where[each.other].x)} {_short(where[each.other].y)}",
            _short(max(0.15, widest * (each.ties / most) ** 0.5)),
        )
        for each in drawn.bundles[:120]
    )
    return format_html_join("", '<path class="map-bundle" d="{}" stroke-width="{}"/>', rows)


def _ties(snapshot: Snapshot) -> SafeString:
    graph, known = snapshot.graph, snapshot.people
    x, y = known["x"], known["y"]
    sources = np.repeat(np.arange(graph.n), graph.out_degree)
    path = "".join(
        f"M{_short(x[one])} {_short(y[one])}L{_short(x[other])} {_short(y[other])}"
        for one, other in zip(sources.tolist(), graph.out_to.tolist(), strict=True)
    )
    return format_html('<path class="map-tie" d="{}"/>', path)


def _people(drawn: Map, snapshot: Snapshot) -> SafeString:
    known = snapshot.people
    hues = {one.number: one.hue for one in drawn.discs}
    listeners = snapshot.graph.out_degree
    there = np.flatnonzero(np.asarray(known["community"]) >= 0)
    rows = (
        (
            f"map-person {look(hues.get(int(known['community'][one]), -1))}{' ours' if known['ours'][one] else ''}",
            _short(known["x"][one]), _short(known["y"][one]), _short(dot(int(listeners[one]))),
        )
        for one in there[np.argsort(listeners[there], kind="stable")].tolist()
    )  # fmt: skip
    return format_html_join("", '<circle class="{}" cx="{}" cy="{}" r="{}"/>', rows)


def dot(listeners: int) -> float:
    """The radius of a person's dot; the script draws the same."""
    return min(1.5, 0.32 + 0.1 * float(np.log2(1 + listeners)))


def _short(value: Any) -> str:
    return f"{float(value):.2f}".rstrip("0").rstrip(".")
