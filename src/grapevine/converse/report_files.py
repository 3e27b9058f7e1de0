"""The report's numbers as CSV files, which spreadsheets open without harm."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from grapevine.converse import report_charts
from grapevine.converse.selectors.reports import Report
from grapevine.ui import csv_files

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
    return csv_files.of_rows([first, *report_charts.columns()], rows, name=f"desk-{part}")
