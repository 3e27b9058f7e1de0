"""Doors of the roof: the start page and the search box."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from grapevine.core import access, clock
from grapevine.home import demo_door
from grapevine.ui import addresses, navigation, searches, slots, steps

WITHOUT_A_VISIT = timedelta(days=7)


@access.needs("core.page.see")
@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """What happened since this person was here; on an empty house, the first steps."""
    user: Any = request.user
    known = user.previous_visit_at
    since = known or clock.now() - WITHOUT_A_VISIT
    context = {
        "since": since,
        "first_visit": known is None,
        "may_remove_demo": access.may(user, demo_door.PERMISSION) and demo_door.is_loaded(),
        "steps": steps.shown(request),
        "panels": slots.render("home.start", request, since=since),
        "side": slots.render("home.side", request, since=since),
    }
    return render(request, "home/start.html", context)


@access.needs("core.page.see")
@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """What was found for `?q=`: pages, what the rooms find, and the way into the stream."""
    words = request.GET.get("q", "").strip()[:200]
    ways = navigation.ways(request)
    context = {
        "words": words,
        "pages": [way for way in ways if words and words.casefold() in str(way.label).casefold()],
        "found": searches.found(words, request) if words else [],
        "stream": _stream(request, words),
    }
    return render(request, "home/search.html", context)


def _stream(request: HttpRequest, words: str) -> str:
    """The stream's address with `words` as its search; empty when there is no stream for this person."""
    address = addresses.of("listen:stream")
    return f"{address}?{urlencode({'q': words})}" if address and words else address
