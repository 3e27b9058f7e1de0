"""How a thread stands: kept as JSON before and after something is done to it, so that it can be undone exactly."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django.db.models import DateTimeField
from django.utils.dateparse import parse_datetime

from grapevine.converse.models import Thread


def told(thread: Thread, names: Sequence[str]) -> dict[str, Any]:
    """These fields of a thread and its labels, as JSON."""
    found: dict[str, Any] = {}
    for name in names:
        value = getattr(thread, name)
        found[name] = value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value
    found["labels"] = sorted(thread.labels.values_list("pk", flat=True))
    return found


def put_back(thread: Thread, was: dict[str, Any], names: Sequence[str]) -> None:
    """Give the fields the values they had, not saved yet, and the thread its labels."""
    for name in names:
        value = was[name]
        is_moment = isinstance(Thread._meta.get_field(name), DateTimeField)
        setattr(thread, name, parse_datetime(value) if is_moment and value else value)
    thread.labels.set(was["labels"])
