"""Rows made inside the database: each column an expression of `i`, in the words of SQLite or of PostgreSQL."""

from __future__ import annotations

import json
from typing import Any

from django.apps import apps
from django.db import connection

from grapevine.core import bulk


def insert(table: str, many: int, columns: dict[str, str]) -> None:
    """`many` rows: each column an expression of `i`, which runs from nought; the others as their fields have them by default."""
    columns = _defaults(table) | columns
    run(
        f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(columns.values())} FROM ({numbers(many)}) numbers"
    )


def _defaults(table: str) -> dict[str, str]:
    models = {one._meta.db_table: one for one in apps.get_models(include_auto_created=True)}
    fields = models[table]._meta.concrete_fields if table in models else ()
    return {
        one.column: _literal(one.get_db_prep_save(one.get_default(), connection))
        for one in fields
        if one.has_default() and one.get_default() is not None
    }


def _literal(value: Any) -> str:
    if isinstance(value, bool):
        return yes() if value else no()
    value = getattr(value, "obj", value)  # psycopg's wrapping of JSON
    if isinstance(value, (list, dict)):
        value = json.dumps(value)
    return str(value) if isinstance(value, int) else f"'{value}'"


def numbers(many: int) -> str:
    """A question for `many` rows of `i`."""
    if bulk.is_postgresql():
        return f"SELECT g::bigint AS i FROM generate_series(0, {many - 1}) g"
    return (
        "SELECT i FROM (WITH RECURSIVE c(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM c "
        f"WHERE i < {many - 1}) SELECT i FROM c)"
    )


def moment(second: str) -> str:
    """A moment, of seconds since 1970."""
    return f"to_timestamp({second})" if bulk.is_postgresql() else f"datetime({second}, 'unixepoch')"


def one_of(number: str, values: list[Any]) -> str:
    """One of `values`, by the remainder of `number`."""
    cases = " ".join(f"WHEN {place} THEN {value}" for place, value in enumerate(values[:-1]))
    return f"(CASE ({number}) % {len(values)} {cases} ELSE {values[-1]} END)"


def yes() -> str:
    """True, in the database's words."""
    return "true" if bulk.is_postgresql() else "1"


def no() -> str:
    """False, in the database's words."""
    return "false" if bulk.is_postgresql() else "0"


def run(statement: str) -> None:
    """A statement without values: its % are what they are, in both databases."""
    with connection.cursor() as cursor:
        cursor.execute(statement)
