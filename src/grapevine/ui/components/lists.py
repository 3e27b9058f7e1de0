"""What stands around long lists: tables, filters, tabs, pages, progress."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import template
from django.http import QueryDict
from django.template.context import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from grapevine.ui.components.attributes import attributes
from grapevine.ui.components.basics import NOTHING, hue, icon
from grapevine.ui.numbers import duration, num, percent

register = template.Library()
# Where we are in a list is forgotten when what is listed, or its order, changes.
PLACES = ("before", "after", "page")


def address(query: QueryDict, **changed: Any) -> str:
    """The page's address with some of its query changed (None takes a part away) and its place in the list forgotten."""
    copy = query.copy()
    for name in PLACES:
        copy.pop(name, None)
    for name, value in changed.items():
        if value is None:
            copy.pop(name, None)
        else:
            copy[name] = str(value)
    return f"?{copy.urlencode()}"


@register.simple_block_tag
def table(content: str, caption: Any, show_caption: bool = False, **given: Any) -> SafeString:
    """A table with its caption (read out; shown too with `show_caption`). Inside: <thead> with `{% th %}`, and <tbody>."""
    return format_html(
        '<div class="table-wrap" tabindex="0" role="region" aria-label="{}"><table{}><caption{}>{}</caption>{}</table></div>',
        caption,
        attributes(given, classes="table"),
        NOTHING if show_caption else format_html(' class="{}"', "visually-hidden"),
        caption,
        content,
    )


@register.simple_tag(takes_context=True)
def th(
    context: Context, label: Any, sort: str = "", number: bool = False, hidden: bool = False, **given: Any
) -> SafeString:
    """A column's header. `sort` makes a link of it: `?sort=name`, and `?sort=-name` when it is sorted so already."""
    classes = "number" if number else ""
    text = format_html('<span class="visually-hidden">{}</span>', label) if hidden else label
    if not sort:
        return format_html("<th{}>{}</th>", attributes({"scope": "col", **given}, classes=classes), text)
    query = context["request"].GET
    now = query.get("sort", "")
    state = {sort: "ascending", f"-{sort}": "descending"}.get(now)
    # Numbers are wanted largest first, names from A.
    first, second = (f"-{sort}", sort) if number else (sort, f"-{sort}")
    arrow = {"ascending": "up", "descending": "down"}.get(state or "", "up-down")
    return format_html(
        '<th{}><a href="{}">{}{}</a></th>',
        attributes({"scope": "col", "aria_sort": state, **given}, classes=classes),
        address(query, sort=second if now == first else first),
        text,
        icon(arrow),
    )


@dataclass(frozen=True)
class Tab:
    """One of several views of the same thing. `count` is shown beside its name."""

    label: Any
    href: str
    current: bool = False
    count: int | None = None


@register.simple_tag
def tabs(all_of_them: Iterable[Tab], label: Any) -> SafeString:
    """Tabs that are links: each view has its own address. `label` says what they are views of."""
    items = format_html_join(
        "",
        '<li><a href="{}"{}>{}{}</a></li>',
        (
            (
                one.href,
                attributes({"aria_current": "page" if one.current else None}),
                one.label,
                format_html(' <span class="count num">{}</span>', num(one.count))
                if one.count is not None
                else "",
            )
            for one in all_of_them
        ),
    )
    return format_html('<nav class="tabs" aria-label="{}"><ul>{}</ul></nav>', label, items)


@dataclass(frozen=True)
class Facet:
    """One value to filter by: what goes into the address, what is shown, how many there are, whether it is chosen."""

    value: str
    label: Any
    count: int | None = None
    chosen: bool = False
    colour: int | None = None


@register.inclusion_tag("ui/components/facets.html")
def facets(
    name: str, title: Any, values: Iterable[Facet], shown: int = 6, single: bool = False
) -> dict[str, Any]:
    """Values of one filter as boxes to tick (`single=True`: one of them), inside `{% filter_bar %}` or any GET form.

    Those beyond `shown` fold away; chosen ones are always seen.
    """
    every = list(values)
    first = [one for place, one in enumerate(every) if place < shown or one.chosen]
    rest = [one for one in every if one not in first]
    return {
        "name": name,
        "title": title,
        "first": first,
        "rest": rest,
        "kind": "radio" if single else "checkbox",
    }


