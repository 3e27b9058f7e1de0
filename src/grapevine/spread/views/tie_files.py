"""Doors to files that tell who listens to whom."""

from __future__ import annotations

import io

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from grapevine.core import access, clock
from grapevine.spread.actions import tie_files as actions
from grapevine.spread.selectors import tie_files
from grapevine.spread.tie_lines import NoTies
from grapevine.ui import toasts
from grapevine.ui.numbers import num

LARGEST = 8_000_000
MAKE = actions.PERMISSION


class TieFileForm(forms.Form):
    """A file of two columns or more."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "CSV: who listens, to whom (handles or e-mail addresses); a weight and platforms if you like. At most 8 MB; the command line takes more."
        ),
        widget=forms.FileInput({"accept": ".csv,.tsv,.txt,text/csv,text/plain"}),
    )

    def clean_file(self) -> UploadedFile:
        given: UploadedFile = self.cleaned_data["file"]
        if (given.size or 0) > LARGEST:
            raise forms.ValidationError(_("The file is larger than 8 MB: use grapevine spread ties FILE."))
        return given


@access.needs(MAKE)
@require_http_methods(["GET", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """The files there are, and one more."""
    form = TieFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data["file"]
        lines = io.StringIO(_text(given.read()), newline=None)
        try:
            file = actions.add(name=given.name or _("A file"), lines=lines, by=request.user, at=clock.now())
        except NoTies as error:
            form.add_error("file", error.said())
        else:
            said = ngettext("%(number)s tie was kept.", "%(number)s ties were kept.", file.kept)
            toasts.add(request, said % {"number": num(file.kept)}, tone="warn" if file.refused else "good")
            return redirect("spread:tie-file", file.pk)
    context = {"form": form, "rows": tie_files.rows()}
    return render(request, "spread/tie_files.html", context, status=422 if form.errors else 200)


@access.needs(MAKE)
@require_safe
def page(request: HttpRequest, tie_file_id: int) -> HttpResponse:
    """A file with its ties, and the lines that became none."""
    file = tie_files.reachable(tie_file_id)
    rows, further = tie_files.refused(file, after=_number(request, "after"))
    ties, more = tie_files.ties(file, after=_number(request, "ties"))
    context = {
        "file": file,
        "rows": rows,
        "further": f"?after={further}#left-out" if further is not None else "",
        "ties": ties,
        "more": f"?ties={more}#ties" if more is not None else "",
    }
    return render(request, "spread/tie_file.html", context)


def _number(request: HttpRequest, name: str) -> int:
    given = request.GET.get(name, "")
    return int(given) if given.isdecimal() and len(given) < 19 else 0


def _text(data: bytes) -> str:
    """A file as text: UTF-8, or as spreadsheets write it on Windows."""
    for encoding in ("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


@access.needs(MAKE)
@require_POST
def remove(request: HttpRequest, tie_file_id: int) -> HttpResponse:
    """Remove a file; the notice offers to bring it back."""
    file = tie_files.reachable(tie_file_id)
    actions.remove(file=file, by=request.user, at=clock.now())
    undo = reverse("spread:tie-file-restore", args=[file.pk])
    toasts.add(request, _("Removed “%(name)s”.") % {"name": file.name}, tone="info", undo=undo)
    return redirect("spread:tie-files")


@access.needs(MAKE)
@require_POST
def restore(request: HttpRequest, tie_file_id: int) -> HttpResponse:
    """Bring a removed file back."""
    actions.restore(file=tie_files.reachable(tie_file_id, removed=True), by=request.user, at=clock.now())
    return redirect("spread:tie-files")


urlpatterns = [
    path("spread/ties/", index, name="tie-files"),
    path("spread/ties/<int:tie_file_id>/", page, name="tie-file"),
    path("spread/ties/<int:tie_file_id>/remove/", remove, name="tie-file-remove"),
    path("spread/ties/<int:tie_file_id>/restore/", restore, name="tie-file-restore"),
]
