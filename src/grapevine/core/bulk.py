"""Many rows at once, the fast way of each database: one statement with all of them on SQLite, COPY on PostgreSQL.

For tables that are written thousands of rows at a time by one action. Values are those of the database, not of Django's
fields: moments come from `moment`, JSON as text, bytes as bytes. Call it in a transaction.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from itertools import chain
from typing import Any

from django.db import connection, models

_TOGETHER = 256
"""So many rows are written by one statement on SQLite, which takes 32,766 values."""
_SIGNS = {"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"}
"""How a text of a COPY writes what has a meaning there."""


def is_postgresql() -> bool:
    """Which of the two databases we are on."""
    return connection.vendor == "postgresql"


def moment(at: datetime | None) -> str | None:
    """A moment as both databases take it in text (their sessions are in UTC) and as Django reads it back. `at` is aware."""
    if at is None:
        return None
    return (at if at.tzinfo is UTC else at.astimezone(UTC)).isoformat(" ")[:-6]


def insert(table: str, columns: Mapping[str, Any]) -> None:
    """Insert rows, given column by column: a list has one value for each row, anything else is the value of all rows.

    The first column is one that differs. Raises IntegrityError when a row is there already; the caller has looked before.
    """
    lists = {name: values for name, values in columns.items() if isinstance(values, list)}
    if not all(lists.values()):
        return
    key = next(iter(lists))
    varied = {name: values for name, values in lists.items() if name == key or not _is_shared(values)}
    same = {
        name: lists[name][0] if name in lists else columns[name] for name in columns if name not in varied
    }
    if is_postgresql():
        _copy(table, varied, same)
    else:
        _insert_values(table, varied, same)


def _is_shared(values: list[Any]) -> bool:
    return values[0] == values[-1] and values.count(values[0]) == len(values)


def _insert_values(table: str, varied: Mapping[str, list[Any]], same: Mapping[str, Any]) -> None:
    """Many rows in one statement: `executemany` takes the interpreter's lock anew for every row, and waits for it wherever another thread
    computes. What all rows share is bound once, which halves the work."""
    flat = list(chain.from_iterable(zip(*varied.values(), strict=True)))
    shared, width, size, first = list(same.values()), len(varied), _TOGETHER, 0
    connection.ensure_connection()
    with connection.wrap_database_errors:
        # Not by Django's cursor, which looks through every statement for its placeholders: these are long.
        execute = connection.connection.execute
        while first < len(flat):
            while first + size * width > len(flat):
                size //= 2  # few different statements, so that all of them stay prepared
            end = first + size * width
            execute(_values(table, tuple(varied), tuple(same), size), shared + flat[first:end])
            first = end


@lru_cache(maxsize=256)
def _values(table: str, varied: tuple[str, ...], same: tuple[str, ...], size: int) -> str:
    row = ", ".join([*(f"?{number}" for number in range(1, len(same) + 1)), *["?"] * len(varied)])
    return f"INSERT INTO {table} ({', '.join(same + varied)}) VALUES {', '.join([f'({row})'] * size)}"


def _copy(table: str, varied: Mapping[str, list[Any]], same: Mapping[str, Any]) -> None:
    """One text, written at once: row by row the lock of the interpreter would be given away with every network packet."""
    end = "".join(f"\t{cell}" for value in same.values() for cell in _cells([value])) + "\n"
    rows = map("\t".join, zip(*map(_cells, varied.values()), strict=True))
    statement = f"COPY {table} ({', '.join([*varied, *same])}) FROM STDIN"
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(statement) as copy:
        copy.write(end.join(rows) + end)


def copy_binary(table: str, columns: Sequence[str], rows: bytes) -> None:
    """Insert rows that are written as PostgreSQL itself has them, which it need not read. Not for SQLite."""
    statement = f"COPY {table} ({', '.join(columns)}) FROM STDIN (FORMAT BINARY)"
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(statement) as copy:
        copy.write(rows)


def _cells(values: list[Any]) -> list[str]:
    """Values as they stand in the text of a COPY."""
    kinds = set(map(type, values))
    if type(None) in kinds:
        return [r"\N" if one is None else _cell(str(one)) for one in values]
    cells = list(map(str, values))
    if str in kinds:
        joined = "".join(cells)
        if any(sign in joined for sign in _SIGNS):
            return list(map(_cell, cells))
    return cells


def _cell(text: str) -> str:
    for sign, written in _SIGNS.items():
        text = text.replace(sign, written)
    return text


def insert_block(table: str, columns: Mapping[str, Any]) -> int:
    """Insert one row with a value of many bytes; returns its id. Bytes go to PostgreSQL as they are, not spelt out in the statement."""
    values = ", ".join(["%s"] * len(columns))
    statement = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({values}) RETURNING id"
    if not is_postgresql():
        return int(ask(statement, list(columns.values()))[0][0])
    from psycopg import Cursor

    connection.ensure_connection()
    with connection.wrap_database_errors, Cursor(connection.connection) as cursor:
        [row] = cursor.execute(statement, list(columns.values())).fetchall()
        return int(row[0])


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


def also_among(column: str, values: Collection[Any]) -> tuple[str, list[Any]]:
    """As `among`, to follow another condition; without any values nothing more is asked."""
    if not values:
        return "", []
    condition, params = among(column, values)
    return f" AND {condition}", params


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
