"""Short notices about what was just done, with a way to undo it.

A view that redirects says `toasts.add(request, …)`: the next page shows it. A view that answers htmx with a piece of a page
says `toasts.send(response, …)`: the open page shows it.
"""

from __future__ import annotations

import json
from typing import Any, TypedDict

from django.http import HttpRequest, HttpResponse

_SESSION_KEY = "toasts"
_EVENT = "grapevine:toast"


class Toast(TypedDict):
    """`tone` is good, bad, warn or info. `undo` is an address that takes a POST; empty when there is nothing to undo."""

    text: str
    tone: str
    undo: str
    undo_label: str


def _toast(text: Any, tone: str, undo: str, undo_label: Any) -> Toast:
    return {"text": str(text), "tone": tone, "undo": undo, "undo_label": str(undo_label)}


def add(request: HttpRequest, text: Any, *, tone: str = "good", undo: str = "", undo_label: Any = "") -> None:
    """Show a notice on the next page this person opens."""
    waiting = request.session.get(_SESSION_KEY, [])
    request.session[_SESSION_KEY] = [*waiting, _toast(text, tone, undo, undo_label)][-5:]


def take(request: HttpRequest) -> list[Toast]:
    """The waiting notices; they are shown once."""
    session = getattr(request, "session", None)
    if session is None or _SESSION_KEY not in session:
        return []
    waiting: list[Toast] = session.pop(_SESSION_KEY)
    return waiting


def send(
    response: HttpResponse, text: Any, *, tone: str = "good", undo: str = "", undo_label: Any = ""
) -> HttpResponse:
    """Let the open page show a notice with this answer to an htmx request. Keeps other events of the answer."""
    events: dict[str, Any] = json.loads(response.headers.get("HX-Trigger", "{}"))
    events[_EVENT] = _toast(text, tone, undo, undo_label)
    response.headers["HX-Trigger"] = json.dumps(events)
    return response
