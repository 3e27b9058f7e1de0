"""Pages that say what went wrong and what to do about it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render, resolve_url
from django.utils.translation import gettext as _

from grapevine.core import access
from grapevine.core.requests import form_of


def _page(request: HttpRequest, status: int, title: str, text: str, **more: str) -> HttpResponse:
    if request.headers.get("HX-Request"):
        # A piece of a page has no room for a page: the sentence alone, for the toast.
        return HttpResponse(f"{title} {text}", status=status, content_type="text/plain; charset=utf-8")
    if request.path.startswith("/api/"):
        return JsonResponse({"code": f"http-{status}", "message": f"{title} {text}"}, status=status)
    if "text/html" not in request.headers.get("Accept", "text/html"):
        return HttpResponse(f"{title} {text}\n", status=status, content_type="text/plain; charset=utf-8")
    user: Any = getattr(request, "user", None)
    # Whoever is in keeps the ways to everything else; when it is our own fault, nothing is asked of the database for them.
    is_in = status in (403, 404) and user is not None and user.is_authenticated
    frame = "ui/page.html" if is_in else "ui/bare.html"
    context = {"status": status, "title": title, "text": text, "frame_of_page": frame, **more}
    return render(request, "core/error.html", context, status=status)


@access.open_to_all
def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """400: what was sent makes no sense."""
    return _page(
        request,
        400,
        _("That request was not understood."),
        _("Go back, load the page again and repeat what you did. If you followed a link, it may be cut off."),
    )


@access.open_to_all
def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """403: signed in, but not allowed."""
    if getattr(getattr(request, "user", None), "is_guest", False):
        text = _("You are looking at the demo as a guest, and guests only look. Set Grapevine up to do more.")
    else:
        text = _("Your role does not include this. Ask an administrator of your Grapevine if you need it.")
    return _page(request, 403, _("You may not do this."), text)


@access.open_to_all
def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """404: nothing here."""
    return _page(
        request,
        404,
        _("There is nothing here."),
        _(
            "The address may be wrong, or what was here has been removed. Search for it, or go to the start page."
        ),
    )


@access.open_to_all
def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault. Asks nothing of the database, which may be what is broken."""
    return _page(
        request,
        500,
        _("Something broke on our side."),
        _(
            "Nothing you entered was half saved. Try again in a moment; if it happens again, tell an administrator."
        ),
    )


@access.open_to_all
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form is too old (somebody signed in or out since), or did not come from our page. Nothing typed shall be lost."""
    form = form_of(request)
    user: Any = getattr(request, "user", None)
    is_in = bool(user is not None and user.is_authenticated and not user.is_guest)
    return _page(
        request,
        403,
        _("This form is too old."),
        _(
            "Nothing was saved. Go back to the form: what you typed still stands in it, and you can send it once more. "
            "If that fails, copy what is long and load the form again. Cookies must be allowed for this site."
        ),
        form=form,
        sign_in="" if is_in else f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': form or '/'})}",
    )
