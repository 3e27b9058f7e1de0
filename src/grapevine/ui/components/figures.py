"""Numbers and moments as people write them, in their language."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django import template
from django.utils import formats, timezone, translation
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from grapevine.core import clock
from grapevine.ui.components.attributes import attributes

register = template.Library()
Number = int | float | Decimal

# The short words for thousand, million and milliard (CLDR's compact forms).
_SHORT = {
    "sv": (" tn", " mn", " md"),
    "da": (" t", " mio.", " mia."),
    "nl": ("K", " mln.", " mld."),
    "en": ("K", "M", "B"),
}
_MINUS, _NARROW = "−", "\u202f"


@register.filter
def num(value: Number | None, decimals: int = 0) -> str:
    """A number with the language's separators: 12 345 (sv), 12.345 (da, nl), 12,345 (en). None is a dash."""
    if value is None:
        return "–"
    # Rounded first: Django's formatting cuts decimals off.
    rounded = round(value, decimals)
    text = formats.number_format(abs(rounded), decimal_pos=decimals, use_l10n=True, force_grouping=True)
    negative = rounded < 0
    return f"{_MINUS}{text}" if negative else text


@register.filter
def compact(value: Number | None) -> str:
    """A number in little room: 9,412 stays, 12,412 becomes 12.4K, with the language's words."""
    if value is None:
        return "–"
    size = abs(float(value))
    if size < 9_999.5:
        return num(value, 0 if float(value).is_integer() or size >= 100 else 1)
    words = _SHORT.get((translation.get_language() or "en")[:2], _SHORT["en"])
    for power, word in ((3, words[0]), (6, words[1]), (9, words[2])):
        scaled = float(value) / 10**power
        decimals = 1 if abs(scaled) < 99.95 else 0
        if abs(round(scaled, decimals)) < 1000 or power == 9:
            break
    text = num(scaled, decimals)
    return f"{text.removesuffix('.0').removesuffix(',0')}{word}".replace(" ", _NARROW)


@register.filter
def percent(share: Number | None, decimals: int = 0) -> str:
    """A share (0.123) as percent: 12 % in Swedish and Danish, 12% in Dutch and English."""
    if share is None:
        return "–"
    space = "\u00a0" if (translation.get_language() or "")[:2] in ("sv", "da") else ""
    return f"{num(float(share) * 100, decimals)}{space}%"


@register.filter
def change(now: Number | None, before: Number | None) -> str:
    """How much more or less than before, in percent with its sign. Empty when there was nothing before."""
    if not before or now is None:
        return ""
    share = float(now) / float(before) - 1
    sign = "+" if round(share * 100) > 0 else ""
    return f"{sign}{percent(share)}"


@register.filter
def duration(seconds: Number | None) -> str:
    """A length of time in the two units that matter: 45 s, 3 min 20 s, 2 h 5 min, 3 d 4 h."""
    if seconds is None:
        return "–"
    left = max(0, round(float(seconds)))
    units = ((86_400, _("d")), (3_600, _("h")), (60, _("min")), (1, _("s")))
    parts = []
    for size, name in units:
        amount, left = divmod(left, size)
        if amount or parts:
            parts.append((amount, name))
        if len(parts) == 2:
            break
    return " ".join(f"{amount}\u00a0{name}" for amount, name in parts if amount) or f"0\u00a0{_('s')}"


def relative(at: datetime, now: datetime) -> str:
    """`at` seen from `now`: "just now", "5 min ago", "3 h ago", "2 days ago", "in 5 min"; a date when further away."""
    seconds = int((now - at).total_seconds())
    away = abs(seconds)
    if away < 60:
        return _("just now")
    if away >= 7 * 86_400:
        return _date(at, now)
    if away < 3600:
        text = ngettext("%(n)d min", "%(n)d min", away // 60) % {"n": away // 60}
    elif away < 86_400:
        text = ngettext("%(n)d h", "%(n)d h", away // 3600) % {"n": away // 3600}
    else:
        text = ngettext("%(n)d day", "%(n)d days", away // 86_400) % {"n": away // 86_400}
    return (_("%(time)s ago") if seconds > 0 else _("in %(time)s")) % {"time": text}


def _date(at: datetime, now: datetime) -> str:
    local = timezone.localtime(at)
    same_year = abs(now - at) < timedelta(days=300)
    return formats.date_format(local, "MONTH_DAY_FORMAT" if same_year else "DATE_FORMAT")


@register.simple_tag
def moment(at: datetime | None, href: str = "", plain: bool = False, **given: Any) -> SafeString:
    """A moment: how long ago, with the full date and time on hover and focus. `href` makes a link of it.

    `plain=True` keeps it out of the tab order, for lists where something else in the row says when.
    """
    if at is None:
        return format_html('<span class="faint">{}</span>', _("never"))
    full = formats.date_format(timezone.localtime(at), "DATETIME_FORMAT")
    focusable = None if href or plain else "0"
    shown = format_html(
        '<time class="moment" datetime="{}" data-relative data-absolute="{}"{}>{}</time>',
        at.isoformat(timespec="seconds"),
        full,
        attributes({"tabindex": focusable}),
        relative(at, clock.now()),
    )
    if not href:
        return shown
    return format_html("<a{}>{}</a>", attributes({"href": href, **given}, classes="moment-link"), shown)


@register.simple_tag
def stat(
    label: Any,
    value: Number | str | None,
    before: Number | None = None,
    note: Any = "",
    href: str = "",
    good: str = "",
    full: bool = False,
) -> SafeString:
    """A figure with its name. `before` is the same figure of the period before; `good` says which way is good ("up", "down",
    "" when neither is). Large numbers are shortened unless `full=True`; the whole number stands in the title.
    """
    text = value if isinstance(value, str) else (num(value) if full else compact(value))
    moved: SafeString | str = ""
    if before is not None and value is not None and not isinstance(value, str):
        moved = _moved(value, before, good)
    figure = format_html(
        '<span class="stat-figure num" title="{}">{}</span>',
        value if isinstance(value, str) else num(value),
        text,
    )
    name = format_html('<a href="{}">{}</a>', href, label) if href else label
    return format_html(
        '<div class="stat"><span class="stat-label">{}</span>{}{}{}</div>',
        name,
        figure,
        moved,
        format_html('<span class="stat-note">{}</span>', note) if note else "",
    )


def _moved(value: Number, before: Number, good: str) -> SafeString:
    way = "up" if value > before else "down" if value < before else ""
    tone = "" if not way or not good else "good" if way == good else "bad"
    text = change(value, before) or ("±0" if not way else f"+{num(value)}")
    arrow = {"up": "↗", "down": "↘", "": "→"}[way]
    was = _("%(number)s in the period before") % {"number": num(before)}
    return format_html(
        '<span class="stat-change {}"><span aria-hidden="true">{}</span> {}<span class="visually-hidden">, {}</span></span>',
        tone, arrow, text, was,
    )  # fmt: skip
