"""Sources: the list, one source, adding and changing it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from grapevine.connectors.base import Manifest
from grapevine.core import access, clock
from grapevine.sources import connections, shelf, words
from grapevine.sources.actions import sources as actions
from grapevine.sources.forms import SourceForm
from grapevine.sources.selectors import contact as embedding
from grapevine.sources.selectors import imports, outbox, sources
from grapevine.ui import toasts


@access.needs("sources.source.see")
@require_safe
def everything(request: HttpRequest) -> HttpResponse:
    """All sources with their health."""
    rows = sources.rows(by=request.user)
    may_change = access.may(request.user, "sources.source.change")
    context = {
        "rows": rows,
        "may_change": may_change,
        "may_see_outbox": bool(rows) and access.may(request.user, "sources.outbox.see"),
    }
    return render(request, "sources/sources.html", context)


@access.needs("sources.source.see")
@require_safe
def one(request: HttpRequest, source_id: int) -> HttpResponse:
    """One source: health, settings, imports."""
    source = sources.reachable_by(request.user, source_id)
    may_see_outbox = access.may(request.user, "sources.outbox.see")
    way = outbox.way(source.pk) if may_see_outbox else None
    context = {
        "page": sources.page(source),
        "way": way,
        "box": outbox.box(by=request.user, source_id=source.pk) if way is not None else None,
        "may_change_outbox": access.may(request.user, "sources.outbox.change"),
        "embedding": embedding.of(source, root=request.build_absolute_uri("/")),
        "imports": imports.of_source(source.pk, by=request.user, at=clock.now()),
        "may_change": access.may(request.user, "sources.source.change"),
        "may_see_rejected": access.may(request.user, "sources.rejected.see"),
    }
    return render(request, "sources/source.html", context)


@access.needs("sources.source.change")
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Which kind of source to add."""
    offered = [
        {
            "name": m.name,
            "label": words.sentence(m.label),
            "summary": words.sentence(m.summary),
            "terms": words.sentence(m.terms),
        }
        for m in shelf.offered()
    ]
    return render(request, "sources/choose.html", {"offered": offered})


@access.needs("sources.source.change")
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, connector: str) -> HttpResponse:
    """Add a source. `check` in the form tries the connection and shows what was found."""
    manifest = _manifest(connector)
    form = SourceForm(request.POST or None, manifest=manifest)
    report = None
    if request.method == "POST" and form.is_valid():
        settings = form.settings()
        if "check" in request.POST:
            report = connections.check(connector, settings)
        else:
            source = actions.add(
                name=form.cleaned_data["name"],
                connector=connector,
                settings=settings,
                retention_days=form.cleaned_data["retention_days"] or 0,
                by=request.user,
                at=clock.now(),
            )
            said = _("%(name)s is open now.") if manifest.receives else _("%(name)s is read from now on.")
            toasts.add(request, said % {"name": source.name})
            _tell_completed(request, form)
            return redirect("sources:source", source.pk)
    return _form(request, form, manifest, report=report, title=words.sentence(manifest.label))


@access.needs("sources.source.change")
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, source_id: int) -> HttpResponse:
    """Change a source."""
    source = sources.reachable_by(request.user, source_id)
    manifest = _manifest(source.connector)
    initial = {"name": source.name, "retention_days": source.retention_days, **source.settings}
    form = SourceForm(request.POST or None, manifest=manifest, known=True, initial=initial)
    report = None
    if request.method == "POST" and form.is_valid():
        if "check" in request.POST:
            report = connections.check(source.connector, form.settings(), source=source)
        else:
            actions.change(
                source=source,
                name=form.cleaned_data["name"],
                settings={**source.settings, **form.settings()},
                retention_days=form.cleaned_data["retention_days"] or 0,
                by=request.user,
                at=clock.now(),
            )
            toasts.add(request, _("Saved."))
            _tell_completed(request, form)
            return redirect("sources:source", source.pk)
    return _form(request, form, manifest, report=report, title=source.name, source=source)


def _tell_completed(request: HttpRequest, form: SourceForm) -> None:
    for address in form.completed:
        toasts.add(request, _("The address was completed: %(address)s") % {"address": address})


def _manifest(connector: str) -> Manifest:
    manifest = shelf.manifest(connector)
    if manifest is None:
        raise Http404
    return manifest


def _form(request: HttpRequest, form: SourceForm, manifest: Manifest, **more: Any) -> HttpResponse:
    context = {
        "form": form,
        "summary": words.sentence(manifest.summary),
        "terms": words.sentence(manifest.terms),
        "can_check": manifest.every_seconds is not None or manifest.receives,
        **more,
    }
    return render(request, "sources/form.html", context, status=422 if form.errors else 200)


@access.needs("sources.source.change")
@require_POST
def pause(request: HttpRequest, source_id: int) -> HttpResponse:
    """Stop reading a source for now."""
    source = sources.reachable_by(request.user, source_id)
    actions.pause(source=source, by=request.user, at=clock.now())
    undo = reverse("sources:resume", args=[source.pk])
    toasts.add(request, _("%(name)s is paused.") % {"name": source.name}, undo=undo)
    return redirect("sources:source", source.pk)


@access.needs("sources.source.change")
@require_POST
def resume(request: HttpRequest, source_id: int) -> HttpResponse:
    """Read a paused or stopped source again, beginning now."""
    source = sources.reachable_by(request.user, source_id)
    actions.resume(source=source, by=request.user, at=clock.now())
    toasts.add(request, _("%(name)s is read again.") % {"name": source.name})
    return redirect("sources:source", source.pk)


@access.needs("sources.source.change")
@require_POST
def pull(request: HttpRequest, source_id: int) -> HttpResponse:
    """Read a source now instead of at its time."""
    source = sources.reachable_by(request.user, source_id)
    actions.pull_now(source=source, by=request.user, at=clock.now())
    toasts.add(request, _("%(name)s is read as soon as the worker is free.") % {"name": source.name})
    return redirect("sources:source", source.pk)


@access.needs("sources.source.change")
@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, source_id: int) -> HttpResponse:
    """Remove a source with its posts, after saying what that means."""
    source = sources.reachable_by(request.user, source_id)
    if request.method == "POST":
        actions.remove(source=source, by=request.user, at=clock.now())
        toasts.add(request, _("%(name)s is being removed with its posts.") % {"name": source.name})
        return redirect("sources:sources")
    return render(request, "sources/remove.html", {"page": sources.page(source)})
