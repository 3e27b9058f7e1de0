"""What machines ask: is it alive, is it ready, what are its figures."""

from __future__ import annotations

import hmac

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from grapevine.config import migrating, overview  # noqa: F401 - overview registers figures
from grapevine.core import access, clock, figures, heartbeats, requests


@access.open_to_all
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers. Asks nothing else."""
    return HttpResponse("ok\n", content_type="text/plain")


@access.open_to_all
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """The database answers and is migrated: 200, else 503. The worker's last sign of life is told, but decides nothing."""
    told: dict[str, object] = {"database": False, "migrated": False, "worker_seen_seconds_ago": None}
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        told["database"] = True
        told["migrated"] = not migrating.due()
        seen = [sign.seen_at for sign in heartbeats.signs(at=clock.now()) if sign.part == "worker"]
        if seen:
            told["worker_seen_seconds_ago"] = round((clock.now() - max(seen)).total_seconds(), 1)
    except DatabaseError:
        pass
    return JsonResponse(told, status=200 if told["database"] and told["migrated"] else 503)


def _may_measure(request: HttpRequest) -> bool:
    token = settings.GRAPEVINE.metrics_token
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if token and hmac.compare_digest(given.encode(), token.encode()):
        return True
    # A proxy on this machine is not this machine asking.
    local = requests.address_of(request) in ("127.0.0.1", "::1") and "X-Forwarded-For" not in request.headers
    return local or access.may(request.user, "core.metrics.see")


@access.open_to_all
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Figures for Prometheus: for this machine, who knows the token, and administrators."""
    if not _may_measure(request):
        raise access.AccessDenied("core.metrics.see")
    body = b"".join(generate_latest(registry) for registry in figures.collectors())
    return HttpResponse(body, content_type=CONTENT_TYPE_LATEST)
