"""The matcher, plain and slow: what a query means. The kernel is held against this."""

from __future__ import annotations

from bisect import bisect_left
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
# Never equal to EVERYWHERE: in the text of a post without title, tags beside the text do not count either.
_END = EVERYWHERE[1] - 1


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
    return (0, post.text_begins) if field == "title" else (post.text_begins, _END)


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
            yield from _once(_windows([list(spans(part, post, bounds)) for part in parts], slack))
        case _:
            raise TypeError(f"{type(node).__name__} has no place in a text")


def _near(node: Near, post: Prepared, bounds: Bounds) -> Iterator[Span]:
    rights = sorted(set(spans(node.right, post, bounds)))
    starts = [first for first, _last in rights]
    longest = max((last - first for first, last in rights), default=0)
    for left in spans(node.left, post, bounds):
        after = bisect_left(starts, left[1] + 1), bisect_left(starts, left[1] + node.distance + 2)
        for right in rights[slice(*after)]:
            yield left[0], max(left[1], right[1])
        if not node.ordered:
            before = bisect_left(starts, left[0] - 1 - node.distance - longest), bisect_left(starts, left[0])
            for right in rights[slice(*before)]:
                if 0 <= left[0] - right[1] - 1 <= node.distance:
                    yield right[0], left[1]


def _windows(choices: list[list[Span]], slack: int) -> Iterator[Span]:
    """The hulls of all ways to choose one span of each part, without overlap and with at most `slack` other words in the hull.

    Parts that are alike are counted, not told apart.
    """
    alike = [tuple(sorted(set(one))) for one in choices]
    kinds = sorted(set(alike))
    if not all(kinds):
        return
    needed = tuple(alike.count(kind) for kind in kinds)
    events = sorted((first, last, place) for place, kind in enumerate(kinds) for first, last in kind)
    starts = [[first for first, _last in kind] for kind in kinds]
    reach = slack + sum(
        max(last - first + 1 for first, last in kind) * count
        for kind, count in zip(kinds, needed, strict=True)
    )
    for number, (begin, _end, _place) in enumerate(events):
        # Where some part does not stand near enough no choice need be tried.
        here = (bisect_left(one, begin + reach) - bisect_left(one, begin) for one in starts)
        if all(found >= count for found, count in zip(here, needed, strict=True)):
            yield from _hulls(
                events[number : number + 1] + _within(events, number + 1, begin + reach), needed, slack
            )


def _within(events: list[tuple[int, int, int]], start: int, end: int) -> list[tuple[int, int, int]]:
    return [one for one in events[start : bisect_left(events, (end,), start)] if one[1] < end]


def _hulls(events: list[tuple[int, int, int]], needed: tuple[int, ...], slack: int) -> Iterator[Span]:
    """The hulls that begin with the first of `events` (first, last, kind).

    The spans are taken in order: `best` keeps, for each collection of kinds, the most words that spans which have ended can cover. How many
    words lie beside them depends on nothing else, so no choice is looked at twice.
    """
    begin, end, place = events[0]
    one = _one_more((0,) * len(needed), place)
    if one == needed:
        yield begin, end
        return
    best: dict[tuple[int, ...], int] = {}
    ending = [(end, one, end - begin + 1)]
    for first, last, kind in events[1:]:
        for reached, kinds, covered in ending:
            if reached < first:
                best[kinds] = max(best.get(kinds, 0), covered)
        ending = [chain for chain in ending if chain[0] >= first]
        for kinds, covered in best.items():
            size = covered + last - first + 1
            if kinds[kind] == needed[kind] or last - begin + 1 - size > slack:
                continue
            more = _one_more(kinds, kind)
            if more == needed:
                yield begin, last
            else:
                ending.append((last, more, size))


def _once(found: Iterable[Span]) -> Iterator[Span]:
    """Each but once, as they come: who wants to know only whether there is one need not wait for all."""
    seen: set[Span] = set()
    for span in found:
        if span not in seen:
            seen.add(span)
            yield span


def _one_more(parts: tuple[int, ...], place: int) -> tuple[int, ...]:
    return (*parts[:place], parts[place] + 1, *parts[place + 1 :])


def _positions(word: Word, post: Prepared) -> Iterable[int]:
    if not (word.prefix or word.pattern or word.exact):
        candidates: Iterable[int] = post.by_text.get(word.text, ())
    else:
        candidates = post.tokens
    return [position for position in candidates if _is_word(word, post.tokens[position])]


def _is_word(word: Word, token: tokens.Token | None) -> bool:
    if token is None or not token.carries(word.signs):
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
