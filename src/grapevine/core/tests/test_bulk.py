"""Many rows at once, as both databases write and read them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import IntegrityError, connection, transaction

from grapevine.core import bulk

pytestmark = pytest.mark.django_db

ODD = [
    "",
    " ",
    "tab\tand line\nand\rreturn",
    r"\N",
    r"back\slash \t \n",
    "%s and 100 %",
    "?1 ?",
    "å 😀 \u2028",
    "'\"",
    "x" * 70_000,
]


@pytest.fixture
def table() -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE odd (id bigint PRIMARY KEY, said text, times bigint, whether bool, everywhere text)"
        )
    yield "odd"
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE odd")


def _all() -> list[tuple[object, ...]]:
    return bulk.ask("SELECT id, said, times, whether, everywhere FROM odd ORDER BY id")


@pytest.mark.parametrize("count", [1, 2, 255, 256, 257, 700])
def test_rows_are_read_as_they_were_written(table: str, count: int) -> None:
    said = [ODD[n % len(ODD)] for n in range(count)]
    times = [None if n % 3 == 0 else (1 << 63) - 1 - n for n in range(count)]
    whether = [n % 2 == 0 for n in range(count)]
    columns = {
        "id": list(range(count)),
        "said": said,
        "times": times,
        "whether": whether,
        "everywhere": r"a\N",
    }
    bulk.insert(table, columns)
    assert _all() == list(zip(range(count), said, times, whether, [r"a\N"] * count, strict=True))


@pytest.mark.parametrize("value", [*ODD[:8], None])
def test_what_all_rows_share_is_written_to_each(table: str, value: str | None) -> None:
    alike = {"said": [value] * 5, "times": 7, "whether": [False] * 5, "everywhere": value}
    bulk.insert(table, {"id": [1, 2, 3, 4, 5], **alike})
    assert _all() == [(n, value, 7, False, value) for n in range(1, 6)]


def test_no_rows_are_no_statement(table: str) -> None:
    bulk.insert(table, {"id": [], "said": [], "everywhere": "x"})
    assert _all() == []


def test_a_row_that_is_there_is_an_error_and_none_of_the_others_stay(table: str) -> None:
    bulk.insert(table, {"id": [300], "said": ["first"]})
    with pytest.raises(IntegrityError), transaction.atomic():
        bulk.insert(table, {"id": list(range(600)), "said": "again"})
    assert [row[:2] for row in _all()] == [(300, "first")]
