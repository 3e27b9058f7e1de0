"""Doors of the pieces that listen puts into the start page."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from grapevine.core import access, clock
from grapevine.listen.contracts.filters import Wish
from grapevine.listen.selectors import outstanding
from grapevine.listen.views import outstanding as outstanding_cards

LONGEST = timedelta(days=60)
DEFAULT = timedelta(days=7)


@access.needs("listen.mention.see")
@require_GET
def stands_out(request: HttpRequest) -> HttpResponse:
    """New words and the loudest posts since `?since=`: fetched after the start page, since they are read and not counted."""
    now, zone = clock.now(), timezone.get_current_timezone()
    start = _since(request.GET.get("since", ""), now)
    found = outstanding.since(start, now=now, zone=zone)
    context = {
        **outstanding_cards.shown(found, now=now, zone=zone),
        "stream": reverse("listen:stream") + Wish(since=start.isoformat(timespec="minutes")).address(),
    }
    return render(request, "listen/_stands_out.html", context)


def _since(text: str, now: datetime) -> datetime:
    try:
        start = datetime.fromisoformat(text)
    except ValueError:
        return now - DEFAULT
    if start.tzinfo is None:
        return now - DEFAULT
    return min(max(start, now - LONGEST), now)


urlpatterns = [path("start/stands-out/", stands_out, name="stands-out")]
