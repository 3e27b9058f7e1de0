"""Storing what a connector brought: the one way in for posts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from datetime import datetime
from typing import Any

import msgspec
from django.db import transaction
from django.db.models import F

from grapevine.connectors.base import Batch, Post
from grapevine.connectors.base import Rejected as Row
from grapevine.core import bulk, live, news
from grapevine.sources import channels, events, facts, raws, rows, rules
from grapevine.sources.actions import changes, follows, numbers, removals
from grapevine.sources.contracts import ids, intake
from grapevine.sources.models import Import, Rejected, Source

RAW_KEPT = 65536
REJECTED_KEPT = 10_000
"""So many rejected rows of one import (or source) are kept to be looked at; all are counted."""


@dataclass(frozen=True)
class Outcome:
    """What became of a batch: posts that were new, known already (`changed` of them edited), gone, and rows rejected."""

    new: int = 0
    known: int = 0
    changed: int = 0
    gone: int = 0
    rejected: int = 0

    @property
    def read(self) -> int:
        return self.new + self.known + self.rejected

    def plus(self, other: Outcome) -> Outcome:
        """Both together."""
        return Outcome(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))


@dataclass(frozen=True)
class Prepared:
    """A batch with all that could be computed without the database; may have been made in another thread."""

    batch: Batch
    posts: Sequence[Post]
    columns: dict[str, list[Any]]  # as `rows.columns` gives them
    packed: bytes
    steps: list[Any]


def prepare(about: intake.SourceFacts, batch: Batch) -> Prepared:
    """Do what needs no database. Pure but for the steps' own memory."""
    posts = rows.cleaned([post for post, _raw in batch.posts])
    if places := rows.nameless(posts):
        batch, posts = _without(batch, posts, set(places))
    packed = raws.pack([raw for _post, raw in batch.posts]) if posts else b""
    columns = rows.columns(posts)
    return Prepared(batch, posts, columns, packed, intake.prepare(about, posts) if posts else [])


def _without(batch: Batch, posts: Sequence[Post], places: set[int]) -> tuple[Batch, Sequence[Post]]:
    """The batch with the posts at `places` among the rejected: they have no id."""
    left_out = [Row(0, "no_id", "", batch.posts[place][1]) for place in sorted(places)]
    kept = [place for place in range(len(posts)) if place not in places]
    there = [batch.posts[place] for place in kept]
    whole = msgspec.structs.replace(batch, posts=there, rejected=[*batch.rejected, *left_out])
    return whole, [posts[place] for place in kept]


def store(
    *, source: Source, batch: Batch | Prepared, at: datetime, of_import: Import | None = None
) -> Outcome:
    """Store a batch of `source`, let the steps of rooms above take part, and move the source's cursor: all or nothing.

    Posts that are there already are edits where they differ, and otherwise left alone; deletions are followed, and who follows whom is kept.
    Called by jobs, whose right it is to write; there is no audit entry for each batch. Tells PostsStored and PostsGone.
    """
    about = facts.of(source)
    if isinstance(batch, Batch):
        # Outside the transaction: the first use of the matcher may compile it, and nobody could write meanwhile.
        intake.begin()
        batch = prepare(about, batch)
    return _write(about, source, batch, of_import, at)


@transaction.atomic
def _write(
    about: intake.SourceFacts, source: Source, batch: Prepared, of_import: Import | None, at: datetime
) -> Outcome:
    # Two workers must not store for one source at once (SQLite has one writer anyway). Without the key: who counts mentions of this source
    # at the same moment needs no more than that it is there, and has what we wait for.
    held = Source.objects.select_for_update(no_key=True).get(pk=source.pk)
    stored = intake.Stored(source=about, at=at, posts=batch.posts, published=batch.columns["published_at"])
    oldest = rules.oldest_kept(held.retention_days, at)
    known, taken = changes.sort_out(stored, oldest=oldest)
    # A feed shows its old entries again and again; who imports a file must hear that rows of it were not kept.
    late = _too_old(batch, oldest) if of_import is not None else []
    others = [
        Row(0, "id_taken", batch.posts[place].external_id, batch.batch.posts[place][1]) for place in taken
    ]
    rejected = [*batch.batch.rejected, *late, *others]
    new = list(stored.new)
    _insert(stored, batch)
    changes.write(stored, raw=[batch.batch.posts[place][1] for place in stored.changed])
    gone = removals.follow(stored, batch.batch.deletions)
    intake.take(stored, batch.steps if batch.posts else None)
    follows.store(held.pk, batch.batch.follows, batch.batch.unfollows, at=at)
    _reject(held, of_import, rejected, at)
    outcome = Outcome(
        new=len(new),
        known=known - len(late) - len(others),
        changed=len(stored.changed),
        gone=gone,
        rejected=len(rejected),
    )
    _move(held, of_import, batch, outcome, at)
    _tell(stored, outcome)
    return outcome


