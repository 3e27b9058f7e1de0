"""What the desk shows on the start page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from grapevine.converse.selectors import follow_ups as selector
from grapevine.core import clock
from grapevine.ui.slots import Panel

MOST = 5


def follow_ups(request: HttpRequest, **_given: Any) -> Panel | None:
    """Threads of mine to ask about; nothing when none is due."""
    rows = selector.of_user(request.user.pk or 0, at=clock.now(), only_due=True, limit=MOST)
    return Panel("converse/_start_follow_ups.html", {"rows": rows}) if rows else None
