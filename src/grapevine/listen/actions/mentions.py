"""Mentions: the only place that writes them, with all that is counted of them, in the transaction of what they come from."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

import numpy as np
from django.db import transaction
from numpy.typing import NDArray

from grapevine.connectors.base import Post
from grapevine.core import bulk, live, news
from grapevine.engine.text.folding import Leads
from grapevine.listen import channels, events, index_words, mention_columns, reads, rows
from grapevine.listen.actions import counts, folds, index
from grapevine.listen.actions.changes import Changes
from grapevine.listen.rows import STORED, Row
from grapevine.people.actions import identities
from grapevine.sources.contracts.intake import Before, SourceFacts, Stored

if TYPE_CHECKING:
    from grapevine.listen.intake import Prepared
    from grapevine.listen.matching import Snapshot


def catch(stored: Stored, prepared: Prepared, snapshot: Snapshot) -> int:
    """Store the mentions of new posts; returns how many. Tells MentionsCaught."""
    at_row = {place: row for row, place in enumerate(prepared.caught)}
    found = [
        (post_id, place) for place, post_id in zip(stored.new, stored.new_ids, strict=True) if place in at_row
    ]
    if not found:
        return 0
    post_ids, places = (list(column) for column in zip(*found, strict=True))
    batch_rows = [at_row[place] for place in places]
    made = prepared.mentions
    if made.places != places:  # some were known already
        made = mention_columns.of(places, stored.posts, prepared.hits, prepared.reads, snapshot)
    people = identities.recognise(
        platform=stored.source.platform, authors=made.seen, is_demo=stored.source.is_demo
    )
    leads = _fold(post_ids, made.groups, prepared, batch_rows, stored.at)
    copies = Counter(leads)
    copies.pop(0, None)
    who = [people.get(author) for author in made.authors]
    own = [copies.pop(post_id, 0) if not lead else 0 for post_id, lead in zip(post_ids, leads, strict=True)]
    columns: dict[str, Any] = {
        "post_id": [post_ids[n] for n in made.of],
        "watch_id": made.watches,
        "version_id": made.versions,
        "brand_id": made.brands,
        "source_id": stored.source.id,
        "identity_id": [who[n] for n in made.of],
        **made.read,
        "published_at": [stored.published[places[n]] for n in made.of],
        "found_at": bulk.moment(stored.at),
        "nth": made.nths,
        "lead_id": [leads[n] for n in made.of],
        "copies": [own[n] for n in made.of],
    }
    bulk.insert("listen_mention", columns)
    # Leads of this batch have their number already; `copies` holds what is left for earlier ones.
    earlier = Counter(
        pair for pair in zip(columns["lead_id"], made.watches, strict=True) if pair[0] in copies
    )
    bulk.run_many(
        "UPDATE listen_mention SET copies = copies + %s WHERE post_id = %s AND watch_id = %s",
        [(number, *key) for key, number in sorted(earlier.items())],
    )
    index.add([(post_id, prepared.words[row]) for post_id, row in zip(post_ids, batch_rows, strict=True)])
    tally = counts.Tally()
    tally.add_columns(columns, source_id=stored.source.id)
    tally.write()
    _tell_caught(stored, Counter(made.brands))
    return len(made.of)


def _fold(
    post_ids: Sequence[int],
    groups: NDArray[np.uint64],
    prepared: Prepared,
    batch_rows: Sequence[int],
    at: datetime,
) -> list[int]:
    """The lead of each new post, or 0; new leads are remembered."""
    ids = np.array(post_ids, np.int64)
    prints = prepared.prints
    if len(ids) != len(prints):
        prints = prints.take(np.array(batch_rows, np.intp))
    leads = folds.memory.fold(ids, groups, prints, check=still_leads)
    alone = np.flatnonzero(leads == 0)
    folds.memory.own(folds.store(Leads(ids[alone], groups[alone], prints.take(alone)), at=at))
    found: list[int] = leads.tolist()
    return found


def hold() -> None:
    """Before mentions are looked at that are about to be changed: who reads them again or matches history waits, other batches don't."""
    if bulk.is_postgresql():
        bulk.run("LOCK TABLE listen_mention IN ROW EXCLUSIVE MODE")


