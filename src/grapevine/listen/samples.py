"""What listen gives to the page of readings: the posts of a brand, to be labelled and corrected; and word of those that are gone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
from django.urls import reverse

from grapevine.connectors.base import Post
from grapevine.core import access, bulk, clock
from grapevine.listen.models import Brand, Mention
from grapevine.listen.reads import SUBJECT, brand_of, scope_of
from grapevine.listen.selectors import brands, hours
from grapevine.sources.contracts import ids
from grapevine.sources.contracts.intake import SourceFacts, Stored
from grapevine.sources.selectors import shown
from grapevine.understand.actions import corrections, readings, vectors
from grapevine.understand.contracts.supplies import Candidate, Scope

RUNS = 60
CHARACTERS = 5000
_HOUR = timedelta(hours=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Posts:
    """The posts of brands."""

    subject = SUBJECT

    def scopes(self, by: Any) -> list[Scope]:
        if not access.may(by, brands.SEE):
            return []
        return [Scope(scope_of(one.pk), one.name, one.position) for one in Brand.objects.present()]

    def candidates(self, scope: str, *, since: datetime, limit: int) -> Sequence[Candidate]:
        brand_id = brand_of(scope)
        if brand_id is None:
            return []
        return _candidates(brand_id, dict(_drawn(brand_id, since, clock.now(), limit)))

    def some(self, scope: str, subject_ids: Collection[int]) -> dict[int, Candidate]:
        brand_id = brand_of(scope)
        if brand_id is None:
            return {}
        rows = Mention.objects.filter(brand_id=brand_id, post_id__in=list(subject_ids))
        return {
            one.subject_id: one
            for one in _candidates(brand_id, dict(rows.values_list("post_id", "lang").distinct()))
        }


def _drawn(brand_id: int, since: datetime, until: datetime, limit: int) -> Iterable[tuple[int, str]]:
    """Posts of a brand (without copies) with their languages: all of them, or short runs of neighbours that begin at even distances.

    Each post is as likely as any other to be in one, for the beginnings lie evenly in the *number* of posts, which the hours' counts tell: at most
    RUNS small questions, however many posts there are.
    """
    rows = Mention.objects.shown_of(brand_id).filter(post_id__lt=ids.floor(until)).order_by("post_id")
    counted = hours.counted(brand_id, since, until, ["leads"])
    total = int(counted[1].sum()) if counted.size else 0
    if total <= limit:
        return rows.filter(post_id__gte=ids.floor(since)).values_list("post_id", "lang")[:limit]
    length = limit // RUNS
    sums = np.concatenate([[0], np.cumsum(counted[1])])
    step = total / RUNS
    start = np.random.default_rng().random() * step
    found: dict[int, str] = {}
    for run in range(RUNS):
        position = int(start + run * step)
        place = int(np.searchsorted(sums, position, side="right")) - 1
        begin = _EPOCH + int(counted[0][place]) * _HOUR
        offset = position - int(sums[place])
        found.update(
            rows.filter(post_id__gte=ids.floor(begin)).values_list("post_id", "lang")[
                offset : offset + length
            ]
        )
    return found.items()


def _candidates(brand_id: int, langs: dict[int, str]) -> list[Candidate]:
    names = {pk: one.name for pk, one in shown.source_names().items()}
    found: list[Candidate] = []
    for some in bulk.chunks(list(langs), 500):
        found.extend(
            candidate(post, langs[post.id], names.get(post.source_id, ""))
            for post in shown.posts(some, characters=CHARACTERS).values()
            if post.deleted_at is None and (post.text or post.title)
        )
    return sorted(found, key=lambda one: one.subject_id)


def candidate(post: shown.ShownPost, lang: str, source: str) -> Candidate:
    """A post as the page of readings takes it."""
    return Candidate(
        subject_id=post.id,
        text=readings.whole(post.title, post.text),
        lang=lang,
        source_id=post.source_id,
        source=source,
        author=post.author_external_id,
        published_at=post.published_at,
        href=reverse("listen:mention", args=[post.id]),
    )


class Unlearning:
    """Posts that are gone are not learnt from any longer, nor found by what they meant.

    In the transaction that removes them (see `sources.contracts.intake`).
    """

    name = "listen.unlearning"

    def begin(self) -> None:
        """Nothing to get ready."""

    def prepare(self, source: SourceFacts, posts: Sequence[Post]) -> None:
        """Nothing to compute."""

    def take(self, stored: Stored, prepared: Any) -> None:
        for some in bulk.chunks([one.id for one in stored.gone], 2000):
            corrections.drop(subject=SUBJECT, subject_ids=some, at=stored.at)
            vectors.drop(subject=SUBJECT, subject_ids=some)
        for some in bulk.chunks([one.id for one in stored.before], 2000):
            vectors.drop(subject=SUBJECT, subject_ids=some)  # they mean something else now

    def part(self, source: SourceFacts) -> None:
        """Its posts were gone before."""
