"""The number that tells workers when the watches they have compiled are stale."""

from __future__ import annotations

import secrets

from grapevine.listen.models import WatchSetVersion


def raise_version() -> None:
    """Say that the watches changed; in the transaction of the change."""
    # Any number that never was: one that counts would come again after a change that is undone.
    number = secrets.randbits(62)
    if not WatchSetVersion.objects.filter(pk=1).update(value=number):
        WatchSetVersion.objects.get_or_create(pk=1, defaults={"value": number})
