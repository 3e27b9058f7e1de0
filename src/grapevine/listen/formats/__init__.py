"""The shelf of export formats: rows in, bytes out, a piece at a time, so that a million rows need no more memory than a thousand.

A format is one module and one line here. What all of them obey is tested in `tests/test_formats.py`.
"""

from __future__ import annotations

from grapevine.listen.formats import csvs, jsonl, parquet
from grapevine.listen.formats.base import Column, Format, Row

FORMATS: dict[str, Format] = {
    one.name: one for one in (csvs.PLAIN, csvs.EXCEL_POINT, csvs.EXCEL_COMMA, jsonl.JSONL, parquet.PARQUET)
}

__all__ = ["FORMATS", "Column", "Format", "Row", "excel_for"]


def excel_for(language: str) -> Format:
    """The CSV that a spreadsheet set to this language opens rightly with a double click."""
    return csvs.EXCEL_POINT if language.partition("-")[0] == "en" else csvs.EXCEL_COMMA
