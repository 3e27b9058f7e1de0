"""Each request is given an id, timed, counted and, when it is slow or wrong, logged."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from ipaddress import ip_address, ip_network
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.core.signals import got_request_exception
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme

from grapevine.core import figures

log = structlog.get_logger(__name__)
SLOW = 2.0  # seconds


def address_of(request: HttpRequest) -> str:
    """The visitor's address; behind a trusted proxy the one it names, the last that no trusted proxy has."""
    direct = request.META.get("REMOTE_ADDR", "") or "127.0.0.1"
    trusted = [ip_network(one, strict=False) for one in settings.GRAPEVINE.trusted_proxies]
    hops = [
        direct,
        *reversed([hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]),
    ]
    nearest = direct
    for hop in hops:
        try:
            nearest_address = ip_address(hop)
        except ValueError:
            break
        nearest = hop
        if not any(nearest_address in network for network in trusted):
            break
    return nearest


class Watch:
    """The outermost layer: id, time, count. The address of the page is logged as its name, never with what was asked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        got_request_exception.connect(self._log_fault, dispatch_uid="grapevine.watch")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        begun = time.perf_counter()
        request_id = secrets.token_hex(6)
        structlog.contextvars.bind_contextvars(request=request_id)
        try:
            response = self.get_response(request)
            seconds = time.perf_counter() - begun
            match = request.resolver_match
            view = (
                match.view_name
                if match is not None
                else "static"
                if request.path.startswith("/static/")
                else "none"
            )
            figures.requests.labels(view, request.method or "", str(response.status_code)).inc()
            figures.seconds.labels(view).observe(seconds)
            response.headers["X-Request-Id"] = request_id
            if seconds > SLOW or response.status_code >= 500:
                log.warning(
                    "request.slow_or_wrong", view=view, status=response.status_code, seconds=round(seconds, 3)
                )
            else:
                log.debug("request", view=view, status=response.status_code, seconds=round(seconds, 4))
            return response
        finally:
            structlog.contextvars.clear_contextvars()

    @staticmethod
    def _log_fault(sender: object, request: HttpRequest | None = None, **_: object) -> None:
        match = request.resolver_match if request is not None else None
        log.exception("request.fault", view=match.view_name if match is not None else "none")


def form_of(request: HttpRequest) -> str:
    """The page whose form was sent, as a path that is safe to lead to; empty when the form was none of ours."""
    came_from = urlsplit(request.META.get("HTTP_REFERER", ""))
    if came_from.netloc != request.get_host():
        return ""
    path = came_from.path + (f"?{came_from.query}" if came_from.query else "")
    return path if path and url_has_allowed_host_and_scheme(path, allowed_hosts=None) else ""
