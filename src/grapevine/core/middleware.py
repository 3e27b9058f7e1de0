"""What every request passes: security headers, the language of its user, and the gate."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import unquote_to_bytes, urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.request import validate_host
from django.shortcuts import redirect, resolve_url
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers

from grapevine.core import access, clock, guests, installation, once
from grapevine.core.models import User
from grapevine.core.requests import form_of

PROBES = ("/healthz", "/readyz", "/metrics")
LARGEST = 2**63 - 1  # what the databases call an integer
Respond = Callable[[HttpRequest], HttpResponse]


class SecurityHeaders:
    """A strict Content-Security-Policy: everything from our own origin, no inline script, no inline style."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response
        self.policy = (
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
            "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'; connect-src 'self'"
        )

    @staticmethod
    def _live(request: HttpRequest) -> str:
        """Where this page hears live updates: an address of its own, or its own host's other port."""
        address: str = settings.GRAPEVINE.live_url
        if address.startswith("/"):
            return ""
        if address:
            return " {0.scheme}://{0.netloc}".format(urlsplit(address))
        host = urlsplit(f"//{request.META.get('HTTP_HOST', '')}").hostname or ""
        known = host and validate_host(host, settings.ALLOWED_HOSTS)
        bracketed = f"[{host}]" if ":" in host else host
        return f" http://{bracketed}:{settings.GRAPEVINE.effective_live_port}" if known else ""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", self.policy + self._live(request))
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        return response


class AskOnce:
    """While a page is only read, its panels ask the same small questions once (`core.once`)."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        with once.page():
            return self.get_response(request)


class Pieces:
    """Keeps pieces of pages out of the browser's cache. A piece often has its page's own address; kept, it would be shown as the page on the way
    back, without its frame."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        patch_vary_headers(response, ["HX-Request"])
        if request.headers.get("HX-Request"):
            response.headers["Cache-Control"] = "no-store"
        return response


class Visitor:
    """Who comes: notes when somebody was seen, and lets a guest look at the demo while nothing is at stake."""

    VISIT = timedelta(minutes=30)  # after as long a silence, the next page begins a new visit
    NOTE_EVERY = timedelta(minutes=5)

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(PROBES):
            return self.get_response(request)
        user: Any = request.user
        if user.is_authenticated:
            self._note(user, at=clock.now())
        elif guests.welcome():
            request.user = guests.guest()
        return self.get_response(request)

    def _note(self, user: User, *, at: datetime) -> None:
        if user.last_seen_at is not None and at - user.last_seen_at < self.NOTE_EVERY:
            return
        if user.last_seen_at is None or at - user.last_seen_at > self.VISIT:
            user.previous_visit_at = user.last_seen_at
        user.last_seen_at = at
        User.objects.filter(pk=user.pk).update(
            previous_visit_at=user.previous_visit_at, last_seen_at=user.last_seen_at
        )


class UserLanguage:
    """The language and time zone of the user's settings; else those of the browser's wish and the installation."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user: Any = request.user
        cookie = request.COOKIES.get("grapevine_language", "")
        chosen = user.language if user.is_authenticated and not user.is_guest else cookie
        known = {code for code, _ in settings.LANGUAGES}
        language = chosen if chosen in known else translation.get_language_from_request(request)
        with translation.override(language), timezone.override(self._zone(user)):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", language)
            return response

    @staticmethod
    def _zone(user: Any) -> ZoneInfo | None:
        name = user.time_zone if user.is_authenticated else ""
        try:
            return ZoneInfo(name) if name else installation.zone()
        except (ValueError, OSError):  # a zone this machine's table has no longer
            return None


class Gate:
    """Lets nobody into a view they may not enter. A view that says nothing about who may is closed.

    What neither database can hold stays out here as well, for all doors at once: PostgreSQL takes no NUL in a text, and
    SQLite no number of more than 63 bits.
    """

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, _given: Any, named: dict[str, Any]
    ) -> HttpResponse | None:
        _bounded(request, named)
        permission = getattr(view, "needed_permission", "")
        if permission is None:
            return None
        if not request.user.is_authenticated:
            if request.headers.get("HX-Request"):
                # A piece of a page would show the sign-in form inside the page: go there as a whole instead.
                return HttpResponse(status=401, headers={"HX-Redirect": resolve_url(settings.LOGIN_URL)})
            if not User.objects.exists():
                return redirect("core:set-up")
            # What was sent is lost at the sign-in; the form it was sent from is what one wants to come back to.
            sent = request.method not in ("GET", "HEAD")
            return redirect_to_login((sent and form_of(request)) or request.get_full_path())
        if request.user.is_guest and request.method not in ("GET", "HEAD", "OPTIONS"):
            raise access.AccessDenied("a guest only looks")
        if not permission:
            raise access.AccessDenied(f"{view.__module__}.{getattr(view, '__name__', view)}")
        access.require(request.user, permission)
        if request.method == "POST" and not request.path.startswith("/api/"):
            request.POST = _without_nul(request.POST)  # type: ignore[assignment]
        return None


def _bounded(request: HttpRequest, named: dict[str, Any]) -> None:
    """Keep numbers and characters out of the address that no database holds. Raises Http404, BadRequest.

    Programs are told that a NUL is wrong; on pages, where somebody may have pasted one, the sign for "no character" takes
    its place; in what is sent as well (`Gate`), once it is known that they may send it.
    """
    for value in named.values():
        if (isinstance(value, int) and abs(value) > LARGEST) or (isinstance(value, str) and "\0" in value):
            raise Http404("no database holds such an id")
    if b"\0" not in unquote_to_bytes(request.META.get("QUERY_STRING", "")):
        return
    if request.path.startswith("/api/"):
        raise BadRequest("a NUL in the address")
    request.GET = _without_nul(request.GET)  # type: ignore[assignment]


def _without_nul(given: QueryDict) -> QueryDict:
    if not any("\0" in value for _name, values in given.lists() for value in values):
        return given
    clean = QueryDict(mutable=True)
    for name, values in given.lists():
        clean.setlist(name, [value.replace("\0", "\ufffd") for value in values])
    return clean
