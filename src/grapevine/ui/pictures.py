"""From a chart's description to an SVG that lives in our pages.

Vega-Lite draws with stand-in colours; `clean` puts the design tokens in their place, so that one picture serves light and
dark, and keeps only elements and attributes we know, so that nothing our Content-Security-Policy refuses comes through.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import threading
import time
from collections.abc import Callable, Hashable
from functools import lru_cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET  # nosec: what it reads is written by our own renderer

from django.conf import settings
from django.utils import dates, translation
from django.utils.safestring import SafeString, mark_safe

# Stand-ins: colours no one else uses → the token that takes their place.
INK, SOFT, FAINT, GRID, SURFACE, ACCENT, BEFORE, SERIES = (f"#0a0b0{number}" for number in range(1, 9))
HUES = tuple(f"#0a0c0{number}" for number in range(8))
ON_HUES = tuple(f"#0a0d0{number}" for number in range(8))
GOOD, BAD = "#0a0e01", "#0a0e02"
_TOKENS = {
    INK: "var(--ink)",
    SOFT: "var(--ink-soft)",
    FAINT: "var(--ink-faint)",
    GRID: "var(--line)",
    SURFACE: "var(--surface)",
    ACCENT: "var(--accent)",
    BEFORE: "var(--ink-faint)",
    SERIES: "var(--series)",
    GOOD: "var(--good)",
    BAD: "var(--bad)",
    **{hue: f"var(--hue-{place})" for place, hue in enumerate(HUES)},
    **{ink: f"var(--on-hue-{place})" for place, ink in enumerate(ON_HUES)},
}

WIDE, NARROW = 760, 380
MONTH = 30 * 86_400
TABLE = "table"

_SVG = "{http://www.w3.org/2000/svg}"
_ELEMENTS = {"svg", "g", "path", "rect", "line", "text", "tspan", "circle", "title", "clipPath", "defs"}
_ATTRIBUTES = {
    "class", "clip-path", "cx", "cy", "d", "dx", "dy", "fill", "fill-opacity", "font-size", "font-weight", "height",
    "id", "opacity", "points", "r", "rx", "ry", "stroke", "stroke-dasharray", "stroke-linecap", "stroke-linejoin",
    "stroke-opacity", "stroke-width", "text-anchor", "transform", "viewBox", "width", "x", "x1", "x2", "y", "y1", "y2",
}  # fmt: skip
_LONG_NUMBER = re.compile(r"-?\d+\.\d{3,}")

CONFIG: dict[str, Any] = {
    "background": None,
    "font": "Arial, Liberation Sans, sans-serif",
    "padding": 2,
    "view": {"stroke": None},
    "axis": {
        "domain": False,
        "ticks": False,
        "gridColor": GRID,
        "labelColor": SOFT,
        "labelFontSize": 12,
        "labelPadding": 6,
        "title": None,
    },
}


@lru_cache(maxsize=256)
def draw(
    build: Callable[[Any, int], tuple[Any, list[dict[str, Any]]]], data: Hashable, width: int, language: str
) -> SafeString:
    """The SVG of what `build(data, width)` describes (an Altair chart and the rows of its table), in `language`.

    The last 256 pictures are kept (some 5 MB), and all of a month as files in the home: the same figures in the same language are drawn once,
    by whichever process is the first.
    """
    told = f"{_makers(build)} {width} {language} {data!r}"
    name = hashlib.blake2b(told.encode(), digest_size=16).hexdigest()
    place = folder() / f"{name}.svg"
    try:
        return mark_safe(place.read_text("utf-8"))  # noqa: S308  # nosec: written below
    except OSError:
        drawn = _drawn(build, data, width, language, name)
        _keep(place, drawn)
        return drawn


def folder() -> Path:
    """Where pictures are kept. It may be emptied at any time."""
    return Path(settings.GRAPEVINE.home) / "cache" / "pictures"


def _makers(build: Callable[..., Any]) -> str:
    """What would draw it, and in which state: another version draws anew."""
    files = (__file__, build.__code__.co_filename)
    return f"{build.__qualname__} {[Path(one).stat().st_mtime_ns for one in files]}"


def _keep(place: Path, drawn: str) -> None:
    """Write a picture down, and now and then let go those of a month ago. A full disk is no reason not to show it."""
    with contextlib.suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        making = place.with_suffix(f".{os.getpid()}-{threading.get_ident()}")
        making.write_text(drawn, "utf-8")
        making.replace(place)
        if place.name.startswith("00"):
            old = time.time() - MONTH
            for one in place.parent.iterdir():
                if one.stat().st_mtime < old:
                    one.unlink(missing_ok=True)


def _drawn(build: Callable[[Any, int], Any], data: Any, width: int, language: str, name: str) -> SafeString:
    import vl_convert

    with translation.override(language):
        # Altair's own check of what it describes takes as long as drawing it; the tests of charts draw them all.
        chart, rows = build(data, width)
        described = {**chart.to_dict(validate=False), "datasets": {TABLE: rows}, "config": CONFIG}
        drawn = vl_convert.vegalite_to_svg(described, time_format_locale=_time_locale())
    return clean(drawn, prefix=f"c{name[:8]}")


def _time_locale() -> dict[str, Any]:
    """The names of days and months in the active language, as d3-time-format wants them. Weeks there begin on Sunday."""
    days = [6, 0, 1, 2, 3, 4, 5]
    english = (translation.get_language() or "en").startswith("en")
    return {
        "dateTime": "%x %X",
        "date": "%Y-%m-%d",
        "time": "%H:%M:%S",
        "periods": ["", ""],
        "days": [str(dates.WEEKDAYS[day]) for day in days],
        "shortDays": [str(dates.WEEKDAYS_ABBR[day]) for day in days],
        "months": [str(dates.MONTHS[month]) for month in range(1, 13)],
        # Django's short English months are small, for the sake of its own formats.
        "shortMonths": [
            str(dates.MONTHS_3[month]).title() if english else str(dates.MONTHS_3[month])
            for month in range(1, 13)
        ],
    }


def clean(drawn: str, *, prefix: str) -> SafeString:
    """`drawn` (SVG text of our renderer) with tokens for colours and known elements and attributes only.

    What a mark says of itself (its aria-label) becomes its <title>, which the mouse shows; the picture as a whole is named
    by whoever puts it into a page. Ids get `prefix`, so that several pictures can share one.
    """
    root = ET.fromstring(drawn)  # noqa: S314  # nosec: our renderer's own output
    _clean(root, prefix)
    for name in ("width", "height"):
        root.attrib.pop(name, None)
    root.set("aria-hidden", "true")
    root.set("focusable", "false")
    ET.register_namespace("", _SVG[1:-1])
    text = ET.tostring(root, encoding="unicode")
    return mark_safe(text)  # noqa: S308  # nosec: cleaned above


def _short(number: re.Match[str]) -> str:
    return f"{float(number.group()):.1f}".removesuffix(".0")


def _clean(element: ET.Element, prefix: str) -> None:  # noqa: C901 - one case per attribute
    said = element.get("aria-label", "")
    is_mark = element.get("role") == "graphics-symbol" and element.get("aria-roledescription") != "axis"
    for name, value in list(element.attrib.items()):
        if name not in _ATTRIBUTES:
            del element.attrib[name]
        elif name in ("fill", "stroke"):
            element.set(name, _TOKENS.get(value.lower(), value))
        elif name == "id":
            element.set(name, prefix + value)
        elif name == "clip-path":
            element.set(name, value.replace("url(#", f"url(#{prefix}"))
        elif name == "class":
            del element.attrib[name]
        elif name != "id":
            # Places to a tenth of a pixel are exact enough. Texts are left alone: 1.320 is a thousand in Danish.
            element.set(name, _LONG_NUMBER.sub(_short, value))
    for child in list(element):
        invisible = child.get("display") == "none" or (child.tag == f"{_SVG}path" and not _draws(child))
        if child.tag.removeprefix(_SVG) not in _ELEMENTS or invisible:
            element.remove(child)
        else:
            _clean(child, prefix)
    if said and is_mark:
        title = ET.Element(f"{_SVG}title")
        title.text = said
        element.insert(0, title)


def _draws(path: ET.Element) -> bool:
    """Whether a path leaves ink: the renderer adds empty ones behind and before every group."""
    d = path.get("d", "")
    return bool(d) and d != "M0,0h0v0h0Z"
