"""Posts as pages show them: plain values, texts cut where a page has no room for all of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F
from django.db.models.functions import Left

from grapevine.core import once
from grapevine.sources import raws, words
from grapevine.sources.models import Post, PostVersion, Source


@dataclass(frozen=True, kw_only=True)
class ShownPost:
    """One post. `cut` says that `text` is only its beginning."""

    id: int
    source_id: int
    external_id: str
    kind: str
    title: str
    text: str
    url: str
    site: str
    lang: str
    country: str
    published_at: datetime
    edited_at: datetime | None
    received_at: datetime
    deleted_at: datetime | None
    parent_external_id: str
    thread_external_id: str
    repost_of_external_id: str
    author_external_id: str
    author_handle: str
    author_name: str
    author_url: str
    author_followers: int | None
    links: list[str]
    tags: list[str]
    mentions: list[str]
    media: list[str]
    metrics: dict[str, int]
    notes: list[str]
    cut: bool = False


@dataclass(frozen=True)
class Version:
    """What a post said before a change. `until` is when we saw the change."""

    title: str
    text: str
    edited_at: datetime | None
    until: datetime


@dataclass(frozen=True)
class Raw:
    """A post as its source delivered it. `item` is empty when it is no longer kept."""

    source: str
    external_id: str
    item: bytes


@dataclass(frozen=True)
class SourceName:
    """A source by its name, with the connector's sentence on what may be done with its posts."""

    id: int
    name: str
    connector: str
    terms: str


_FIELDS = [name for name in ShownPost.__annotations__ if name not in ("title", "text", "cut")]


def posts(ids: Iterable[int], *, characters: int | None = None) -> dict[int, ShownPost]:
    """The posts with these ids, in one question. With `characters`, texts and titles are no longer than that."""
    return {one.id: one for one in _shown(Post.objects.filter(pk__in=list(ids)), characters)}


def _shown(rows: Any, characters: int | None) -> list[ShownPost]:
    if characters is None:
        return [ShownPost(**row) for row in rows.values(*_FIELDS, "title", "text")]
    # One character more than is shown tells whether something was cut, and the rest of a book stays in the database.
    rows = rows.values(*_FIELDS, start=Left(F("text"), characters + 1), head=Left(F("title"), 1000))
    found = []
    for row in rows:
        text, title = row.pop("start"), row.pop("head")
        found.append(ShownPost(**row, title=title, text=text[:characters], cut=len(text) > characters))
    return found


def versions(post_id: int, *, limit: int = 20) -> list[Version]:
    """Earlier versions of a post, the latest first."""
    rows = PostVersion.objects.filter(post_id=post_id).order_by("-id")[:limit]
    return [Version(row.title, row.text, row.edited_at, row.replaced_at) for row in rows]


def raw(post_id: int) -> Raw | None:
    """What was delivered for a post; None when there is no such post."""
    post = Post.objects.filter(pk=post_id).select_related("source").first()
    if post is None:
        return None
    return Raw(post.source.name, post.external_id, raws.read(post.raw_block_id, post.raw_index))


def gone_at(post_id: int) -> datetime | None:
    """When a post was deleted at its platform; None when it was not, or is not known."""
    return Post.objects.filter(pk=post_id).values_list("deleted_at", flat=True).first()


@once.a_page
def source_names() -> dict[int, SourceName]:
    """All sources by id, in the order of their names."""
    rows = Source.objects.values_list("pk", "name", "connector", "terms")
    return {pk: SourceName(pk, name, connector, words.sentence(terms)) for pk, name, connector, terms in rows}


@dataclass(frozen=True)
class Conversation:
    """A post's surroundings. `above` leads from the beginning down to it, `below` is what was said under it, each with its depth.

    `more` says that there is more than is shown.
    """

    above: tuple[ShownPost, ...]
    below: tuple[tuple[int, ShownPost], ...]
    more: bool

    def __bool__(self) -> bool:
        return bool(self.above or self.below)


_ABOVE = 12
_BELOW = 100
_DEPTH = 5


def conversation(post: ShownPost, *, characters: int = 1500) -> Conversation:
    """What `post` answers, up to the beginning, and the answers to it, in the order they were given under each other."""
    of_source = Post.objects.filter(source_id=post.source_id)
    above, more = _above(post, of_source, characters)
    answers: dict[str, list[ShownPost]] = {}
    # Posts can name each other as what they answer; nobody is shown twice.
    seen = {post.external_id, *(one.external_id for one in above)}
    level = [post.external_id]
    for depth in range(_DEPTH):
        room = _BELOW + len(above) + 1 - len(seen)
        if not level or room <= 0:
            break
        # The exclusions are what the partial indexes are of: SQLite takes one only when they are said.
        asked = [of_source.filter(parent_external_id__in=level).exclude(parent_external_id="")]
        if depth == 0:
            thread = of_source.filter(thread_external_id=post.external_id, parent_external_id="")
            asked.append(thread.exclude(thread_external_id=""))
        found = [one for rows in asked for one in _shown(rows.order_by("pk")[: room + 1], characters)]
        fresh = [one for one in found if one.external_id not in seen]
        more = more or len(fresh) > room
        level = []
        for one in fresh[:room]:
            seen.add(one.external_id)
            level.append(one.external_id)
            answers.setdefault(one.parent_external_id or post.external_id, []).append(one)
    return Conversation(tuple(reversed(above)), tuple(_below(post.external_id, answers, 1)), more)


def _above(post: ShownPost, of_source: Any, characters: int) -> tuple[list[ShownPost], bool]:
    above: list[ShownPost] = []
    seen, wanted = {post.external_id}, post.parent_external_id or _root_of(post)
    while wanted and wanted not in seen and len(above) < _ABOVE:
        seen.add(wanted)
        found = _shown(of_source.filter(external_id=wanted), characters)
        if not found:
            break
        above.append(found[0])
        wanted = found[0].parent_external_id or _root_of(found[0])
    return above, bool(wanted and wanted not in seen and len(above) >= _ABOVE)


def _root_of(post: ShownPost) -> str:
    """Where a platform names only the conversation (a comment under an article), its first post is what was answered."""
    return post.thread_external_id if post.thread_external_id != post.external_id else ""


def _below(parent: str, answers: dict[str, list[ShownPost]], depth: int) -> list[tuple[int, ShownPost]]:
    found: list[tuple[int, ShownPost]] = []
    for one in answers.get(parent, ()):
        found += [(depth, one), *_below(one.external_id, answers, depth + 1)]
    return found
