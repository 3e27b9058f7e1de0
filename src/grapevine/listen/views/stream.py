"""Doors to the stream: the page, its older and newer parts, what arrives while it is open, and folded copies."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_GET

from grapevine.core import access, clock
from grapevine.listen import query_words
from grapevine.listen.contracts.filters import Wish
from grapevine.listen.reads import SUBJECT
from grapevine.listen.selectors import filters, saved, stream
from grapevine.listen.selectors.filters import Choice
from grapevine.listen.views import posts
from grapevine.ui.components.posts import QueryPart
from grapevine.understand.selectors import vectors

_MOST = 50  # rows that are put into an open page at once


def _choice(request: HttpRequest) -> Choice:
    return filters.understood(
        Wish.read(request.GET),
        now=clock.now(),
        zone=filters.reader_zone(),
        by_meaning=vectors.is_ready(SUBJECT),
    )


def _id(request: HttpRequest, name: str) -> int | None:
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 19 else None


@require_GET
@access.needs("listen.mention.see")
def page(request: HttpRequest) -> HttpResponse:
    """The stream. Asked by “Load older”, it answers with the next rows alone."""
    choice = _choice(request)
    before, after = _id(request, "before"), _id(request, "after")
    found = stream.page(choice, before=before, after=after)
    if after is not None and found.newer is None:
        # The newest part has one address: there it goes on by itself.
        return redirect(reverse("listen:stream") + (choice.wish.address() if choice.wish else ""))
    context: dict[str, Any] = {
        "choice": choice,
        "stream": found,
        "items": posts.items(found.rows, choice),
        "here": reverse("listen:stream"),
        "older": choice.wish.address(before=found.older) if found.older else "",
        "further": choice.wish.address(before=found.stopped_at) if found.stopped_at else "",
    }
    if request.headers.get("HX-Target") == "stream-more":
        return render(request, "listen/stream.html#rows", context)
    context |= _around(request, choice, found)
    response = render(request, "listen/stream.html", context)
    # An address without the empty fields of the form is one that people can read and keep.
    response.headers["HX-Push-Url"] = context["here"] + (choice.wish.address() if choice.wish else "")
    return response


def _around(request: HttpRequest, choice: Choice, found: stream.Stream) -> dict[str, Any]:
    wish, here = choice.wish, reverse("listen:stream")
    is_newest = _id(request, "before") is None and _id(request, "after") is None
    return {
        "options": choice.options(),
        "chips": [(chip, here + wish.without(*chip.names).address()) for chip in choice.chips],
        "newer": wish.address(after=found.newer) if found.newer else "",
        "newest": "" if is_newest else here + (wish.address() if wish else ""),
        "live": reverse("listen:stream-new") + wish.address()
        if is_newest and not choice.filter.meaning
        else "",
        "saved": saved.of(request.user, wish),
        "export": reverse("listen:export") + (wish.address() if wish else ""),
        **_fault(choice),
        "may_export": access.may(request.user, "listen.export") and not choice.filter.meaning,
        "may_save": access.may(request.user, "listen.filter.save") and bool(request.user.pk),
        "has_brands": bool(choice.named.brands),
        "loosen": stream.loosened(choice, now=clock.now()) if not found.rows and is_newest else (),
    }


def _fault(choice: Choice) -> dict[str, Any]:
    """What is wrong with the search, where, and what is unwise about it."""
    fault, q = choice.fault, choice.wish.q
    if fault is None:
        return {"lints": list(dict.fromkeys(query_words.lint(one) for one in choice.lints))}
    parts = (
        QueryPart(q[: fault.position]),
        # A fault at the very end has no character of its own to underline.
        QueryPart(q[fault.position : fault.end] or "␣", "error", query_words.error(fault)),
        QueryPart(q[fault.end :]),
    )
    return {
        "fault_text": query_words.error(fault),
        "fault_place": fault.position + 1,
        "fault_parts": [part for part in parts if part.text],
    }


@require_GET
@access.needs("listen.mention.see")
def new(request: HttpRequest) -> HttpResponse:
    """What was stored since the open page last asked: rows for it, and the number of the latest mention."""
    since = _id(request, "since")
    if since is None:
        raise Http404
    choice = _choice(request)
    found = stream.new_since(choice, since=since, oldest=_id(request, "oldest") or 0, limit=_MOST)
    context = {"items": posts.items(found.rows, choice), "stream": found}
    return render(request, "listen/stream_new.html", context)


@require_GET
@access.needs("listen.mention.see")
def copies(request: HttpRequest, post_id: int) -> HttpResponse:
    """The posts folded into one, each with its author."""
    choice = _choice(request)
    found = stream.copies_of(post_id, choice, before=_id(request, "before"))
    older = choice.wish.address(before=found.older) if found.older else ""
    context = {"items": posts.items(found.rows, choice), "older": older, "post_id": post_id}
    return render(request, "listen/stream_copies.html", context)


urlpatterns = [
    path("stream/", page, name="stream"),
    path("stream/new/", new, name="stream-new"),
    path("stream/copies/<int:post_id>/", copies, name="copies"),
]
