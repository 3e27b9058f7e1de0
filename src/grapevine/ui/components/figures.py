"""Numbers and moments as people write them, in their language."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import template
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from grapevine.core import clock
from grapevine.ui.components.attributes import attributes
from grapevine.ui.numbers import Number, change, compact, duration, num, percent

register = template.Library()
for written in (num, compact, percent, change, duration):
    register.filter(written)


def relative(at: datetime, now: datetime) -> str:
    """`at` seen from `now`: "just now", "5 min ago", "3 h ago", "2 days ago", "in 5 min"; a date when further away.

    time.js keeps it true by the same rule and the same words (`relative_words`); one table of cases tests both.
    """
    seconds = int((now - at).total_seconds())
    away, words = abs(seconds), relative_words()
    if away < 60:
        return str(words["now"])
    for below, size, one, more in words["units"]:
        if away < below:
            text = (one if away // size == 1 else more) % {"n": away // size}
            return str(words["ago" if seconds > 0 else "in"]) % {"time": text}
    return _date(at, now)


def relative_words() -> dict[str, Any]:
    """The words of `relative`, for time.js. Units: below how many seconds, of how many, one of it, several."""
    return {
        "now": _("just now"),
        "ago": _("%(time)s ago"),
        "in": _("in %(time)s"),
        "units": [
            (3600, 60, *(ngettext("%(n)d min", "%(n)d min", n) for n in (1, 2))),
            (86_400, 3600, *(ngettext("%(n)d h", "%(n)d h", n) for n in (1, 2))),
            (7 * 86_400, 86_400, *(ngettext("%(n)d day", "%(n)d days", n) for n in (1, 2))),
        ],
    }


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
    text = change(value, before) or "±0"
    arrow = {"up": "↗", "down": "↘", "": "→"}[way]
    was = _("%(number)s in the period before") % {"number": num(before)}
    return format_html(
        '<span class="stat-change {}"><span aria-hidden="true">{}</span> {}<span class="visually-hidden">, {}</span></span>',
        tone, arrow, text, was,
    )  # fmt: skip
