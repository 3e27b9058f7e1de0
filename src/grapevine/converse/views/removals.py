"""Doors to taking something away: the check before it, the reason, and the list that leads read later."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from grapevine.converse import addresses, pictures, shipped
from grapevine.converse.actions import removals as actions
from grapevine.converse.in_language import chosen
from grapevine.converse.models import RemovalHow
from grapevine.converse.selectors import removals, streisand
from grapevine.core import access, clock
from grapevine.ui import toasts

_OPENLY = -1  # the shipped opener that begins an open answer stands last
_WHY: dict[str, Any] = {
    "not-theirs": gettext_lazy("Only what others wrote at a platform can be taken away there."),
    "gone-already": gettext_lazy("It is gone already."),
    "no-reason": gettext_lazy("Write why, in a sentence a colleague understands in a year."),
    "asked-already": gettext_lazy("Somebody has asked for this already."),
}


@access.needs(actions.REMOVE)
@require_http_methods(["GET", "POST"])
def before(request: HttpRequest, message_id: int) -> HttpResponse:
    """The Streisand check, and the form under it."""
    message = removals.message_for(request.user, message_id)
    now = clock.now()
    said, status = "", 200
    ways = removals.ways(message)
    if request.method == "POST":
        how = request.POST.get("how", "")
        try:
            if how not in ways:
                raise actions.CannotRemove("no-way", _("Choose how it is to be taken away."))
            actions.ask(
                message=message,
                how=how,
                reason=request.POST.get("reason", "")[:4000],
                by=request.user,
                at=now,
            )
        except actions.CannotRemove as error:
            said, status = error.words or str(_WHY.get(error.code, error.code)), 422
        else:
            toasts.add(request, _("Asked for. It reads “confirmed” once the platform says so."), tone="info")
            return redirect("converse:removals")
    found = streisand.check(message, at=now)
    opener = chosen(shipped.content("openers")[_OPENLY]["text"], message.thread.lang)
    context = {
        "message": message,
        "check": found,
        "curve": pictures.spreading(found),
        "ways": [(way, RemovalHow(way).label) for way in ways],
        "said": said,
        "reason": request.POST.get("reason", ""),
        "how": request.POST.get("how", ways[0] if ways else ""),
        "opener": opener,
        "thread_href": addresses.thread(message.thread_id),
        "answer_href": f"{addresses.thread(message.thread_id)}?{urlencode({'begin': 'openly'})}#reply",
    }
    return render(request, "converse/removal.html", context, status=status)


@access.needs(actions.REMOVE)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What was taken away, by whom and why."""
    given = request.GET.get("before", "")
    rows = removals.latest(before=int(given) if given.isdecimal() and len(given) < 19 else 0)
    older = f"{reverse('converse:removals')}?before={rows[-1].id}" if len(rows) == removals.SHOWN else ""
    context = {"rows": [(row, addresses.thread(row.thread_id)) for row in rows], "older": older}
    return render(request, "converse/removals.html", context)


urlpatterns = [
    path("removals/", index, name="removals"),
    path("messages/<int:message_id>/removal/", before, name="removal"),
]
