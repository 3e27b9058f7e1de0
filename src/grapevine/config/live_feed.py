"""How the event stream hears of notices: PostgreSQL's NOTIFY, or a look at SQLite's `data_version`.

Ids are given before a commit, so a lower id may become visible after a higher one. Therefore each look goes back over the last
seconds, and remembers what was told already.
"""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import structlog
from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import Error as DatabaseError
from django.db import close_old_connections, connection, connections

from grapevine.core import clock, faults, heartbeats, live
from grapevine.core.models import LiveEvent

log = structlog.get_logger(__name__)

OVERLAP = timedelta(seconds=30)
LOOK = 0.02  # seconds between looks at SQLite's data_version
BEAT = 5.0


@dataclass(frozen=True)
class Notice:
    """One notice for open pages."""

    id: int
    channel: str
    data: dict[str, Any]


class Feed:
    """Reads notices and hands each to `tell` once. `run` goes on until it is cancelled."""

    def __init__(self, tell: Callable[[list[Notice]], None]) -> None:
        self.tell = tell
        self._floor = 0  # up to here everything was told, or is too old to be news
        self._told: dict[int, float] = {}  # above the floor: what was told, and when
        self._beaten = 0.0
        self.name = f"live-{time.time_ns():x}"[:40]

    async def run(self) -> None:
        """Tell what comes, until cancelled. A database that goes away is waited for."""
        wait = 0.5
        started = False
        try:
            while True:
                try:
                    if not started:
                        await self._in_thread(self._begin)
                        started = True
                    await self._listen()
                except (DatabaseError, sqlite3.Error, OSError) as error:
                    log.warning("live.database_away", error=faults.told(error), next_try_in=wait)
                    await asyncio.sleep(wait)
                    wait = min(15.0, wait * 2)
                else:
                    wait = 0.5
        finally:
            await asyncio.shield(self._in_thread(self._end))

    async def _listen(self) -> None:
        raise NotImplementedError

    @staticmethod
    async def _in_thread(function: Callable[[], Any]) -> Any:
        # The one thread of this process that asks the database.
        return await sync_to_async(function, thread_sensitive=True)()

    def _begin(self) -> None:
        """What was there before this process is not news."""
        close_old_connections()
        settled = LiveEvent.objects.filter(at__lte=clock.now() - OVERLAP).order_by("-id")
        self._floor = settled.values_list("id", flat=True).first() or 0
        self._told = dict.fromkeys(
            LiveEvent.objects.filter(id__gt=self._floor).values_list("id", flat=True), time.monotonic()
        )

    def _end(self) -> None:
        try:
            heartbeats.end(self.name)
        except DatabaseError:
            log.warning("live.could_not_say_goodbye")
        connections.close_all()

    async def _beat(self) -> None:
        def beat() -> None:
            close_old_connections()
            heartbeats.beat(self.name, part="live", at=clock.now())

        if time.monotonic() - self._beaten > BEAT:
            self._beaten = time.monotonic()
            await self._in_thread(beat)

    def _new(self) -> list[Notice]:
        close_old_connections()
        rows = (
            LiveEvent.objects.filter(id__gt=self._floor).order_by("id").values_list("id", "channel", "data")
        )
        fresh = [Notice(*row) for row in rows if row[0] not in self._told]
        now = time.monotonic()
        self._told.update((notice.id, now) for notice in fresh)
        settled = [one for one, at in self._told.items() if at < now - OVERLAP.total_seconds()]
        self._floor = max([self._floor, *settled])
        self._told = {one: at for one, at in self._told.items() if one > self._floor}
        return fresh

    async def look(self) -> None:
        """Read what is new and tell it."""
        fresh = await self._in_thread(self._new)
        if fresh:
            self.tell(fresh)

    async def since(self, last: int) -> list[Notice]:
        """What was told after the notice `last`, for a page that comes back."""

        def read() -> list[Notice]:
            close_old_connections()
            newest = max(self._told, default=self._floor)
            rows = LiveEvent.objects.filter(id__gt=last, id__lte=newest).order_by("-id")
            return [Notice(*row) for row in rows.values_list("id", "channel", "data")[:200]][::-1]

        found: list[Notice] = await self._in_thread(read)
        return found


class SqliteFeed(Feed):
    """Looks at a number that SQLite changes with every commit of somebody else: microseconds, no query."""

    async def _listen(self) -> None:
        with closing(
            sqlite3.connect(settings.GRAPEVINE.sqlite_path, check_same_thread=False, timeout=1)
        ) as eye:
            seen = -1
            while True:
                version = eye.execute("PRAGMA data_version").fetchone()[0]
                if version != seen:
                    seen = version
                    await self.look()
                await self._beat()
                await asyncio.sleep(LOOK)


class PostgresFeed(Feed):
    """Waits for NOTIFY on a connection of its own."""

    async def _listen(self) -> None:
        from psycopg import AsyncConnection, sql

        wishes = {**connection.get_connection_params()}
        for ours in ("cursor_factory", "context", "prepare_threshold", "pool"):
            wishes.pop(ours, None)
        ear = await AsyncConnection.connect(**wishes, autocommit=True)
        async with ear:
            await ear.execute(sql.SQL("LISTEN {}").format(sql.Identifier(live.CHANNEL)))
            while True:
                # What was told while nobody listened (at the start, after a break) is found by looking.
                await self.look()
                await self._beat()
                async for _ in ear.notifies(timeout=BEAT, stop_after=1):
                    pass


def for_database(tell: Callable[[list[Notice]], None]) -> Feed:
    """The feed that fits the database."""
    return (PostgresFeed if connection.vendor == "postgresql" else SqliteFeed)(tell)
