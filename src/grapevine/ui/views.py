"""Doors of the interface itself: language, appearance, and the page that shows every component."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from grapevine.core import access


@access.needs("core.page.see")
def components(request: HttpRequest) -> HttpResponse:
    """Every component in all its states."""
    return render(request, "ui/components.html", {})


@access.open_to_all
def language(request: HttpRequest) -> HttpResponse:
    return HttpResponse(status=204)


@access.open_to_all
def appearance(request: HttpRequest) -> HttpResponse:
    return HttpResponse(status=204)
