"""What is new, changed or gone on a site, in three steps each for posts and comments.

*New*: posts are asked for by when they were modified, so new and edited ones come alike. Comments carry no
such time and are asked for by date, from two weeks before the last one seen: a comment held back for a
moderator appears later, under its old date. *Late*: a scheduled post appears without being modified, so the
latest by date are asked for too. *Again*: the last `WATCHED` we know are looked at again, which shows edits
of comments (the text differs) and removals (they are missing from the answer, and asking for the very one
confirms it).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from grapevine.connectors.base import BadData, Batch, Cursor, Deletion, Post, Rejected
from grapevine.connectors.reasons import MAX_RAW, Unfit
from grapevine.connectors.wordpress import mapping
from grapevine.connectors.wordpress.site import PAGE, Refused, Site

WATCHED = {"posts": 200, "comments": 500}
"""How many of the latest posts and comments are looked at again at every fetch."""
CONFIRMED = 20
"""How many removals are confirmed one by one in a fetch; more wait for the next, should a site answer
nonsense."""
LATEST = 20
"""How many of the latest posts by date are looked through for scheduled ones."""
LOOK_BACK = timedelta(days=14)
"""How long a comment may have waited for a moderator."""
_EMBED = "author,wp:term"
_DATE = {"posts": "modified_gmt", "comments": "date_gmt"}
_KIND = {"posts": "post", "comments": "comment"}


class _Numbered(msgspec.Struct):
    id: int


class _Place:
    """The cursor while it moves. For each of posts and comments: `at`, the time of the last one seen; `edge`,
    the ids already had of that very second; `known`, the text print and the date of those watched, oldest
    first."""

    def __init__(self, cursor: Cursor, now: datetime) -> None:
        self.now = now
        self.today = now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")
        self.root = str(cursor.get("root", ""))
        kept = {what: dict(cursor.get(what, {})) for what in _DATE}
        self.at: dict[str, str] = {what: kept[what].get("at", "") for what in _DATE}
        self.edge: dict[str, list[int]] = {what: list(kept[what].get("edge", [])) for what in _DATE}
        self.known: dict[str, dict[str, list[str]]] = {
            what: dict(kept[what].get("known", {})) for what in _DATE
        }

    def cursor(self) -> dict[str, Any]:
        return {"root": self.root} | {
            what: {"at": self.at[what], "edge": list(self.edge[what]), "known": dict(self.known[what])}
            for what in _DATE
        }

    def had(self, what: str, number: int, date: str) -> bool:
        """Whether this very state of an item was seen (for a comment: whether it was seen at all)."""
        known = self.known[what].get(str(number))
        if known is not None and (what == "comments" or known[1] == date):
            return True
        return date == self.at[what] and number in self.edge[what]

    def saw(self, what: str, number: int, date: str, text_print: str) -> None:
        # one item dated a year ahead must not hide what comes until then
        moment = min(date, self.today)
        if moment > self.at[what]:
            self.at[what], self.edge[what] = moment, []
        if moment == self.at[what] and number not in self.edge[what]:
            self.edge[what].append(number)
        known = self.known[what]
        known.pop(str(number), None)
        known[str(number)] = [text_print, date]
        while len(known) > WATCHED[what]:
            del known[next(iter(known))]

    def forget(self, what: str, number: int) -> None:
        """Know nothing of an item any more, so that it counts as new should it come back."""
        del self.known[what][str(number)]
        if number in self.edge[what]:
            self.edge[what].remove(number)

    def start(self, what: str) -> str:
        """From when to ask: the last one seen; for comments some time before, as far as we know what is
        there."""
        at = self.at[what]
        if what == "posts" or not at:
            return at
        earlier = (datetime.fromisoformat(at) - LOOK_BACK).isoformat()
        dates = [date for _, date in self.known[what].values()]
        return max(earlier, min(dates)) if len(dates) >= WATCHED[what] else earlier


def fetch(site: Site, cursor: Cursor, *, comments: bool, now: datetime) -> Iterator[Batch]:
    """Yield what is new since `cursor`, then edits and removals, then a batch that is `done`."""
    place = _Place(cursor, now)
    place.root = site.root
    quiet = True
    for what in ("posts", "comments") if comments else ("posts",):
        for step in (_new(site, what, place), _late(site, what, place), _again(site, what, place, now)):
            for batch in step:
                quiet = False
                batch.cursor = place.cursor()
                yield batch
    yield Batch(cursor=place.cursor(), done=True, not_modified=quiet and bool(cursor))


def _new(site: Site, what: str, place: _Place) -> Iterator[Batch]:
    """Pages of what came (posts: or changed) since the last fetch, oldest first.

    Every page is asked for by the time of the last item rather than by its number: pages move when something
    is published in between, times do not.
    """
    page, since = 1, place.start(what)
    while True:
        params: dict[str, Any] = {"per_page": PAGE, "page": page, "order": "asc"}
        if what == "posts":
            params |= {"orderby": "modified", "_embed": _EMBED}
            params |= {"modified_after": _before(since)} if since else {}
        else:
            params |= {"orderby": "date_gmt"}
            params |= {"after": _before(since)} if since else {}
        try:
            items = site.items(f"wp/v2/{what}", **params)
        except Refused as refused:
            if refused.code == "rest_post_invalid_page_number":
                return
            raise BadData("not_understood", host=site.http_host, detail=refused.message) from None
        batch = Batch()
        last = since
        for raw in items:
            last = _take(batch, what, raw, place) or last
        if batch.posts or batch.rejected:
            yield batch
        if len(items) < PAGE:
            return
        # only when one second holds more items than a page is there a second page to ask for
        page, since = (page + 1, since) if last == since else (1, last)


def _late(site: Site, what: str, place: _Place) -> Iterator[Batch]:
    """Posts that were scheduled: they appear at their date, with an older time of modification."""
    if what != "posts" or not place.at[what]:
        return
    batch = Batch()
    for raw in site.items("wp/v2/posts", per_page=LATEST, orderby="date", order="desc", _embed=_EMBED):
        number = msgspec.json.decode(raw, type=_Numbered).id
        if str(number) not in place.known[what]:
            _take(batch, what, raw, place)
    if batch.posts or batch.rejected:
        yield batch


def _take(batch: Batch, what: str, raw: bytes, place: _Place) -> str:
    """Put one item into the batch unless we had it; returns its time."""
    try:
        item = msgspec.json.decode(raw, type=dict[str, Any])
        number, date = int(item["id"]), str(item[_DATE[what]])
    except (msgspec.DecodeError, KeyError, TypeError, ValueError) as error:
        batch.rejected.append(Rejected(0, "not_understood", str(error)[:200], raw[:MAX_RAW]))
        return ""
    if place.had(what, number, date):
        return date
    text_print = ""
    try:
        if mapping.ahead(item, place.now):
            raw = msgspec.json.encode(item | {mapping.SEEN: place.now.isoformat()})
        post = mapping.to_post(raw)
        text_print = _print(post)
        batch.posts.append((post, raw))
    except (BadData, Unfit, ValueError, TypeError) as error:
        batch.rejected.append(Rejected(0, "not_understood", str(error)[:200], raw[:MAX_RAW]))
    place.saw(what, number, date, text_print)
    return date


def _again(site: Site, what: str, place: _Place, now: datetime) -> Iterator[Batch]:
    """Look again at what we know: changed texts become edits, what is missing and confirmed gone a
    deletion."""
    numbers = [int(number) for number in place.known[what]]
    confirm = CONFIRMED
    for start in range(0, len(numbers), PAGE):
        asked = numbers[start : start + PAGE]
        params: dict[str, Any] = {"include": ",".join(map(str, asked)), "per_page": PAGE, "orderby": "id"}
        items = site.items(
            f"wp/v2/{what}", **params, **({"_embed": "author,wp:term"} if what == "posts" else {})
        )
        found = {msgspec.json.decode(raw, type=_Numbered).id: raw for raw in items}
        batch = Batch()
        for number in asked:
            if number in found:
                _compare(batch, what, number, found[number], place, now)
            elif confirm and _is_gone(site, what, number):
                confirm -= 1
                batch.deletions.append(Deletion(f"{_KIND[what]}-{number}", now))
                place.forget(what, number)
            elif confirm:
                confirm -= 1
        if batch.posts or batch.deletions:
            yield batch


def _compare(batch: Batch, what: str, number: int, raw: bytes, place: _Place, now: datetime) -> None:
    try:
        post = mapping.to_post(raw)
    except BadData:
        return
    known = place.known[what]
    print_ = _print(post)
    if not known[str(number)][0] or print_ == known[str(number)][0]:
        return
    item = msgspec.json.decode(raw, type=dict[str, Any])
    marks = [mapping.NOTICED] if post.edited_at is None else []
    marks += [mapping.SEEN] if mapping.ahead(item, now) else []
    if marks:
        raw = msgspec.json.encode(item | dict.fromkeys(marks, now.isoformat()))
        post = mapping.to_post(raw)
    known[str(number)] = [print_, known[str(number)][1]]
    batch.posts.append((post, raw))


def _is_gone(site: Site, what: str, number: int) -> bool:
    """Whether the site says of the very item that it is not there or not public (held, spam, trash,
    draft)."""
    try:
        item = site.get(f"wp/v2/{what}/{number}")
    except Refused as refused:
        return refused.status in (401, 403, 404, 410)
    return isinstance(item, dict) and item.get("status") not in ("approved", "publish")


def _print(post: Post) -> str:
    return mapping.text_print(f"{post.title}\n{post.text}")


def _before(date: str) -> str:
    """A second earlier, with its zone: WordPress takes bare times for the site's own and leaves out the
    limit."""
    return (datetime.fromisoformat(date).replace(tzinfo=UTC) - timedelta(seconds=1)).isoformat()
