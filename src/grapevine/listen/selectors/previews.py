"""What a query would have caught: the newest posts of the store looked through, within a budget, while somebody types.

All stored posts are looked at and not mentions only: a new watch finds what no other has found yet.
"""

from __future__ import annotations

import re
import time
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from grapevine.engine import query
from grapevine.engine.query import Explanation, Node, combine, lints, syntax
from grapevine.engine.text import language
from grapevine.listen import estimates
from grapevine.listen.estimates import Estimate
from grapevine.sources.contracts import ids
from grapevine.sources.selectors import shown, texts
from grapevine.sources.selectors.texts import Heard

POSTS = 20_000
SECONDS = 0.3
CHUNK = 1000
CHARACTERS = 5000
SHOWN_CAUGHT = 8
SHOWN_MISSED = 4


@dataclass(frozen=True)
class Example:
    """A post that would be caught, or nearly. `missing` is the part of the query that alone kept it out (characters)."""

    post: shown.ShownPost
    lang: str
    title_spans: tuple[tuple[int, int], ...]
    text_spans: tuple[tuple[int, int], ...]
    missing: tuple[int, int] | None = None
    missing_kind: str = (
        "word"  # not: it stands there; near, phrase: its words stand apart; word: it is not there
    )


@dataclass(frozen=True)
class Preview:
    """What the newest `scanned` posts say about a query. `complete`: there are no more posts in the store."""

    caught: tuple[Example, ...]
    missed: tuple[Example, ...]
    caught_count: int
    missed_count: int
    scanned: int
    complete: bool
    estimate: Estimate | None


@dataclass(frozen=True)
class _Find:
    heard: Heard
    explanation: Explanation


def of_query(node: Node, *, posts: int = POSTS, seconds: float = SECONDS) -> Preview:
    """Look through the newest `posts` posts, or as many as `seconds` allow (at least one chunk)."""
    caught: list[_Find] = []
    missed: list[_Find] = []
    caught_ids: list[int] = []
    missed_count = 0
    scan = _Scan(posts, seconds)
    look = _Looker(node)
    for heard, explanation in scan.finds(look):
        if explanation.matched:
            caught_ids.append(heard.id)
            if len(caught) < SHOWN_CAUGHT:
                caught.append(_Find(heard, explanation))
        elif explanation.is_near_miss:
            missed_count += 1
            if len(missed) < SHOWN_MISSED:
                missed.append(_Find(heard, explanation))
    estimate = None
    if scan.newest_id is not None and scan.oldest_id is not None:
        estimate = estimates.per_day(
            [ids.moment(post_id) for post_id in caught_ids],
            scanned=scan.scanned,
            oldest_at=ids.moment(scan.oldest_id),
            newest_at=ids.moment(scan.newest_id),
        )
    rows = shown.posts([find.heard.id for find in (*caught, *missed)], characters=CHARACTERS)
    return Preview(
        caught=tuple(_examples(caught, rows, look)),
        missed=tuple(_examples(missed, rows, look)),
        caught_count=len(caught_ids),
        missed_count=missed_count,
        scanned=scan.scanned,
        complete=scan.complete,
        estimate=estimate,
    )


class _Scan:
    """A walk through the store from the newest post on, that knows when to stop."""

    def __init__(self, posts: int, seconds: float) -> None:
        self.posts, self.seconds = posts, seconds
        self.scanned = 0
        self.complete = False
        self.newest_id: int | None = None
        self.oldest_id: int | None = None

    def finds(self, look: _Looker) -> Iterator[tuple[Heard, Explanation]]:
        until = time.monotonic() + self.seconds
        while (
            self.scanned < self.posts and not self.complete and (not self.scanned or time.monotonic() < until)
        ):
            size = min(CHUNK, self.posts - self.scanned)
            chunk = texts.newest(
                before=self.oldest_id, limit=size, characters=CHARACTERS, with_lists=look.needs_lists
            )
            self.complete = len(chunk) < size
            languages = look.languages(chunk)
            for heard, lang in zip(chunk, languages, strict=True):
                explanation = look.at(heard, lang)
                if explanation is not None:
                    yield heard, explanation
                self.scanned += 1
                self.newest_id = self.newest_id or heard.id
                self.oldest_id = heard.id
                # A query without a rare word takes long for each post: not even a chunk may then be finished.
                if not self.scanned % 50 and time.monotonic() > until + self.seconds:
                    return


