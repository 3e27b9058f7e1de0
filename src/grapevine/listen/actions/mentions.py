"""Mentions: the only place that writes them, with all that is counted of them, in the transaction of what they come from."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import numpy as np
from django.db import transaction

from grapevine.connectors.base import Post
from grapevine.core import bulk, live, news
from grapevine.engine.text.folding import Leads
from grapevine.listen import channels, events, index_words, rows
from grapevine.listen.actions import counts, folds, index
from grapevine.listen.actions.changes import Changes
from grapevine.listen.rows import STORED, Row
from grapevine.people.actions import identities
from grapevine.people.contracts import Seen
from grapevine.sources.contracts.intake import Before, SourceFacts, Stored

if TYPE_CHECKING:
    from grapevine.listen.intake import Prepared
    from grapevine.listen.matching import Snapshot


def catch(stored: Stored, prepared: Prepared, snapshot: Snapshot) -> int:
    """Store the mentions of new posts; returns how many. Tells MentionsCaught."""
    at_row = {place: row for row, place in enumerate(prepared.caught)}
    found = [
        (post_id, place, at_row[place])
        for place, post_id in zip(stored.new, stored.new_ids, strict=True)
        if place in at_row
    ]
    if not found:
        return 0
    posts, hits, langs = stored.posts, prepared.hits, prepared.langs
    people = recognised(stored.source, [posts[place] for _id, place, _row in found])
    leads = _fold(found, prepared, stored.at)
    copies = Counter(leads)
    copies.pop(0, None)
    found_at, moment = bulk.moment(stored.at), bulk.moment
    source_id, brands, versions = stored.source.id, snapshot.brands, snapshot.versions
    values, counted = [], []
    for (post_id, place, _row), lead in zip(found, leads, strict=True):
        post = posts[place]
        published_at, lang = moment(post.published_at), langs[place]
        who = people.get(post.author.external_id) if post.author is not None else None
        its_copies = copies.pop(post_id, 0) if not lead else 0
        for watch, nth in rows.places(hits[place], brands):
            brand, version = brands[watch], versions[watch]
            values.append(
                (post_id, watch, version, brand, source_id, who, lang, published_at, found_at, nth, lead, its_copies)
            )
            counted.append(Row(0, post_id, watch, version, brand, source_id, who, lang, nth, lead, its_copies))
    bulk.insert("listen_mention", rows.COLUMNS, values)
    # Leads of this batch have their number already; `copies` holds what is left for earlier ones.
    earlier = Counter((row.lead_id, row.watch_id) for row in counted if row.lead_id in copies)
    bulk.run_many(
        "UPDATE listen_mention SET copies = copies + %s WHERE post_id = %s AND watch_id = %s",
        [(number, *key) for key, number in sorted(earlier.items())],
    )
    index.add([(post_id, prepared.words[row]) for post_id, _place, row in found])
    counts.apply(added=counted)
    _tell_caught(stored, counted)
    return len(counted)


def _fold(found: Sequence[tuple[int, int, int]], prepared: Prepared, at: datetime) -> list[int]:
    ids = np.fromiter((one[0] for one in found), np.int64, len(found))
    groups = np.fromiter((rows.group(prepared.hits[one[1]]) for one in found), np.uint64, len(found))
    prints = prepared.prints
    if len(found) != len(prints):
        prints = prints.take(np.fromiter((one[2] for one in found), np.intp, len(found)))
    leads = folds.memory.fold(ids, groups, prints, check=still_leads)
    alone = np.flatnonzero(leads == 0)
    folds.memory.own(folds.store(Leads(ids[alone], groups[alone], prints.take(alone)), at=at))
    return list(map(int, leads))


def still_leads(post_ids: Collection[int]) -> set[int]:
    """Those of the posts that have mentions and stand for themselves."""
    condition, values = bulk.among("post_id", post_ids)
    return {row[0] for row in bulk.ask(f"SELECT post_id FROM listen_mention WHERE {condition} AND lead_id = 0", values)}  # noqa: S608


def recognised(source: SourceFacts, posts: Iterable[Post]) -> dict[str, int]:
    """Identities of the posts' authors by their external ids."""
    seen: dict[str, Seen] = {}
    for post in posts:
        author, at = post.author, post.published_at
        if author is None or not author.external_id:
            continue
        one = seen.get(author.external_id)
        if one is None:
            seen[author.external_id] = Seen(
                author.external_id, author.handle, author.name, author.url, author.followers, at, at
            )
            continue
        if at < one.first_at:
            one.first_at = at
        if at >= one.last_at:
            one.last_at = at
            one.handle, one.name, one.url, one.followers = author.handle, author.name, author.url, author.followers
    return identities.recognise(platform=source.platform, authors=seen, is_demo=source.is_demo)


def review(stored: Stored, prepared: Prepared, snapshot: Snapshot) -> None:
    """Look again at posts that their authors changed: what still fits stays what it was, the rest goes, and new mentions come."""
    known = of_posts([before.id for before in stored.before])
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
            identity_id=old[0].identity_id if old else who,
            lang=prepared.langs[place],
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
        for values_ in bulk.ask(f"SELECT {STORED} FROM listen_mention WHERE {condition} ORDER BY post_id, nth, id", values):  # noqa: S608
            row = Row(*values_)
            found.setdefault(row.post_id, []).append(row)
    return found


def words_before(before: Before) -> str:
    """The words a stored post is indexed by."""
    return index_words.of(before.title, before.text, json.loads(before.tags), json.loads(before.mentions))


def _tell_caught(stored: Stored, counted: Sequence[Row]) -> None:
    brands = Counter(row.brand_id for row in counted)
    news.tell(
        events.MentionsCaught(source_id=stored.source.id, brands=tuple(sorted(brands.items())), at=stored.at)
    )
    live.publish(
        channels.MENTIONS,
        source_id=stored.source.id,
        new=len(counted),
        brands={str(brand): number for brand, number in sorted(brands.items())},
    )


def _tell_dropped(count: int, at: datetime) -> None:
    if count:
        news.tell(events.MentionsDropped(count=count, at=at))
        live.publish(channels.MENTIONS, dropped=count)
