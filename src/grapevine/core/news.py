"""News goes up: a room tells what happened, rooms above it listen.

News is a frozen dataclass of ids and facts, delivered after the transaction is committed. What must not be lost is not
news but a job (`core.jobs`), a row in the same transaction.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
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


def tell(event: Any) -> None:
    """Deliver `event` to its handlers once the present transaction is committed; now when there is none."""
    for handler in _handlers[type(event)]:
        transaction.on_commit(partial(_deliver, handler, event))


def _deliver(handler: Callable[[Any], None], event: Any) -> None:
    try:
        handler(event)
    except Exception:
        # One room's fault must not keep the news from the others, nor undo a committed change.
        log.exception("news.handler_failed", news=type(event).__name__, handler=handler.__qualname__)
