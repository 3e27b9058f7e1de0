"""Where pages meet: an upper room puts a panel into a page of a lower room that has never heard of it.

The page has `{% slot "home.start" %}`. An upper room says in its AppConfig.ready:

    slots.fill("home.start", provide, order=20, permission="listen.page.see")

and `provide(request, **given)` returns a `Panel` (template and context), or None when it has nothing to show.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from grapevine.core import access


@dataclass(frozen=True)
class Panel:
    """A piece of page: the template that shows it and what the template needs."""

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)

    def render(self, request: HttpRequest) -> SafeString:
        return render_to_string(self.template, dict(self.context), request=request)


Provider = Callable[..., Panel | None]


@dataclass(frozen=True)
class _Filling:
    order: int
    provider: Provider
    permission: str


_fillings: dict[str, list[_Filling]] = defaultdict(list)


def fill(slot: str, provider: Provider, *, order: int = 50, permission: str = "core.page.see") -> None:
    """Put what `provider` returns into `slot`, in `order`, for those who have `permission`. Filling twice is once."""
    filling = _Filling(order, provider, permission)
    others = [one for one in _fillings[slot] if one.provider is not provider]
    _fillings[slot] = sorted([*others, filling], key=lambda one: one.order)


def filled(slot: str, request: HttpRequest, **given: Any) -> list[Panel]:
    """The panels of `slot` for this request, in order. `given` is what the page tells the providers."""
    panels = []
    for filling in _fillings.get(slot, ()):
        if not access.may(request.user, filling.permission):
            continue
        panel = filling.provider(request, **given)
        if panel is not None:
            panels.append(panel)
    return panels


def render(slot: str, request: HttpRequest, **given: Any) -> list[SafeString]:
    """The panels of `slot` as HTML. A provider's fault is not caught: a page that lies is worse than one that fails."""
    return [panel.render(request) for panel in filled(slot, request, **given)]


def empty(slot: str) -> None:
    """Take everything out of `slot` (for tests)."""
    _fillings.pop(slot, None)
