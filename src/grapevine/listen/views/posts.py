"""How posts of the stream are shown: rows of the selectors as cards of the interface."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from grapevine.listen.contracts.filters import Wish
from grapevine.listen.documents import Spans
from grapevine.listen.selectors.filters import Choice
from grapevine.listen.selectors.stream import Row
from grapevine.sources.selectors.shown import ShownPost
from grapevine.ui.components.posts import BrandTag, PostView, segments, straight
from grapevine.understand.contracts import INTENT_NAMES, MOOD_NAMES, MOOD_TONES

LENGTH = 900  # characters of a text on a list
_BEFORE = 160  # characters kept in front of the first marked word
_METRICS: tuple[tuple[str, str, Any], ...] = (
    ("likes", "heart", _("Likes")),
    ("shares", "repost", _("Shares")),
    ("comments", "comment", _("Comments")),
)
ELLIPSIS = "…"


@dataclass(frozen=True)
class Item:
    """A card, and what stands under it: copies that unfold, the post it repeats itself."""

    view: PostView
    watches: tuple[str, ...]
    copies: int
    copies_href: str
    lead_href: str


def items(rows: Iterable[Row], choice: Choice, *, wish: Wish | None = None) -> list[Item]:
    """Cards for rows. Their links keep the filters of `wish` (those of the page), so that going on stays within them."""
    within = choice.wish if wish is None else wish
    return [item(row, choice, within) for row in rows]


def item(row: Row, choice: Choice, wish: Wish) -> Item:
    """One card."""
    post = row.post
    href = address(post.id, wish)
    text, spans = excerpt(post.text, row.marks.text, cut=post.cut)
    view = PostView(
        id=str(post.id),
        text=segments(straight(text), spans),
        title=segments(straight(post.title), row.marks.title) if post.title else "",
        published_at=post.published_at,
        href=href,
        url=web_address(post.url),
        lang=row.lang,
        author_name=straight(post.author_name),
        author_handle=straight(handle(post)),
        author_href=_author(row.identity_id),
        source_name=choice.sources[post.source_id].name if post.source_id in choice.sources else "",
        kind=post.kind,
        brands=brands(row, choice),
        badges=badges(row),
        metrics=metrics(post),
    )
    return Item(
        view=view,
        watches=_watches(row, choice),
        copies=row.copies,
        copies_href=reverse("listen:copies", args=[row.lead_id or post.id]) + wish.address()
        if row.copies
        else "",
        lead_href=address(row.lead_id, wish) if row.lead_id and not row.copies else "",
    )


def _watches(row: Row, choice: Choice) -> tuple[str, ...]:
    """The names of the watches that caught it; with their brand's where two are called the same."""
    caught = [choice.named.watches[one.watch_id] for one in row.caught]
    names = [one.name for one in caught]
    return tuple(
        one.name if names.count(one.name) == 1 else f"{choice.named.brands[one.brand_id].name}: {one.name}"
        for one in caught
    )


def address(post_id: int, wish: Wish) -> str:
    """The page of a post, within the filters it was found by."""
    return reverse("listen:mention", args=[post_id]) + (wish.address() if wish else "")


def brands(row: Row, choice: Choice) -> tuple[BrandTag, ...]:
    """The brands a row mentions, each leading to what else is said about it."""
    found = {}
    for one in row.caught:
        brand = choice.named.brands[one.brand_id]
        found[brand.pk] = BrandTag(
            brand.name, brand.position, reverse("listen:stream") + Wish(brand=brand.slug).address()
        )
    return tuple(found.values())


def badges(row: Row) -> tuple[tuple[Any, str], ...]:
    """How it reads, where that is sure, and states worth a word."""
    said: list[tuple[Any, str]] = []
    if row.read.by_brand:
        said.append((_("By the brand itself"), ""))
    if row.read.spam:
        said.append((_("Looks like spam"), "warn"))
    if row.read.mood_name:
        said.append((MOOD_NAMES[row.read.mood_name], MOOD_TONES[row.read.mood_name]))
    said += [(INTENT_NAMES[name], "info") for name in row.read.want_names]
    if row.post.deleted_at:
        said.append((_("Deleted at the platform"), "warn"))
    elif row.post.edited_at:
        said.append((_("Edited"), ""))
    if row.post.kind in _KINDS:
        said.append((_KINDS[row.post.kind], ""))
    return tuple(said)


_KINDS = {
    "comment": _("Comment"),
    "reply": _("Reply"),
    "review": _("Review"),
    "article": _("Article"),
    "repost": _("Repost"),
}


def metrics(post: ShownPost) -> tuple[tuple[str, Any, int], ...]:
    """The counts that have an icon."""
    return tuple((icon, name, post.metrics[key]) for key, icon, name in _METRICS if post.metrics.get(key))


def handle(post: ShownPost) -> str:
    """The handle with its @, the way people write it; as it is when it is an address or a name."""
    given = post.author_handle
    return given if not given or given[0] == "@" or any(sign in given for sign in " @/:") else f"@{given}"


def _author(identity_id: int | None) -> str:
    return reverse("listen:stream") + Wish(author=str(identity_id)).address() if identity_id else ""


def web_address(url: str) -> str:
    """The address if a browser may follow it: nobody's `javascript:` becomes a link."""
    return url if url.lower().startswith(("https://", "http://")) else ""


def excerpt(text: str, spans: Spans, *, cut: bool = False, length: int = LENGTH) -> tuple[str, Spans]:
    """The part of a text that a list has room for, around the first marked word, with the marks in it."""
    if len(text) <= length:
        return (text.rstrip() + ELLIPSIS if cut else text), spans
    first = min((start for start, _end in spans), default=0)
    start = 0 if first < length - _BEFORE else first - _BEFORE
    if start:
        # Not in the midst of a word, as far as there are words.
        space = text.find(" ", start, start + 40)
        start = space + 1 if space >= 0 else start
    end = min(len(text), start + length)
    before = ELLIPSIS if start else ""
    shown = before + text[start:end].rstrip() + (ELLIPSIS if end < len(text) or cut else "")
    moved = len(before) - start
    return shown, tuple((a + moved, b + moved) for a, b in spans if a >= start and b <= end)
