"""What listen does with every batch of posts, in the transaction that stores them (see `sources.contracts.intake`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from grapevine.connectors.base import Post
from grapevine.engine.text import folding
from grapevine.engine.text.folding import Fingerprints
from grapevine.listen import index_words, matching, mention_columns, reads
from grapevine.listen.actions import mentions
from grapevine.listen.mention_columns import Caught
from grapevine.listen.models import HourlyRollup
from grapevine.listen.reads import OfPost
from grapevine.people.actions import identities
from grapevine.sources.contracts.intake import SourceFacts, Stored
from grapevine.understand.actions import readings


@dataclass(frozen=True)
class Prepared:
    """A batch, read and matched. `hits` and `reads` are by place in the batch; `caught` are the places with hits, ascending,
    and `prints` and `words` go with these one by one; `mentions` are theirs. `version` is that of the watches."""

    version: int
    hits: Sequence[tuple[int, ...]]
    reads: Sequence[OfPost]
    caught: list[int]
    prints: Fingerprints
    words: list[str]
    mentions: Caught


class Listening:
    """Matches, reads, stores mentions, counts and indexes."""

    name = "listen"

    def begin(self) -> None:
        matching.current()
        readings.refresh()

    def prepare(self, source: SourceFacts, posts: Sequence[Post]) -> Prepared:
        return prepare(matching.held(), source, posts)

    def take(self, stored: Stored, prepared: Any) -> None:
        if stored.gone:
            mentions.drop(stored.gone, at=stored.at)
        if not stored.new and not stored.changed:
            return
        snapshot = matching.current()
        if prepared is None or prepared.version != snapshot.version:
            # A watch was changed since the batch was prepared: it counts from this post on.
            prepared = prepare(snapshot, stored.source, stored.posts)
        if stored.changed:
            mentions.review(stored, prepared, snapshot)
        if stored.new:
            mentions.catch(stored, prepared, snapshot)

    def part(self, source: SourceFacts) -> None:
        HourlyRollup.objects.filter(source_id=source.id).delete()
        identities.remove_of(platform=source.platform)


def prepare(snapshot: matching.Snapshot, source: SourceFacts, posts: Sequence[Post]) -> Prepared:
    """Read and match a batch. Needs no database."""
    texts = [(post.title, post.text) for post in posts]
    found = reads.of_texts(texts)
    hits = snapshot.match(posts, [one.lang for one in found], [source] * len(posts))
    # What was written to us alone is nobody's mention, whatever it says.
    hits = [() if post.kind == "message" else hit for post, hit in zip(posts, hits, strict=True)]
    caught = [place for place, hit in enumerate(hits) if hit]
    prints = folding.fingerprints([posts[place].text or posts[place].title for place in caught])
    words = index_words.of_many(
        [index_words.whole(posts[n].title, posts[n].text, posts[n].tags, posts[n].mentions) for n in caught]
    )
    by_brands = reads.by_brands(posts, found, hits, snapshot.brands, snapshot.accounts)
    made = mention_columns.of(caught, posts, hits, by_brands, snapshot)
    return Prepared(snapshot.version, hits, by_brands, caught, prints, words, made)
