"""What spread puts into the frame and into the pages of the rooms below."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy

from grapevine.core import access, clock
from grapevine.spread.selectors import audiences, cascades, forecasts, simulations
from grapevine.ui import navigation, slots
from grapevine.ui.slots import Panel

LATEST = 5


def what_if(request: HttpRequest, **_given: Any) -> Panel:
    """The latest simulations and audiences, and the ways to new ones."""
    may_brief = access.may(request.user, audiences.MAKE)
    return Panel(
        "spread/_start_bench.html",
        {
            "simulations": simulations.rows(limit=LATEST),
            "forecasts": forecasts.rows(at=clock.now(), limit=LATEST),
            "audiences": audiences.rows(limit=LATEST) if may_brief else (),
            "may_make": access.may(request.user, simulations.MAKE),
            "may_brief": may_brief,
        },
    )


def what_spread(request: HttpRequest, **_given: Any) -> Panel:
    """The latest cascades, and the way to a new one."""
    return Panel(
        "spread/_start_cascades.html",
        {
            "cascades": cascades.rows(by=request.user, limit=LATEST),
            "may_make": access.may(request.user, "spread.cascade.make"),
        },
    )


def how_this_spread(request: HttpRequest, *, address: str, **_given: Any) -> Panel:
    """On the stream: the way from its filter to how that spread."""
    return Panel("spread/_of_stream.html", {"href": reverse("spread:cascade-new") + address})


def compose() -> None:
    """Put all of it in its place. Called when Django starts."""
    navigation.add(
        navigation.Entry(
            "spread:start",
            gettext_lazy("Spread"),
            icon="share",
            permission="spread.network.see",
            order=45,
            keys="g n",
            group="network",
        )
    )
    slots.fill("spread.start", what_spread, order=20, permission=simulations.SEE)
    slots.fill("listen.stream.actions", how_this_spread, permission="spread.cascade.make")
    slots.fill("spread.start", what_if, order=40, permission=simulations.SEE)
