"""The watches in memory, compiled, as each worker holds them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from grapevine.core import bulk
from grapevine.engine import query
from grapevine.listen import documents
from grapevine.listen.models import Watch, WatchSetVersion
from grapevine.sources.contracts.intake import SourceFacts
from grapevine.connectors.base import Post


@dataclass(frozen=True)
class Snapshot:
    """The watches that listened at one moment. `brands` and `versions` are by watch."""

    version: int
    nodes: Mapping[int, query.Node] = field(default_factory=dict)
    brands: Mapping[int, int] = field(default_factory=dict)
    versions: Mapping[int, int] = field(default_factory=dict)

    def match(
        self, posts: Sequence[Post], langs: Sequence[str], sources: Sequence[SourceFacts]
    ) -> list[tuple[int, ...]]:
        """For each post the watches that it satisfies, ascending. `langs` as we read them; `sources` one for each post."""
        if not self.nodes:
            return [()] * len(posts)
        found = [document(*given) for given in zip(posts, sources, langs, strict=True)]
        return [tuple(watch for watch, node in self.nodes.items() if query.matches(node, one)) for one in found]

    def only(self, watch: Watch) -> Snapshot:
        """The same moment with one watch alone, as it is saved, whether it listens or rests."""
        node = documents.node(watch.query)
        nodes = {watch.pk: node} if node is not None and watch.version_id is not None else {}
        return Snapshot(self.version, nodes, {watch.pk: watch.brand_id}, {watch.pk: watch.version_id or 0})


_held = Snapshot(version=-1)


def current() -> Snapshot:
    """The watches as they are now; read again only when one has changed.

    In a transaction on PostgreSQL, nobody can change a watch until it ends: a post is matched with the watches it is stored under.
    """
    global _held
    version = _version()
    if _held.version != version:
        _held = _read(version)
    return _held


def held() -> Snapshot:
    """The watches as this process knows them, without asking the database. `current` must have been called before."""
    return _held


def _version() -> int:
    lock = " FOR SHARE" if bulk.is_postgresql() else ""
    found = bulk.ask(f"SELECT value FROM {WatchSetVersion._meta.db_table} WHERE id = 1{lock}")  # noqa: S608
    return int(found[0][0]) if found else 0


def _read(version: int) -> Snapshot:
    nodes, brands, versions = {}, {}, {}
    rows = Watch.objects.listening().exclude(version=None).order_by("pk").values_list("pk", "brand_id", "version_id", "query")
    for pk, brand_id, version_id, text in rows:
        node = documents.node(text)
        if node is not None:  # saved by an older version of the language: the page of watches says so
            nodes[pk], brands[pk], versions[pk] = node, brand_id, version_id
    return Snapshot(version, nodes, brands, versions)


def document(post: Post, source: SourceFacts, lang: str) -> query.Document:
    """What may be asked of a post that is on its way in. `lang` is as we read it."""
    author = post.author
    return query.Document(
        text=post.text,
        title=post.title,
        author=author.handle if author else "",
        author_name=author.name if author else "",
        lang=lang or post.lang,
        country=post.country,
        source=source.name,
        type=post.kind,
        site=post.site,
        url=post.url,
        links=post.links,
        media=post.media,
        hashtags=post.tags,
        mentions=post.mentions,
    )
