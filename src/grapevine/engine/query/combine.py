"""Putting parts of a query together: flat ANDs and ORs, NEAR over brackets, and what must be refused."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from grapevine.engine.query.errors import QueryError
from grapevine.engine.query.syntax import (
    And,
    Filter,
    Handle,
    Hashtag,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Span,
    Window,
    Within,
    Word,
)

MAX_TERMS = 2_000


def all_of(parts: Sequence[Node], at: Span) -> Node:
    """AND of parts, flat; the part itself when there is one."""
    if len(parts) == 1:
        return parts[0]
    flat = [inner for part in parts for inner in (part.parts if isinstance(part, And) else (part,))]
    return And(at=at, parts=tuple(flat))


def any_of(parts: Sequence[Node], at: Span) -> Node:
    """OR of parts, flat; the part itself when there is one."""
    if len(parts) == 1:
        return parts[0]
    flat = [inner for part in parts for inner in (part.parts if isinstance(part, Or) else (part,))]
    return Or(at=at, parts=tuple(flat))


def near(left: Node, right: Node, distance: int, ordered: bool) -> Node:
    """NEAR of two operands. An AND among them is distributed: (a AND b) NEAR c asks for a NEAR c and b NEAR c."""
    at = (left.at[0], right.at[1])
    for node in (left, right):
        _refuse_in_near(node)
    made = 0

    def build(a: Node, b: Node) -> Node:
        nonlocal made
        made += 1
        if made > MAX_TERMS:
            raise QueryError("too-many-terms", at[0], at[1], given=made, limit=MAX_TERMS)
        for one, swap in ((a, False), (b, True)):
            if isinstance(one, And) or (isinstance(one, Or) and any(_holds_and(p) for p in one.parts)):
                joined = [build(a, part) if swap else build(part, b) for part in one.parts]
                return all_of(joined, at) if isinstance(one, And) else any_of(joined, at)
        return Near(at=at, left=a, right=b, distance=distance, ordered=ordered)

    return build(left, right)


def _holds_and(node: Node) -> bool:
    return isinstance(node, And) or (isinstance(node, Or) and any(_holds_and(part) for part in node.parts))


def window(node: Node, slack: int, at: Span) -> Node:
    """`( … )~n`: the members of an AND, or the words of a phrase, within a window. Raises QueryError for anything else."""
    _refuse_in_near(node)
    if isinstance(node, And):
        if any(_holds_and(part) for part in node.parts):
            raise QueryError("tilde-one", *at)
        return Window(at=at, parts=node.parts, slack=slack)
    if isinstance(node, Phrase):
        return Window(at=at, parts=node.words, slack=slack)
    raise QueryError("tilde-one", *at)


def _refuse_in_near(node: Node) -> None:
    for inner in walk(node):
        if isinstance(inner, Not):
            raise QueryError("not-in-near", *inner.at)
        if isinstance(inner, (Filter, Within)):
            raise QueryError("filter-in-near", *inner.at)


def walk(node: Node) -> Iterator[Node]:
    """The node and all below it, in the order in which they are written."""
    waiting = [node]
    while waiting:
        one = waiting.pop()
        yield one
        match one:
            case And(parts=parts) | Or(parts=parts) | Window(parts=parts):
                waiting.extend(reversed(parts))
            case Near(left=left, right=right):
                waiting += (right, left)
            case Not(part=part) | Within(part=part):
                waiting.append(part)


def terms(node: Node) -> list[Node]:
    """The leaves: words, phrases, tags, handles, filters."""
    return [n for n in walk(node) if isinstance(n, (Word, Phrase, Hashtag, Handle, Filter))]


def check_bounded(node: Node) -> None:
    """Raises QueryError when a post could match for lack of something alone, or when there are too many terms."""
    given = len(terms(node))
    if given > MAX_TERMS:
        raise QueryError("too-many-terms", *node.at, given=given, limit=MAX_TERMS)
    loose = _unbounded(node)
    if loose is not None:
        part, code = loose
        raise QueryError(code, *part.at)


def _unbounded(node: Node) -> tuple[Node, str] | None:
    """The part that asks for nothing that must be there, if any, and what is wrong with that."""
    match node:
        case Not():
            # A NOT of a NOT asks for something again.
            bounded = isinstance(node.part, Not) and _unbounded(node.part.part) is None
            return None if bounded else (node, "only-not")
        case And(parts=parts):
            loose = [_unbounded(part) for part in parts]
            return loose[0] if all(loose) else None
        case Or(parts=parts):
            found = [_unbounded(part) for part in parts]
            first = next(filter(None, found), None)
            return (first[0], "not-beside-or") if first is not None and not all(found) else first
        case Within(part=part):
            return _unbounded(part)
    return None
