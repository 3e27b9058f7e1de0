"""What the worker does for sources."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from grapevine.core import bulk, clock, jobs
from grapevine.sources import rules, uploads
from grapevine.sources.actions import endings, follows, imports, outbox, pulls, removals, sending
from grapevine.sources.actions import sources as actions
from grapevine.sources.contracts import ids
from grapevine.sources.models import Import, ImportState, Rejected, Source, SourceState

REJECTED_KEPT = timedelta(days=90)


@jobs.job("sources.schedule", every=timedelta(seconds=10))
def schedule(run: jobs.Run) -> None:
    """Put a job for every source that is due."""
    for source_id in Source.objects.due(clock.now()).values_list("pk", flat=True):
        jobs.put(actions.PULL, {"source_id": source_id}, key=f"{actions.PULL}:{source_id}", max_attempts=1)


@jobs.job(actions.PULL)
def pull(run: jobs.Run) -> None:
    """Read one source, if it still wants to be read."""
    at = clock.now()
    source = Source.objects.due(at).filter(pk=run.payload["source_id"]).first()
    if source is not None:
        pulls.pull(source=source, at=at, rng=Random(), run=run)  # noqa: S311 - jitter, no secret


@jobs.job(imports.IMPORT, lane="long")
def import_file(run: jobs.Run) -> None:
    """Import one file."""
    imports.run(run.payload["import_id"], at=clock.now(), clock=clock.now, job=run)


@jobs.job(actions.REMOVE, lane="long")
def remove(run: jobs.Run) -> None:
    """Remove one source with its posts."""
    source = Source.objects.filter(pk=run.payload["source_id"], state=SourceState.LEAVING).first()
    if source is not None:
        actions.clear(source=source, at=clock.now(), run=run)


@jobs.job(endings.SEND, lane="sending")
def send(run: jobs.Run) -> None:
    """Try to send one thing."""
    rng = Random()  # noqa: S311 - jitter, no secret
    sending.send(run.payload["outgoing_id"], clock=clock.now, rng=rng)


@jobs.job(outbox.SWEEP, every=timedelta(seconds=10), lane="sending")
def sweep(run: jobs.Run) -> None:
    """Put a job for everything in the outbox that is due: what is to be tried again, and what was cut short."""
    at = clock.now()
    outbox.free_forgotten(at=at)
    for outgoing_id in sending.due(at):
        endings.put_job(outgoing_id, at=at)


@jobs.job("sources.retention", every=timedelta(hours=24), lane="long")
def retain(run: jobs.Run) -> None:
    """Remove posts, and follows heard of last, longer ago than their source keeps them; old rejected rows, and uploads nobody imported."""
    at = clock.now()
    removed = 0
    for source in Source.objects.filter(retention_days__gt=0):
        oldest = rules.oldest_kept(source.retention_days, at)
        last = -1
        while oldest is not None:
            found = bulk.ask(
                "SELECT id FROM sources_post WHERE id > %s AND id < %s AND source_id = %s ORDER BY id LIMIT %s",
                [last, ids.floor(oldest), source.pk, removals.CHUNK],
            )
            if not found:
                break
            last = found[-1][0]
            removed += removals.remove(source=source, post_ids=[row[0] for row in found], at=at)
            run.progress(removed)
        if oldest is not None:
            follows.let_go(source.pk, before=oldest)
    Rejected.objects.filter(at__lt=at - REJECTED_KEPT).delete()
    open_imports = Import.objects.filter(state__in=[ImportState.WAITING, ImportState.RUNNING])
    uploads.drop_old(at=at, still_needed=set(open_imports.values_list("path", flat=True)))
