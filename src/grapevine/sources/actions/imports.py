"""Importing files: started and cancelled by people, done by a job that can be killed at any moment and goes on where it was."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from grapevine import connectors
from grapevine.connectors.base import Batch, ConnectorError
from grapevine.core import access, audit, garbage, jobs, live, news
from grapevine.sources import channels, events, facts, fetching, leases, uploads
from grapevine.sources.actions import batches
from grapevine.sources.ahead import ahead
from grapevine.sources.contracts import intake
from grapevine.sources.models import Import, ImportState, Source

IMPORT = "sources.import"
BeingImported = leases.BeingImported
OPEN = leases.OPEN


@transaction.atomic
def start(
    *,
    source: Source,
    path: str,
    file_name: str,
    mapping: dict[str, Any],
    by: Any,
    at: datetime,
    layout: str = "",
    in_background: bool = True,
) -> Import:
    """Begin to import a file into a source. `mapping` is as confirmed by a person; empty, it is found out. Tells ImportStarted.

    With `in_background` a job does it; else the caller calls `run`, and an import of the same file that was broken off is given back
    rather than begun anew. One that read the file otherwise (by another mapping) is given up and stands as cancelled. Raises AccessDenied.
    """
    access.require(by, "sources.source.change")
    if not in_background:
        Source.objects.select_for_update(no_key=True).get(
            pk=source.pk
        )  # two commands at once must not both begin
        begun = Import.objects.filter(source=source, path=path, job_id=None, state__in=OPEN).first()
        if begun is not None and (_same_way(begun.mapping, mapping) or leases.is_alive(begun, at=at)):
            return begun  # `run` says that it is being read by another
        if begun is not None:
            _end(begun, ImportState.CANCELLED, at=at)
            audit.record("sources.import.cancelled", subject=begun, by=by, at=at)
    one = Import.objects.create(
        source=source,
        file_name=file_name[:255],
        path=path,
        layout=layout[:40],
        mapping=mapping,
        bytes_total=Path(path).stat().st_size if Path(path).is_file() else 0,
        created_by=None if by is access.SYSTEM else by,
        created_at=at,
    )
    if in_background:
        job = jobs.put(IMPORT, {"import_id": one.pk}, key=f"{IMPORT}:{one.pk}")
        one.job_id = job.pk if job is not None else None
        one.save(update_fields=["job_id"])
    audit.record("sources.import.started", subject=one, by=by, at=at, source=source.pk, layout=layout)
    news.tell(events.ImportStarted(import_id=one.pk, source_id=source.pk, at=at))
    return one


def _same_way(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two mappings read a file alike. The file's own date does not count: it changes when the file grows."""
    with_lists = [json.loads(json.dumps(mapping, default=list)) | {"date": ""} for mapping in (one, other)]
    return bool(with_lists[0] == with_lists[1])


@transaction.atomic
def cancel(*, of: Import, by: Any, at: datetime) -> bool:
    """Stop an import; what is stored stays. False when it had ended already. Tells ImportEnded."""
    access.require(by, "sources.source.change")
    if of.state not in OPEN:
        return False
    if of.job_id is not None:
        jobs.cancel(of.job_id, at=at)
    _end(of, ImportState.CANCELLED, at=at)
    audit.record("sources.import.cancelled", subject=of, by=by, at=at)
    return True


@transaction.atomic
def go_on(*, of: Import, by: Any, at: datetime) -> bool:
    """Let the worker try an import again that it had given up; it goes on where it was. False when it is at it, or at its end."""
    access.require(by, "sources.source.change")
    one = Import.objects.select_for_update(no_key=True).get(pk=of.pk)
    if not leases.given_up([one]):
        return False
    job = jobs.put(IMPORT, {"import_id": one.pk}, key=f"{IMPORT}:{one.pk}")
    if job is None:
        return False
    Import.objects.filter(pk=one.pk).update(job_id=job.pk)
    audit.record("sources.import.resumed", subject=one, by=by, at=at)
    live.publish(channels.SOURCES, source_id=one.source_id, import_id=one.pk, state=one.state)
    return True


