"""A query as a page shows it: its parts told apart, what is wrong or unwise underlined. Pure; never raises on a wrong query."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from grapevine.ui.components.posts import QueryPart

_PART = re.compile(
    r"""
    (?P<phrase>["“”„«»][^"“”„«»]*["“”„«»]|\{[^}]*\})
    |(?P<operator>(?<![^\s()])(?:AND|OR|NOT|O?NEAR(?:/\w*)?)(?![^\s()"“”„«»{])|&&|\|\|?|(?<![^\s(])[-!](?=\S))
    |(?P<number>~\d+)
    |(?P<field>(?<![^\s(])[^\W\d_]\w*:)
    |(?P<bracket>[()])
    |(?P<word>[^\s()"“”„«»{|~]+)
    |(?P<space>\s+)
    |(?P<sign>.)
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True)
class Mark:
    """A stretch of the query to underline: `kind` is error or warning."""

    start: int
    end: int
    kind: str
    why: str


def parts(query: str, marks: Iterable[Mark] = ()) -> tuple[QueryPart, ...]:
    """The query cut into parts. Where marks overlap, an error wins over a warning, and the earlier over the later."""
    shown: list[QueryPart] = []
    ordered = sorted(marks, key=lambda mark: (mark.kind != "error", mark.start))
    end_of_query = len(query)
    for start, end, kind in _pieces(query, {edge for mark in ordered for edge in (mark.start, mark.end)}):
        mark = next((one for one in ordered if one.start <= start and end <= one.end), None)
        if mark is not None:
            # Several pieces under one mark are one part.
            begun = (
                shown.pop().text if shown and (shown[-1].kind, shown[-1].why) == (mark.kind, mark.why) else ""
            )
            shown.append(QueryPart(begun + query[start:end], mark.kind, mark.why))
        else:
            shown.append(QueryPart(query[start:end], kind))
    missing = next((one for one in ordered if one.start >= end_of_query), None)
    if missing is not None:
        # What is missing at the end has no character of its own: an underlined space stands for it.
        shown.append(QueryPart("\u2002", missing.kind, missing.why))
    return tuple(shown)


def _pieces(query: str, edges: set[int]) -> Iterator[tuple[int, int, str]]:
    for found in _PART.finditer(query):
        kind = found.lastgroup or ""
        kind = "" if kind in ("space", "sign") else kind
        cuts = [
            found.start(),
            *sorted(edge for edge in edges if found.start() < edge < found.end()),
            found.end(),
        ]
        for start, end in pairwise(cuts):
            yield start, end, kind
