"""The door to one post that watches caught."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from grapevine.core import access, clock
from grapevine.listen import differences, warmth
from grapevine.listen.contracts.filters import Wish
from grapevine.listen.selectors import filters, mentions
from grapevine.listen.selectors.mentions import MentionPage, Why
from grapevine.listen.views import how_it_reads, posts
from grapevine.sources.selectors import shown
from grapevine.sources.selectors.shown import ShownPost
from grapevine.ui.components.posts import PostView, Segment, segments

_SHOWN = 600  # characters of the texts around
_RAW = 200_000  # characters of a raw item
_COUNTS = {
    "likes": _("Likes"),
    "shares": _("Shares"),
    "comments": _("Comments"),
    "reach": _("Reach"),
    "views": _("Views"),
    "engagement": _("Engagement"),
    "followers": _("Followers"),
    "votes": _("Votes"),
    "rating": _("Rating"),
}
_MEDIA = {"image": _("Image"), "video": _("Video"), "audio": _("Audio")}


@dataclass(frozen=True)
class Link:
    """An address in a post: the host stands first, so that nobody is led astray by what follows."""

    host: str
    address: str


@dataclass(frozen=True)
class Reason:
    """Why a watch caught the post: its query with the parts that were found."""

    why: Why
    query: tuple[Segment, ...]
    href: str


@dataclass(frozen=True)
class Around:
    """A post of the conversation. `depth` is how far under the post it stands."""

    href: str
    depth: int
    author: str
    title: str
    text: str
    published_at: datetime
    is_deleted: bool


@dataclass(frozen=True)
class Change:
    """What a change of the post's texts did."""

    at: Any
    title: tuple[differences.Piece, ...]
    text: tuple[differences.Piece, ...]


@require_GET
@access.needs("listen.mention.see")
def page(request: HttpRequest, post_id: int) -> HttpResponse:
    """A post as it was, why it is here, and what stands around it."""
    if not mentions.reachable_by(request.user, post_id):
        return _gone(request, post_id)
    choice = filters.understood(Wish.read(request.GET), now=clock.now(), zone=filters.reader_zone())
    found = mentions.page(post_id, choice)
    if found is None:
        raise Http404
    return render(request, "listen/mention.html", _context(request, found, choice))


def _gone(request: HttpRequest, post_id: int) -> HttpResponse:
    """A post that its author or the platform took back has no page any longer, but an address that people may have kept."""
    at = shown.gone_at(post_id)
    if at is None:
        raise Http404
    return render(request, "listen/mention_gone.html", {"at": at}, status=410)


@require_GET
@access.needs("listen.mention.see-raw")
def raw(request: HttpRequest, post_id: int) -> HttpResponse:
    """What the source delivered, for those who look into how it was read."""
    if not mentions.reachable_by(request.user, post_id):
        raise Http404
    found = shown.raw(post_id)
    if found is None:
        raise Http404
    context = {"raw": found, "text": _written(found.item), "back": reverse("listen:mention", args=[post_id])}
    return render(request, "listen/mention_raw.html", context)


def _written(item: bytes) -> str:
    """A raw item for reading: JSON laid out, other texts as they are, cut where a page has no room."""
    try:
        text = json.dumps(json.loads(item), indent=2, ensure_ascii=False)
    except (ValueError, RecursionError):
        text = item.decode("utf-8", "backslashreplace")
    return posts.straight(text[:_RAW])


