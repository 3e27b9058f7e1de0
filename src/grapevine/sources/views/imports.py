"""Importing files: upload, look, confirm, follow."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from grapevine.connectors.base import BadData
from grapevine.core import access, clock
from grapevine.sources import forms, mappings, uploads, words
from grapevine.sources.actions import imports as actions
from grapevine.sources.actions import sources as source_actions
from grapevine.sources.selectors import imports, sources
from grapevine.ui import csv_files, toasts


@access.needs("sources.source.change")
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Take a file in; the next page shows what it is."""
    form = forms.UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data["file"]
        kept = uploads.keep(given.name or "file", given.chunks())
        return redirect("sources:import-confirm", kept.token)
    return render(request, "sources/upload.html", {"form": form}, status=422 if form.errors else 200)


@access.needs("sources.source.change")
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Show how an uploaded file would be read, let it be changed, and start the import."""
    try:
        waiting = uploads.waiting(token)
    except uploads.NoSuchUpload as error:
        raise Http404 from error
    choices = [(row.id, row.name) for row in sources.rows(by=request.user) if row.connector == "file"]
    form = forms.ImportForm(request.POST or None, sources=choices, initial={"name": waiting.path.stem[:120]})
    try:
        given = request.POST if request.method == "POST" else None
        looked = mappings.look(waiting.path, given, at=clock.now())
    except BadData as error:
        context = {
            "form": forms.UploadForm(),
            "wrong": words.error(error.code, error.params),
            "name": waiting.name,
        }
        return render(request, "sources/upload.html", context, status=422)
    if request.method == "POST" and "start" in request.POST and form.is_valid() and looked.usable:
        return _start(request, form, waiting, looked)
    context = {"form": form, "upload": waiting, "looked": looked, "meanings": forms.meanings()}
    wrong = request.method == "POST" and "start" in request.POST
    return render(request, "sources/confirm.html", context, status=422 if wrong else 200)


def _start(
    request: HttpRequest, form: forms.ImportForm, waiting: uploads.Upload, looked: Any
) -> HttpResponse:
    now = clock.now()
    if form.cleaned_data["source"]:
        source = sources.reachable_by(request.user, int(form.cleaned_data["source"]))
    else:
        source = source_actions.add(
            name=form.cleaned_data["name"],
            connector="file",
            settings={},
            retention_days=form.cleaned_data["retention_days"],
            by=request.user,
            at=now,
        )
    actions.start(
        source=source,
        path=str(waiting.path),
        file_name=waiting.name,
        mapping=looked.mapping,
        layout=looked.layout,
        by=request.user,
        at=now,
    )
    toasts.add(request, _("%(name)s is being imported.") % {"name": waiting.name})
    return redirect("sources:source", source.pk)


@access.needs("sources.source.see")
@require_safe
def progress(request: HttpRequest, import_id: int) -> HttpResponse:
    """How far an import is: a piece of the source's page."""
    row = imports.progress_of(imports.reachable_by(request.user, import_id), at=clock.now())
    may_change = access.may(request.user, "sources.source.change")
    return render(request, "sources/_import.html", {"one": row, "may_change": may_change})


@access.needs("sources.source.change")
@require_POST
def go_on(request: HttpRequest, import_id: int) -> HttpResponse:
    """Let the worker try an import again that it had given up."""
    one = imports.reachable_by(request.user, import_id)
    if actions.go_on(of=one, by=request.user, at=clock.now()):
        toasts.add(request, _("The import of %(name)s goes on where it was.") % {"name": one.file_name})
    return redirect("sources:source", one.source_id)


@access.needs("sources.source.change")
@require_POST
def cancel(request: HttpRequest, import_id: int) -> HttpResponse:
    """Stop an import. What is stored already stays."""
    one = imports.reachable_by(request.user, import_id)
    actions.cancel(of=one, by=request.user, at=clock.now())
    toasts.add(
        request,
        _("The import of %(name)s is stopped. What was read already stays.") % {"name": one.file_name},
    )
    return redirect("sources:source", one.source_id)


@access.needs("sources.rejected.see")
@require_safe
def rejected(request: HttpRequest, source_id: int) -> HttpResponse:
    """Rows of a source that were left out, and why."""
    source = sources.reachable_by(request.user, source_id)
    before = request.GET.get("before", "")
    page = imports.rejected(source.pk, by=request.user, before=int(before) if before.isdecimal() else None)
    return render(request, "sources/rejected.html", {"source": sources.page(source), "page": page})


@access.needs("sources.rejected.see")
@require_safe
def rejected_csv(request: HttpRequest, source_id: int) -> StreamingHttpResponse:
    """All rows of a source that were left out, as CSV, to be mended and imported again."""
    source = sources.reachable_by(request.user, source_id)

    def rows() -> Iterator[tuple[Any, ...]]:
        before = None
        while True:
            page = imports.rejected(source.pk, by=request.user, before=before)
            for row in page.rows:
                yield row.file_name, row.line, row.reason, row.detail, row.raw
            if page.older is None:
                return
            before = page.older

    columns = ("file", "line", "reason", "detail", "raw")
    return csv_files.streamed(columns, rows(), name=f"rejected-{source.pk}")
