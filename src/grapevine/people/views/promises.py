"""Doors to what is due: my list, and keeping, putting off and dropping what was promised."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import formats
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from grapevine.core import access, clock
from grapevine.people import forms, wording
from grapevine.people.actions import facts, memory
from grapevine.people.actions import promises as actions
from grapevine.people.models import Promise
from grapevine.people.selectors import lines, promises, siblings
from grapevine.people.views import persons as pages
from grapevine.ui import toasts
from grapevine.ui.components.lists import Tab

PUT_OFF = {"day": timedelta(days=1), "week": timedelta(days=7)}


@access.needs("people.person.see")
@require_GET
def today(request: HttpRequest) -> HttpResponse:
    """What I promised and whose birthday it is: due today or before."""
    may_see_all = access.may(request.user, lines.SEE_ALL)
    at, asked = clock.now(), request.GET.get("of", "")
    everybody = may_see_all and asked == "everybody"
    found = promises.today(by=request.user, at=at, everybody=everybody, limit=100)
    if may_see_all and not asked and found.is_empty and not found.ahead:
        # Nothing of my own: what is everybody's, which is also what is nobody's.
        everybody = True
        found = promises.today(by=request.user, at=at, everybody=True, limit=100)
    address = reverse("people:today")
    tabs = [
        Tab(_("Mine"), f"{address}?of=me", not everybody),
        Tab(_("Everybody’s"), f"{address}?of=everybody", everybody),
    ]
    context = {
        "today": found,
        "tabs": tabs if may_see_all else (),
        "everybody": everybody,
        "may_change": access.may(request.user, "people.person.change"),
    }
    return render(request, "people/today.html", context)


@access.needs("people.person.change")
@require_POST
def make(request: HttpRequest, identity_id: int) -> HttpResponse:
    """Promise something; it goes into my list."""
    found = siblings.reachable(identity_id)
    form = forms.PromiseForm(request.POST)
    if form.is_valid():
        try:
            made = memory.promise(
                identity=found, owner=request.user, by=request.user, at=clock.now(), **form.cleaned_data
            )
        except facts.Refused as error:
            form.add_error("text", wording.special(error.category))
        else:
            day = formats.date_format(made.due_on, "DATE_FORMAT")
            undo = reverse("people:promise-drop", args=[made.pk])
            toasts.add(request, _("You will be reminded on %(day)s.") % {"day": day}, undo=undo)
            return pages.back(found.pk)
    return pages.story_page(request, found, status=422, promise=form)


@access.needs("people.person.change")
@require_POST
def done(request: HttpRequest, promise_id: int) -> HttpResponse:
    """It is done."""
    row = promises.reachable(promise_id)
    actions.done(promise=row, by=request.user, at=clock.now())
    return _told(request, row, _("Done."))


@access.needs("people.person.change")
@require_POST
def drop(request: HttpRequest, promise_id: int) -> HttpResponse:
    """It won't be done."""
    row = promises.reachable(promise_id)
    actions.drop(promise=row, by=request.user, at=clock.now())
    return _told(request, row, _("Dropped."))


@access.needs("people.person.change")
@require_POST
def postpone(request: HttpRequest, promise_id: int) -> HttpResponse:
    """Put it off by a day or, with `by=week`, by a week, from today or the day it is due, whichever is later."""
    row = promises.reachable(promise_id)
    later = PUT_OFF.get(request.POST.get("by", ""), PUT_OFF["day"])
    until = max(row.due_on, pages.today()) + later
    actions.postpone(promise=row, until=until, by=request.user, at=clock.now())
    day = formats.date_format(until, "DATE_FORMAT")
    return _told(request, row, _("Put off until %(day)s.") % {"day": day})


@access.needs("people.person.change")
@require_POST
def undo(request: HttpRequest, promise_id: int) -> HttpResponse:
    """Take the last step back."""
    row = promises.reachable(promise_id)
    try:
        actions.undo(promise=row, by=request.user, at=clock.now())
    except actions.NothingToUndo:
        toasts.add(request, pages.gone(), tone="warn")
    else:
        toasts.add(request, _("It stands again as before."))
    return _home(request, row)


def _told(request: HttpRequest, row: Promise, said: Any) -> HttpResponse:
    toasts.add(request, said, undo=reverse("people:promise-undo", args=[row.pk]))
    return _home(request, row)


def _home(request: HttpRequest, row: Promise) -> HttpResponse:
    """Back to where the button stood: my list, the start page, or the person."""
    wanted = request.POST.get("next", "")
    if wanted and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        return redirect(wanted)
    return redirect("people:today")


urlpatterns = [
    path("people/today/", today, name="today"),
    path("people/<int:identity_id>/promise/", make, name="promise"),
    path("people/promises/<int:promise_id>/done/", done, name="promise-done"),
    path("people/promises/<int:promise_id>/drop/", drop, name="promise-drop"),
    path("people/promises/<int:promise_id>/postpone/", postpone, name="promise-postpone"),
    path("people/promises/<int:promise_id>/undo/", undo, name="promise-undo"),
]
