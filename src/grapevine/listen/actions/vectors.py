"""Learning what the newest caught posts mean, where the deep tier is installed: in the worker, in small pieces, the newest first."""

from __future__ import annotations

from django.db import transaction

from grapevine.core import bulk, jobs
from grapevine.listen.models import Mention
from grapevine.listen.reads import SUBJECT
from grapevine.sources.selectors import shown
from grapevine.understand.actions import readings, vectors
from grapevine.understand.actions.vectors import Meant
from grapevine.understand.contracts.meaning import MOST

CHARACTERS = 1500
PAGE = 2000
AT_ONCE = 64
OF_RUN = 3_000
"""So many posts are learnt in one run, less than a minute: then other long jobs have their turn."""


def run_through(*, run: jobs.Run | None = None) -> int:
    """Give the newest posts vectors that have none, take them from those that are no longer caught or no longer among the newest.

    Copies have none: they are found with the post they repeat. Returns how many were made. Nothing where the deep tier isn't installed.
    """
    if not readings.is_deep_installed():
        return 0
    lacking: list[int] = []
    high, seen = (1 << 63) - 1, 0
    while seen < MOST and len(lacking) < OF_RUN:
        page = list(
            Mention.objects.shown()
            .filter(post_id__lt=high)
            .newest()
            .values_list("post_id", flat=True)[: min(PAGE, MOST - seen)]
        )
        low = page[-1] if len(page) == PAGE else 0
        if seen + len(page) >= MOST:
            low = page[-1]
            vectors.drop_older(subject=SUBJECT, than=low)
        present, earlier = vectors.held(subject=SUBJECT, low=low, high=high)
        vectors.drop(subject=SUBJECT, subject_ids=(present | earlier) - set(page))
        lacking += [one for one in page if one not in present]
        seen, high = seen + len(page), low
        if not low:
            break
    if not lacking or not readings.wake_deep():
        return 0
    done = 0
    for some in bulk.chunks(lacking[:OF_RUN], AT_ONCE):
        done += _learn(some)
        if run is not None:
            run.progress(done, total=min(len(lacking), OF_RUN))
            run.pause()
    return done


def _learn(post_ids: list[int]) -> int:
    texts = _texts(post_ids)
    made = dict(zip(texts, vectors.make(list(texts.values())), strict=True)) if texts else {}
    with transaction.atomic():
        # What changed or went while it was read has no vector of what it said.
        kept = {pk: one for pk, one in _texts(post_ids).items() if texts.get(pk) == one}
        if kept:
            vectors.keep(subject=SUBJECT, texts=list(kept.values()), made=[made[pk] for pk in kept])
    return len(kept)


def _texts(post_ids: list[int]) -> dict[int, Meant]:
    return {
        pk: Meant(pk, readings.whole(post.title, post.text), post.source_id, post.author_external_id)
        for pk, post in shown.posts(post_ids, characters=CHARACTERS).items()
        if post.deleted_at is None
    }
