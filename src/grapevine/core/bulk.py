"""Many rows at once, the fast way of each database: prepared statements on SQLite, COPY on PostgreSQL.

For tables that are written thousands of rows at a time by one action. Values are those of the database, not of Django's
fields: moments come from `moment`, JSON as text, bytes as bytes. Call it in a transaction.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from django.db import connection, models


def is_postgresql() -> bool:
    """Which of the two databases we are on."""
    return connection.vendor == "postgresql"


def moment(at: datetime | None) -> str | None:
    """A moment as both databases take it in text (their sessions are in UTC) and as Django reads it back. `at` is aware."""
    if at is None:
        return None
    return (at if at.tzinfo is UTC else at.astimezone(UTC)).isoformat(" ")[:-6]


def insert(table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Insert rows as they are. Raises IntegrityError when one is there already; the caller has looked before."""
    if not rows:
        return
    names = ", ".join(columns)
    with connection.cursor() as cursor:
        if is_postgresql():
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                write = copy.write_row
                for row in rows:
                    write(row)
        else:
            places = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({places})", rows)


def run_many(statement: str, rows: Sequence[Sequence[Any]]) -> None:
    """One statement with many sets of values (`%s` in both databases)."""
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(statement, rows)


def run(statement: str, values: Sequence[Any] = ()) -> int:
    """One statement; returns how many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.rowcount)


def ask(statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """The rows of a question, as the database gives them."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def among(column: str, values: Collection[Any]) -> tuple[str, list[Any]]:
    """A condition that `column` is one of many values, with one parameter however many they are."""
    if is_postgresql():
        return f"{column} = ANY(%s)", [list(values)]
    return f"{column} IN (SELECT value FROM json_each(%s))", [json.dumps(list(values))]


def reserve(model: type[models.Model], count: int) -> list[int]:
    """Ids that no other row of `model` has or will get, ascending. For rows whose id must be known before they are written."""
    table = model._meta.db_table
    if is_postgresql():
        statement = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"
        return sorted(row[0] for row in ask(statement, [table, count]))
    # Writers hold SQLite's one write lock, so nobody comes between this and the insert, which moves the mark itself.
    found = ask("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
    first = int(found[0][0]) + 1 if found else 1
    return list(range(first, first + count))


def chunks(values: Iterable[Any], size: int) -> Iterable[list[Any]]:
    """Lists of at most `size`."""
    chunk: list[Any] = []
    for value in values:
        chunk.append(value)
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
