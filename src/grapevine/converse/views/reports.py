"""Doors to the desk's report: the page, and its numbers as files."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from grapevine.converse import desk_pages, report_charts, report_files
from grapevine.converse.selectors import reports
from grapevine.core import access, clock
from grapevine.listen.contracts import periods
from grapevine.ui.numbers import duration

PERIOD_KEYS = (
    ("7", gettext_lazy("7 days")),
    ("30", gettext_lazy("30 days")),
    ("90", gettext_lazy("90 days")),
    ("12m", gettext_lazy("12 months")),
)
NARROWED = ("team", "source", "brand", "lang")


def _wanted(request: HttpRequest) -> tuple[periods.Period, reports.Wanted]:
    """The period and the parts that the address asks for; what is no number asks for nothing."""
    period = periods.chosen(request.GET.dict(), now=clock.now(), zone=timezone.get_current_timezone())

    def number(name: str) -> int | None:
        typed = request.GET.get(name, "")
        return int(typed) if typed.isdecimal() and len(typed) < 19 else None

    wanted = reports.Wanted(
        first=period.first,
        last=period.last,
        team_id=number("team"),
        source_id=number("source"),
        brand_id=number("brand"),
        lang=request.GET["lang"][:8] if "lang" in request.GET else None,
    )
    return period, wanted


@access.needs("converse.report.see")
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What was done, how quickly, and whether it helped."""
    period, wanted = _wanted(request)
    found = reports.report(wanted)
    narrowed = {name: request.GET[name] for name in NARROWED if name in request.GET}
    query = urlencode({**period.params, **narrowed})
    context: dict[str, Any] = {
        "found": found,
        "period": period,
        "period_keys": PERIOD_KEYS,
        "narrowed": narrowed,
        "charts": _charts(found),
        "median": duration(found.now.median),
        "median_before": duration(found.before.median),
        "slowest_tenth": duration(found.now.slowest_tenth),
        "query": query,
        "days_file": f"{reverse('converse:desk-report-csv', args=['days'])}?{query}",
        **desk_pages.around(request, "reports"),
    }
    return render(request, "converse/desk_report.html", context)


def _charts(found: reports.Report) -> dict[str, Any]:
    return {
        "opened": report_charts.opened(found),
        "answered": report_charts.answered(found),
        "waited": report_charts.waited(found),
        "content": report_charts.content(found),
        "parts": report_charts.parts(found),
    }


@access.needs("converse.report.see")
@require_safe
def file(request: HttpRequest, name: str) -> HttpResponse:
    """The numbers of one part as a file for spreadsheets."""
    if name not in report_files.PARTS:
        raise Http404(_("There is no such file."))
    _period, wanted = _wanted(request)
    return report_files.made(reports.report(wanted), name)


urlpatterns = [
    path("desk/reports/", index, name="desk-report"),
    path("desk/reports/<slug:name>.csv", file, name="desk-report-csv"),
]
