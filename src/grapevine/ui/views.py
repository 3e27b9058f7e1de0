"""Doors of the interface itself: language, appearance, and the page that shows every component."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from grapevine.core import access, clock
from grapevine.core.actions import users
from grapevine.ui import samples
from grapevine.ui.context import APPEARANCE_COOKIE

LANGUAGE_COOKIE = "grapevine_language"
A_YEAR = 365 * 24 * 3600


@access.needs("ui.components.see")
@require_GET
def components(request: HttpRequest) -> HttpResponse:
    """Every component in all its states."""
    return render(request, "ui/components.html", samples.everything(clock.now()))


@access.open_to_all
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Take the language of `?language=`: in a cookie, and in the settings of who is signed in."""
    wish = request.POST.get("language", "")
    wish = wish if wish in {code for code, _name in settings.LANGUAGES} else ""
    if access.may(request.user, "core.own.change"):
        users.set_language(user=request.user, language=wish)  # type: ignore[arg-type]
    return _remember(request, LANGUAGE_COOKIE, wish)


@access.open_to_all
@require_POST
def appearance(request: HttpRequest) -> HttpResponse:
    """Take light or dark, or leave it to the device: in a cookie, and in the settings of who is signed in."""
    wish = request.POST.get("appearance", "")
    wish = wish if wish in ("light", "dark") else ""
    if access.may(request.user, "core.own.change"):
        users.set_appearance(user=request.user, appearance=wish)  # type: ignore[arg-type]
    return _remember(request, APPEARANCE_COOKIE, wish)


def _remember(request: HttpRequest, cookie: str, wish: str) -> HttpResponse:
    response = HttpResponseRedirect(_back(request))
    if wish:
        response.set_cookie(
            cookie, wish, max_age=A_YEAR, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
        )
    else:
        response.delete_cookie(cookie, samesite="Lax")
    return response


def _back(request: HttpRequest) -> str:
    """The page the form was sent from, if it is one of ours."""
    wish = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(
        wish, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wish if ours else "/"
