"""What people do with watches. Every saved query is a version; history is matched again in the background."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from grapevine.core import access, audit, jobs, news
from grapevine.engine import query as language
from grapevine.listen.actions import watch_set
from grapevine.listen.events import WatchChanged
from grapevine.listen.models import Brand, Watch, WatchVersion
from grapevine.listen.models.watches import RematchState, WatchState

REMATCH = "listen.rematch"


@transaction.atomic
def add(*, brand: Brand, name: str, query: str, by: Any, at: datetime, is_demo: bool = False) -> Watch:
    """Add a watch; from now on it listens, and history is matched in the background.

    Tells WatchChanged. Raises AccessDenied, and QueryError when the query can't be read.
    """
    access.require(by, "listen.watch.change")
    language.parse(query)
    watch = Watch.objects.create(
        brand=brand, name=name, query=query, created_at=at, changed_at=at, is_demo=is_demo
    )
    _new_version(watch, by=by, at=at)
    _rematch(watch, at=at)
    audit.record("listen.watch.added", subject=watch, by=by, at=at, brand=brand.pk)
    _tell(watch, "added", at)
    return watch


@transaction.atomic
def change(
    *, watch: Watch, name: str, query: str, by: Any, at: datetime, brand: Brand | None = None
) -> Watch:
    """Change a watch's name, brand or query. A changed query becomes a new version, and history is matched again.

    Tells WatchChanged, when something did change. Raises AccessDenied, QueryError.
    """
    access.require(by, "listen.watch.change")
    language.parse(query)
    watch = Watch.objects.select_for_update().get(pk=watch.pk)
    moved = brand is not None and brand.pk != watch.brand_id
    asks_anew = query != watch.query
    if not moved and not asks_anew and name == watch.name:
        return watch
    before = watch.name
    watch.name, watch.query, watch.changed_at = name, query, at
    if brand is not None:
        watch.brand = brand
    watch.save(update_fields=["name", "query", "brand", "changed_at"])
    if asks_anew:
        _new_version(watch, by=by, at=at)
    elif moved:
        watch_set.raise_version()
    if asks_anew or moved:
        _rematch(watch, at=at)
    audit.record(
        "listen.watch.changed",
        subject=watch,
        by=by,
        at=at,
        was=before,
        version=watch.version.number if watch.version else None,
        moved=moved,
    )
    _tell(watch, "changed", at)
    return watch


@transaction.atomic
def pause(*, watch: Watch, by: Any, at: datetime) -> None:
    """Let a watch rest: what it caught stays, new posts pass it by. Tells WatchChanged."""
    _set_state(watch, WatchState.PAUSED, "paused", by=by, at=at)


@transaction.atomic
def resume(*, watch: Watch, by: Any, at: datetime) -> None:
    """Let a paused watch listen again; what it missed is matched in the background. Tells WatchChanged."""
    _set_state(watch, WatchState.ACTIVE, "resumed", by=by, at=at)
    _rematch(watch, at=at)


@transaction.atomic
def delete(*, watch: Watch, by: Any, at: datetime) -> None:
    """Delete a watch; it can be restored. What it alone caught is taken out in the background. Tells WatchChanged."""
    access.require(by, "listen.watch.change")
    watch.deleted_at = at
    watch.save(update_fields=["deleted_at"])
    watch_set.raise_version()
    _rematch(watch, at=at)
    audit.record("listen.watch.deleted", subject=watch, by=by, at=at)
    _tell(watch, "deleted", at)


@transaction.atomic
def restore(*, watch: Watch, by: Any, at: datetime) -> None:
    """Bring a deleted watch back, and what it caught. Tells WatchChanged."""
    access.require(by, "listen.watch.change")
    watch.deleted_at = None
    watch.save(update_fields=["deleted_at"])
    watch_set.raise_version()
    _rematch(watch, at=at)
    audit.record("listen.watch.restored", subject=watch, by=by, at=at)
    _tell(watch, "restored", at)


@transaction.atomic
def rematch(*, watch: Watch, by: Any, at: datetime) -> None:
    """Match history again, from the beginning (after it was cancelled, or went wrong)."""
    access.require(by, "listen.watch.change")
    _rematch(watch, at=at)
    audit.record("listen.watch.rematched", subject=watch, by=by, at=at)


@transaction.atomic
def cancel_rematch(*, watch: Watch, by: Any, at: datetime) -> bool:
    """Stop matching history; what was found stays. False when nothing was running."""
    access.require(by, "listen.watch.change")
    if watch.rematch_job_id is None or not jobs.cancel(watch.rematch_job_id, at=at):
        return False
    Watch.objects.filter(pk=watch.pk).update(rematch_state=RematchState.CANCELLED)
    audit.record("listen.watch.rematch_cancelled", subject=watch, by=by, at=at)
    return True


def _set_state(watch: Watch, state: WatchState, what: str, *, by: Any, at: datetime) -> None:
    access.require(by, "listen.watch.change")
    watch.state = state
    watch.changed_at = at
    watch.save(update_fields=["state", "changed_at"])
    watch_set.raise_version()
    audit.record(f"listen.watch.{what}", subject=watch, by=by, at=at)
    _tell(watch, what, at)


def _new_version(watch: Watch, *, by: Any, at: datetime) -> None:
    last = WatchVersion.objects.filter(watch=watch).aggregate(number=Max("number"))["number"] or 0
    watch.version = WatchVersion.objects.create(
        watch=watch,
        number=last + 1,
        query=watch.query,
        saved_by=None if by is access.SYSTEM else by,
        saved_at=at,
    )
    watch.save(update_fields=["version"])
    watch_set.raise_version()


def _rematch(watch: Watch, *, at: datetime) -> None:
    """Put the job that matches history; one that was under way for an older version is stopped."""
    if watch.rematch_job_id is not None:
        jobs.cancel(watch.rematch_job_id, at=at)
    job = jobs.put(REMATCH, {"watch_id": watch.pk}, key=f"{REMATCH}:{watch.pk}")
    watch.rematch_job_id = job.pk if job is not None else watch.rematch_job_id
    watch.rematch_state = RematchState.WAITING
    watch.rematch_done = watch.rematch_total = 0
    watch.save(update_fields=["rematch_job_id", "rematch_state", "rematch_done", "rematch_total"])


def _tell(watch: Watch, what: str, at: datetime) -> None:
    news.tell(WatchChanged(watch.pk, watch.brand_id, what, at))
