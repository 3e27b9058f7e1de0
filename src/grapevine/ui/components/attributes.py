"""HTML attributes from the keyword arguments of a template tag."""

from __future__ import annotations

from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


def attributes(given: dict[str, Any], *, classes: str = "") -> SafeString:
    """`{"hx_post": "/x", "disabled": True}` → ` hx-post="/x" disabled`, with `classes` before those in `class_`.

    A final underscore keeps clear of Python's own words (`for_`, `class_`). True gives the bare name; None and False nothing.
    """
    named = {name.rstrip("_").replace("_", "-"): value for name, value in given.items()}
    every_class = f"{classes} {named.pop('class', '') or ''}".split()
    if every_class:
        named = {"class": " ".join(dict.fromkeys(every_class)), **named}
    return format_html_join("", "{}", ((_one(name, value),) for name, value in named.items()))


def _one(name: str, value: Any) -> SafeString | str:
    if value is None or value is False:
        return ""
    if value is True:
        return format_html(" {}", name)
    return format_html(' {}="{}"', name, value)
