"""What every request passes: security headers, the language of its user, and the gate."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils import timezone, translation

from grapevine.core import access

Respond = Callable[[HttpRequest], HttpResponse]


class SecurityHeaders:
    """A strict Content-Security-Policy: everything from our own origin, no inline script, no inline style."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response
        live = settings.GRAPEVINE.live_url
        connect = "'self'" + ("" if live.startswith("/") else f" {live or self._live_origins()}")
        self.policy = (
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
            f"connect-src {connect}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
        )

    @staticmethod
    def _live_origins() -> str:
        port = settings.GRAPEVINE.effective_live_port
        return f"http://127.0.0.1:{port} http://localhost:{port}"

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", self.policy)
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        return response


class UserLanguage:
    """The language and time zone of the user's settings; else those of the browser's wish and the installation."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user: Any = request.user
        chosen = user.language if user.is_authenticated else request.COOKIES.get("grapevine_language", "")
        known = {code for code, _ in settings.LANGUAGES}
        language = chosen if chosen in known else translation.get_language_from_request(request)
        zone = user.time_zone if user.is_authenticated else ""
        with translation.override(language), timezone.override(ZoneInfo(zone) if zone else None):
            request.LANGUAGE_CODE = language  # type: ignore[attr-defined]
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", language)
            return response


class Gate:
    """Lets nobody into a view they may not enter. A view that says nothing about who may is closed."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, *_: Any) -> HttpResponse | None:
        permission = getattr(view, "needed_permission", "")
        if permission is None:
            return None
        if not request.user.is_authenticated:
            if request.headers.get("HX-Request"):
                # A piece of a page would show the sign-in form inside the page: go there as a whole instead.
                return HttpResponse(status=401, headers={"HX-Redirect": resolve_url(settings.LOGIN_URL)})
            return redirect_to_login(request.get_full_path())
        if not permission:
            raise access.AccessDenied(f"{view.__module__}.{getattr(view, '__name__', view)}")
        access.require(request.user, permission)
        return None
