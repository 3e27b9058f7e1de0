"""What was deleted for good: brands and watches nobody brought back, and the demo."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from grapevine.core import access, audit, jobs, news, past_jobs
from grapevine.listen.actions import history, watch_set
from grapevine.listen.actions.watches import REMATCH
from grapevine.listen.events import BrandChanged
from grapevine.listen.models import AuthorDay, Brand, HourlyRollup, Watch
from grapevine.understand.actions import corrections

KEPT = timedelta(days=30)
"""So long something deleted can be brought back."""


def purge(*, at: datetime, run: jobs.Run | None = None) -> int:
    """Remove brands and watches deleted more than `KEPT` ago, with all mentions; returns how many. For the job."""
    count = 0
    for brand in Brand.objects.filter(deleted_at__lt=at - KEPT):
        _remove_brand(brand, at=at, run=run)
        count += 1
    for watch in Watch.objects.filter(deleted_at__lt=at - KEPT):
        _remove_watch(watch, at=at, run=run)
        count += 1
    return count


def remove_demo(*, by: Any, at: datetime) -> int:
    """Take the demo's brands and watches away without trace, at once; returns how many brands. The demo's sources go before this."""
    access.require(by, "listen.brand.change")
    brands = list(Brand.objects.filter(is_demo=True))
    with transaction.atomic():
        for brand in brands:
            brand.deleted_at = brand.deleted_at or at
            brand.save(update_fields=["deleted_at"])
        Watch.objects.filter(is_demo=True, deleted_at=None).update(deleted_at=at)
        watch_set.raise_version()
    for brand in brands:
        _remove_brand(brand, at=at)
    for watch in Watch.objects.filter(is_demo=True):
        _remove_watch(watch, at=at)
    audit.record("listen.demo.removed", by=by, at=at, brands=len(brands))
    return len(brands)


def _remove_brand(brand: Brand, *, at: datetime, run: jobs.Run | None = None) -> None:
    for watch in Watch.objects.filter(brand=brand):
        _remove_watch(watch, at=at, run=run)
    with transaction.atomic():
        # A watch that was moved to another brand may have left counts here; they go with the brand.
        HourlyRollup.objects.filter(brand=brand).delete()
        AuthorDay.objects.filter(brand=brand).delete()
        pk = brand.pk
        corrections.drop_scope(scope=f"brand:{pk}")
        brand.delete()
        news.tell(BrandChanged(pk, "removed", at))


def _remove_watch(watch: Watch, *, at: datetime, run: jobs.Run | None = None) -> None:
    if watch.rematch_job_id is not None:
        jobs.cancel(watch.rematch_job_id, at=at)
    history.forget(watch=watch, at=at, run=run)
    with transaction.atomic():
        Watch.objects.filter(pk=watch.pk).update(version=None)
        past_jobs.forget(REMATCH, key=f"{REMATCH}:{watch.pk}")
        watch.delete()
