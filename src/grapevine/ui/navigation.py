"""The ways through the product. A room adds its pages in AppConfig.ready; the frame shows each person those they may see."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from grapevine.core import access
from grapevine.ui import addresses

Text = str | Promise
MOST = 100
"""So many are counted beside a way, and not more."""
THUMB = 4
"""So many ways fit into the bar at the bottom of a phone, beside "More"."""
GROUPS: dict[str, Text] = {
    "work": "",
    "answer": _("Answer"),
    "listen": _("Listen"),
    "network": _("Network"),
    "rules": _("How we speak"),
    "house": _("Housekeeping"),
}
"""The groups of ways in their order, by the headings they stand under. The first has none."""
CLOSED_COOKIE = "grapevine_closed"
"""Which groups somebody has folded away, on this device: their names with dots between (written by `frame.js`)."""


@dataclass(frozen=True)
class Entry:
    """One way: the page's URL name, what it is called, its icon, who may go there, its place, and its keys (`"g s"`).

    `count` says how many things wait there for whoever asks; it is asked on every page, so it reads a few rows of an index at most.
    `group` is one of `GROUPS`. What is in reach of a `thumb` stands in the bar at the bottom of a phone.
    """

    url_name: str
    label: Text
    icon: str = "dot"
    permission: str = "core.page.see"
    order: int = 50
    keys: str = ""
    group: str = "work"
    thumb: bool = False
    count: Callable[[HttpRequest], int] | None = None

    @property
    def href(self) -> str:
        """The page's address; empty when no room serves it (the frame leaves such an entry out, a house test does not)."""
        return addresses.of(self.url_name)


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


@dataclass(frozen=True)
class Group:
    """The ways of one group, under its heading. `is_open` unless somebody folded it away; the one we are in is always open."""

    name: str
    label: Text
    ways: tuple[Way, ...]
    is_open: bool

    @property
    def counted(self) -> str:
        """How many wait in it, for when it is folded away."""
        whole = sum(way.count for way in self.ways)
        return "" if not whole else str(whole) if whole < MOST else f"{MOST - 1}+"


_entries: dict[str, Entry] = {}
_search: list[str] = []


def add(entry: Entry) -> None:
    """Add an entry, or put another in place of the one with the same URL name."""
    if entry.group not in GROUPS:
        raise ValueError(f"there is no group {entry.group!r}; the groups are {', '.join(GROUPS)}")
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


def ways(request: HttpRequest, group: str = "") -> list[Way]:
    """The entries of `group` (of all groups, in the order of those, when empty) this request's user may see; the one whose address begins the
    page's is the current one."""
    allowed = _allowed(request)
    here = _nearest(request.path, list(allowed.values()))
    places = list(GROUPS)
    chosen = [entry for entry in allowed if group in ("", entry.group)]
    return [
        _way(request, one, allowed[one], here)
        for one in sorted(chosen, key=lambda one: places.index(one.group))
    ]


def groups(request: HttpRequest) -> list[Group]:
    """The groups that hold anything for this request's user."""
    closed = request.COOKIES.get(CLOSED_COOKIE, "").split(".")
    found = []
    for name, label in GROUPS.items():
        inside = tuple(ways(request, name))
        if inside:
            is_open = name not in closed or any(way.current for way in inside)
            found.append(Group(name, label, inside, is_open))
    return found


def thumb(request: HttpRequest) -> list[Way]:
    """What stands in the bar at the bottom of a phone: what is in reach of a thumb, then what comes next."""
    allowed = _allowed(request)
    near = sorted(allowed, key=lambda one: not one.thumb)[:THUMB]
    here = _nearest(request.path, list(allowed.values()))
    return [
        _way(request, one, allowed[one], here)
        for one in sorted(near, key=lambda one: (one.order, one.url_name))
    ]


def _allowed(request: HttpRequest) -> dict[Entry, str]:
    """The entries that this request's user may see with their addresses, looked up once a request."""
    known: dict[Entry, str] | None = request.__dict__.get("_ways_allowed")
    if known is None:
        user: Any = request.user
        seen = [entry for entry in entries() if access.may(user, entry.permission)]
        known = {entry: href for entry in seen if (href := entry.href)}
        request.__dict__["_ways_allowed"] = known
    return known


def _way(request: HttpRequest, entry: Entry, href: str, here: str) -> Way:
    return Way(
        entry.label,
        href,
        entry.icon,
        entry.keys,
        href == here,
        _count(request, entry),
    )


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
