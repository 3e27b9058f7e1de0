"""What the worker does for listen."""

from __future__ import annotations

from datetime import timedelta

from grapevine.core import clock, jobs
from grapevine.listen import warmth
from grapevine.listen.actions import (
    deepening,
    folds,
    history,
    index,
    purges,
    rereading,
    topics,
    vectors,
    watches,
)
from grapevine.listen.models import Watch
from grapevine.listen.models.watches import RematchState


@jobs.job(watches.REMATCH, lane="long")
def rematch(run: jobs.Run) -> None:
    """Hold one watch against all that is stored."""
    watch_id = run.payload["watch_id"]
    warmth.ensure()
    try:
        history.rematch(watch_id=watch_id, at=clock.now(), run=run)
    except (jobs.Cancelled, jobs.LeaseLost, jobs.Stopping):
        raise
    except Exception:
        Watch.objects.filter(pk=watch_id).update(rematch_state=RematchState.FAILED)
        raise


@jobs.job(rereading.JOB, every=timedelta(minutes=10), lane="long")
def reread(run: jobs.Run) -> None:
    """Read the mentions of brands whose reader changed again."""
    warmth.ensure()
    at = clock.now()
    for brand in rereading.due(at=at):
        rereading.brand(brand_id=brand.pk, at=at, run=run)


@jobs.job("listen.deepen", every=timedelta(minutes=1), lane="long")
def deepen(run: jobs.Run) -> None:
    """Let the deep tier, where it is installed, read what the fast one wasn't sure of."""
    deepening.run_through(at=clock.now(), run=run)


@jobs.job("listen.topics", every=timedelta(hours=1), lane="long")
def keep_topics(run: jobs.Run) -> None:
    """Keep the topics of each brand once a day, so that they are known again the next."""
    at = clock.now()
    brands = topics.due(at=at)
    for place, brand in enumerate(brands, start=1):
        run.pause()
        topics.keep(brand=brand, at=at)
        run.progress(place, total=len(brands))


@jobs.job("listen.vectors", every=timedelta(minutes=2), lane="long")
def learn_meanings(run: jobs.Run) -> None:
    """Where the deep tier is installed, learn what the newest posts mean, so that they can be searched by it."""
    vectors.run_through(run=run)


@jobs.job("listen.warm", every=timedelta(days=1), lane="long")
def warm(run: jobs.Run) -> None:
    """Have the matcher's code at hand when the first post comes: on a new installation it is compiled first."""
    warmth.ensure()


@jobs.job("listen.tidy", every=timedelta(hours=6), lane="long")
def tidy(run: jobs.Run) -> None:
    """Keep the full-text index and the folds' memory small, and let go what was deleted long ago."""
    at = clock.now()
    folds.prune()
    index.tidy()
    run.progress(1, total=2)
    purges.purge(at=at, run=run)
