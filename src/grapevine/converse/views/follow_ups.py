"""Doors to one's reminders: the list, done, later."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from grapevine.converse import desk_pages
from grapevine.converse.actions import follow_ups as actions
from grapevine.converse.selectors import follow_ups
from grapevine.core import access, clock
from grapevine.ui import toasts


@access.needs("converse.thread.see")
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """My reminders."""
    rows = follow_ups.of_user(request.user.pk or 0, at=clock.now())
    context = {
        "due": [row for row in rows if row.is_due],
        "later": [row for row in rows if not row.is_due],
        **desk_pages.around(request, "follow-ups"),
    }
    return render(request, "converse/follow_ups.html", context)


@access.needs("converse.thread.work")
@require_POST
def done(request: HttpRequest, follow_up_id: int) -> HttpResponse:
    """It was asked."""
    row = follow_ups.reachable_by(request.user, follow_up_id)
    actions.done(follow_up=row, by=request.user, at=clock.now())
    toasts.add(request, _("Done."), undo=reverse("converse:follow-up-undo", args=[row.pk]))
    return redirect("converse:follow-ups")


@access.needs("converse.thread.work")
@require_POST
def undo(request: HttpRequest, follow_up_id: int) -> HttpResponse:
    """It was not done, or is wanted when it was."""
    row = follow_ups.reachable_by(request.user, follow_up_id)
    before = parse_datetime(request.GET.get("due", ""))
    if before is not None and before.tzinfo is not None:
        actions.put_back(follow_up=row, due_at=before, by=request.user, at=clock.now())
    elif not actions.undo(follow_up=row, by=request.user, at=clock.now()):
        toasts.add(request, _("There is a newer reminder of this thread."), tone="info")
    return redirect("converse:follow-ups")


@access.needs("converse.thread.work")
@require_POST
def later(request: HttpRequest, follow_up_id: int) -> HttpResponse:
    """Not now."""
    row = follow_ups.reachable_by(request.user, follow_up_id)
    typed = request.POST.get("days", "")
    days = min(int(typed), actions.LONGEST) if typed.isdecimal() and len(typed) < 5 else 7
    before = actions.postpone(follow_up=row, days=max(days, 1), by=request.user, at=clock.now())
    told = ngettext("You are reminded in %(days)s day.", "You are reminded in %(days)s days.", days)
    address = reverse("converse:follow-up-undo", args=[row.pk], query={"due": before.isoformat()})
    toasts.add(request, told % {"days": days}, undo=address)
    return redirect("converse:follow-ups")


urlpatterns = [
    path("desk/follow-ups/", index, name="follow-ups"),
    path("desk/follow-ups/<int:follow_up_id>/done/", done, name="follow-up-done"),
    path("desk/follow-ups/<int:follow_up_id>/undo/", undo, name="follow-up-undo"),
    path("desk/follow-ups/<int:follow_up_id>/later/", later, name="follow-up-later"),
]
