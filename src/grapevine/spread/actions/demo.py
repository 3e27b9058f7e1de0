"""Taking the demo's part of this room away."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from grapevine.core import access
from grapevine.spread.actions import works


@transaction.atomic
def remove(*, by: Any, at: datetime) -> int:
    """Remove all that was worked out of the demo, with what was worked out upon it; returns how much. Raises AccessDenied."""
    access.require(by, "spread.network.make")
    count = 0
    for kind in works.kinds():
        for row in kind.model._default_manager.filter(is_demo=True):
            works.drop(row, at=at)
            count += 1
    return count
