"""Following a feed: what is new, what was changed, and the comments below its articles."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import msgspec

from grapevine.connectors.base import (
    BadData,
    Batch,
    Cursor,
    Gone,
    Post,
    Rejected,
    Settings,
    Unreachable,
    setting,
)
from grapevine.connectors.feed import discovery, mapping, parsing
from grapevine.connectors.http import Answer, Exchange
from grapevine.connectors.reasons import MAX_RAW, Unfit

KNOWN = 2_000
"""How many entries that have left the feed are remembered, should they come back."""
FOLLOWED = 20
"""Below how many of the feed's articles the comments are followed."""

Known = dict[str, list[str]]
"""By external id: the print of the text, and when it was first seen."""


def fetch(settings: Settings, cursor: Cursor, *, http: Exchange, now: datetime) -> Iterator[Batch]:
    """Yield the feed's news as one batch, then the comments of its articles, one batch a comment feed.

    The cursor holds the feed's address, its validators (`etag`, `modified`), what is `known`, the `wait` it
    asks for, and the same of each comment feed under `comments`. Raises `ConnectorError`; `Gone` when a feed
    says so.
    """
    place: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(dict(cursor)))
    address = setting(settings, "url", required=True)
    if place.get("page") != address:
        place = {"page": address}
    answer, found = _news(place, address, http)
    batch = Batch()
    if found is not None:
        place["wait"] = found.wait
        known: Known = place.setdefault("known", {})
        place["articles"] = _take(batch, found, known, now)
        _forget(known, found)
        place["etag"], place["modified"] = _validators(answer)
    quiet = not (batch.posts or batch.rejected)
    comments = settings.get("comments", True) is not False and bool(place.get("articles"))
    if not comments:
        yield _last(place, batch, quiet=quiet)
        return
    if not quiet:
        batch.cursor = _copy(place)
        yield batch
    for below in _comments(place, http, now, fresh=found is not None):
        quiet = False
        yield below
    yield _last(place, Batch(), quiet=quiet)


def _news(place: dict[str, Any], address: str, http: Exchange) -> tuple[Answer, parsing.Feed | None]:
    """The feed as it is now, None if it is as it was."""
    if not place.get("url"):
        place["url"], answer, found = discovery.discover(address, http)
        return answer, found
    answer = http.get(place["url"], etag=place.get("etag", ""), modified=place.get("modified", ""))
    if answer.status == 304:
        return answer, None
    place["url"] = answer.moved_to or place["url"]
    return answer, parsing.parse(answer.body, url=answer.url, content_type=answer.header("content-type"))


def _validators(answer: Answer) -> tuple[str, str]:
    """What to ask with the next time: ETag and Last-Modified, or nothing of a feed that changed in the very second it was sent.

    Such a second may not be over: WordPress makes both of the second of the last change, so that what comes later in it would stay
    unseen behind a 304 (RFC 9110, 8.8.2.2).
    """
    etag, modified = answer.header("etag"), answer.header("last-modified")
    if modified and modified == answer.header("date"):
        return "", ""
    return etag, modified


def _last(place: dict[str, Any], batch: Batch, *, quiet: bool) -> Batch:
    batch.cursor = _copy(place)
    batch.done = True
    batch.not_modified = quiet
    batch.wait = place.get("wait") or None
    return batch


def _copy(place: dict[str, Any]) -> dict[str, Any]:
    """The cursor as it is at this moment; the place moves on."""
    copied: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(place))
    return copied


def _take(
    batch: Batch, found: parsing.Feed, known: Known, now: datetime, *, thread: str = ""
) -> list[list[str]]:
    """Put new and changed entries into the batch; returns the articles with comment feeds: id, address,
    count."""
    articles: list[list[str]] = []
    for entry in found.entries:
        if thread:
            entry[mapping.THREAD] = thread
        key = mapping.entry_id(entry)
        if feed := entry.get("comment_feed"):
            articles.append([key, feed, entry.get("comment_count", "")])
        before = known.get(key)
        entry[mapping.SEEN] = before[1] if before else now.isoformat()
        try:
            post = mapping.entry_post(entry)
            text_print = mapping.text_print(post)
            if before and before[0] == text_print:
                continue
            if before or (post.edited_at is not None and post.edited_at > now):
                post = _edited(entry, post, now)
            batch.posts.append((post, msgspec.json.encode(entry)))
        except (Unfit, ValueError, KeyError, TypeError, AttributeError) as error:
            text_print = "unfit"
            if before is None:
                reason = error.reason if isinstance(error, Unfit) else "not_understood"
                batch.rejected.append(
                    Rejected(0, reason, str(error)[:200], msgspec.json.encode(entry)[:MAX_RAW])
                )
        known.pop(key, None)
        known[key] = [text_print, entry[mapping.SEEN]]
    return articles[:FOLLOWED]


def _edited(entry: dict[str, Any], post: Post, now: datetime) -> Post:
    """The post with a time of its edit; where the feed tells none or one to come, the time we noticed."""
    if post.edited_at is None or "updated" not in entry or post.edited_at > now:
        entry[mapping.NOTICED] = now.isoformat()
        return mapping.entry_post(entry)
    return post


def _forget(known: Known, found: parsing.Feed) -> None:
    """Let go of what left the feed long ago; what is in it stays, however long it is."""
    there = {mapping.entry_id(entry) for entry in found.entries}
    for key in list(known)[: max(len(known) - len(there) - KNOWN, 0)]:
        if key not in there:
            del known[key]


def _comments(place: dict[str, Any], http: Exchange, now: datetime, *, fresh: bool) -> Iterator[Batch]:
    """Fetch the comment feeds of the articles, except where a `fresh` feed tells that their number is as it was.

    (A feed may answer 304 although comments came: WordPress's does. Its numbers are old then.)

    A comment feed that fails is passed over: it is tried again next time, and the article's feed is well.
    """
    followed: dict[str, dict[str, Any]] = place.setdefault("comments", {})
    for old in set(followed) - {url for _, url, _ in place["articles"]}:
        del followed[old]
    for thread, url, count in place["articles"]:
        kept = followed.setdefault(url, {})
        if fresh and count and kept.get("count", "0") == count:
            continue
        batch = Batch()
        try:
            answer = http.get(url, etag=kept.get("etag", ""), modified=kept.get("modified", ""))
            if answer.status != 304:
                found = parsing.parse(answer.body, url=answer.url, content_type=answer.header("content-type"))
                known: Known = kept.setdefault("known", {})
                _take(batch, found, known, now, thread=thread)
                _forget(known, found)
                kept["etag"], kept["modified"] = _validators(answer)
        except (Unreachable, BadData, Gone):
            continue
        kept["count"] = count if fresh else ""
        if batch.posts or batch.rejected:
            batch.cursor = _copy(place)
            yield batch
