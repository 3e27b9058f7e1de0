"""All addresses of the house, with something to open each by. Rooms tell makers for the ids in their addresses in `testing.IDS`.

`IDS = {"brand_id": make_brand_id}` in a room's testing module: a callable without arguments that returns a value for the address.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class Door:
    """One address: its pattern, the names of the ids in it, the view behind it."""

    route: str
    ids: tuple[str, ...]
    view: Callable[..., Any]
    name: str
    machine: bool  # under /api/, where a door answers 401 instead of showing the way to the sign-in page

    @property
    def permission(self) -> str | None:
        """What one needs; None when it is open to all; empty when nobody said."""
        found: str | None = getattr(self.view, "needed_permission", "")
        return found

    def address(self, makers: dict[str, Callable[[], Any]]) -> str:
        """The address with an id for each place. KeyError names an id that no room has a maker for."""
        path = "/" + self.route
        for name in self.ids:
            value = str(makers[name]())
            for converter in ("int", "str", "slug", "uuid", "path"):
                path = path.replace(f"<{converter}:{name}>", value)
            path = path.replace(f"<{name}>", value)
        return path


def doors() -> list[Door]:
    """Every address."""
    return list(_walk(get_resolver().url_patterns, "", ""))


def _walk(patterns: list[Any], before: str, space: str) -> Iterator[Door]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, route, pattern.namespace or space)
        elif isinstance(pattern, URLPattern):
            ids = tuple(pattern.pattern.converters)
            yield Door(route, ids, pattern.callback, f"{space}:{pattern.name}", route.startswith("api/"))


def makers() -> dict[str, Callable[[], Any]]:
    """The makers of ids that all rooms' testing modules offer."""
    found: dict[str, Callable[[], Any]] = {}
    for room in settings.ROOMS:
        if find_spec(f"grapevine.{room}.testing") is not None:
            found.update(getattr(import_module(f"grapevine.{room}.testing"), "IDS", {}))
    return found
