"""Numbers as a CSV file: plain, UTF-8, made to be opened by a spreadsheet without harm."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponse

from grapevine.core import cells
from grapevine.ui.charts import Chart


def of_chart(chart: Chart, *, name: str) -> HttpResponse:
    """The numbers of a chart for downloading as `name`.csv."""
    return of_rows(chart.columns, chart.raw, name=name)


def of_rows(columns: Sequence[Any], rows: Iterable[Sequence[Any]], *, name: str) -> HttpResponse:
    """Rows for downloading as `name`.csv. Cells that a spreadsheet would take for formulas are neutralised."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([_cell(str(one)) for one in columns])
    writer.writerows([_cell(value) for value in row] for row in rows)
    # The mark at the beginning tells Excel that this is UTF-8.
    response = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _cell(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 4)
    return cells.harmless(value) if isinstance(value, str) else value
