"""Taking away what was computed, bringing it back, and clearing it out for good."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from grapevine.core import access, audit, live
from grapevine.spread import channels
from grapevine.spread.actions import works
from grapevine.spread.models import Work

KEPT = timedelta(days=7)
"""So long it can be brought back."""


@transaction.atomic
def remove(row: Work, *, by: Any, at: datetime) -> None:
    """Take something away; it can be brought back. What is in the making is stopped. Raises AccessDenied."""
    kind = works.kind_of(row)
    access.require(by, kind.permission)
    if kind.model._default_manager.filter(pk=row.pk, removed_at=None).update(removed_at=at):
        works.cancel(row, by=by, at=at)
        audit.record(f"spread.{kind.name}.removed", subject=row, by=by, at=at)
        live.publish(channels.SPREAD, of=kind.name, id=row.pk)


@transaction.atomic
def restore(row: Work, *, by: Any, at: datetime) -> None:
    """Bring it back. Raises AccessDenied."""
    kind = works.kind_of(row)
    access.require(by, kind.permission)
    if kind.model._default_manager.filter(pk=row.pk).exclude(removed_at=None).update(removed_at=None):
        audit.record(f"spread.{kind.name}.restored", subject=row, by=by, at=at)
        live.publish(channels.SPREAD, of=kind.name, id=row.pk)


def purge(*, at: datetime) -> int:
    """Delete for good what was removed long enough ago; returns how many. Called by the clock."""
    count = 0
    for kind in works.kinds():
        for row in kind.model._default_manager.filter(removed_at__lt=at - KEPT).order_by("pk"):
            with transaction.atomic():
                row.delete()
            count += 1
    return count