class _Looker:
    """Looks at one post after the other with one query in mind."""

    def __init__(self, node: Node) -> None:
        self.node = node
        parts = list(combine.walk(node))
        self.needs_lists = any(
            isinstance(part, syntax.Filter | syntax.Hashtag | syntax.Handle) for part in parts
        )
        self.needs_language = any(isinstance(part, syntax.Filter) and part.field == "lang" for part in parts)
        self.loosened = {
            part.at: _loose(part)
            for part in parts
            if isinstance(part, syntax.Near | syntax.Window | syntax.Phrase)
        }
        self.sources = {pk: source.name for pk, source in shown.source_names().items()}
        self.may_concern = _hint(node)

    def languages(self, chunk: list[Heard]) -> list[str]:
        if not self.needs_language or not chunk:
            return [heard.lang for heard in chunk]
        read = language.identify([f"{heard.title} {heard.text}" for heard in chunk]).codes()
        return [ours or heard.lang for ours, heard in zip(read, chunk, strict=True)]

    def at(self, heard: Heard, lang: str) -> Explanation | None:
        """Why the post matches or doesn't; None when nothing of the query stands in it."""
        if not self.may_concern(heard):
            return None
        document = self.document(heard, lang)
        explanation = query.explain(self.node, document)
        if explanation.matched or len(explanation.failed) != 1:
            return explanation
        # Words that are all there, only not in a row or too far apart, are the nearest of misses.
        loose = self.loosened.get(explanation.failed[0])
        found = query.explain(loose, document) if loose is not None else None
        if found is None or not found.matched:
            return explanation
        marks = tuple(dict.fromkeys((*explanation.highlights, *found.highlights)))
        return Explanation(False, marks, explanation.failed)

    def document(self, heard: Heard, lang: str) -> query.Document:
        return query.Document(
            text=heard.text,
            title=heard.title,
            author=heard.author_handle,
            author_name=heard.author_name,
            lang=lang,
            country=heard.country,
            source=self.sources.get(heard.source_id, ""),
            type=heard.kind,
            site=heard.site,
            url=heard.url,
            links=tuple(heard.links),
            media=tuple(heard.media),
            hashtags=tuple(heard.tags),
            mentions=tuple(heard.mentions),
        )

    def kind_of(self, place: tuple[int, int]) -> str:
        """What kind of part stands at `place` of the query (see Example)."""
        parts = [part for part in combine.walk(self.node) if part.at == place]
        if any(isinstance(part, syntax.Not) for part in parts):
            return "not"
        if any(isinstance(part, syntax.Near | syntax.Window) for part in parts):
            return "near"
        return "phrase" if any(isinstance(part, syntax.Phrase) for part in parts) else "word"


def _loose(node: Node) -> Node:
    """The words of a NEAR, a window or a phrase, wherever they stand."""
    match node:
        case syntax.Near(left=left, right=right):
            return syntax.And(at=node.at, parts=(_loose(left), _loose(right)))
        case syntax.Window(parts=parts):
            return syntax.And(at=node.at, parts=tuple(map(_loose, parts)))
        case syntax.Phrase(words=words):
            return syntax.And(at=node.at, parts=words)
        case syntax.Or(parts=parts):
            return syntax.Or(at=node.at, parts=tuple(map(_loose, parts)))
    return node


def _hint(node: Node) -> Callable[[Heard], bool]:
    """A quick look that leaves out posts in which no word of the query stands: those neither match nor nearly do."""
    if not lints.cheapest(node):
        return lambda heard: True  # it asks for no word, so any post may match
    stems = sorted({stem for stem in _stems(node) if stem}, key=len, reverse=True)
    any_of_them = re.compile("|".join(map(re.escape, stems))) if stems else re.compile("")

    def may_concern(heard: Heard) -> bool:
        whole = " ".join([heard.title, heard.text, *heard.tags, *heard.mentions])
        folded = whole if whole.isascii() else unicodedata.normalize("NFC", whole)
        return any_of_them.search(folded.casefold()) is not None

    return may_concern


def _stems(node: Node) -> Iterator[str]:
    match node:
        case syntax.Word(text=text):
            yield max(text.casefold().split("?"), key=len)
        case syntax.Hashtag(text=text) | syntax.Handle(text=text):
            yield text
        case syntax.Phrase(words=words):
            yield from _stems(max(words, key=lambda word: len(word.text)))
        case syntax.And(parts=parts) | syntax.Or(parts=parts) | syntax.Window(parts=parts):
            for part in parts:
                yield from _stems(part)
        case syntax.Near(left=left, right=right):
            yield from _stems(left)
            yield from _stems(right)
        case syntax.Within(part=part):
            yield from _stems(part)


def _examples(finds: list[_Find], rows: dict[int, shown.ShownPost], look: _Looker) -> Iterator[Example]:
    for find in finds:
        post = rows.get(find.heard.id)
        if post is None:  # gone between two questions
            continue
        missing = find.explanation.failed[0] if find.explanation.failed else None
        marks = find.explanation.highlights
        yield Example(
            post=post,
            lang=find.heard.lang,
            title_spans=tuple((mark.start, mark.end) for mark in marks if mark.field == "title"),
            text_spans=tuple((mark.start, mark.end) for mark in marks if mark.field == "text"),
            missing=missing,
            missing_kind=look.kind_of(missing) if missing is not None else "word",
        )
