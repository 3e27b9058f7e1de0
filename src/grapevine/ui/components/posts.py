"""What people wrote, shown as they wrote it: text with marked words, never as HTML."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from grapevine.ui.components.basics import hue

register = template.Library()
# Marks that turn the direction of writing can make an address read as another one. Each gives way to a mark that does nothing, so
# that places in the text stay what they were.
_TURNING = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)], "\u200b")


def straight(text: str) -> str:
    """The text without marks that turn its direction; as long as before."""
    return text.translate(_TURNING)


@dataclass(frozen=True)
class Segment:
    """A piece of text; `marked` pieces are highlighted, `why` says why (on hover, and read out)."""

    text: str
    marked: bool = False
    why: str = ""


def segments(text: str, spans: Iterable[tuple[int, int]], why: str = "") -> tuple[Segment, ...]:
    """Cut `text` at `spans` (start, end in characters; any order, may overlap or lie outside) into segments."""
    merged: list[list[int]] = []
    for start, end in sorted((max(0, start), min(len(text), end)) for start, end in spans):
        if start >= end:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], end)
        else:
            merged.append([start, end])
    pieces, here = [], 0
    for start, end in merged:
        if here < start:
            pieces.append(Segment(text[here:start]))
        pieces.append(Segment(text[start:end], True, why))
        here = end
    if here < len(text) or not pieces:
        pieces.append(Segment(text[here:]))
    return tuple(pieces)


@register.simple_tag
def marked(pieces: Sequence[Segment] | str) -> SafeString:
    """Text with its marked pieces as <mark>. Everything is escaped; line breaks are kept by CSS."""
    if isinstance(pieces, str):
        return format_html("{}", pieces)
    return format_html_join(
        "",
        "{}",
        (
            (
                format_html(
                    "<mark{}>{}</mark>", format_html(' title="{}"', one.why) if one.why else "", one.text
                )
                if one.marked
                else one.text,
            )
            for one in pieces
        ),
    )


@dataclass(frozen=True)
class BrandTag:
    """A brand named on a post: its name, its place in the palette, where it leads."""

    name: str
    colour: int
    href: str = ""

    @property
    def hue(self) -> int:
        return hue(self.colour)


@dataclass(frozen=True, kw_only=True)
class PostView:
    """A post as a card shows it. Texts are plain; `text` and `title` may be segments (see `segments`).

    `badges` are (text, tone); `metrics` are (icon, what it is, number); `copies` counts near-duplicates folded into it.
    """

    id: str
    text: Sequence[Segment] | str
    published_at: datetime
    title: Sequence[Segment] | str = ""
    href: str = ""
    url: str = ""
    lang: str = ""
    author_name: str = ""
    author_handle: str = ""
    author_href: str = ""
    source_name: str = ""
    source_icon: str = "source"
    kind: str = "post"
    brands: Sequence[BrandTag] = field(default_factory=tuple)
    badges: Sequence[tuple[Any, str]] = field(default_factory=tuple)
    metrics: Sequence[tuple[str, Any, int]] = field(default_factory=tuple)
    copies: int = 0
    copies_href: str = ""

    @property
    def initial(self) -> str:
        letters = [letter for letter in (self.author_name or self.author_handle or "?") if letter.isalnum()]
        return (letters[0] if letters else "?").upper()


@register.simple_block_tag(takes_context=True)
def post(context: Any, content: str, view: PostView, whole: bool = False, level: int = 3) -> SafeString:
    """A post card. Inside the tag stand the actions. `whole=True` shows long texts unfolded (the mention's own page)."""
    given = {"post": view, "actions": content, "whole": whole, "level": level}
    return render_to_string("ui/components/post.html", given, request=context.get("request"))


@dataclass(frozen=True)
class QueryPart:
    """A piece of a query as shown: `kind` is word, operator, field, phrase, bracket, number, error or warning."""

    text: str
    kind: str = ""
    why: str = ""


@register.simple_tag
def query(parts: Iterable[QueryPart] | str, label: Any = "") -> SafeString:
    """A query as code, its parts told apart; wrong parts are underlined and say why."""
    if isinstance(parts, str):
        return format_html('<code class="query">{}</code>', parts)
    inside = format_html_join(
        "",
        '<span class="{}"{}>{}</span>',
        (
            (
                f"q-{one.kind}" if one.kind else "q",
                format_html(' title="{}"', one.why) if one.why else "",
                one.text,
            )
            for one in parts
        ),
    )
    says = format_html(' aria-label="{}"', label) if label else ""
    return format_html('<code class="query"{}>{}</code>', says, inside)
