"""Where the doors are: each room brings its own."""

from __future__ import annotations

from importlib.util import find_spec

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from grapevine.config import probes


def _of_rooms() -> list[URLPattern | URLResolver]:
    """The addresses of every room that has some; `home` has the root, the others a folder of their name or none."""
    found: list[URLPattern | URLResolver] = []
    for room in settings.ROOMS:
        module = f"grapevine.{room}.urls"
        if find_spec(module) is not None:
            found.append(path("ui/" if room == "ui" else "", include(module)))
    if find_spec("grapevine.config.api") is not None:
        found.append(path("api/v1/", include("grapevine.config.api")))
    return found


urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", probes.healthz, name="healthz"),
    path("readyz", probes.readyz, name="readyz"),
    path("metrics", probes.metrics, name="metrics"),
    *_of_rooms(),
]
handler400 = "grapevine.core.views.errors.bad_request"
handler403 = "grapevine.core.views.errors.forbidden"
handler404 = "grapevine.core.views.errors.not_found"
handler500 = "grapevine.core.views.errors.server_error"
