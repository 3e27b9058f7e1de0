"""The number that tells workers when the watches they have compiled are stale."""

from __future__ import annotations

from django.db.models import F

from grapevine.listen.models import WatchSetVersion


def raise_version() -> None:
    """Say that the watches changed; in the transaction of the change."""
    if not WatchSetVersion.objects.filter(pk=1).update(value=F("value") + 1):
        WatchSetVersion.objects.get_or_create(pk=1, defaults={"value": 1})
