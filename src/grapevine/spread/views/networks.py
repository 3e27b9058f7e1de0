"""Doors to networks: the start of the room, a new one, and whether one is made anew every night."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from grapevine.core import access, clock
from grapevine.spread.actions import networks as actions
from grapevine.spread.models import Network
from grapevine.spread.network_forms import NetworkForm
from grapevine.spread.selectors import networks, removed
from grapevine.spread.views import works
from grapevine.ui import toasts

MAKE = actions.PERMISSION


@access.needs("spread.network.see")
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """What there is of networks, of what spread, and of what might."""
    context = {
        "rows": networks.rows(by=request.user),
        "newest": networks.newest(),
        "may_make": access.may(request.user, MAKE),
        "any_removed": access.may(request.user, "spread.cascade.make")
        and bool(removed.rows(by=request.user)),
    }
    return render(request, "spread/start.html", context)


@access.needs(MAKE)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Ask for a network."""
    form = NetworkForm(request.POST or None, initial={"name": _("Who listens to whom")})
    if request.method == "POST" and form.is_valid():
        made = actions.ask(
            name=form.cleaned_data["name"], definition=form.definition(), by=request.user, at=clock.now()
        )
        return redirect("spread:network", made.pk)
    return render(request, "spread/network_new.html", {"form": form}, status=422 if form.errors else 200)


@access.needs(MAKE)
@require_POST
def keep_fresh(request: HttpRequest, network_id: int) -> HttpResponse:
    """Make a network anew every night, or no longer."""
    network, fresh = networks.reachable(network_id), request.POST.get("fresh") == "1"
    actions.keep_fresh(network=network, fresh=fresh, by=request.user, at=clock.now())
    said = _("“%(name)s” is made anew every night.") if fresh else _("“%(name)s” stays as it is from now on.")
    toasts.add(request, said % {"name": network.name})
    return redirect("spread:network", network.pk)


urlpatterns = [
    path("spread/", start, name="start"),
    path("spread/networks/new/", new, name="network-new"),
    path("spread/networks/<int:network_id>/fresh/", keep_fresh, name="network-fresh"),
    *works.doors("network", "spread/networks/<int:network_id>", Network, MAKE),
]