@register.simple_block_tag(takes_context=True)
def filter_bar(
    context: Context, content: str, action: str = "", label: Any = "", target: str = ""
) -> SafeString:
    """A GET form of filters. Choices send themselves; without JavaScript there is a button. `target` (a CSS selector) has
    htmx put the same piece of the answer there and keep the address true.
    """
    swap = {}
    if target:
        where = action or context["request"].path
        swap = {
            "hx_get": where,
            "hx_target": target,
            "hx_select": target,
            "hx_swap": "outerHTML",
            "hx_push_url": "true",
        }
    return format_html(
        '<form{}>{}<noscript><button class="button small" type="submit">{}</button></noscript></form>',
        attributes(
            {
                "method": "get",
                "action": action or None,
                "aria_label": label or _("Filters"),
                "data_send_on_change": True,
                **swap,
            },
            classes="filters",
        ),
        content,
        _("Apply"),
    )


@register.simple_tag
def pager(newer: str = "", older: str = "", summary: Any = "") -> SafeString:
    """Ways to the newer and the older part of a list that has no page numbers. Nothing when there is only one part."""
    if not newer and not older and not summary:
        return NOTHING

    def way(href: str, rel: str, text: Any) -> SafeString:
        inside = (icon("left"), text, "") if rel == "prev" else ("", text, icon("right"))
        if not href:
            return format_html(
                '<span class="button" aria-disabled="true">{}<span>{}</span>{}</span>', *inside
            )
        return format_html('<a class="button" rel="{}" href="{}">{}<span>{}</span>{}</a>', rel, href, *inside)

    return format_html(
        '<nav class="pager" aria-label="{}">{}<span class="pager-summary">{}</span>{}</nav>',
        _("Parts of the list"),
        way(newer, "prev", _("Newer")) if newer or older else "",
        summary,
        way(older, "next", _("Older")) if newer or older else "",
    )


@register.simple_tag
def progress(
    label: Any,
    done: int,
    total: int | None = None,
    rate: float | None = None,
    left: float | None = None,
    note: Any = "",
    poll: str = "",
    channel: str = "",
    only: str = "",
    unit: Any = "",
    counted: bool = True,
) -> SafeString:
    """How far a piece of work is: bar, share, rate (per second) and time left (seconds). `counted`: what is done is a count, and shown.

    `poll` is an address that answers with this component anew: asked every 2 s, or when `channel` says so (`ui/live.js`,
    `only` as in data-live-only) and else every 10 s. Answer without `poll` when the work is done.
    """
    share = percent(done / total) if total else ""
    if left is None and rate and total:
        left = max(0, total - done) / rate
    facts = [
        (f"{num(done)} / {num(total)} {unit}" if total else f"{num(done)} {unit}").strip() if counted else "",
        _("%(number)s per second") % {"number": num(rate)} if rate else "",
        _("%(time)s left") % {"time": duration(left)} if left and (total or 0) > done else "",
        str(note),
    ]
    asks: dict[str, Any] = {}
    if poll:
        trigger = "live, every 10s" if channel else "every 2s"
        asks = {
            "hx_get": poll,
            "hx_trigger": trigger,
            "hx_swap": "outerHTML",
            "data_live": channel or None,
            "data_live_only": only or None,
        }
    bar = attributes({"max": total or None, "value": done if total else None, "aria_label": label})
    return format_html(
        '<div{}><div class="progress-head"><span>{}</span><span class="num">{}</span></div>'
        "<progress{}>{}</progress><p class=\"progress-facts num\">{}</p></div>",
        attributes(asks, classes="progress"), label, share, bar, share, " · ".join(one for one in facts if one),
    )  # fmt: skip


@register.simple_tag
def share_bar(share: float, colour: Any = None) -> SafeString:
    """A thin bar as long as `share` (0–1), for table cells beside the number (so it is decoration to those who listen)."""
    width = f"{min(1.0, max(0.0, float(share))) * 100:.2f}"
    classes = f"share-bar hue-{hue(colour)}" if colour is not None else "share-bar"
    return format_html(
        '<svg class="{}" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        '<rect class="rest" width="100" height="6"/><rect class="part" width="{}" height="6"/></svg>',
        classes,
        width,
    )
