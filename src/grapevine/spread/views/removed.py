"""The door to what was removed lately."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from grapevine.core import access
from grapevine.spread.selectors import removed


@access.needs("spread.cascade.make")
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What can be brought back, for those who may."""
    return render(request, "spread/removed.html", {"rows": removed.rows(by=request.user)})


urlpatterns = [path("spread/removed/", index, name="removed")]
