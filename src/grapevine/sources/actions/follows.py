"""Storing who follows whom; part of `batches.store`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from hashlib import blake2b

from django.conf import settings
from django.db.models import Q, QuerySet

from grapevine.connectors.base import Follow as Told
from grapevine.core import bulk
from grapevine.sources import rows
from grapevine.sources.models import Follow

_AT_ONCE = 5_000
Pair = tuple[str, str]


def store(source_id: int, follows: Sequence[Told], unfollows: Sequence[Told], *, at: datetime) -> int:
    """Keep the follows that began or are still so, let those go that are over; returns how many began."""
    if not follows and not unfollows:
        return 0
    over = {_pair(one) for one in unfollows}
    for part in bulk.chunks(sorted(over), _AT_ONCE):
        known = _known(source_id, part)
        Follow.objects.filter(pk__in=[known[pair] for pair in part if pair in known]).delete()
    began: dict[Pair, datetime | None] = {}
    for one in follows:
        pair = _pair(one)
        if pair not in over and pair[0] and pair[1] and pair[0] != pair[1]:
            began[pair] = one.since or began.get(pair)
    forgotten = _forgotten(source_id, began)
    began = {pair: since for pair, since in began.items() if not forgotten.intersection(pair)}
    count = 0
    for part in bulk.chunks(sorted(began), _AT_ONCE):
        known = _known(source_id, part)
        bulk.run_many(
            "UPDATE sources_follow SET seen_at = %s, since = COALESCE(%s, since) WHERE id = %s",
            [(bulk.moment(at), bulk.moment(began[pair]), known[pair]) for pair in part if pair in known],
        )
        new = [pair for pair in part if pair not in known]
        bulk.insert(
            "sources_follow",
            {
                "follower_external_id": [follower for follower, _followed in new],
                "followed_external_id": [followed for _follower, followed in new],
                "since": [bulk.moment(began[pair]) for pair in new],
                "source_id": source_id,
                "seen_at": bulk.moment(at),
            },
        )
        count += len(new)
    return count


def _pair(one: Told) -> Pair:
    return rows.author_key(one.follower), rows.author_key(one.followed)


def _known(source_id: int, pairs: Iterable[Pair]) -> dict[Pair, int]:
    wanted = set(pairs)
    condition, values = bulk.among(
        "follower_external_id", sorted({follower for follower, _followed in wanted})
    )
    found = bulk.ask(
        f"SELECT follower_external_id, followed_external_id, id FROM sources_follow WHERE source_id = %s AND {condition}",
        [source_id, *values],
    )
    return {(row[0], row[1]): row[2] for row in found if (row[0], row[1]) in wanted}


def let_go(source_id: int, *, before: datetime) -> int:
    """Let go the follows that weren't heard of since; returns how many. For retention."""
    rows = Follow.objects.filter(source_id=source_id, seen_at__lt=before).exclude(followed_external_id="")
    return rows.delete()[0]


def forget(source_id: int, author_external_ids: Sequence[str], *, at: datetime) -> int:
    """Let go whom these authors follow, and who follows them; returns how many ties. A mark without a name stays, so that the next pull does
    not bring them back. For privacy holders."""
    count = 0
    for part in bulk.chunks(author_external_ids, _AT_ONCE):
        theirs = Q(follower_external_id__in=part) | Q(followed_external_id__in=part)
        gone = Follow.objects.filter(theirs, source_id=source_id).delete()[0]
        count += gone
        if gone:
            marks = [_mark(source_id, author) for author in part]
            there = set(
                _marks(source_id)
                .filter(follower_external_id__in=marks)
                .values_list("follower_external_id", flat=True)
            )
            Follow.objects.bulk_create(
                Follow(source_id=source_id, follower_external_id=mark, followed_external_id="", seen_at=at)
                for mark in dict.fromkeys(marks)
                if mark not in there
            )
    return count


def _marks(source_id: int) -> QuerySet[Follow]:
    """The marks of those who were forgotten: rows that follow nobody."""
    return Follow.objects.filter(source_id=source_id, followed_external_id="")


def _mark(source_id: int, author: str) -> str:
    key = settings.SECRET_KEY.encode()[:64]
    return f"forgotten:{blake2b(f'{source_id}:{author}'.encode(), key=key, digest_size=16).hexdigest()}"


def _forgotten(source_id: int, pairs: Iterable[Pair]) -> set[str]:
    """Those of the authors who were forgotten."""
    if not _marks(source_id).exists():
        return set()
    marked = {_mark(source_id, author): author for pair in pairs for author in pair}
    found: set[str] = set()
    for part in bulk.chunks(sorted(marked), _AT_ONCE):
        rows = _marks(source_id).filter(follower_external_id__in=part)
        found |= {marked[mark] for mark in rows.values_list("follower_external_id", flat=True)}
    return found
