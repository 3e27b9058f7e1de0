"""Holding a watch against all that is stored, a piece at a time: what it catches now comes, what it no longer catches goes.

Oldest first, so that the first of several copies is the one the others are folded into. Each piece is one transaction; a job that was killed
begins again, and finding the same again changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np
from django.db import transaction

from grapevine.core import bulk, jobs, live, news
from grapevine.engine.text import folding
from grapevine.engine.text.folding import Folder, Leads
from grapevine.listen import channels, events, index_words, matching, reads, rows
from grapevine.listen.actions import folds, index, mentions
from grapevine.listen.actions.changes import Changes
from grapevine.listen.models import Watch
from grapevine.listen.models.watches import RematchState
from grapevine.listen.reads import OfPost, Read
from grapevine.listen.rows import Row
from grapevine.sources.contracts import ids
from grapevine.sources.selectors import history
from grapevine.sources.selectors.history import Kept
from grapevine.understand.actions import readings

CHUNK = 2000
FOLD_BACK = timedelta(days=30)
"""Copies of posts older than this are not expected to arrive any more."""


class Rematch:
    """One watch on its way through history. `last` is the post it has come to."""

    def __init__(self, watch: Watch, *, at: datetime, last: int = -1) -> None:
        self.watch, self.at, self.last = watch, at, last
        self.caught = 0
        self._folder = Folder()
        self._sources = history.sources()
        listens = watch.deleted_at is None and watch.brand.deleted_at is None
        everything = matching.current()
        self._snapshot = everything.only(watch) if listens else matching.Snapshot(everything.version)
        self._everything = replace(
            everything,
            brands={**everything.brands, watch.pk: watch.brand_id},
            versions={**everything.versions, watch.pk: watch.version_id or 0},
        )

    def piece(self) -> int:
        """Match the next piece, in a transaction of the caller's; returns how many posts were looked at, 0 at the end."""
        readings.refresh()
        kept = history.after(self.last, limit=CHUNK)
        low, self.last = self.last, kept[-1].id if kept else (1 << 63) - 1
        hits, found = self._match(kept)
        caught = [(one, read) for one, hit, read in zip(kept, hits, found, strict=True) if hit]
        self._write(low, caught)
        return len(kept)

    def release(self, first: int, last: int) -> None:
        """Let go of the posts from `first` to `last`, in a transaction of the caller's."""
        self.last = last
        self._write(first - 1, [])

    def _match(self, kept: Sequence[Kept]) -> tuple[list[tuple[int, ...]], list[Read]]:
        if not self._snapshot.brands:
            return [()] * len(kept), [Read("", 0, 0, False)] * len(kept)
        posts = [one.post for one in kept]
        found = reads.of_texts([(post.title, post.text) for post in posts])
        langs = [one.lang for one in found]
        return self._snapshot.match(posts, langs, [self._sources[one.source_id] for one in kept]), found

    def _write(self, low: int, caught: Sequence[tuple[Kept, Read]]) -> None:
        if bulk.is_postgresql():
            # Batches that arrive meanwhile may touch the very same mentions: one after the other.
            bulk.run("LOCK TABLE listen_mention IN SHARE ROW EXCLUSIVE MODE")
        watch = self.watch.pk
        ids_here = {one.id for one, _read in caught}
        known = mentions.of_posts(sorted({*ids_here, *self._rows_between(low, self.last)}))
        changes = Changes(self.at)
        fresh = [one for one, _read in caught if one.id not in known]
        leads = self._leads([one for one, _read in caught], known)
        people = self._people(fresh)
        reads_of = self._reads(caught, known)
        for (one, _read), lead in zip(caught, leads, strict=True):
            old = known.get(one.id, [])
            who = people.get((one.source_id, one.post.author.external_id)) if one.post.author else None
            self._replace(
                changes,
                one.id,
                old,
                {watch},
                who,
                reads_of[one.id],
                lead,
                at=one.post.published_at,
                source_id=one.source_id,
            )
        lost = {post_id: old for post_id, old in known.items() if post_id not in ids_here}
        for post_id, old in lost.items():
            as_before = OfPost(old[0].read, {row.brand_id: row.read for row in old})
            self._replace(
                changes, post_id, old, set(), None, as_before, 0, at=self.at, source_id=old[0].source_id
            )
        gone = [post_id for post_id, old in lost.items() if all(row.watch_id == watch for row in old)]
        index.add([(one.id, _words(one)) for one in fresh])
        index.remove([(one.id, _words(one)) for one in history.some(gone)] if gone else [])
        changes.settle()
        self._remember(caught, leads)
        self.caught += len(caught)

    def _replace(
        self,
        changes: Changes,
        post_id: int,
        old: Sequence[Row],
        ours: set[int],
        who: int | None,
        read: OfPost,
        lead: int,
        *,
        at: datetime,
        source_id: int,
    ) -> None:
        """Let `ours` and the other watches that had caught the post be those that have caught it."""
        wanted = ours | {row.watch_id for row in old if row.watch_id != self.watch.pk}
        changes.replace(
            post_id=post_id,
            published_at=at,
            old=old,
            wanted=rows.places(wanted, self._brands(old)),
            snapshot=self._everything,
            source_id=source_id,
            identity_id=old[0].identity_id if old else who,
            read=read,
            lead_id=lead,
            renewed=self.watch.pk,
        )

    def _reads(self, caught: Sequence[tuple[Kept, Read]], known: dict[int, list[Row]]) -> dict[int, OfPost]:
        """How the caught posts read for every brand that mentions them, this one's and those that had caught them."""
        hits = [{self.watch.pk, *(row.watch_id for row in known.get(one.id, ()))} for one, _read in caught]
        brands = self._brands([row for old in known.values() for row in old])
        found = reads.by_brands(
            [one.post for one, _read in caught],
            [read for _one, read in caught],
            hits,
            brands,
            self._everything.accounts,
        )
        return reads.corrected(
            {one.id: read for (one, _read), read in zip(caught, found, strict=True)},
            {
                one.id: {brands[watch] for watch in hit}
                for (one, _read), hit in zip(caught, hits, strict=True)
            },
        )

    def _brands(self, old: Sequence[Row]) -> dict[int, int]:
        return {**{row.watch_id: row.brand_id for row in old}, self.watch.pk: self.watch.brand_id}

    def _rows_between(self, low: int, high: int) -> list[int]:
        """Posts of this piece that the watch had caught."""
        found = bulk.ask(
            "SELECT post_id FROM listen_mention WHERE watch_id = %s AND post_id > %s AND post_id <= %s",
            [self.watch.pk, low, high],
        )
        return [row[0] for row in found]

    def _leads(self, caught: Sequence[Kept], known: dict[int, list[Row]]) -> list[int]:
        """The lead that a new mention of each post is folded into, or 0."""
        leads = [0] * len(caught)
        alone = []
        for place, one in enumerate(caught):
            old = known.get(one.id, [])
            if any(row.watch_id == self.watch.pk for row in old):
                continue  # it has its place in a fold already
            lead = next((row.lead_id for row in old if row.lead_id), 0)
            if lead:
                leads[place] = lead
            elif not any(row.copies for row in old):
                alone.append(place)
        present = self._caught_by_this({lead for lead in leads if lead}) | {one.id for one in caught}
        leads = [lead if lead in present else 0 for lead in leads]
        if alone:
            prints = folding.fingerprints(
                [caught[place].post.text or caught[place].post.title for place in alone]
            )
            numbers = np.array([caught[place].id for place in alone], np.int64)
            found = self._folder.fold(numbers, np.zeros(len(alone), np.uint64), prints).tolist()
            older = {lead for lead in found if lead} - set(numbers.tolist())
            good = (mentions.still_leads(older) & self._caught_by_this(older)) | set(numbers.tolist())
            for place, lead in zip(alone, found, strict=True):
                leads[place] = lead if lead in good else 0
        # One that others were folded into may now stand in a fold itself: then they all go there.
        further = {one.id: lead for one, lead in zip(caught, leads, strict=True) if lead}
        return [further.get(lead, lead) for lead in leads]

    def _caught_by_this(self, post_ids: set[int]) -> set[int]:
        if not post_ids:
            return set()
        condition, values = bulk.among("post_id", post_ids)
        found = bulk.ask(
            f"SELECT post_id FROM listen_mention WHERE {condition} AND watch_id = %s AND lead_id = 0",
            [*values, self.watch.pk],
        )
        return {row[0] for row in found}

    def _people(self, caught: Sequence[Kept]) -> dict[tuple[int, str], int]:
        found = {}
        for source_id in {one.source_id for one in caught}:
            posts = [one.post for one in caught if one.source_id == source_id]
            for key, number in mentions.recognised(self._sources[source_id], posts).items():
                found[source_id, key] = number
        return found

    def _remember(self, caught: Sequence[tuple[Kept, Read]], leads: Sequence[int]) -> None:
        """Let copies that arrive from now on be folded into what history has."""
        recent = ids.floor(self.at - FOLD_BACK)
        kept = [
            one for (one, _read), lead in zip(caught, leads, strict=True) if not lead and one.id >= recent
        ]
        if not kept:
            return
        now = mentions.of_posts([one.id for one in kept])
        kept = [one for one in kept if one.id in now and not now[one.id][0].lead_id]
        folds.store(
            Leads(
                np.array([one.id for one in kept], np.int64),
                np.array(
                    [rows.group(tuple(sorted(row.watch_id for row in now[one.id]))) for one in kept],
                    np.uint64,
                ),
                folding.fingerprints([one.post.text or one.post.title for one in kept]),
            ),
            at=self.at,
        )


