"""Buttons, icons, cards, badges, figures, notices: what most pages are made of."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.base import Node, Parser, Token
from django.template.context import Context
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.templatetags.static import static
from django.utils.html import format_html, strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from grapevine.ui import addresses, slots
from grapevine.ui.components.attributes import attributes

register = template.Library()
NOTHING = SafeString("")
HUES = 8


class _PageTitle(Node):
    def render(self, context: Context) -> str:
        blocks = context.render_context.get(BLOCK_CONTEXT_KEY)
        block = blocks.get_block("title") if blocks else None
        # The block's own output is escaped already; only its tags and line breaks go.
        return mark_safe(" ".join(strip_tags(block.render(context)).split())) if block else ""  # noqa: S308  # nosec


@register.tag
def page_title(parser: Parser, token: Token) -> Node:
    """The block `title` once more, without markup: for <title>, while the block itself stands in the <h1>."""
    return _PageTitle()


@register.simple_tag
def icon(name: str, label: str = "", class_: str = "") -> SafeString:
    """An icon of `icons.svg`. Without `label` it is decoration; with one it is an image that says so."""
    says = format_html(' role="img" aria-label="{}"', label) if label else SafeString(' aria-hidden="true"')
    return format_html(
        '<svg class="{}"{} focusable="false"><use href="{}#{}"></use></svg>',
        f"icon {class_}".strip(),
        says,
        static("ui/icons.svg"),
        name,
    )


def _maybe_icon(name: str) -> SafeString:
    return icon(name) if name else NOTHING


@register.inclusion_tag("ui/_identity.html")
def identity() -> dict[str, Any]:
    """The mark and the name, leading home."""
    return {"home": addresses.of("home:start") or "/"}


def _button_inside(label: Any, icon_name: str, hide_label: bool, keys: Any) -> SafeString:
    text = (
        format_html('<span class="visually-hidden">{}</span>', label)
        if hide_label
        else format_html("<span>{}</span>", label)
    )
    hint = format_html('<kbd aria-hidden="true">{}</kbd>', keys) if keys and not hide_label else NOTHING
    return format_html("{}{}{}", _maybe_icon(icon_name), text, hint)


def _button_classes(kind: str, small: bool, hide_label: bool) -> str:
    return f"button {kind} {'small' if small else ''} {'square' if hide_label else ''}"


@register.simple_tag
def button(
    label: Any, icon: str = "", kind: str = "", small: bool = False, hide_label: bool = False, **given: Any
) -> SafeString:
    """A button. `kind`: "" (plain), primary, quiet, danger. Other arguments become attributes (`hx_post=…`, `name=…`).

    `data_key="x"` makes a key of it and shows the key; `hide_label=True` leaves the icon alone (the label is still read out).
    """
    given.setdefault("type", "submit")
    if given.get("data_key"):
        given.setdefault("data_key_label", label)
    return format_html(
        "<button{}>{}</button>",
        attributes(given, classes=_button_classes(kind, small, hide_label)),
        _button_inside(label, icon, hide_label, given.get("data_key")),
    )


@register.simple_tag
def link_button(
    label: Any,
    href: str,
    icon: str = "",
    kind: str = "",
    small: bool = False,
    hide_label: bool = False,
    **given: Any,
) -> SafeString:
    """A link that looks like a button, for going somewhere (a button does something)."""
    if given.get("data_key"):
        given.setdefault("data_key_label", label)
    return format_html(
        "<a{}>{}</a>",
        attributes({"href": href, **given}, classes=_button_classes(kind, small, hide_label)),
        _button_inside(label, icon, hide_label, given.get("data_key")),
    )


@register.simple_block_tag
def card(
    content: str,
    title: Any = "",
    icon: str = "",
    more: str = "",
    more_label: Any = "",
    level: int = 2,
    flush: bool = False,
    **given: Any,
) -> SafeString:
    """A card with an optional title and a way to more. `flush=True` lets a table or list reach its edges."""
    head: SafeString = NOTHING
    if title:
        way = (
            format_html('<a class="card-more" href="{}">{}</a>', more, more_label or _("Show all"))
            if more
            else NOTHING
        )
        head = format_html(
            '<div class="card-head"><h{0}>{1}{2}</h{0}>{3}</div>', level, _maybe_icon(icon), title, way
        )
    classes = "card flush" if flush else "card"
    return format_html(
        '<section{}>{}<div class="card-body">{}</div></section>',
        attributes(given, classes=classes),
        head,
        content,
    )


@register.filter("hue_of")
def hue(index: Any) -> int:
    """The place of a brand in the palette: any whole number comes round."""
    return int(index or 0) % HUES


@register.simple_tag
def badge(text: Any, tone: str = "", icon: str = "", **given: Any) -> SafeString:
    """A short label. `tone`: "" (neutral), accent, good, warn, bad, info."""
    return format_html(
        "<span{}>{}{}</span>", attributes(given, classes=f"badge {tone}"), _maybe_icon(icon), text
    )


@register.simple_tag
def chip(text: Any, colour: Any = None, href: str = "", remove: str = "", **given: Any) -> SafeString:
    """A thing by its name, with the colour of its place in the palette. `remove` is an address without it (filters)."""
    dot = (
        format_html('<span class="dot hue-{}" aria-hidden="true"></span>', hue(colour))
        if colour is not None
        else NOTHING
    )
    inside = format_html("{}<bdi>{}</bdi>", dot, text)
    if href:
        return format_html("<a{}>{}</a>", attributes({"href": href, **given}, classes="chip"), inside)
    away: SafeString = NOTHING
    if remove:
        away = format_html(
            '<a class="chip-remove" href="{}">{}<span class="visually-hidden">{}</span></a>',
            remove,
            icon("close"),
            _("Remove %(name)s") % {"name": text},
        )
    return format_html("<span{}>{}{}</span>", attributes(given, classes="chip"), inside, away)


@register.simple_block_tag
def empty(content: str, title: Any, text: Any = "", icon: str = "leaf") -> SafeString:
    """What stands where nothing is yet: why, and (inside the tag) what to do about it."""
    return format_html(
        '<div class="empty">{}<p class="empty-title">{}</p>{}{}</div>',
        _maybe_icon(icon),
        title,
        format_html("<p>{}</p>", text) if text else NOTHING,
        format_html('<div class="empty-actions">{}</div>', content) if content.strip() else NOTHING,
    )


_TONE_ICONS = {"good": "check", "warn": "warning", "bad": "warning", "info": "info"}


@register.simple_block_tag
def notice(
    content: str, tone: str = "info", title: Any = "", urgent: bool = False, **given: Any
) -> SafeString:
    """A message in the page. `urgent=True` has it read out at once (after an action that went wrong)."""
    return format_html(
        "<div{}>{}<div>{}{}</div></div>",
        attributes({"role": "alert" if urgent else None, **given}, classes=f"notice {tone}"),
        icon(_TONE_ICONS.get(tone, "info")),
        format_html('<p class="notice-title">{}</p>', title) if title else NOTHING,
        content,
    )


@register.simple_tag(takes_context=True)
def slot(context: Context, name: str, **given: Any) -> SafeString:
    """What upper rooms put here (`ui.slots.fill`)."""
    return format_html("{}", mark_safe("".join(slots.render(name, context["request"], **given))))  # noqa: S308  # nosec


@register.simple_block_tag
def dialog(content: str, id: str, title: Any, wide: bool = False) -> SafeString:
    """A <dialog>. Opened by `{% dialog_button %}` or any button with data-dialog-open.

    A form in it with method="dialog" closes it, and so does the answer to htmx with the event `grapevine:done`.
    """
    return format_html(
        '<dialog class="dialog{}" id="{}" aria-labelledby="{}-title"><div class="dialog-head"><h2 id="{}-title">{}</h2>'
        '<button class="button quiet square" type="button" data-dialog-close command="close" commandfor="{}">{}'
        '<span class="visually-hidden">{}</span></button></div>{}</dialog>',
        " wide" if wide else "", id, id, id, title, id, icon("close"), _("Close"), content,
    )  # fmt: skip


@register.simple_tag
def dialog_button(id: str, label: Any, **given: Any) -> SafeString:
    """The button that opens the dialog `id`. Takes what `button` takes."""
    opens = {"type": "button", "data_dialog_open": id, "command": "show-modal", "commandfor": id}
    return button(label, **{**opens, "aria_haspopup": "dialog", **given})


@register.simple_block_tag
def menu(
    content: str,
    label: Any,
    icon: str = "more",
    hide_label: bool = False,
    kind: str = "",
    small: bool = False,
) -> SafeString:
    """A button that unfolds links and buttons (`class="menu-item"`).

    Works without JavaScript; with it, Escape and a click beside close it.
    """
    return format_html(
        '<details class="menu" data-menu><summary class="{}">{}</summary><div class="menu-sheet">{}</div></details>',
        " ".join(_button_classes(kind, small, hide_label).split()),
        _button_inside(label, icon, hide_label, ""),
        content,
    )


@register.simple_tag
def skeleton(lines: int = 3) -> SafeString:
    """Grey lines where something is being fetched."""
    return format_html(
        '<div class="skeleton" role="status"><span class="visually-hidden">{}</span>{}</div>',
        _("Loading"),
        mark_safe('<span aria-hidden="true"></span>' * int(lines)),  # noqa: S308  # nosec
    )


@register.simple_tag
def loading(label: Any = "", id: str = "") -> SafeString:
    """A small sign of work, shown while htmx asks the server (`hx-indicator="#id"`)."""
    return format_html(
        '<span{}><span class="spinner" aria-hidden="true"></span><span>{}</span></span>',
        attributes({"id": id or None}, classes="loading htmx-indicator"),
        label or _("Loading"),
    )
