"""Numbers and rows as a CSV file to take along: plain, UTF-8, made to be opened by a spreadsheet without harm."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse

from grapevine.core import cells
from grapevine.ui.charts import Chart

TYPE = "text/csv; charset=utf-8"
# Tells Excel that this is UTF-8.
MARK = "\ufeff"


def of_chart(chart: Chart, *, name: str) -> HttpResponse:
    """The numbers of a chart for downloading as `name`.csv."""
    return of_rows(chart.columns, chart.raw, name=name)


def of_rows(columns: Iterable[str], rows: Iterable[Sequence[Any]], *, name: str) -> HttpResponse:
    """Rows for downloading as `name`.csv."""
    return HttpResponse(MARK + "".join(lines(columns, rows)), content_type=TYPE, headers=_called(name))


def streamed(columns: Iterable[str], rows: Iterable[Sequence[Any]], *, name: str) -> StreamingHttpResponse:
    """As `of_rows`, for more rows than should be held at once: each is asked for when the one before was sent."""
    return StreamingHttpResponse(
        chain([MARK], lines(columns, rows)), content_type=TYPE, headers=_called(name)
    )


def lines(columns: Iterable[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """Rows as lines, the headings first, each when it is asked for. Cells that a spreadsheet would take for formulas are neutralised."""
    writer = csv.writer(_Echo())
    yield writer.writerow([cells.harmless(str(one)) for one in columns])
    for row in rows:
        yield writer.writerow([_cell(value) for value in row])


def _called(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}.csv"'}


class _Echo:
    """A file for `csv.writer` that hands each line back."""

    def write(self, line: str) -> str:
        return line


def _cell(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 4)
    return cells.harmless(value) if isinstance(value, str) else value
