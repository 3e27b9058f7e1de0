"""Looking for texts by how they begin, whatever their case, along an index on both databases.

indexes = [models.Index(beginnings.index("name"), name="person_name")]
rows = beginnings.of(Person.objects, "name", "ham")
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.indexes import OpClass
from django.db import connection, models
from django.db.models import F, Func, Q, Value
from django.db.models.expressions import OrderBy
from django.db.models.functions import Collate
from django.db.models.indexes import IndexExpression

LENGTH = 60
"""So much of a text is looked at: no index takes texts of any length."""
_LAST = "\U0010ffff"


class Beginning(Func):
    """The first characters of a text in small letters. The number stands in the statement: SQLite finds the index by how it is written."""

    function = "SUBSTR"
    template = f"%(function)s(LOWER(%(expressions)s), 1, {LENGTH})"
    arity = 1
    output_field = models.TextField()


class Pattern(OpClass):
    """An expression whose index serves LIKE 'x%' on PostgreSQL whatever its collation; on SQLite just the expression."""

    def as_sqlite(self, compiler: Any, connection: Any, **given: Any) -> Any:
        return compiler.compile(self.source_expressions[0])


# PostgreSQL wants the class of operators beside the expression, not within its parentheses. (Django's own app for PostgreSQL does this for
# projects that have it installed.)
IndexExpression.register_wrappers(OrderBy, Pattern, Collate)


def index(field: str) -> Pattern:
    """What an index of the model holds, so that `of` walks along it."""
    return Pattern(Beginning(field), name="text_pattern_ops")


def of(rows: models.QuerySet[Any], field: str, words: str) -> models.QuerySet[Any]:
    """The rows whose `field` begins with `words`, in any case."""
    return _narrowed(rows, field, words, exact=False)


def same(rows: models.QuerySet[Any], field: str, words: str) -> models.QuerySet[Any]:
    """The rows whose `field` is `words`, in any case (and as far as it is looked at)."""
    return _narrowed(rows, field, words, exact=True)


def any_of(rows: models.QuerySet[Any], field: str, many: Iterable[str]) -> models.QuerySet[Any]:
    """The rows whose `field` is one of some texts, in any case (and as far as it is looked at)."""
    column = f"{field}_beginning"
    forms = sorted({form for words in many for form in _forms(words)})
    return rows.alias(**{column: Beginning(F(field))}).filter(**{f"{column}__in": forms})


def _narrowed(rows: models.QuerySet[Any], field: str, words: str, *, exact: bool) -> models.QuerySet[Any]:
    column = f"{field}_beginning"
    rows = rows.alias(**{column: Beginning(F(field))})
    wanted = Q(pk__in=[])
    for form in _forms(words):
        if exact:
            wanted |= Q(**{column: Value(form)})
        elif connection.vendor == "postgresql":
            wanted |= Q(**{f"{column}__startswith": form})
        else:
            # SQLite's LIKE walks along no index of an expression.
            wanted |= Q(**{f"{column}__gte": form, f"{column}__lt": form + _LAST})
    return rows.filter(wanted)


def _forms(words: str) -> list[str]:
    """`words` as the databases write them small: SQLite knows the case of English letters only, so others are tried both ways."""
    words = words[:LENGTH]
    if connection.vendor == "postgresql":
        return [words.lower()]
    return sorted({_small(form) for form in (words, words.lower(), words.title(), words.upper())})


def _small(text: str) -> str:
    return "".join(letter.lower() if letter.isascii() else letter for letter in text)
