"""The door to the demo: a first step on the start page, and the job behind it."""

from __future__ import annotations

import contextlib

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from grapevine.core import access, clock, installation, jobs
from grapevine.home.demo_marks import LOADED
from grapevine.ui import steps, toasts

LOAD = "home.demo.load"
REMOVE = "home.demo.remove"
PERMISSION = "core.settings.change"


@jobs.job(LOAD, lane="long")
def load(run: jobs.Run) -> None:
    """Load the demo. That it is there already is no fault: somebody was faster."""
    from grapevine.home.demo import loader

    with contextlib.suppress(loader.Loaded):
        loader.load(at=clock.now())


@jobs.job(REMOVE, lane="long")
def remove(run: jobs.Run) -> None:
    """Take the demo away. That it is gone already is no fault."""
    from grapevine.home.demo import loader

    loader.remove(at=clock.now())


@access.needs(PERMISSION)
@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Have the worker load the demo."""
    jobs.put(LOAD, key=LOAD, max_attempts=3)
    toasts.add(request, _("The demo is being loaded. It takes a few seconds."), tone="info")
    return redirect("home:start")


@access.needs(PERMISSION)
@require_POST
def ask_to_remove(request: HttpRequest) -> HttpResponse:
    """Have the worker take the demo away."""
    jobs.put(REMOVE, key=REMOVE, max_attempts=3)
    toasts.add(request, _("The demo is being removed. It takes a few seconds."), tone="info")
    return redirect("home:start")


def is_loaded() -> bool:
    """Whether the demo is there."""
    return bool(installation.get(LOADED))


def offer() -> None:
    """Offer the demo among the first steps."""
    jobs.describe({LOAD: gettext_lazy("Load the demo"), REMOVE: gettext_lazy("Remove the demo")})
    steps.add(
        steps.Step(
            "home.demo",
            gettext_lazy("Load the demo"),
            gettext_lazy(
                "A coffee roaster that does not exist, its competitors and 90 days of talk. It goes without trace."
            ),
            "home:demo",
            done=is_loaded,
            order=90,
            permission=PERMISSION,
            icon="spark",
            optional=True,
            post=True,
        )
    )
