"""Why a post matches, where; and why it nearly does."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from grapevine.engine.query import reference
from grapevine.engine.query.documents import Document, Prepared
from grapevine.engine.query.reference import EVERYWHERE, Bounds
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


@dataclass(frozen=True)
class Highlight:
    """A stretch of a field (`title` or `text`) that a part of the query caught; `term` is that part's place in the query."""

    field: str
    start: int
    end: int
    term: Span


@dataclass(frozen=True)
class Explanation:
    """Whether a post matches, what caught it, and what kept it out (the places of the query's parts that were not satisfied)."""

    matched: bool
    highlights: tuple[Highlight, ...]
    failed: tuple[Span, ...]

    @property
    def is_near_miss(self) -> bool:
        """One part alone kept it out, while another one that must be there was found."""
        return not self.matched and len(self.failed) == 1 and bool(self.highlights)


def explain(node: Node, document: Document) -> Explanation:
    """Say why `document` matches `node`, or what keeps it out."""
    post = Prepared(document)
    marks: dict[tuple[str, int, int], Highlight] = {}
    _mark(node, post, EVERYWHERE, marks)
    matched = reference.matches(node, post)
    ordered = sorted(marks.values(), key=lambda h: (h.field != "title", h.start, h.end))
    return Explanation(
        matched, tuple(_apart(ordered)), () if matched else tuple(_failed(node, post, EVERYWHERE))
    )


def _apart(marks: list[Highlight]) -> list[Highlight]:
    """Highlights without overlap: of two that do, the one that begins first stays."""
    kept: list[Highlight] = []
    for mark in marks:
        if not kept or kept[-1].field != mark.field or kept[-1].end <= mark.start:
            kept.append(mark)
    return kept


def _mark(node: Node, post: Prepared, bounds: Bounds, marks: dict[tuple[str, int, int], Highlight]) -> None:  # noqa: C901 - one case per kind reads best in one place
    match node:
        case And(parts=parts) | Or(parts=parts):
            for part in parts:
                _mark(part, post, bounds, marks)
        case Within(field=field, part=part):
            _mark(part, post, reference.field_bounds(field, post), marks)
        case Near() | Window():
            for first, last in islice(reference.spans(node, post, bounds), 50):
                for leaf in _leaves(node):
                    _mark(leaf, post, (first, last + 1), marks)
        case Word() | Phrase() | Hashtag() | Handle():
            for first, last in reference.spans(node, post, bounds):
                a, b = post.places.get(first), post.places.get(last)
                if a is not None and b is not None:
                    marks.setdefault((a.field, a.start, b.end), Highlight(a.field, a.start, b.end, node.at))
        case Filter(field="url" | "links"):
            for address, position in zip(post.text_links, post.link_positions, strict=True):
                alone = Prepared(Document(text=address))
                if reference.matches(node, alone):
                    place = post.places[position]
                    marks.setdefault(
                        (place.field, place.start, place.end),
                        Highlight(place.field, place.start, place.end, node.at),
                    )


def _leaves(node: Node) -> list[Node]:
    match node:
        case Near(left=left, right=right):
            return _leaves(left) + _leaves(right)
        case Or(parts=parts) | Window(parts=parts):
            return [leaf for part in parts for leaf in _leaves(part)]
    return [node]


def _failed(node: Node, post: Prepared, bounds: Bounds) -> list[Span]:
    """The places of the parts that keep the post out, as small as can be said."""
    if reference.matches(node, post, bounds):
        return []
    match node:
        case And(parts=parts):
            return [span for part in parts for span in _failed(part, post, bounds)]
        case Within(field=field, part=part):
            return _failed(part, post, reference.field_bounds(field, post))
        case Not():
            return [node.at]
    return [node.at]
