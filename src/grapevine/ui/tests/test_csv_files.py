"""Numbers and rows taken along as files for spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from grapevine.ui import csv_files
from grapevine.ui.charts import Chart


def _read(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")  # or Excel takes it for an old code page
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_a_file_has_its_name_and_its_headings() -> None:
    answer = csv_files.of_rows(("Who", "Höhe"), [("Ophelia", 3)], name="heights")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="heights.csv"'
    assert _read(answer.content) == [["Who", "Höhe"], ["Ophelia", "3"]]


def test_neither_a_cell_nor_a_heading_is_a_formula_and_a_negative_number_stays_a_number() -> None:
    answer = csv_files.of_rows(("=1+1", "@who"), [("=cmd|'/C calc'!A0", -2), ("\u200b=2", None)], name="x")
    assert _read(answer.content) == [["'=1+1", "'@who"], ["'=cmd|'/C calc'!A0", "-2"], ["'\u200b=2", ""]]


def test_the_numbers_of_a_chart_are_its_file_with_four_digits() -> None:
    chart = Chart("Share", "", ("Brand", "Share"), (("Elsinore", "67%"),), (("Elsinore", 2 / 3),))
    assert _read(csv_files.of_chart(chart, name="share").content) == [
        ["Brand", "Share"],
        ["Elsinore", "0.6667"],
    ]


def test_a_long_file_holds_one_row_at_a_time() -> None:
    asked: list[int] = []

    def rows() -> Iterator[tuple[int, str]]:
        for number in range(3):
            asked.append(number)
            yield number, "=no"

    sent = iter(csv_files.streamed(("n", "text"), rows(), name="long"))
    begin = [next(sent), next(sent)]
    assert asked == []
    begin.append(next(sent))
    assert asked == [0]
    assert _read(b"".join((*begin, *sent))) == [["n", "text"], *([str(n), "'=no"] for n in range(3))]