def _words(one: Kept) -> str:
    return index_words.of(one.post.title, one.post.text, one.post.tags, one.post.mentions)


def rematch(*, watch_id: int, at: datetime, run: jobs.Run | None = None) -> int:
    """Hold a watch against history from the beginning; returns how many posts it catches. Tells HistoryMatched.

    A deleted watch (or one of a deleted brand) catches nothing: its mentions go. Its progress stands with the watch.
    """
    watch = Watch.objects.select_related("brand").filter(pk=watch_id).first()
    if watch is None:
        return 0
    version, changed_at = watch.version_id, (watch.deleted_at, watch.brand.deleted_at, watch.brand_id)
    one, done, total = Rematch(watch, at=at), 0, history.count()
    _show(watch, RematchState.RUNNING, 0, total)
    while True:
        with transaction.atomic():
            now = Watch.objects.select_related("brand").filter(pk=watch_id).first()
            if now is None or (now.version_id, (now.deleted_at, now.brand.deleted_at, now.brand_id)) != (
                version,
                changed_at,
            ):
                return one.caught  # changed once more: the job of that change does it
            looked_at = one.piece()
            done += looked_at
            if not looked_at:
                _show(watch, RematchState.NONE, done, done)
                news.tell(
                    events.HistoryMatched(
                        watch_id=watch.pk, brand_id=watch.brand_id, caught=one.caught, at=at
                    )
                )
                return one.caught
            _show(watch, RematchState.RUNNING, done, max(total, done))
            if run is not None:
                run.progress(done, total=max(total, done))
        if run is not None:
            run.pause()


def _show(watch: Watch, state: RematchState, done: int, total: int) -> None:
    Watch.objects.filter(pk=watch.pk).update(rematch_state=state, rematch_done=done, rematch_total=total)
    live.publish(channels.WATCHES, watch_id=watch.pk, done=done, total=total, state=str(state))


def forget(*, watch: Watch, at: datetime, run: jobs.Run | None = None) -> int:
    """Take out all that a deleted watch caught; returns how many mentions. For purges."""
    one, count = Rematch(watch, at=at), 0
    while found := bulk.ask(
        "SELECT post_id FROM listen_mention WHERE watch_id = %s ORDER BY post_id LIMIT %s", [watch.pk, CHUNK]
    ):
        with transaction.atomic():
            one.release(found[0][0], found[-1][0])
            count += len(found)
            if run is not None:
                run.progress(count)
    return count
