"""The search box of the frame: rooms say what they find, the search page shows it.

    searches.add("brands", _("Brands"), find, order=10, permission="listen.brand.see")

`find(words, request)` returns at most a handful of `Hit`s, best first.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise

from grapevine.core import access

Text = str | Promise


@dataclass(frozen=True)
class Hit:
    """Something found: what it is called, where it is, its icon, a word about it."""

    label: Any
    href: str
    icon: str = "arrow-right"
    note: Any = ""


Find = Callable[[str, HttpRequest], Sequence[Hit]]


@dataclass(frozen=True)
class _Finder:
    title: Text
    find: Find
    order: int
    permission: str


@dataclass(frozen=True)
class Found:
    """The hits of one kind."""

    title: Text
    hits: Sequence[Hit]


_finders: dict[str, _Finder] = {}


def add(name: str, title: Text, find: Find, *, order: int = 50, permission: str = "core.page.see") -> None:
    """Let `find` answer the search box, under `title`, for those who have `permission`."""
    _finders[name] = _Finder(title, find, order, permission)


def found(words: str, request: HttpRequest) -> list[Found]:
    """What the rooms find for `words`, kind by kind; kinds without a hit are left out."""
    user: Any = request.user
    kinds = sorted(_finders.values(), key=lambda one: one.order)
    answers = [
        Found(one.title, one.find(words, request)) for one in kinds if access.may(user, one.permission)
    ]
    return [answer for answer in answers if answer.hits]
