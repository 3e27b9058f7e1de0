"""The report's numbers as CSV files, which spreadsheets open without harm."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from grapevine.converse import report_charts
from grapevine.converse.selectors.reports import Report
from grapevine.core import cells

PARTS = ("days", "teams", "sources", "brands", "langs")


def made(found: Report, part: str) -> HttpResponse:
    """One part: over time, or by team, channel, brand or language."""
    rows: Iterable[list[Any]]
    if part == "days":
        first = _("From")
        rows = ([day.isoformat(), *report_charts.numbers(sums)] for day, sums in found.curve)
    else:
        first = report_charts.category(part)
        rows = (
            [report_charts.called(one, part), *report_charts.numbers(one.now)] for one in getattr(found, part)
        )
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([first, *report_charts.columns()])
    writer.writerows(
        [cells.harmless(cell) if isinstance(cell, str) else cell for cell in row] for row in rows
    )
    # The mark at the beginning tells Excel that this is UTF-8.
    response = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="desk-{part}.csv"'
    return response
