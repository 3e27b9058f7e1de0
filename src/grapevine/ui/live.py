"""Where the open page hears what happened: the address of the event stream, as the browser must call it."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

PATH = "/live"


def address(request: HttpRequest) -> str:
    """The address of the event stream. Behind a proxy it is the one set; else the stream's port on the host of the page."""
    set_address: str = settings.GRAPEVINE.live_url
    if set_address:
        return set_address
    host = request.get_host().rpartition(":")[0] or request.get_host()
    return f"http://{host}:{settings.GRAPEVINE.effective_live_port}{PATH}"
