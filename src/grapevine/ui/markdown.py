"""Markdown that people of the house write, as HTML that may stand in a page.

CommonMark by markdown-it-py, without raw HTML; what comes out is cleaned once more by nh3, so that a fault of the one is caught by the
other. Pictures are left out: they would be fetched from elsewhere by the reader's browser.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import nh3
from django.utils.safestring import SafeString, mark_safe

TAGS = {
    "p", "h2", "h3", "h4", "ul", "ol", "li", "strong", "em", "a", "blockquote", "code", "pre", "br", "hr", "table", "thead", "tbody", "tr", "th",
    "td",
}  # fmt: skip
LONGEST = 60_000


@cache
def _reader() -> Any:
    from markdown_it import MarkdownIt

    return (
        MarkdownIt("commonmark", {"html": False})
        .enable("table")
        .disable(["image", "html_block", "html_inline"])
    )


def render(text: str) -> SafeString:
    """Markdown as safe HTML. Headings of the first level become those of the second: the page has its title already."""
    made: str = _reader().render(text[:LONGEST])
    made = made.replace("<h1>", "<h2>").replace("</h1>", "</h2>")
    clean = nh3.clean(
        made,
        tags=TAGS,
        attributes={"a": {"href", "title"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener noreferrer nofollow",
    )
    return mark_safe(clean)  # noqa: S308  # nosec
