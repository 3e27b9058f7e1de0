"""Cells that a spreadsheet must not take for formulas.

What is exported was written by strangers, and a cell that begins with `=` is a program to Excel, LibreOffice and Google
Sheets: it can send the sheet's contents to an address or start a program. Such cells get an apostrophe in
front, which spreadsheets show as text (OWASP, "CSV Injection"). JSONL and Parquet are read by programs that
don't run cells, so there texts stay as they are.
"""

from __future__ import annotations

import re

MARK = "'"
# What begins a formula, also when it is written full-width (East Asian settings of Excel take those for the same).
_STARTS = frozenset("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20\u2212")
# Spreadsheets skip these before they look at a cell's first character.
_SKIPPED = "\x0b\x0c\x00\ufeff\u200b\u200e\u200f\u2028\u2029\u00a0 "
# Control characters that no table can show; tab and line ends stay.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
# What Excel takes for a number and doesn't give back as it was: it keeps 15 digits, drops leading noughts, and reads 12e5 as a power.
_SPOILT = re.compile(r"\s*(?:[0-9]{16,}|0[0-9]+|[0-9]+[eE][0-9]+)\s*", re.ASCII)
# Excel cuts a cell at 32,767 characters and pushes the rest into the next lines.
EXCEL_LIMIT = 32_000


def harmless(text: str) -> str:
    """`text` as a cell that no spreadsheet takes for a formula. A text that is harmless already stays as it is."""
    text = _CONTROLS.sub("", text)
    if text[:1] in _STARTS:
        return MARK + text
    if text[:1] in _SKIPPED and text.lstrip(_SKIPPED)[:1] in _STARTS:
        return MARK + text
    return text


def key(text: str) -> str:
    """An id as a cell that no spreadsheet takes for a formula, and that `key_of` makes the same id of again.

    What begins with an apostrophe of its own gets one more, so that taking one away is always right.
    """
    return MARK + text if text[:1] == MARK or harmless(text) != text else text


def exact(text: str) -> str:
    """As `harmless`, for Excel: what it would take for a number and spoil is marked as a text, too."""
    return MARK + text if _SPOILT.fullmatch(text) else harmless(text)


def exact_key(text: str) -> str:
    """As `key`, for Excel; `key_of` undoes it, too."""
    return MARK + text if _SPOILT.fullmatch(text) else key(text)


def key_of(cell: str) -> str:
    """The id that `key` or `exact_key` wrote as this cell."""
    return cell[1:] if cell[:1] == MARK else cell


def fits_excel(text: str) -> str:
    """`text` cut to what one cell of Excel holds; an ellipsis says that it was cut."""
    # Excel counts UTF-16 units, so an emoji counts twice.
    if len(text) * 2 <= EXCEL_LIMIT:
        return text
    units = text.encode("utf-16-le", "replace")
    if len(units) <= EXCEL_LIMIT * 2:
        return text
    return units[: EXCEL_LIMIT * 2].decode("utf-16-le", "ignore") + "…"
