"""Posts that go: deleted at their platform, too old, erased on request, or removed with their source."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from grapevine.connectors.base import Deletion
from grapevine.core import bulk, news
from grapevine.sources import events, facts, raws, rows
from grapevine.sources.contracts import intake
from grapevine.sources.models import Post, PostVersion, Source

CHUNK = 2000
_BLANK = """title = '', text = '', url = '', links = '[]', tags = '[]', mentions = '[]', media = '[]', metrics = '{}', notes = '[]',
author_external_id = '', author_handle = '', author_name = '', author_url = '', author_followers = NULL, raw_block_id = NULL"""


def follow(stored: intake.Stored, deletions: Sequence[Deletion]) -> int:
    """Blank the posts that the platform says are gone; how many there were. Part of `batches.store`."""
    if not deletions:
        return 0
    when = {rows.key(one.external_id): one.at for one in deletions}
    condition, values = bulk.among("external_id", when)
    found = _ask(f"source_id = %s AND {condition} AND deleted_at IS NULL", [stored.source.id, *values])
    # New, changed and gone in one batch: whoever comes after must see it go only once.
    going = {row[0] for row in found}
    written = going.intersection(stored.new_ids)
    if written:
        pairs = zip(stored.new, stored.new_ids, strict=True)
        kept = [(place, post_id) for place, post_id in pairs if post_id not in written]
        stored.new = [place for place, _id in kept]
        stored.new_ids = [post_id for _place, post_id in kept]
    gone = _blank(found, {row[0]: when[row[1]] for row in found}, erased=False)
    stored.gone = [*stored.gone, *(one for one in gone if one.id not in written)]
    _no_longer_changed(stored, going)
    return len(found)


def _no_longer_changed(stored: intake.Stored, gone: set[int]) -> None:
    kept = [
        (place, before)
        for place, before in zip(stored.changed, stored.before, strict=True)
        if before.id not in gone
    ]
    earlier = {before.id: before for before in stored.before if before.id in gone}
    stored.changed = [place for place, _before in kept]
    stored.before = [before for _place, before in kept]
    # Whoever follows has seen the text before the change, not the one that came with it.
    stored.gone = [earlier.get(one.id, one) for one in stored.gone]


def _ask(condition: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    columns = "id, external_id, title, text, tags, mentions, raw_block_id, raw_index"
    return bulk.ask(f"SELECT {columns} FROM sources_post WHERE {condition}", values)


def _before(found: Iterable[tuple[Any, ...]]) -> list[intake.Before]:
    return [
        intake.Before(
            row[0], row[2], row[3], *(one if isinstance(one, str) else json.dumps(one) for one in row[4:6])
        )
        for row in found
    ]


def _blank(found: list[tuple[Any, ...]], when: dict[int, datetime], *, erased: bool) -> list[intake.Before]:
    """Take texts and authors from rows and keep the rows, so that the post is known when it comes again."""
    mark = ", erased_at = %s" if erased else ""
    bulk.run_many(
        f"UPDATE sources_post SET {_BLANK}, deleted_at = %s{mark} WHERE id = %s",
        [(*[bulk.moment(when[row[0]])] * (2 if erased else 1), row[0]) for row in found],
    )
    _clear_behind(found)
    return _before(found)


def _clear_behind(found: list[tuple[Any, ...]]) -> None:
    for ids in bulk.chunks([row[0] for row in found], CHUNK):
        PostVersion.objects.filter(post_id__in=ids).delete()
    raws.cut((row[6], row[7]) for row in found)


@transaction.atomic
def erase(*, source: Source, author_external_ids: Sequence[str], at: datetime) -> int:
    """Forget what these authors published in `source`: texts, names, raw items and earlier versions; returns how many posts.

    The rows stay as empty shells, so that the next pull does not bring the posts back. Tells PostsGone. For privacy holders.
    """
    condition, values = bulk.among("author_external_id", list(author_external_ids))
    found = _ask(f"source_id = %s AND {condition}", [source.pk, *values])
    gone = _blank(found, {row[0]: at for row in found}, erased=True)
    _after(source, gone, at)
    return len(found)


@transaction.atomic
def remove(*, source: Source, post_ids: Sequence[int], at: datetime) -> int:
    """Remove posts altogether, as if they had never come; returns how many. For retention, removed sources and the demo."""
    condition, values = bulk.among("id", list(post_ids))
    found = _ask(f"source_id = %s AND {condition}", [source.pk, *values])
    _clear_behind(found)
    gone = _before(found)
    _after(source, gone, at)
    Post.objects.filter(pk__in=[one.id for one in gone])._raw_delete("default")
    Source.objects.filter(pk=source.pk).update(posts_count=F("posts_count") - len(gone))
    return len(gone)


def _after(source: Source, gone: list[intake.Before], at: datetime) -> None:
    if not gone:
        return
    intake.take(intake.Stored(source=facts.of(source), at=at, gone=gone), None)
    news.tell(events.PostsGone(source_id=source.pk, count=len(gone), at=at))
