"""Doors of the roof: the start page and the search box."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from grapevine.core import access


@access.needs("core.page.see")
def start(request: HttpRequest) -> HttpResponse:
    """What happened since this person was here."""
    return render(request, "home/start.html", {})


@access.needs("core.page.see")
def search(request: HttpRequest) -> HttpResponse:
    """What was found for `?q=`."""
    return render(request, "home/start.html", {})
