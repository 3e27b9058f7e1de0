"""The door to taking a change of settings back, and what a notice says to lead there."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from grapevine.converse.actions import editions, reverting
from grapevine.converse.models import Edition
from grapevine.converse.selectors import threads
from grapevine.core import access, clock
from grapevine.ui import toasts


def address(noted: reverting.Noted) -> str:
    """Where a change can be taken back; empty when nothing was changed."""
    return reverse("converse:setting-undo", args=[noted.deed_id]) if noted.deed_id is not None else ""


def write_edition(request: HttpRequest, *, kind: str, key: str = "", **given: Any) -> tuple[Edition, str]:
    """Write what leads write down; the edition, and where writing it can be taken back. Raises as `actions.editions.write`."""
    at = clock.now()
    with reverting.noted("edition", f"{kind}:{key}", by=request.user, at=at) as noted:
        row = editions.write(kind=kind, key=key, by=request.user, at=at, **given)
    return row, address(noted)


@require_POST
@access.needs("converse.thread.work")
def put_back(request: HttpRequest, setting_deed_id: int) -> HttpResponse:
    """Put a setting back to how it stood."""
    deed = threads.setting_reachable_by(request.user, setting_deed_id)
    try:
        reverting.put_back(deed=deed, by=request.user, at=clock.now())
    except reverting.ChangedSince:
        toasts.add(request, _("Nothing was put back: it was changed again since."), tone="info")
    else:
        toasts.add(request, _("It is as it was before."))
    came = request.headers.get("Referer", "")
    known = url_has_allowed_host_and_scheme(came, allowed_hosts={request.get_host()})
    return redirect(came if known else reverse("converse:inbox"))


urlpatterns = [path("desk/undo/<int:setting_deed_id>/", put_back, name="setting-undo")]
