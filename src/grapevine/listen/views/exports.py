"""The door out: what is shown in the stream, as a file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from grapevine.core import access, clock
from grapevine.listen import formats
from grapevine.listen.actions import exports
from grapevine.listen.contracts.filters import Wish
from grapevine.listen.formats.columns import COLUMNS
from grapevine.listen.selectors import filters


@dataclass(frozen=True)
class Kind:
    """A format to choose from."""

    name: str
    label: Any
    help: Any


def kinds() -> tuple[Kind, ...]:
    """The formats, with the spreadsheet's in the dialect of the reader's language first."""
    excel = formats.excel_for(translation.get_language() or "en").name
    words = {
        "excel-comma": Kind(
            "excel-comma",
            _("Excel, semicolons (Swedish, Danish, Dutch settings)"),
            _("CSV that opens rightly with a double click. Times are yours."),
        ),
        "excel-point": Kind(
            "excel-point",
            _("Excel, commas (English settings)"),
            _("CSV that opens rightly with a double click. Times are yours."),
        ),
        "csv": Kind("csv", _("CSV"), _("UTF-8 with commas, for programs. Times are UTC.")),
        "jsonl": Kind("jsonl", _("JSON Lines"), _("One object a line, texts as they came.")),
        "parquet": Kind("parquet", _("Parquet"), _("Typed columns, compressed, for data tools.")),
    }
    return (words.pop(excel), *words.values())


@access.needs("listen.export")
@require_http_methods(["GET", "POST"])
def export(request: HttpRequest) -> HttpResponseBase:
    """Ask for the format; then hand out the file while it is made."""
    wish = Wish.read(request.POST if request.method == "POST" else request.GET)
    choice = filters.understood(wish, now=clock.now(), zone=filters.reader_zone())
    kind = formats.FORMATS.get(request.POST.get("format", ""))
    if request.method == "GET" or kind is None or choice.problems:
        return _ask(request, choice)
    chosen = replace(choice.filter, folded=request.POST.get("each") == "first")
    file = exports.begin(
        chosen=chosen,
        kind=kind,
        zone=filters.reader_zone(),
        by=request.user,
        at=clock.now(),
        masked="masked" in request.POST,
    )
    response = StreamingHttpResponse(iter(file), content_type=kind.media_type)
    day = timezone.localdate().isoformat()
    response.headers["Content-Disposition"] = f'attachment; filename="grapevine-{day}.{kind.suffix}"'
    response.headers["X-Accel-Buffering"] = (
        "no"  # a proxy that collects the whole file first would keep people waiting
    )
    return response


def _ask(request: HttpRequest, choice: filters.Choice) -> HttpResponse:
    context = {
        "choice": choice,
        "kinds": kinds(),
        "columns": [(one.name, one.shown, gettext(one.meaning)) for one in COLUMNS],
        "back": reverse("listen:stream") + (choice.wish.address() if choice.wish else ""),
    }
    return render(
        request, "listen/stream_export.html", context, status=200 if request.method == "GET" else 422
    )


urlpatterns = [
    path("stream/export/", export, name="export"),
]
