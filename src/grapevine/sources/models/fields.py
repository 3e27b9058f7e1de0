"""Two kinds of columns of the table of posts, which has to take tens of thousands of rows a second."""

from __future__ import annotations

from typing import Any

from django.db import models


class GivenId(models.BigIntegerField):
    """A primary key that we give ourselves. SQLite keeps a table by a key of the type `integer`; one of `bigint` would be an index beside it."""

    def db_type(self, connection: Any) -> str | None:
        """`integer` on SQLite (64 bits there), `bigint` elsewhere."""
        return "integer" if connection.vendor == "sqlite" else super().db_type(connection)


class WrittenJSON(models.JSONField):
    """JSON that we write ourselves: SQLite need not parse it again to see whether it is JSON."""

    def db_check(self, connection: Any) -> None:
        """No check."""