def _context(request: HttpRequest, found: MentionPage, choice: filters.Choice) -> dict[str, Any]:
    post, wish, stream = found.post, choice.wish, reverse("listen:stream")
    more = ""
    if found.has_more_others and found.row.identity_id:
        more = stream + Wish(author=str(found.row.identity_id)).address()
    return {
        "page": found,
        "post": post,
        "view": _view(found, choice),
        # A connector's sentence in the reader's language; what an administrator wrote instead stays as it is.
        "terms": gettext(found.source.terms) if found.source and found.source.terms else "",
        "site": posts.straight(post.site),
        "heading": posts.straight(post.title[:200]),
        "links": links(post),
        "counts": [(label, post.metrics[name]) for name, label in _COUNTS.items() if name in post.metrics],
        "other_counts": [
            (posts.straight(name), count) for name, count in post.metrics.items() if name not in _COUNTS
        ],
        "media": [_MEDIA.get(kind, posts.straight(kind)) for kind in post.media],
        "reasons": [_reason(one) for one in found.why],
        "read": None if post.deleted_at else _read(request, found, choice),
        "reads_soon": not post.deleted_at and not warmth.is_ready(),
        "above": [_around(one, 0, found, wish) for one in found.conversation.above],
        "below": [_around(one, depth, found, wish) for depth, one in found.conversation.below],
        "changes": changes(found),
        "others": posts.items(found.others, choice, wish=Wish()),
        "others_more": more,
        "copies_href": reverse("listen:copies", args=[post.id]) if found.row.copies else "",
        "lead_href": posts.address(found.row.lead_id, wish) if found.row.lead_id else "",
        "newer": posts.address(found.newer, wish) if found.newer else "",
        "older": posts.address(found.older, wish) if found.older else "",
        "back": stream + (wish.address() if wish else ""),
        "wish": wish,
        "raw_href": reverse("listen:mention-raw", args=[post.id])
        if access.may(request.user, "listen.mention.see-raw")
        else "",
    }


def _view(found: MentionPage, choice: filters.Choice) -> PostView:
    card = posts.item(found.row, choice, Wish()).view
    post = found.post
    return PostView(
        id=card.id,
        text=segments(posts.straight(post.text), found.marks.text),
        title=segments(posts.straight(post.title), found.marks.title) if post.title else "",
        published_at=card.published_at,
        url=card.url,
        lang=card.lang,
        author_name=card.author_name,
        author_handle=card.author_handle,
        author_href=card.author_href,
        source_name=card.source_name,
        kind=card.kind,
        brands=card.brands,
        badges=card.badges,
        metrics=card.metrics,
    )


def _read(request: HttpRequest, found: MentionPage, choice: filters.Choice) -> how_it_reads.Card | None:
    named = choice.named.brands
    brands = {one.brand_id: named[one.brand_id] for one in found.row.caught if one.brand_id in named}
    own = {one.brand_id for one in found.row.caught if one.read.by_brand}
    wanted = request.GET.get("of", "")
    chosen = int(wanted) if wanted.isdecimal() and len(wanted) < 19 else 0
    return how_it_reads.card(request, found.post, brands, own, chosen)


def _reason(why: Why) -> Reason:
    return Reason(
        why,
        segments(why.query, why.terms),
        reverse("listen:stream") + Wish(watch=str(why.watch_id)).address(),
    )


def _around(post: ShownPost, depth: int, found: MentionPage, wish: Wish) -> Around:
    # Only what a watch caught has a page of its own.
    href = posts.address(post.id, wish) if post.id in found.caught_around else ""
    return Around(
        href=href,
        depth=depth,
        author=posts.straight(post.author_name or posts.handle(post)),
        title=posts.straight(post.title),
        text=posts.straight(
            post.text[:_SHOWN].rstrip() + (posts.ELLIPSIS if len(post.text) > _SHOWN else "")
        ),
        published_at=post.published_at,
        is_deleted=post.deleted_at is not None,
    )


def links(post: ShownPost) -> list[Link]:
    """The addresses a post carries, each with its host in letters that can't be mistaken."""
    found = []
    for address in dict.fromkeys(post.links):
        url = posts.web_address(address)
        if url:
            found.append(Link(host(url), url))
    return found[:50]


def host(url: str) -> str:
    """The host of an address. One with letters of another script than it seems is shown in its technical form, too."""
    try:
        name = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    if name.isascii():
        return name
    try:
        return f"{name} ({name.encode('idna').decode()})"
    except UnicodeError:
        return name


def changes(found: MentionPage) -> list[Change]:
    """What each change of the post did, the latest first."""
    made = []
    title, text = found.post.title, found.post.text
    for version in found.versions:
        made.append(
            Change(
                version.until,
                differences.between(version.title, title),
                differences.between(version.text, text),
            )
        )
        title, text = version.title, version.text
    return made


urlpatterns = [
    path("mentions/<int:post_id>/", page, name="mention"),
    path("mentions/<int:post_id>/raw/", raw, name="mention-raw"),
]