def _insert(stored: intake.Stored, batch: Prepared) -> None:
    places = stored.new
    if not places:
        return
    whole = len(places) == len(batch.posts)
    raw = [batch.batch.posts[place][1] for place in places]
    block = raws.keep(raw, source_id=stored.source.id, packed=batch.packed if whole else None, at=stored.at)
    columns = batch.columns
    if not whole:
        columns = {name: [values[place] for place in places] for name, values in columns.items()}
    moments = (batch.posts[place].published_at for place in places)
    stored.new_ids = ids.make_many(moments, numbers.take(len(places)))
    bulk.insert(
        "sources_post",
        {
            "id": stored.new_ids,
            "source_id": stored.source.id,
            **columns,
            "received_at": bulk.moment(stored.at),
            "deleted_at": None,
            "erased_at": None,
            "raw_block_id": block,
            "raw_index": list(range(len(places))),
        },
    )


def _too_old(batch: Prepared, oldest: datetime | None) -> list[Row]:
    if oldest is None:
        return []
    pairs = zip(batch.posts, batch.batch.posts, strict=True)
    return [
        Row(0, "too_old", post.published_at.date().isoformat(), raw)
        for post, (_post, raw) in pairs
        if post.published_at < oldest
    ]


def _reject(source: Source, of_import: Import | None, rejected: Sequence[Row], at: datetime) -> None:
    if not rejected:
        return
    so_far = of_import.rejected if of_import is not None else source.rejected_count
    room = max(0, REJECTED_KEPT - so_far)
    Rejected.objects.bulk_create(
        Rejected(
            source=source,
            of_import=of_import,
            file_name=of_import.file_name if of_import is not None else "",
            line=one.line,
            reason=one.reason[:60],
            detail=one.detail.replace("\0", "").encode("utf-8", "replace").decode()[:2000],
            raw=one.raw[:RAW_KEPT],
            at=at,
        )
        for one in rejected[:room]
    )


def _move(source: Source, of_import: Import | None, batch: Prepared, outcome: Outcome, at: datetime) -> None:
    latest = max((post.published_at for post in batch.posts), default=None)
    if latest is not None and source.latest_post_at is not None:
        latest = max(latest, source.latest_post_at)
    changed: dict[str, Any] = {
        "posts_count": F("posts_count") + outcome.new,
        "rejected_count": F("rejected_count") + outcome.rejected,
        "latest_post_at": latest or source.latest_post_at,
    }
    if of_import is None:
        changed["cursor"] = batch.batch.cursor
    else:
        Import.objects.filter(pk=of_import.pk).update(
            cursor=batch.batch.cursor,
            read=F("read") + outcome.read,
            new=F("new") + outcome.new,
            known=F("known") + outcome.known,
            rejected=F("rejected") + outcome.rejected,
        )
    Source.objects.filter(pk=source.pk).update(**changed)


def _tell(stored: intake.Stored, outcome: Outcome) -> None:
    source_id = stored.source.id
    if outcome.new or outcome.changed:
        news.tell(
            events.PostsStored(source_id=source_id, new=outcome.new, changed=outcome.changed, at=stored.at)
        )
    if outcome.gone:
        news.tell(events.PostsGone(source_id=source_id, count=outcome.gone, at=stored.at))
    if outcome.new or outcome.changed or outcome.gone or outcome.rejected:
        live.publish(channels.SOURCES, source_id=source_id, new=outcome.new, rejected=outcome.rejected)
