"""The door to answers that go out later. What is done with one is done in its thread."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from grapevine.converse import desk_pages
from grapevine.converse.selectors import scheduled as selector
from grapevine.core import access, clock


@access.needs("converse.thread.see")
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What goes out later, the next first."""
    context = {"rows": selector.coming(at=clock.now()), **desk_pages.around(request, "scheduled")}
    return render(request, "converse/scheduled.html", context)


urlpatterns = [path("desk/scheduled/", index, name="scheduled")]
