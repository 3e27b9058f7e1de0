"""What a query would catch if one of its parts were left out, or its words might stand apart. Pure.

Of a query of several parts that must all be true, each part is left out in turn; a phrase or a NEAR is let go to "all of its
words". All of these ways are matched together with the query itself, so a near miss costs no more than a match.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from grapevine.engine import query
from grapevine.engine.query import Node, QueryError, combine, reference, syntax
from grapevine.listen import warmth

MOST_WAYS = 24  # of a query with more parts the first are tried
_ITSELF = -1
CAUGHT: Final = "caught"
NEITHER: Final = "neither"


@dataclass(frozen=True)
class Alternative:
    """The query without `part` (characters of it); `kind` says what the part is: not, near, phrase or word."""

    node: Node
    part: tuple[int, int]
    kind: str


class Lens:
    """One query, and all that nearly is it, ready to be held against posts."""

    def __init__(self, node: Node) -> None:
        parts = list(combine.walk(node))
        self.needs_lists = any(
            isinstance(part, syntax.Filter | syntax.Hashtag | syntax.Handle) for part in parts
        )
        self.needs_language = any(isinstance(part, syntax.Filter) and part.field == "lang" for part in parts)
        self.node = node
        self.ways = tuple(ways(node))
        self._compiled = warmth.compiled(
            [(_ITSELF, node), *((n, way.node) for n, way in enumerate(self.ways))]
        )

    @property
    def is_fast(self) -> bool:
        """Whether compiled code does it; else the plain matcher does, some fifty times slower, with the same results."""
        return self._compiled is not None

    def look(self, columns: Mapping[str, Any], size: int) -> list[str | Alternative]:
        """For each of `size` posts given as columns: CAUGHT, NEITHER, or the alternative that would have caught it."""
        if self._compiled is not None:
            return [self._of(found) for found in self._compiled.match(columns).by_post(size)]
        names = list(columns)
        return [
            self._plainly(dict(zip(names, values, strict=True)))
            for values in zip(*columns.values(), strict=True)
        ]

    def _of(self, found: Sequence[int | str]) -> str | Alternative:
        if not found:
            return NEITHER
        numbers = [int(one) for one in found]
        return CAUGHT if _ITSELF in numbers else self.ways[min(numbers)]

    def _plainly(self, values: Mapping[str, Any]) -> str | Alternative:
        post = query.Prepared(query.document_of(dict(values)))
        if reference.matches(self.node, post):
            return CAUGHT
        return next((way for way in self.ways if reference.matches(way.node, post)), NEITHER)


def ways(node: Node) -> Iterator[Alternative]:
    """The alternatives of a query, the tightest first: words let go before parts left out."""
    parts = node.parts if isinstance(node, syntax.And) else (node,)
    found = [*_loosened(parts), *_without(parts)]
    yield from found[:MOST_WAYS]


def _loosened(parts: Sequence[Node]) -> Iterator[Alternative]:
    """Each phrase or NEAR let go, alone or as one way of an OR."""
    for place, part in enumerate(parts):
        for inner, kind in _strict(part):
            loose = _replaced(part, inner, _loose(inner))
            yield Alternative(_all_of([*parts[:place], loose, *parts[place + 1 :]], part), inner.at, kind)


def _strict(part: Node) -> list[tuple[Node, str]]:
    inners = part.parts if isinstance(part, syntax.Or) else (part,)
    return [(inner, _kind(inner)) for inner in inners if _kind(inner) in ("near", "phrase")]


def _without(parts: Sequence[Node]) -> Iterator[Alternative]:
    if len(parts) < 2:
        return
    for place, part in enumerate(parts):
        rest = [*parts[:place], *parts[place + 1 :]]
        # A post that shares nothing with the query but its language is no near miss.
        if not any(_holds_text(one) for one in rest):
            continue
        whole = _all_of(rest, part)
        try:
            combine.check_bounded(whole)
        except QueryError:
            continue
        yield Alternative(whole, part.at, _kind(part))


def _holds_text(node: Node) -> bool:
    """Whether something of a post's text must be there for this."""
    return not isinstance(node, syntax.Not) and any(
        isinstance(part, syntax.Word | syntax.Phrase | syntax.Hashtag | syntax.Handle)
        for part in combine.walk(node)
    )


def _kind(part: Node) -> str:
    if isinstance(part, syntax.Not):
        return "not"
    if isinstance(part, syntax.Near | syntax.Window):
        return "near"
    return "phrase" if isinstance(part, syntax.Phrase) else "word"


def _replaced(part: Node, inner: Node, loose: Node) -> Node:
    if part is inner:
        return loose
    assert isinstance(part, syntax.Or)
    return syntax.Or(at=part.at, parts=tuple(loose if one is inner else one for one in part.parts))


def _all_of(parts: Sequence[Node], at: Node) -> Node:
    return combine.all_of(list(parts), at.at)


def _loose(node: Node) -> Node:
    """The words of a NEAR, a window or a phrase, wherever they stand."""
    match node:
        case syntax.Near(left=left, right=right):
            return combine.all_of([_loose(left), _loose(right)], node.at)
        case syntax.Window(parts=parts) | syntax.Or(parts=parts):
            made = tuple(map(_loose, parts))
            return (
                syntax.Or(at=node.at, parts=made)
                if isinstance(node, syntax.Or)
                else combine.all_of(made, node.at)
            )
        case syntax.Phrase(words=words):
            return combine.all_of(words, node.at)
    return node