def still_leads(post_ids: Collection[int]) -> set[int]:
    """Those of the posts that have mentions and stand for themselves."""
    condition, values = bulk.among("post_id", post_ids)
    leading = f"SELECT post_id FROM listen_mention WHERE {condition} AND lead_id = 0"
    return {row[0] for row in bulk.ask(leading, values)}


def recognised(source: SourceFacts, posts: Iterable[Post]) -> dict[str, int]:
    """Identities of the posts' authors by their external ids."""
    seen = mention_columns.seen_in(posts)
    return identities.recognise(platform=source.platform, authors=seen, is_demo=source.is_demo)


def review(stored: Stored, prepared: Prepared, snapshot: Snapshot) -> None:
    """Look again at posts that their authors changed: what still fits stays what it was, the rest goes, and new mentions come."""
    hold()
    known = of_posts([before.id for before in stored.before])
    read = reads.corrected(
        {
            before.id: prepared.reads[place]
            for place, before in zip(stored.changed, stored.before, strict=True)
        },
        {
            before.id: {snapshot.brands[watch] for watch in prepared.hits[place]}
            for place, before in zip(stored.changed, stored.before, strict=True)
        },
    )
    changes = Changes(stored.at)
    at_row = {place: row for row, place in enumerate(prepared.caught)}
    people = recognised(stored.source, [stored.posts[place] for place in stored.changed if place in at_row])
    removed, added = [], []
    for place, before in zip(stored.changed, stored.before, strict=True):
        post, old = stored.posts[place], known.get(before.id, [])
        who = people.get(post.author.external_id) if post.author is not None else None
        changes.replace(
            post_id=before.id,
            published_at=post.published_at,
            old=old,
            wanted=rows.places(prepared.hits[place], snapshot.brands),
            snapshot=snapshot,
            source_id=stored.source.id,
            identity_id=who,
            read=read[before.id],
        )
        if old:
            removed.append((before.id, words_before(before)))
        if place in at_row:
            added.append((before.id, prepared.words[at_row[place]]))
    index.remove(removed)
    index.add(added)
    changes.settle()
    _tell_dropped(len(changes.removed), stored.at)
    if changes.added or changes.altered:
        live.publish(channels.MENTIONS, source_id=stored.source.id, new=len(changes.added))


def drop(gone: Sequence[Before], *, at: datetime) -> int:
    """Take out the mentions of posts that are gone; returns how many. Tells MentionsDropped."""
    hold()
    known = of_posts([before.id for before in gone])
    changes = Changes(at)
    changes.removed = [row for its in known.values() for row in its]
    index.remove([(before.id, words_before(before)) for before in gone if before.id in known])
    changes.settle()
    _tell_dropped(len(changes.removed), at)
    return len(changes.removed)


@transaction.atomic
def forget(gone: Sequence[Before], *, at: datetime) -> int:
    """As `drop`, in a transaction of its own. For privacy holders."""
    return drop(gone, at=at)


def of_posts(post_ids: Collection[int]) -> dict[int, list[Row]]:
    """The mentions of posts."""
    found: dict[int, list[Row]] = {}
    if post_ids:
        condition, values = bulk.among("post_id", post_ids)
        for values_ in bulk.ask(
            f"SELECT {STORED} FROM listen_mention WHERE {condition} ORDER BY post_id, nth, id", values
        ):
            row = Row(*values_)
            found.setdefault(row.post_id, []).append(row)
    return found


def words_before(before: Before) -> str:
    """The words a stored post is indexed by."""
    return index_words.of(before.title, before.text, json.loads(before.tags), json.loads(before.mentions))


def _tell_caught(stored: Stored, brands: Counter[int]) -> None:
    news.tell(
        events.MentionsCaught(source_id=stored.source.id, brands=tuple(sorted(brands.items())), at=stored.at)
    )
    live.publish(
        channels.MENTIONS,
        source_id=stored.source.id,
        new=brands.total(),
        brands={str(brand): number for brand, number in sorted(brands.items())},
    )


def _tell_dropped(count: int, at: datetime) -> None:
    if count:
        news.tell(events.MentionsDropped(count=count, at=at))
        live.publish(channels.MENTIONS, dropped=count)
