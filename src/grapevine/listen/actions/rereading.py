"""Reading mentions again: one post that a person corrected, or all of a brand whose reader changed.

A brand remembers which reader its mentions were read by (`Brand.read_by`). Where that is no longer the one it has (an upgrade, something
learnt, another wish of what is sure, other accounts that speak for the brand), `due` tells so, and the worker reads again, the newest
posts first. Each piece is one transaction; a job that was killed begins again, and reading the same again changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from grapevine.connectors.base import Post
from grapevine.core import bulk, jobs
from grapevine.listen import accounts, reads
from grapevine.listen.actions import mentions
from grapevine.listen.actions.changes import Changes
from grapevine.listen.models import Brand
from grapevine.listen.reads import OfPost
from grapevine.listen.rows import Row
from grapevine.sources.selectors import history
from grapevine.understand.actions import readings
from grapevine.understand.contracts import Readings

JOB = "listen.reread"
CHUNK = 1000
DEEP = 50_000
"""So many posts of a brand, the newest, are read with the deep tier where there is one: a minute or two."""
PATIENCE = timedelta(hours=1)
"""So long after a brand was read again it isn't read again: somebody may be correcting post after post."""


def due(*, at: datetime) -> list[Brand]:
    """Brands whose mentions were read by another reader than they have now."""
    readings.refresh()
    rested = Brand.objects.present().filter(Q(read_at=None) | Q(read_at__lte=at - PATIENCE))
    return [brand for brand in rested if brand.read_by != mark(brand)]


def mark(brand: Brand) -> str:
    """By which reader a brand's mentions are to be read, and whose posts are its own."""
    own = accounts.mark(ours=brand.ours, handles=brand.accounts)
    return readings.mark(reads.scope_of(brand.pk)) + own


@transaction.atomic
def ask(*, brand_id: int) -> None:
    """Let a brand be read again at the next occasion, however lately it was."""
    Brand.objects.filter(pk=brand_id).update(read_at=None)
    jobs.put(JOB, {}, key=JOB)


def brand(*, brand_id: int, at: datetime, run: jobs.Run | None = None) -> int:
    """Read all mentions of a brand again; returns how many posts were looked at."""
    wanted = mark(Brand.objects.get(pk=brand_id))
    below, done = (1 << 63) - 1, 0
    while post_ids := _next(brand_id, below):
        posts(post_ids=post_ids, at=at, deeper=done < DEEP)
        below, done = post_ids[-1], done + len(post_ids)
        if run is not None:
            run.progress(done)
            run.pause()
    Brand.objects.filter(pk=brand_id).update(read_by=wanted, read_at=at)
    return done


def _next(brand_id: int, below: int) -> list[int]:
    found = bulk.ask(
        "SELECT post_id FROM listen_mention WHERE brand_id = %s AND post_id < %s AND nth <= 1 ORDER BY post_id DESC LIMIT %s",
        [brand_id, below, CHUNK],
    )
    return [row[0] for row in found]


def posts(*, post_ids: Sequence[int], at: datetime, deeper: bool = True) -> int:
    """Read some posts again, for every brand that they mention; returns how many mentions read otherwise than before.

    The deep tier, where there is one, reads what the fast one isn't sure of, unless `deeper` says no. Reading takes its time, so it is done
    before the transaction.
    """
    readings.refresh()
    kept = {one.id: one.post for one in history.some(post_ids)}
    texts = [_text(post) for post in kept.values()]
    found = reads.batch_of(texts, deeper=deeper and readings.wake_deep())
    with transaction.atomic():
        return _write(kept, found, at)


def _text(post: Post) -> tuple[str, str]:
    return post.title, post.text


def _write(kept: dict[int, Post], found: Readings, at: datetime) -> int:
    if bulk.is_postgresql():
        # Nobody may change these mentions between our look and our writing.
        bulk.run("LOCK TABLE listen_mention IN SHARE ROW EXCLUSIVE MODE")
    now = {one.id: one.post for one in history.some(list(kept))}
    known = mentions.of_posts(list(now))
    # What its author changed meanwhile was read anew when the change came.
    place = {
        post_id: place
        for place, (post_id, post) in enumerate(kept.items())
        if post_id in known and _text(now[post_id]) == _text(post)
    }
    read, shipped = [*place], readings.some(found, list(place.values()))
    posts = [now[post_id] for post_id in read]
    hits = [{row.watch_id for row in known[post_id]} for post_id in read]
    brands = {row.watch_id: row.brand_id for its in known.values() for row in its}
    whose = accounts.present()
    of_posts = reads.corrected(
        dict(
            zip(
                read,
                reads.by_brands(posts, reads.of_batch(shipped), hits, brands, whose, shipped=shipped),
                strict=True,
            )
        ),
        {post_id: {row.brand_id for row in its} for post_id, its in known.items()},
    )
    changes = Changes(at)
    for post_id, its in of_posts.items():
        changes.altered += _altered(known[post_id], its)
    changes.settle()
    return len(changes.altered)


def _altered(rows: Sequence[Row], read: OfPost) -> list[tuple[Row, Row]]:
    pairs = [(row, row._replace(**read.by(row.brand_id)._asdict())) for row in rows]
    return [(row, changed) for row, changed in pairs if changed != row]
