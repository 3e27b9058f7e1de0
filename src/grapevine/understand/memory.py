"""What the scopes learnt, as each process holds it: adapters and limits by scope, read again when one has changed."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from threading import Lock
from time import monotonic

import structlog

from grapevine.engine.text.reading import adapter
from grapevine.understand.contracts import SURE
from grapevine.understand.models import Adapter, LearntVersion, Wish

PATIENCE = 0.5
"""So many seconds may pass before a process asks again whether something has changed."""
log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Reader:
    """How a scope reads: with what it learnt (None: as shipped), and from which likelihood on it counts as sure. Another mark, another reader."""

    adapter: adapter.Adapter | None = None
    least: float = SURE
    mark: str = ""


@dataclass(frozen=True)
class Snapshot:
    """All scopes that read otherwise than what ships, at one moment."""

    version: int = -1
    readers: Mapping[str, Reader] = field(default_factory=dict)


class _Memory:
    def __init__(self) -> None:
        self.held = Snapshot()
        self.asked_at = float("-inf")
        self.kept: dict[str, tuple[object, adapter.Adapter | None]] = {}
        self.lock = Lock()

    def bring_to(self, version: int) -> None:
        with self.lock:
            limits = dict(Wish.objects.exclude(threshold=None).values_list("scope", "threshold"))
            found: dict[str, Reader] = {}
            marks = dict(
                Adapter.objects.filter(fingerprint=adapter.fingerprint()).values_list("scope", "mark")
            )
            new = [scope for scope, mark in marks.items() if self.kept.get(scope, (None,))[0] != mark]
            for scope, mark, data in Adapter.objects.filter(scope__in=new).values_list(
                "scope", "mark", "data"
            ):
                self.kept[scope] = mark, _loaded(scope, bytes(data))
            self.kept = {scope: self.kept[scope] for scope in marks if scope in self.kept}
            for scope in {*limits, *self.kept}:
                learnt = self.kept[scope][1] if scope in self.kept else None
                found[scope] = Reader(
                    learnt, limits.get(scope) or SURE, f"{marks.get(scope, '')}/{limits.get(scope)}"
                )
            self.held = Snapshot(version, found)


def _loaded(scope: str, data: bytes) -> adapter.Adapter | None:
    try:
        return adapter.load(data)
    except (ValueError, KeyError, OSError):
        # Written by another version: the worker learns it anew (`jobs.renew`); until then the scope reads as shipped.
        log.warning("understand.adapter_unreadable", scope=scope)
        return None


@cache
def _memory() -> _Memory:
    return _Memory()


def refresh(*, now: bool = False) -> None:
    """See whether something has changed: at most one small question every half second, unless it must be `now`."""
    memory = _memory()
    if not now and monotonic() - memory.asked_at < PATIENCE:
        return
    memory.asked_at = monotonic()
    version = LearntVersion.objects.filter(pk=1).values_list("value", flat=True).first() or 0
    if memory.held.version != version:
        memory.bring_to(version)


def reader(scope: str) -> Reader | None:
    """How a scope reads as this process knows it, without asking the database; None for as shipped."""
    return _memory().held.readers.get(scope)


def forget_cached() -> None:
    """Ask again at the next look, however soon that is. For tests, whose changes are undone, too."""
    _memory().asked_at = float("-inf")


def raise_version() -> None:
    """Say that a scope reads otherwise; in the transaction of the change."""
    # Any number that never was: one that counts would come again after a change that is undone.
    number = secrets.randbits(62) + 1
    if not LearntVersion.objects.filter(pk=1).update(value=number):
        LearntVersion.objects.get_or_create(pk=1, defaults={"value": number})
    forget_cached()
