"""The stream: posts that watches caught, newest first, a page at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max

from grapevine.listen import documents
from grapevine.listen.contracts.filters import Filter, Wish
from grapevine.listen.models import Mention
from grapevine.listen.reads import Read
from grapevine.listen.selectors import filters, meanings, searches, walks
from grapevine.listen.selectors.filters import Brands, Chip, Choice
from grapevine.sources.selectors import shown
from grapevine.sources.selectors.shown import ShownPost, SourceName

PAGE = 30
COPIES = 10  # shown at a time
COUNTED = 100  # further than this nobody counts what another filter would bring
CHARACTERS = 3000  # of a text are read for a list


@dataclass(frozen=True)
class Caught:
    """That a watch caught a post: which, whose, and the version of its query; and how the post reads for that brand."""

    watch_id: int
    brand_id: int
    version_id: int
    read: Read


@dataclass(frozen=True, kw_only=True)
class Row:
    """One post of the stream. `copies` is how many near-duplicates are folded into it, `lead_id` the post it repeats itself."""

    post: ShownPost
    read: Read
    identity_id: int | None
    caught: tuple[Caught, ...]
    copies: int = 0
    lead_id: int = 0
    marks: documents.Marks = documents.NO_MARKS

    @property
    def lang(self) -> str:
        return self.read.lang


@dataclass(frozen=True, kw_only=True)
class Stream:
    """A page of the stream. `newer` and `older` are the post ids to go on from, None where there is nothing further.

    `latest` is the number of the last mention stored when the page was made: what comes later is new to it.
    """

    rows: tuple[Row, ...]
    newer: int | None = None
    older: int | None = None
    latest: int = 0
    stopped_at: int | None = None
    among: int = 0  # where it was searched by meaning: among how many posts


def page(choice: Choice, *, before: int | None = None, after: int | None = None, limit: int = PAGE) -> Stream:
    """The page of the stream before or after a post (the newest without either). The same few questions, however much is stored."""
    latest = newest_mention()
    if choice.problems:
        return Stream(rows=(), latest=latest)
    if choice.filter.meaning:
        close = meanings.closest(choice.filter)
        return Stream(rows=rows(close.rows, choice.named, choice.sources), latest=latest, among=close.among)
    if after is not None:
        walked = searches.newer(choice.filter, after=after, limit=limit)
        newer_than = walked.rows[0].post_id if walked.rows and walked.more else None
        older_than: int | None = walked.rows[-1].post_id if walked.rows else None
    else:
        walked = searches.older(choice.filter, before=before, limit=limit)
        # Who came from a newer page can go back there; whether it still holds something is seen then.
        newer_than = walked.rows[0].post_id if walked.rows and before is not None else None
        older_than = walked.rows[-1].post_id if walked.rows and walked.more else None
    return Stream(
        rows=rows(_shown(walked.rows, choice), choice.named, choice.sources, q=choice.filter.q),
        newer=newer_than,
        older=older_than if walked.stopped_at is None else None,
        latest=latest,
        stopped_at=walked.stopped_at if after is None else None,
    )


def newest_mention() -> int:
    """The number of the mention stored last."""
    return Mention.objects.aggregate(latest=Max("pk"))["latest"] or 0


def rows(
    found: Sequence[walks.Found],
    named: Brands,
    sources: Mapping[int, SourceName],
    *,
    q: str = "",
    characters: int = CHARACTERS,
) -> tuple[Row, ...]:
    """The found rows with their posts and what caught them, in two questions."""
    kept = found
    ids = [one.post_id for one in kept]
    posts = shown.posts(ids, characters=characters)
    caught = catches(ids, named)
    made = []
    for one in kept:
        post = posts.get(one.post_id)
        if post is None:  # erased between two questions
            continue
        its = caught.get(one.post_id, ())
        name = sources[one.source_id].name if one.source_id in sources else ""
        queries = [named.watches[catch.watch_id].query for catch in its]
        marks = documents.marks(
            documents.document(post, source=name, lang=one.lang), [q, *queries] if q else queries
        )
        made.append(
            Row(
                post=post,
                read=one.read,
                identity_id=one.identity_id,
                caught=its,
                copies=one.copies,
                lead_id=one.lead_id,
                marks=marks,
            )
        )
    return tuple(made)


def catches(ids: Iterable[int], named: Brands) -> dict[int, tuple[Caught, ...]]:
    """What caught each post: watches that are still there, in one question."""
    caught: dict[int, list[Caught]] = {}
    found = Mention.objects.filter(post_id__in=list(ids)).order_by("post_id", "nth", "watch_id")
    columns = ("post_id", "watch_id", "brand_id", "version_id", *Read._fields)
    for post_id, watch_id, brand_id, version_id, *read in found.values_list(*columns):
        if watch_id in named.watches:
            caught.setdefault(post_id, []).append(Caught(watch_id, brand_id, version_id, Read(*read)))
    return {pk: tuple(values) for pk, values in caught.items()}


def _shown(found: Sequence[walks.Found], choice: Choice) -> Sequence[walks.Found]:
    """Folded, copies whose first post is elsewhere stand together behind the newest of them; unfolded, each stands for itself."""
    if not choice.filter.folded:
        return [one._replace(copies=0) for one in found]
    if choice.filter.identity_id is not None:
        return found
    kept: dict[int, walks.Found] = {}
    for one in found:
        if one.lead_id and one.lead_id in kept:
            kept[one.lead_id] = kept[one.lead_id]._replace(copies=kept[one.lead_id].copies + 1)
        else:
            kept[one.lead_id or one.post_id] = one
    return list(kept.values())


def new_since(choice: Choice, *, since: int, oldest: int, limit: int = PAGE) -> Stream:
    """What was stored after the mention `since`, under the filter and no older than the post `oldest`.

    Late posts of slow sources have their place between others, so the number of the mention tells what is
    new, not its time.
    """
    latest = newest_mention()
    if choice.problems or choice.filter.meaning or latest <= since:
        return Stream(rows=(), latest=latest)
    found = searches.arrived(choice.filter, since=since, oldest=oldest, limit=limit)
    return Stream(
        rows=rows(_shown(found, choice), choice.named, choice.sources, q=choice.filter.q), latest=latest
    )


def copies_of(post_id: int, choice: Choice, *, before: int | None = None, limit: int = COPIES) -> Stream:
    """The posts folded into `post_id`, newest first."""
    every = Mention.objects.filter(lead_id=post_id, nth=0)
    if before is not None:
        every = every.filter(post_id__lt=before)
    found = [
        walks.Found(*values)
        for values in every.order_by("-post_id").values_list(*walks.Found._fields)[: limit + 1]
    ]
    alone = [one._replace(lead_id=0) for one in found[:limit]]
    listed = rows(alone, choice.named, choice.sources, q=choice.filter.q, characters=400)
    return Stream(rows=listed, older=found[limit - 1].post_id if len(found) > limit else None)


def counted(chosen: Filter, *, limit: int = 100) -> int:
    """How many posts there are under a filter, counted no further than `limit`."""
    return len(searches.older(chosen, limit=limit).rows)


@dataclass(frozen=True)
class Looser:
    """How many posts there would be without one of the filters (no further counted than `COUNTED`)."""

    chip: Chip
    wish: Wish
    posts: int

    @property
    def is_more(self) -> bool:
        """Whether there are more than were counted."""
        return self.posts >= COUNTED


def loosened(choice: Choice, *, now: datetime) -> tuple[Looser, ...]:
    """What taking away each of the filters would bring, most first; those that bring nothing are left out."""
    if choice.filter.meaning or (len(choice.chips) == 1 and not choice.problems):
        return ()
    found = []
    for chip in choice.chips:
        looser = filters.again(choice, choice.wish.without(*chip.names), now=now)
        if not looser.problems:
            found.append(Looser(chip, looser.wish, counted(looser.filter, limit=COUNTED)))
    return tuple(sorted((one for one in found if one.posts), key=lambda one: -one.posts))
