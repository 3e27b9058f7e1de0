"""Short notices about what was just done, with a way to undo it.

A view that redirects says `toasts.add(request, …)`: the next page shows it. A view that answers htmx with a piece of a page
says `toasts.send(response, …)`: the open page shows it.
"""

from __future__ import annotations

import json
from typing import Any, TypedDict

from django.http import HttpRequest, HttpResponse

from grapevine.core import clock

_SESSION_KEY = "toasts"
_EVENT = "grapevine:toast"


class Toast(TypedDict):
    """`tone` is good, bad, warn or info. `undo` is an address that takes a POST; empty when there is nothing to undo. It works until
    `until`, a moment in seconds (None: for as long as nothing else changed what was done); `left` says how many of them are left."""

    text: str
    tone: str
    undo: str
    undo_label: str
    until: float | None
    left: float | None


def _toast(text: Any, tone: str, undo: str, undo_label: Any, lasts: float | None) -> Toast:
    return {
        "text": str(text),
        "tone": tone,
        "undo": undo,
        "undo_label": str(undo_label),
        "until": None if lasts is None else clock.now().timestamp() + lasts,
        "left": lasts,
    }


def _now(toast: Toast) -> Toast:
    """A notice that has waited: what can be undone no longer isn't offered."""
    until = toast.get("until")
    if until is None:
        return {**toast, "until": None, "left": None}
    left = max(0.0, until - clock.now().timestamp())
    return {**toast, "left": left, "undo": toast["undo"] if left else ""}


def add(
    request: HttpRequest,
    text: Any,
    *,
    tone: str = "good",
    undo: str = "",
    undo_label: Any = "",
    lasts: float | None = None,
) -> None:
    """Show a notice on the next page this person opens. `lasts`: so many seconds it can be undone."""
    waiting = request.session.get(_SESSION_KEY, [])
    request.session[_SESSION_KEY] = [*waiting, _toast(text, tone, undo, undo_label, lasts)][-5:]


def take(request: HttpRequest) -> list[Toast]:
    """The waiting notices; they are shown once."""
    session = getattr(request, "session", None)
    if session is None or _SESSION_KEY not in session:
        return []
    waiting: list[Toast] = session.pop(_SESSION_KEY)
    return [_now(one) for one in waiting]


def send(
    response: HttpResponse,
    text: Any,
    *,
    tone: str = "good",
    undo: str = "",
    undo_label: Any = "",
    lasts: float | None = None,
) -> HttpResponse:
    """Let the open page show a notice with this answer to an htmx request. Keeps other events of the answer."""
    events: dict[str, Any] = json.loads(response.headers.get("HX-Trigger", "{}"))
    events[_EVENT] = _toast(text, tone, undo, undo_label, lasts)
    response.headers["HX-Trigger"] = json.dumps(events)
    return response
