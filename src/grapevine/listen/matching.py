"""The watches in memory, compiled, as each worker holds them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from operator import attrgetter
from threading import Lock
from typing import TYPE_CHECKING, Any

from grapevine.connectors.base import Author, Post
from grapevine.core import bulk
from grapevine.engine import query
from grapevine.engine.query import QueryError, documents, reference
from grapevine.listen import accounts
from grapevine.listen.accounts import Accounts
from grapevine.listen.models import Watch, WatchSetVersion
from grapevine.sources.contracts.intake import SourceFacts

if TYPE_CHECKING:
    from grapevine.engine.query.watchset import WatchSet

_NOBODY = Author(external_id="")
_TEXTS = {"title": "title", "country": "country", "type": "kind", "site": "site", "url": "url"}
_LISTS = {"links": "links", "media": "media", "hashtags": "tags", "mentions": "mentions"}


def nothing() -> WatchSet:
    """An empty set. It brings a compiler along: loaded by who matches, not by every page."""
    from grapevine.engine.query.watchset import WatchSet

    return WatchSet()


@dataclass(frozen=True)
class Snapshot:
    """The watches that listened at one moment, and who spoke for the brands. `brands` and `versions` are by watch.

    `compiled` is shared by the moments of a process: it is changed when a watch is. What it says counts only as long as
    `version` is current.
    """

    version: int
    compiled: WatchSet = field(default_factory=nothing)
    brands: Mapping[int, int] = field(default_factory=dict)
    versions: Mapping[int, int] = field(default_factory=dict)
    accounts: Accounts = field(default_factory=Accounts)

    def match(
        self, posts: Sequence[Post], langs: Sequence[str], sources: Sequence[SourceFacts]
    ) -> list[tuple[int, ...]]:
        """For each post the watches that it satisfies, ascending. `langs` as we read them; `sources` one for each post."""
        hits: list[tuple[int, ...]] = [()] * len(posts)
        if not self.brands or not posts:
            return hits
        if _plainly.get():
            return self._match_plainly(columns(posts, langs, sources), len(posts))
        found = self.compiled.match(columns(posts, langs, sources))
        ids: Any = found.ids
        for post, watch in zip(found.posts.tolist(), found.watches.tolist(), strict=True):
            hits[post] += (ids[watch],)
        return [tuple(sorted(hit)) if len(hit) > 1 else hit for hit in hits]

    def _match_plainly(self, fields: Mapping[str, Sequence[Any]], size: int) -> list[tuple[int, ...]]:
        trees = [(watch, query.parse(_memory().queries[watch])) for watch in sorted(self.brands)]
        hits = []
        for place in range(size):
            post = documents.Prepared(
                query.document_of({name: values[place] for name, values in fields.items()})
            )
            hits.append(tuple(watch for watch, tree in trees if reference.matches(tree, post)))
        return hits

    def only(self, watch: Watch) -> Snapshot:
        """The same moment with one watch alone, as it is saved, whether it listens or rests."""
        alone = nothing()
        if watch.version_id is None or not _put(alone, watch.pk, watch.query):
            return Snapshot(self.version)
        return Snapshot(self.version, alone, {watch.pk: watch.brand_id}, {watch.pk: watch.version_id})


def columns(
    posts: Sequence[Post], langs: Sequence[str], sources: Sequence[SourceFacts]
) -> dict[str, Sequence[Any]]:
    """What may be asked of posts on their way in, field by field; fields that are empty in all of them are left out."""
    authors = [post.author or _NOBODY for post in posts]
    made: dict[str, Sequence[Any]] = {
        "text": [post.text for post in posts],
        "author": [author.handle for author in authors],
        "author_name": [author.name for author in authors],
        # What we read is surer than what the platform says, which is asked when we are not sure.
        "lang": [lang or post.lang for lang, post in zip(langs, posts, strict=True)],
        "source": [source.name for source in sources],
    }
    for names in (_TEXTS, _LISTS):
        for name, attribute in names.items():
            values = list(map(attrgetter(attribute), posts))
            if any(values):
                made[name] = values
    return made


_plainly: ContextVar[bool] = ContextVar("plainly", default=False)


@contextmanager
def plainly() -> Iterator[None]:
    """Match with the plain matcher inside the block: slow, but there at once, where compiling the fast one would take a minute.

    For few posts and few watches on a new installation, such as the demo's.
    """
    token = _plainly.set(True)
    try:
        yield
    finally:
        _plainly.reset(token)


class _Memory:
    """What this process holds."""

    def __init__(self) -> None:
        self.compiled = nothing()
        self.queries: dict[int, str] = {}
        self.held = Snapshot(-1, self.compiled)
        self.lock = Lock()

    def bring_to(self, version: int) -> Snapshot:
        with self.lock:
            if self.held.version == version:
                return self.held
            rows = Watch.objects.listening().exclude(version=None).order_by("pk")
            found = {row[0]: row[1:] for row in rows.values_list("pk", "query", "brand_id", "version_id")}
            for watch in [watch for watch in self.queries if watch not in found]:
                self.compiled.remove(watch)
                del self.queries[watch]
            new = {watch: row[0] for watch, row in found.items() if self.queries.get(watch) != row[0]}
            if len(new) > 1:
                self._put_many(new)
            else:
                self._put_each(new)
            good = self.queries
            self.held = Snapshot(
                version,
                self.compiled,
                {watch: row[1] for watch, row in found.items() if watch in good},
                {watch: row[2] for watch, row in found.items() if watch in good},
                accounts.present(),
            )
            return self.held

    def _put_many(self, new: dict[int, str]) -> None:
        try:
            self.compiled.put_many(new.items())
            self.queries.update(new)
        except QueryError:
            self._put_each(new)

    def _put_each(self, new: dict[int, str]) -> None:
        for watch, asked in new.items():
            if _put(self.compiled, watch, asked):
                self.queries[watch] = asked
            elif self.queries.pop(watch, None) is not None:
                self.compiled.remove(watch)


def _put(compiled: WatchSet, watch: int, asked: str) -> bool:
    """False for a query that can't be read (saved by an older version of the language): the page of watches says so."""
    try:
        compiled.put(watch, asked)
    except QueryError:
        return False
    return True


@cache
def _memory() -> _Memory:
    return _Memory()


def current() -> Snapshot:
    """The watches as they are now; read again only when one has changed.

    In a transaction on PostgreSQL, nobody can change a watch until it ends: a post is matched with the watches it is
    stored under.
    """
    lock = " FOR SHARE" if bulk.is_postgresql() else ""
    found = bulk.ask(f"SELECT value FROM {WatchSetVersion._meta.db_table} WHERE id = 1{lock}")
    version = int(found[0][0]) if found else 0
    held = _memory().held
    return held if held.version == version else _memory().bring_to(version)


def query_of(watch_id: int) -> str:
    """A listening watch's query as this process knows it; empty for others."""
    return _memory().queries.get(watch_id, "")


def held() -> Snapshot:
    """The watches as this process knows them, without asking the database. `current` must have been called before."""
    return _memory().held
