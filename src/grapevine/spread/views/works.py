"""Doors to work that takes long, whatever kind it is: how far it is, stopping it, trying again, removing and restoring.

A kind of work has a page named after it (`spread:network` for "network") whose address ends in the id. Its doors stand below that:

    urlpatterns = [*works.doors("network", "spread/networks/<int:network_id>", Network, "spread.network.make")]

and its page shows `{% include "spread/_work.html" %}` with `work` (of `selectors.works.standing`) until it is done.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from grapevine.core import access, clock
from grapevine.spread.actions import works as actions
from grapevine.spread.models import Work
from grapevine.spread.selectors import hanging, works
from grapevine.ui import toasts

SEE = "spread.network.see"


def doors(kind: str, route: str, model: type[Work], permission: str, *, see: str = SEE) -> list[URLPattern]:
    """The doors of one kind: `…/progress/` for those who may `see` it, `…/cancel/`, `…/again/`, `…/remove/`, `…/restore/`."""

    def door(name: str, view: Callable[[HttpRequest, Work], HttpResponse], needs: str) -> URLPattern:
        @access.needs(needs)
        def opened(request: HttpRequest, **ids: int) -> HttpResponse:
            (row_id,) = ids.values()
            return view(request, works.reachable(model, row_id, removed=name in ("restore", "remove")))

        opened.__name__, opened.__doc__ = f"{kind}_{name}", view.__doc__
        method = require_safe if name == "progress" else require_POST
        marked = method(opened)
        return path(f"{route}/{name}/", access.needs(needs)(marked), name=f"{kind}-{name}")

    return [
        door("progress", progress, see),
        *(door(name, view, permission) for name, view in _CHANGES.items()),
    ]


def progress(request: HttpRequest, row: Work) -> HttpResponse:
    """How far it is: a piece of a page, which is asked for anew as a whole when the work has ended."""
    standing = works.standing(row, by=request.user)
    answer = render(request, "spread/_work.html", {"work": standing})
    if not standing.is_open:
        answer.headers["HX-Refresh"] = "true"
    return answer


def cancel(request: HttpRequest, row: Work) -> HttpResponse:
    """Stop it."""
    if not actions.may_change(row, by=request.user):
        return _not_theirs(request, row)
    if actions.cancel(row, by=request.user, at=clock.now()):
        toasts.add(request, _("“%(name)s” is stopped.") % {"name": row}, tone="info")
    return _back(request, row)


def again(request: HttpRequest, row: Work) -> HttpResponse:
    """Try again what failed or was stopped."""
    if not actions.may_change(row, by=request.user):
        return _not_theirs(request, row)
    if actions.again(row, by=request.user, at=clock.now()):
        toasts.add(request, _("“%(name)s” is being worked out again.") % {"name": row}, tone="info")
    return _back(request, row)


def remove(request: HttpRequest, row: Work) -> HttpResponse:
    """Remove it; the notice offers to bring it back. What hangs on it is named first."""
    if not actions.may_change(row, by=request.user):
        return _not_theirs(request, row)
    kind = actions.kind_of(row).name
    hangs = hanging.on(row, by=request.user)
    if hangs and "sure" not in request.POST:
        context = {
            "row": row,
            "hangs": hangs,
            "address": reverse(f"spread:{kind}-remove", args=[row.pk]),
            "back": page_of(row),
            "next": _next(request),
        }
        return render(request, "spread/remove.html", context)
    actions.remove(row, by=request.user, at=clock.now())
    undo = reverse(f"spread:{kind}-restore", args=[row.pk])
    toasts.add(request, _("Removed “%(name)s”.") % {"name": row}, tone="info", undo=undo)
    return _to(request, reverse("spread:start"))


def restore(request: HttpRequest, row: Work) -> HttpResponse:
    """Bring back what was removed."""
    if not actions.may_change(row, by=request.user):
        return _not_theirs(request, row)
    actions.restore(row, by=request.user, at=clock.now())
    return _back(request, row)


def _not_theirs(request: HttpRequest, row: Work) -> HttpResponse:
    said = _("“%(name)s” was asked for by somebody else: they and leads may stop, remove and restore it.")
    toasts.add(request, said % {"name": row}, tone="warn")
    return redirect("spread:start") if row.removed_at is not None else _back(request, row)


def page_of(row: Work) -> str:
    """The address of the page of a piece of work."""
    return reverse(f"spread:{actions.kind_of(row).name}", args=[row.pk])


def _back(request: HttpRequest, row: Work) -> HttpResponse:
    return _to(request, page_of(row))


def _to(request: HttpRequest, address: str) -> HttpResponse:
    return redirect(_next(request) or address)


def _next(request: HttpRequest) -> str:
    wanted = str(request.POST.get("next", ""))
    return wanted if wanted and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else ""


_CHANGES: dict[str, Callable[[HttpRequest, Any], HttpResponse]] = {
    "cancel": cancel,
    "again": again,
    "remove": remove,
    "restore": restore,
}
