"""Signs of life of the processes, so that a person (and `grapevine doctor`) sees what runs."""

from __future__ import annotations

import os
import socket
from dataclasses import dataclass
from datetime import datetime, timedelta

import grapevine
from grapevine.core.models import Heartbeat

FRESH = timedelta(seconds=20)


@dataclass(frozen=True)
class Sign:
    """One process: which part it is (worker, live), where, and when it was last seen."""

    name: str
    part: str
    host: str
    pid: int
    seen_at: datetime
    alive: bool


def beat(name: str, *, part: str, at: datetime) -> None:
    """Say that the process is alive."""
    changed = Heartbeat.objects.filter(name=name).update(seen_at=at)
    if not changed:
        Heartbeat.objects.update_or_create(
            name=name,
            defaults={
                "part": part,
                "host": socket.gethostname()[:120],
                "pid": os.getpid(),
                "version": grapevine.__version__,
                "started_at": at,
                "seen_at": at,
            },
        )


def end(name: str) -> None:
    """Say that the process has ended."""
    Heartbeat.objects.filter(name=name).delete()


def signs(*, at: datetime) -> list[Sign]:
    """All processes seen of late, the freshest first."""
    rows = Heartbeat.objects.order_by("-seen_at")
    return [Sign(r.name, r.part, r.host, r.pid, r.seen_at, r.seen_at > at - FRESH) for r in rows]


def alive(part: str, *, at: datetime) -> bool:
    """Whether a process of `part` has been seen in the last seconds."""
    return Heartbeat.objects.filter(part=part, seen_at__gt=at - FRESH).exists()


def forget(*, before: datetime) -> int:
    """Remove signs of processes that have been gone for long."""
    return Heartbeat.objects.filter(seen_at__lt=before).delete()[0]
