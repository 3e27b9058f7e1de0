"""Charts in the page: a picture, its legend, and its numbers one click away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from grapevine.ui.charts import Chart
from grapevine.ui.components.basics import hue

register = template.Library()


@register.inclusion_tag("ui/components/chart.html")
def chart(drawn: Chart, csv: str = "", level: int = 3, note: Any = "", head: bool = True) -> dict[str, Any]:
    """A chart with its numbers. `csv` is an address that gives them as a file; `head=False` hides the title (a card has one)."""
    return {"chart": drawn, "csv": csv, "level": level, "note": note, "head": head}


@register.simple_tag
def sparkline(values: Sequence[int | float], label: Any, colour: Any = None) -> SafeString:
    """A small line without axes, as long as a word. `label` says in words what it shows."""
    if len(values) < 2:
        return SafeString("")
    top = max(1, *values)
    step = 100 / (len(values) - 1)
    points = [(place * step, 26 - 24 * value / top) for place, value in enumerate(values)]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    stroke = "var(--accent)" if colour is None else f"var(--hue-{hue(colour)})"
    last_x, last_y = points[-1]
    return format_html(
        '<svg class="sparkline" viewBox="-2 0 104 28" preserveAspectRatio="none" role="img" aria-label="{}" focusable="false">'
        '<polygon points="0,28 {} 100,28" fill="{}" fill-opacity="0.12"/>'
        '<polyline points="{}" fill="none" stroke="{}" stroke-width="1.75" stroke-linejoin="round" '
        'vector-effect="non-scaling-stroke"/>'
        '<circle cx="{}" cy="{}" r="2" fill="{}"/></svg>',
        label, line, stroke, line, stroke, f"{last_x:.1f}", f"{last_y:.1f}", stroke,
    )  # fmt: skip
