"""One place publishes what open pages should hear of; one place (`config.live`) subscribes."""

from __future__ import annotations

from typing import Any

from django.db import connection

from grapevine.core import clock
from grapevine.core.models import LiveEvent

CHANNEL = "grapevine_live"


def publish(channel: str, **data: Any) -> None:
    """Tell open pages that listen to `channel`, once the present transaction is committed.

    `data` holds ids and counts. On SQLite the subscriber sees the database change; PostgreSQL is told by NOTIFY.
    """
    LiveEvent.objects.create(channel=channel, data=data, at=clock.now())
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"NOTIFY {CHANNEL}")
