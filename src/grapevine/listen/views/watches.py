"""Doors to watches: the list, one watch with its history, and what is done with them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from grapevine.core import access, clock
from grapevine.listen import differences, plain_words
from grapevine.listen.actions import watches as actions
from grapevine.listen.contracts.filters import Wish
from grapevine.listen.models import Watch
from grapevine.listen.selectors import brands, watches
from grapevine.listen.views import caught, verdicts
from grapevine.ui import toasts


@access.needs("listen.watch.see")
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """All watches by brand."""
    slug = request.GET.get("brand", "")
    brand = brands.reachable_by(request.user, slug, permission=watches.SEE) if slug else None
    number = request.GET.get("page", "1")
    page = watches.page(
        brand=brand, number=int(number) if number.isdecimal() and len(number) < 7 else 1, at=clock.now()
    )
    context = {
        "page": page,
        "may_change": access.may(request.user, watches.CHANGE),
        "counted": watches.COUNTED,
    }
    return render(request, "listen/watches.html", context)


@access.needs("listen.watch.see")
@require_GET
def page(request: HttpRequest, watch_id: int) -> HttpResponse:
    """One watch: what it asks for, what it catches, what it was."""
    watch = watches.reachable_by(request.user, watch_id)
    context = {
        **_figures(request, watch),
        "echo": verdicts.echo(watch.query),
        "clauses": plain_words.of_text(watch.query),
        "latest": caught.latest(watch, now=clock.now()),
        "versions": [_shown(version) for version in watches.versions(watch)],
    }
    return render(request, "listen/watch.html", context)


@access.needs("listen.watch.see")
@require_GET
def progress(request: HttpRequest, watch_id: int) -> HttpResponse:
    """How far matching history is, for the open page."""
    return _progress(request, watches.reachable_by(request.user, watch_id))


def _progress(request: HttpRequest, watch: Watch) -> HttpResponse:
    watch.refresh_from_db()
    return render(request, "listen/_watch_progress.html", {**_figures(request, watch), "is_piece": True})


def _figures(request: HttpRequest, watch: Watch) -> dict[str, Any]:
    return {
        "watch": watch,
        "row": watches.one(watch, at=clock.now()),
        "progress": watches.progress(watch),
        "stream": reverse("listen:stream") + Wish(watch=str(watch.pk)).address(),
        "may_change": access.may(request.user, watches.CHANGE),
        "counted": watches.COUNTED,
    }


def _shown(version: watches.Version) -> dict[str, Any]:
    pieces = differences.between(version.before, version.query) if version.before is not None else ()
    return {"version": version, "pieces": pieces}


def _watch(request: HttpRequest, watch_id: int) -> Watch:
    return watches.reachable_by(request.user, watch_id, permission=watches.CHANGE)


@access.needs("listen.watch.change")
@require_POST
def pause(request: HttpRequest, watch_id: int) -> HttpResponse:
    """Let a watch rest."""
    watch = _watch(request, watch_id)
    actions.pause(watch=watch, by=request.user, at=clock.now())
    undo = reverse("listen:watch-resume", args=[watch.pk])
    toasts.add(
        request, _("“%(name)s” rests. New posts pass it by.") % {"name": watch.name}, tone="info", undo=undo
    )
    return _back(request, watch)


@access.needs("listen.watch.change")
@require_POST
def resume(request: HttpRequest, watch_id: int) -> HttpResponse:
    """Let a watch listen again."""
    watch = _watch(request, watch_id)
    actions.resume(watch=watch, by=request.user, at=clock.now())
    toasts.add(
        request, _("“%(name)s” listens again. What it missed is being looked for.") % {"name": watch.name}
    )
    return _back(request, watch)


@access.needs("listen.watch.change")
@require_POST
def delete(request: HttpRequest, watch_id: int) -> HttpResponse:
    """Delete a watch; the notice offers to bring it back."""
    watch = _watch(request, watch_id)
    actions.delete(watch=watch, by=request.user, at=clock.now())
    undo = reverse("listen:watch-restore", args=[watch.pk])
    toasts.add(request, _("Deleted “%(name)s”.") % {"name": watch.name}, tone="info", undo=undo)
    return redirect("listen:watches")


@access.needs("listen.watch.change")
@require_POST
def restore(request: HttpRequest, watch_id: int) -> HttpResponse:
    """Bring a deleted watch back."""
    watch = watches.deleted_reachable_by(request.user, watch_id)
    actions.restore(watch=watch, by=request.user, at=clock.now())
    toasts.add(request, _("“%(name)s” is back.") % {"name": watch.name})
    return redirect("listen:watch", watch_id=watch.pk)


@access.needs("listen.watch.change")
@require_POST
def rematch(request: HttpRequest, watch_id: int) -> HttpResponse:
    """Match history again."""
    watch = _watch(request, watch_id)
    actions.rematch(watch=watch, by=request.user, at=clock.now())
    return _answer(request, watch)


@access.needs("listen.watch.change")
@require_POST
def cancel(request: HttpRequest, watch_id: int) -> HttpResponse:
    """Stop matching history."""
    watch = _watch(request, watch_id)
    actions.cancel_rematch(watch=watch, by=request.user, at=clock.now())
    return _answer(request, watch)


def _answer(request: HttpRequest, watch: Watch) -> HttpResponse:
    if request.htmx:  # type: ignore[attr-defined]
        return _progress(request, watch)
    return redirect("listen:watch", watch_id=watch.pk)


def _back(request: HttpRequest, watch: Watch) -> HttpResponse:
    """To where the button stood: the list, or the watch's own page."""
    if request.POST.get("from") == "list":
        return redirect("listen:watches")
    return redirect("listen:watch", watch_id=watch.pk)


urlpatterns = [
    path("watches/", index, name="watches"),
    path("watches/<int:watch_id>/", page, name="watch"),
    path("watches/<int:watch_id>/progress/", progress, name="watch-progress"),
    path("watches/<int:watch_id>/pause/", pause, name="watch-pause"),
    path("watches/<int:watch_id>/resume/", resume, name="watch-resume"),
    path("watches/<int:watch_id>/delete/", delete, name="watch-delete"),
    path("watches/<int:watch_id>/restore/", restore, name="watch-restore"),
    path("watches/<int:watch_id>/rematch/", rematch, name="watch-rematch"),
    path("watches/<int:watch_id>/cancel/", cancel, name="watch-cancel"),
]