def run(
    import_id: int,
    *,
    at: datetime,
    clock: Callable[[], datetime] | None = None,
    job: jobs.Run | None = None,
    watch: Callable[[Import], None] | None = None,
) -> Import:
    """Import a file from where it was left, to its end. `watch` is shown the import after each batch. `clock` tells the time of each
    batch, since a large file takes hours; without it all of them are of `at`.

    A file that can't be read ends it as failed, with the reason written down; single rows that can't are kept aside. Without a `job`,
    whose lease would do, the import is leased to this process: raises BeingImported when another one reads the file, or took it over.
    """
    now = clock or (lambda: at)
    one = Import.objects.select_related("source").get(pk=import_id)
    if one.state not in OPEN:
        return one
    lease = "" if job is not None else leases.take(one, at=now())
    Import.objects.filter(pk=one.pk, state__in=OPEN).update(
        state=ImportState.RUNNING, started_at=one.started_at or at
    )
    try:
        # What another process read since we looked is not read again.
        one.refresh_from_db(fields=["cursor", "read"])
        _read(one, now, job, lease, watch)
    except leases.LeaseLost:
        one.refresh_from_db()
        if one.state in OPEN:
            raise leases.BeingImported(one) from None
    except ConnectorError as error:
        Import.objects.filter(pk=one.pk).update(error_code=error.code, error_params=dict(error.params))
        with transaction.atomic():
            _end(one, ImportState.FAILED, at=now())
    else:
        with transaction.atomic():
            _end(one, ImportState.DONE, at=now())
    finally:
        leases.give_back(one, lease)
    one.refresh_from_db()
    return one


def _read(
    one: Import,
    now: Callable[[], datetime],
    job: jobs.Run | None,
    lease: str,
    watch: Callable[[Import], None] | None,
) -> None:
    source = one.source
    about = facts.of(source)
    settings = {"path": one.path, "mapping": one.mapping}
    intake.begin()
    with fetching.exchange() as http, garbage.seldom():
        found = connectors.get(source.connector).fetch(settings, one.cursor, http=http, now=now())
        pieces = ahead(iter(found), lambda batch: batches.prepare(about, batch))
        began, before = time.monotonic(), one.read
        try:
            for prepared in pieces:
                with transaction.atomic():
                    batches.store(source=source, batch=prepared, at=now(), of_import=one)
                    one.refresh_from_db(fields=["read", "new", "known", "rejected"])
                    # The beginning tells little of the rate; the whole time so far tells enough.
                    rate = (one.read - before) / max(time.monotonic() - began, 0.001)
                    _show(one, prepared.batch, rate)
                    if job is not None:
                        job.progress(one.bytes_done, total=one.bytes_total)
                    else:
                        leases.renew(one, lease, at=now())
                if watch is not None:
                    watch(one)
                if job is not None:
                    job.pause()
        finally:
            pieces.close()  # type: ignore[attr-defined]


def _show(one: Import, batch: Batch, rate: float) -> None:
    one.bytes_done = int(batch.cursor.get("at") or one.bytes_done)
    one.bytes_total = int(batch.cursor.get("size") or one.bytes_total)
    one.rate = rate
    one.save(update_fields=["bytes_done", "bytes_total", "rate"])
    live.publish(channels.SOURCES, source_id=one.source_id, import_id=one.pk, read=one.read)


def _end(one: Import, state: ImportState, *, at: datetime) -> None:
    changed = Import.objects.filter(pk=one.pk, state__in=OPEN).update(state=state, finished_at=at)
    if not changed:
        return
    one.state = state
    news.tell(events.ImportEnded(import_id=one.pk, source_id=one.source_id, state=state, at=at))
    live.publish(channels.SOURCES, source_id=one.source_id, import_id=one.pk, state=state)
    if Path(one.path).is_relative_to(uploads.folder()) and state == ImportState.DONE:
        transaction.on_commit(lambda: uploads.drop(Path(one.path).parent.name), robust=True)
