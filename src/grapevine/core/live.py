"""One place publishes what open pages should hear of; one place (`config.live`) subscribes."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from grapevine.core import access, clock
from grapevine.core.models import LiveEvent

CHANNEL = "grapevine_live"
# Who comes back after a short break (Last-Event-ID) is told what was missed meanwhile.
KEPT = timedelta(minutes=10)
_needed: dict[str, str] = {}


def channel(name: str, *, needs: str) -> str:
    """Say which permission one needs to hear `name`. A channel nobody spoke for takes `core.page.see`."""
    _needed[name] = needs
    return name


def may_hear(user: Any, name: str) -> bool:
    """Whether `user` may listen to the channel."""
    return access.may(user, _needed.get(name, "core.page.see"))


def channels() -> dict[str, str]:
    """All channels somebody spoke for, with the permission each takes."""
    return dict(sorted(_needed.items()))


def publish(channel: str, **data: Any) -> None:
    """Tell open pages that listen to `channel`, once the present transaction is committed.

    `data` holds ids and counts. On SQLite the subscriber sees the database change; PostgreSQL is told by NOTIFY.
    """
    LiveEvent.objects.create(channel=channel, data=data, at=clock.now())
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"NOTIFY {CHANNEL}")


def forget(*, before: datetime) -> int:
    """Remove notices that nobody waits for any longer."""
    return LiveEvent.objects.filter(at__lt=before).delete()[0]
