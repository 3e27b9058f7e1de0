"""Reading single cells of a row, whatever type they have."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from grapevine.connectors.reasons import MAX_NAME, MAX_TAGS, Unfit

Cells = Sequence[Any]


def as_text(value: Any) -> str:
    """A cell as text, trimmed. Raises `Unfit` for lists, objects and numbers."""
    if value.__class__ is str:
        return str.strip(value)
    if value is None:
        return ""
    raise Unfit("bad_type", f"a text was expected, not {str(value)[:80]}")


def as_word(value: Any) -> str:
    """A cell as an id, a name or an address, trimmed. Raises `Unfit` for lists and objects."""
    if value.__class__ is str:
        return str.strip(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() else repr(value)
    raise Unfit("bad_type", f"a single value was expected, not {str(value)[:80]}")


def spoilt(value: str) -> bool:
    """Whether a spreadsheet has turned a long id into 1.23E+18, which is no id any more."""
    head, e, tail = value.partition("E+")
    return bool(e) and tail.isdigit() and head.replace(".", "", 1).replace(",", "", 1).isdigit()


def as_count(row: Cells, spots: tuple[int, ...]) -> int | None:
    """The first of the cells that holds a number, as a whole one from 0 to 2^53; thousands may be set
    apart."""
    for index in spots:
        value = row[index]
        if value is None or value == "":
            continue
        try:
            if value.__class__ is str and not value.isdecimal():
                value = float(value.replace(",", "").replace(" ", "").replace("\u00a0", ""))
            return min(max(int(value), 0), 2**53)
        except (ValueError, OverflowError, TypeError):
            continue
    return None


def as_items(row: Cells, spots: tuple[int, ...], mark: str) -> tuple[str, ...]:
    """The first of the cells that holds a list, each item once and without its mark. Raises `Unfit`."""
    for index in spots:
        value = row[index]
        if value.__class__ is str:
            value = _split(value)
        if value and isinstance(value, (list, tuple)):
            return _checked(value, mark)
    return ()


def how_many(value: Any) -> int | None:
    """How many ids a cell lists; None when it lists none."""
    if not value:
        return None
    return value.count(",") + 1 if value.__class__ is str else len(value) if isinstance(value, list) else 1


def _split(value: str) -> list[str]:
    if "," in value or ";" in value:
        return value.strip("[] ").replace(";", ",").split(",")
    return value.strip("[]").split()


def _checked(value: Sequence[Any], mark: str) -> tuple[str, ...]:
    if len(value) > MAX_TAGS:
        raise Unfit("too_many_tags", f"{len(value)}")
    items = [str(item).strip(" '\"") for item in value]
    found = tuple(
        dict.fromkeys(filter(None, (item.lstrip(mark) if mark in "#@" else item for item in items)))
    )
    if any(len(one) > MAX_NAME for one in found):
        raise Unfit("too_long", "in a list")
    return found
