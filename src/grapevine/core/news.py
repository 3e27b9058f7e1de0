"""News goes up: a room tells what happened, rooms above it listen.

News is a frozen dataclass of ids and facts, delivered after the transaction is committed. What must not be lost is not
news but a job (`core.jobs`), a row in the same transaction.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import structlog
from django.db import transaction

_handlers: dict[type, list[Callable[[Any], None]]] = defaultdict(list)
log = structlog.get_logger(__name__)


def on(event: type) -> Callable[[Callable[[Any], None]], Callable[[Any], None]]:
    """Register a handler for one kind of news, in a room's handlers.py (imported when the app is ready)."""

    def register(handler: Callable[[Any], None]) -> Callable[[Any], None]:
        _handlers[event].append(handler)
        return handler

    return register


@contextmanager
def listening(handler: Callable[[Any], None], *events: type) -> Iterator[None]:
    """Let `handler` hear these kinds of news for the time of a block. For tests."""
    for event in events:
        _handlers[event].append(handler)
    try:
        yield
    finally:
        for event in events:
            _handlers[event].remove(handler)


def kinds_heard() -> dict[type, list[str]]:
    """Which news is heard by which handlers, for the documentation."""
    return {kind: [f"{h.__module__}.{h.__qualname__}" for h in hs] for kind, hs in _handlers.items() if hs}


def tell(event: Any) -> None:
    """Deliver `event` to its handlers once the present transaction is committed; now when there is none."""
    for handler in list(_handlers[type(event)]):
        transaction.on_commit(partial(_deliver, handler, event), robust=True)


def _deliver(handler: Callable[[Any], None], event: Any) -> None:
    try:
        handler(event)
    except Exception:
        # One room's fault must not keep the news from the others, nor undo a committed change.
        name = getattr(handler, "__qualname__", repr(type(handler)))
        log.exception("news.handler_failed", news=type(event).__name__, handler=name)
