"""The matcher, plain and slow: what a query means. The kernel is held against this."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from grapevine.engine.query import documents, tokens
from grapevine.engine.query.documents import Prepared
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

# The positions a search may use: all, or those of one field.
Bounds = tuple[int, int]
EVERYWHERE: Bounds = (0, 1 << 60)


def matches(node: Node, post: Prepared, bounds: Bounds = EVERYWHERE) -> bool:
    """Whether `post` satisfies `node`."""
    match node:
        case And(parts=parts):
            return all(matches(part, post, bounds) for part in parts)
        case Or(parts=parts):
            return any(matches(part, post, bounds) for part in parts)
        case Not(part=part):
            return not matches(part, post, bounds)
        case Within(field=field, part=part):
            return matches(part, post, field_bounds(field, post))
        case Filter():
            return _holds(node, post)
        case Hashtag() if bounds == EVERYWHERE:
            return any(_begins(tag, node.text, node.prefix) for tag in post.all_hashtags)
        case Handle() if bounds == EVERYWHERE:
            return any(_is_handle(handle, node) for handle in post.all_handles)
        case _:
            return next(iter(spans(node, post, bounds)), None) is not None


def field_bounds(field: str, post: Prepared) -> Bounds:
    """The positions of the title or the text."""
    return (0, post.text_begins) if field == "title" else (post.text_begins, EVERYWHERE[1])


def spans(node: Node, post: Prepared, bounds: Bounds = EVERYWHERE) -> Iterator[Span]:
    """The occurrences of `node` in `post`: (first, last) positions, both included."""
    for first, last in _spans(node, post, bounds):
        if bounds[0] <= first and last < bounds[1]:
            yield first, last


def _spans(node: Node, post: Prepared, bounds: Bounds) -> Iterator[Span]:  # noqa: C901 - one case per kind reads best in one place
    match node:
        case Word():
            yield from ((position, position) for position in _positions(node, post))
        case Phrase(words=words):
            for start in _positions(words[0], post):
                if all(_is_word(words[i], post.tokens.get(start + i)) for i in range(1, len(words))):
                    yield start, start + len(words) - 1
        case Hashtag():
            yield from ((a, b) for tag, a, b in post.hashtags if _begins(tag, node.text, node.prefix))
        case Handle():
            yield from ((a, b) for handle, a, b in post.handles if _is_handle(handle, node))
        case Or(parts=parts):
            for part in parts:
                yield from spans(part, post, bounds)
        case Near():
            yield from _near(node, post, bounds)
        case Window(parts=parts, slack=slack):
            yield from set(_windows([list(spans(part, post, bounds)) for part in parts], slack))
        case _:
            raise TypeError(f"{type(node).__name__} has no place in a text")


def _near(node: Near, post: Prepared, bounds: Bounds) -> Iterator[Span]:
    rights = list(spans(node.right, post, bounds))
    for left in spans(node.left, post, bounds):
        for right in rights:
            if 0 <= right[0] - left[1] - 1 <= node.distance or (
                not node.ordered and 0 <= left[0] - right[1] - 1 <= node.distance
            ):
                yield min(left[0], right[0]), max(left[1], right[1])


def _windows(choices: list[list[Span]], slack: int, taken: tuple[Span, ...] = ()) -> Iterator[Span]:
    """All ways to choose one span of each part, without overlap and with at most `slack` other words in the hull."""
    if taken:
        first, last = min(a for a, _ in taken), max(b for _, b in taken)
        inside = sum(b - a + 1 for a, b in taken)
        if len(taken) == len(choices):
            if last - first + 1 - inside <= slack:
                yield first, last
            return
    for a, b in choices[len(taken)]:
        if all(b < c or d < a for c, d in taken):
            yield from _windows(choices, slack, (*taken, (a, b)))


def _positions(word: Word, post: Prepared) -> Iterable[int]:
    if not (word.prefix or word.pattern or word.exact):
        candidates: Iterable[int] = post.by_text.get(word.text, ())
    else:
        candidates = post.tokens
    return [position for position in candidates if _is_word(word, post.tokens[position])]


def _is_word(word: Word, token: tokens.Token | None) -> bool:
    if token is None or not token.gap.startswith(word.signs):
        return False
    text = token.exact if word.exact else token.text
    if word.pattern:
        if len(text) < len(word.text) or (len(text) > len(word.text) and not word.prefix):
            return False
        return all(w in ("?", t) for w, t in zip(word.text, text, strict=False))
    return _begins(text, word.text, word.prefix)


def _begins(text: str, stem: str, prefix: bool) -> bool:
    return text.startswith(stem) if prefix else text == stem


def _is_handle(handle: str, node: Handle) -> bool:
    return _begins(handle, node.text, node.prefix) or tokens.first_label(handle) == node.text


def _holds(node: Filter, post: Prepared) -> bool:  # noqa: C901 - one case per kind reads best in one place
    document = post.document
    match node.field:
        case "lang":
            language = tokens.fold(document.lang).replace("_", "-").split("-")[0]
            return language == node.value or (node.value == "no" and language in ("nb", "nn"))
        case "country":
            return tokens.fold(document.country) == node.value
        case "type":
            return tokens.fold(document.type) == node.value
        case "has":
            return post.has(node.value)
        case "source":
            return _in_a_row(node, document.source)
        case "author":
            handle = tokens.fold(document.author).lstrip("@")
            asked = Handle(at=node.at, text=node.value, prefix=node.prefix)
            return (bool(handle) and _is_handle(handle, asked)) or any(
                _in_a_row(node, name) for name in (document.author, document.author_name)
            )
        case "site":
            return documents.under(documents.host_and_path(document.site or document.url)[0], node.host)
        case "links":
            return any(_is_address(node, address) for address in post.links)
        case "url":
            addresses = [*post.text_links, *document.links, *([document.url] if document.url else [])]
            if node.host:
                return any(_is_address(node, documents.host_and_path(address)) for address in addresses)
            return any(_in_a_row(node, address) for address in map(_without_scheme, addresses))
    raise AssertionError(node.field)


def _without_scheme(address: str) -> str:
    return address.split("://", 1)[-1].removeprefix("www.")


def _is_address(node: Filter, address: tuple[str, str]) -> bool:
    return documents.under(address[0], node.host) and address[1].startswith(node.path)


def _in_a_row(node: Filter, text: str) -> bool:
    """Whether the filter's words stand one after the other in `text`."""
    found = [token.text for token in tokens.read(text).tokens]
    size = len(node.words)
    if not size:
        return False
    for i in range(len(found) - size + 1):
        window = found[i : i + size]
        if window[:-1] == list(node.words[:-1]) and _begins(window[-1], node.words[-1], node.prefix):
            return True
    return False
