"""The stream: posts that watches caught, newest first, a page at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Max

from grapevine.listen.contracts.filters import Filter
from grapevine.listen.models import Mention
from grapevine.listen.selectors import searches, walks
from grapevine.listen.selectors.filters import Brands, Choice
from grapevine.sources.selectors import shown
from grapevine.sources.selectors.shown import ShownPost

PAGE = 30
CHARACTERS = 1200  # of a text on a list; words that matched are looked for a little further


@dataclass(frozen=True)
class Caught:
    """That a watch caught a post: which, whose, and the version of its query."""

    watch_id: int
    brand_id: int
    version_id: int


@dataclass(frozen=True, kw_only=True)
class Row:
    """One post of the stream. `copies` is how many near-duplicates are folded into it, `lead_id` the post it repeats itself."""

    post: ShownPost
    lang: str
    identity_id: int | None
    caught: tuple[Caught, ...]
    copies: int = 0
    lead_id: int = 0
    marks: searches.Marks = searches.NO_MARKS


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


def page(
    choice: Choice, *, before: int | None = None, after: int | None = None, limit: int = PAGE
) -> Stream:
    """The page of the stream before or after a post (the newest without either). The same few questions, however much is stored."""
    latest = newest_mention()
    if choice.problems:
        return Stream(rows=(), latest=latest)
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
        rows=rows(walked.rows, choice.named, q=choice.filter.q),
        newer=newer_than,
        older=older_than if walked.stopped_at is None else None,
        latest=latest,
        stopped_at=walked.stopped_at,
    )


def newest_mention() -> int:
    """The number of the mention stored last."""
    return Mention.objects.aggregate(latest=Max("pk"))["latest"] or 0


def rows(found: Sequence[walks.Found], named: Brands, *, q: str = "", characters: int = CHARACTERS) -> tuple[Row, ...]:
    """The found rows with their posts, what caught them, and where. Copies of one post on one page become one row."""
    kept = _together(found)
    ids = [one.post_id for one in kept]
    posts = shown.posts(ids, characters=characters)
    caught, facts = catches(ids, named)
    marks = searches.marks(
        {pk: (post, facts.get(pk)) for pk, post in posts.items()},
        {pk: [named.watches[one.watch_id].query for one in caught.get(pk, ())] for pk in posts},
        q=q,
    )
    return tuple(
        Row(
            post=posts[one.post_id],
            lang=facts[one.post_id].lang,
            identity_id=facts[one.post_id].identity_id,
            caught=caught.get(one.post_id, ()),
            copies=one.copies,
            lead_id=one.lead_id,
            marks=marks.get(one.post_id, searches.NO_MARKS),
        )
        for one in kept
        # A post may be erased between two questions.
        if one.post_id in posts and one.post_id in facts
    )


@dataclass(frozen=True)
class Facts:
    """What a mention knows of its post besides the post itself."""

    lang: str
    identity_id: int | None


def catches(ids: Iterable[int], named: Brands) -> tuple[dict[int, tuple[Caught, ...]], dict[int, Facts]]:
    """For each post what caught it (watches that are still there), and its facts. One question."""
    caught: dict[int, list[Caught]] = {}
    facts: dict[int, Facts] = {}
    found = Mention.objects.filter(post_id__in=list(ids)).order_by("post_id", "nth", "watch_id")
    for post_id, watch_id, brand_id, version_id, lang, identity_id in found.values_list(
        "post_id", "watch_id", "brand_id", "version_id", "lang", "identity_id"
    ):
        facts[post_id] = Facts(lang, identity_id)
        if watch_id in named.watches:
            caught.setdefault(post_id, []).append(Caught(watch_id, brand_id, version_id))
    return {pk: tuple(values) for pk, values in caught.items()}, facts


def _together(found: Sequence[walks.Found]) -> list[walks.Found]:
    """Copies whose first post is elsewhere stand together behind the newest of them."""
    kept: dict[int, walks.Found] = {}
    for one in found:
        if one.lead_id and one.lead_id in kept:
            kept[one.lead_id] = kept[one.lead_id]._replace(copies=kept[one.lead_id].copies + 1)
        else:
            kept[one.lead_id or one.post_id] = one
    return list(kept.values())


def new_since(choice: Choice, *, since: int, oldest: int, limit: int = PAGE) -> Stream:
    """What was stored after the mention `since`, under the filter and no older than the post `oldest`.

    Late posts of slow sources have their place between others, so the number of the mention tells what is new, not its time.
    """
    latest = newest_mention()
    if choice.problems or latest <= since:
        return Stream(rows=(), latest=latest)
    found = searches.arrived(choice.filter, since=since, oldest=oldest, limit=limit)
    return Stream(rows=rows(found, choice.named, q=choice.filter.q), latest=latest)


def copies_of(post_id: int, choice: Choice, *, before: int | None = None, limit: int = PAGE) -> Stream:
    """The posts folded into `post_id`, newest first."""
    every = Mention.objects.filter(lead_id=post_id, nth=0)
    if before is not None:
        every = every.filter(post_id__lt=before)
    found = [
        walks.Found(*values)
        for values in every.order_by("-post_id").values_list("post_id", "pk", "source_id", "lead_id", "copies")[
            : limit + 1
        ]
    ]
    listed = rows([one._replace(lead_id=0) for one in found[:limit]], choice.named, characters=400)
    return Stream(rows=listed, older=found[limit - 1].post_id if len(found) > limit else None)


def counted(chosen: Filter, *, limit: int = 100) -> int:
    """How many posts there are under a filter, counted no further than `limit`."""
    return len(searches.older(chosen, limit=limit).rows)
