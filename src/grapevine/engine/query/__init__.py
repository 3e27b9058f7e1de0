"""The watch language: queries, what they mean, and the matcher.

    >>> from grapevine.engine import query
    >>> node = query.parse('coffee NEAR/3 (bad OR "not good") -tea')
    >>> query.matches(node, query.Document(text="Bad coffee again"))
    True

`parse` raises `QueryError` with the position of the fault; `check` gives error and lints for an editor; `explain` says
why a post matches or nearly does; `WatchSet` matches batches of posts against tens of thousands of queries.
"""

from __future__ import annotations

from dataclasses import dataclass

from grapevine.engine.query import lints, parser, reference
from grapevine.engine.query.dialects import DIALECTS, NOTES, Translated, from_dialect
from grapevine.engine.query.documents import Document, Prepared, document_of
from grapevine.engine.query.errors import LINTS, MESSAGES, Lint, QueryError
from grapevine.engine.query.explain import Explanation, Highlight, explain
from grapevine.engine.query.syntax import Node

__all__ = [
    "DIALECTS",
    "LINTS",
    "MESSAGES",
    "NOTES",
    "Checked",
    "Document",
    "Explanation",
    "Highlight",
    "Lint",
    "Node",
    "QueryError",
    "Translated",
    "check",
    "document_of",
    "explain",
    "from_dialect",
    "matches",
    "parse",
]


@dataclass(frozen=True)
class Checked:
    """What an editor shows of a query: its tree or its error, and what is unwise about it."""

    node: Node | None
    error: QueryError | None
    lints: tuple[Lint, ...]


def parse(text: str) -> Node:
    """Read a query. Raises QueryError, which names the position and what was expected."""
    return parser.parse_with_lints(text)[0]


def check(text: str) -> Checked:
    """Read a query for an editor; never raises on a wrong one."""
    try:
        node, found = parser.parse_with_lints(text)
    except QueryError as error:
        return Checked(None, error, ())
    return Checked(node, None, (*found, *lints.expensive(node)))


def matches(node: Node, document: Document) -> bool:
    """Whether one document satisfies a query, by the plain reference matcher. For batches use `WatchSet`."""
    return reference.matches(node, Prepared(document))
