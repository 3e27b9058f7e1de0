"""The ways through the product. A room adds its pages in AppConfig.ready; the frame shows each person those they may see."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise

from grapevine.core import access

Text = str | Promise
MOST = 100
"""So many are counted beside a way, and not more."""


@dataclass(frozen=True)
class Entry:
    """One way: the page's URL name, what it is called, its icon, who may go there, its place, and its keys (`"g s"`).

    `count` says how many things wait there for whoever asks; it is asked on every page, so it reads a few rows of an index at most.
    `group` is "work" (every day) or "house" (settings and the like, shown below). The first four of "work" stand in the
    bar at the bottom of a phone.
    """

    url_name: str
    label: Text
    icon: str = "dot"
    permission: str = "core.page.see"
    order: int = 50
    keys: str = ""
    group: str = "work"
    count: Callable[[HttpRequest], int] | None = None

    @property
    def href(self) -> str:
        """The page's address; empty when no room serves it (the frame leaves such an entry out, a house test does not)."""
        try:
            return reverse(self.url_name)
        except NoReverseMatch:
            return ""


@dataclass(frozen=True)
class Way:
    """An entry as the frame shows it on one page."""

    label: Text
    href: str
    icon: str
    keys: str
    current: bool
    count: int = 0

    @property
    def counted(self) -> str:
        """The number as it stands beside the name: empty when nothing waits."""
        return "" if not self.count else str(self.count) if self.count < MOST else f"{MOST - 1}+"


_entries: dict[str, Entry] = {}
_search: list[str] = []


def add(entry: Entry) -> None:
    """Add an entry, or put another in place of the one with the same URL name."""
    _entries[entry.url_name] = entry


def search_at(url_name: str) -> None:
    """Say which page answers the search box of the frame (it gets `?q=`)."""
    _search[:] = [url_name]


def search_address() -> str:
    """Where the search box of the frame leads; empty when no room answers it."""
    return reverse(_search[0]) if _search else ""


def entries(group: str = "") -> list[Entry]:
    """The entries of `group` (all groups when empty) in their order."""
    chosen = [entry for entry in _entries.values() if not group or entry.group == group]
    return sorted(chosen, key=lambda entry: (entry.order, entry.url_name))


def ways(request: HttpRequest, group: str) -> list[Way]:
    """The entries of `group` this request's user may see; the one whose address begins the page's is the current one."""
    user: Any = request.user
    allowed = [entry for entry in entries() if entry.href and access.may(user, entry.permission)]
    here = _nearest(request.path, [entry.href for entry in allowed])
    return [
        Way(
            entry.label,
            entry.href,
            entry.icon,
            entry.keys,
            entry.href == here,
            _count(request, entry),
        )
        for entry in allowed
        if entry.group == group
    ]


def _count(request: HttpRequest, entry: Entry) -> int:
    """How many wait at an entry; asked once a request. A page that tells of a broken database is shown without."""
    if entry.count is None:
        return 0
    known: dict[str, int] = request.__dict__.setdefault("_way_counts", {})
    if entry.url_name not in known:
        known[entry.url_name] = 0
        with contextlib.suppress(DatabaseError):
            known[entry.url_name] = entry.count(request)
    return known[entry.url_name]


def _nearest(path: str, addresses: list[str]) -> str:
    """The longest address that is the path or a folder above it. The start page is only itself."""
    above = [
        one for one in addresses if path == one or (one != "/" and path.startswith(one.rstrip("/") + "/"))
    ]
    return max(above, key=len, default="")
