"""Doors between a conversation and the memory: what stands beside it, promising something, the way back to what was said."""

from __future__ import annotations

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from grapevine.converse import writers
from grapevine.converse.actions import remembering
from grapevine.converse.models import Thread
from grapevine.converse.selectors import places, threads
from grapevine.converse.views import changing
from grapevine.core import access, clock
from grapevine.people.selectors import memory
from grapevine.ui import toasts
from grapevine.ui.components.posts import straight


class PromiseForm(forms.Form):
    """Something we promise, on its day."""

    text = forms.CharField(max_length=300)
    due_on = forms.DateField()


@require_GET
@access.needs("converse.thread.see")
def beside(request: HttpRequest, thread_id: int) -> HttpResponse:
    """What is known of whom we talk with, and what was just said that could be remembered."""
    thread = threads.reachable_by(request.user, thread_id)
    found = None
    if thread.identity_id is not None:
        found = memory.beside(thread.identity_id, by=request.user, at=clock.now())
    context = {
        "thread": thread,
        "beside": found,
        "author": _author(thread),
        "may_work": access.may(request.user, "converse.thread.work"),
        "may_open": access.may(request.user, "people.person.see"),
        "next": reverse("converse:thread", args=[thread.pk]),
    }
    return render(request, "converse/_beside.html", context)


def _author(thread: Thread) -> str:
    known = writers.called([thread.identity_id] if thread.identity_id is not None else [])
    return straight(known.get(thread.identity_id or 0, writers.NOBODY).name)


@require_POST
@access.needs("people.person.change")
def promise(request: HttpRequest, thread_id: int) -> HttpResponse:
    """Promise something to whom we talk with: it stands in my list on its day, with the way back here."""
    thread = threads.reachable_by(request.user, thread_id)
    form = PromiseForm(request.POST)
    if not form.is_valid():
        toasts.add(request, _("Say what you promise, and until which day."), tone="bad")
        return changing.back(request)
    try:
        made = remembering.promise(thread=thread, by=request.user, at=clock.now(), **form.cleaned_data)
    except remembering.NobodyThere:
        raise Http404("nobody to promise anything to") from None
    except remembering.Refused:
        toasts.add(
            request,
            _("Health, belief, politics and the like are not remembered. Say it without."),
            tone="warn",
        )
    else:
        day = formats.date_format(made.due_on, "DATE_FORMAT")
        undo = reverse("people:promise-drop", args=[made.pk])
        toasts.add(request, _("You will be reminded on %(day)s.") % {"day": day}, undo=undo)
    return changing.back(request)


@require_GET
@access.needs("converse.thread.see")
def message(request: HttpRequest, message_id: int) -> HttpResponse:
    """To a message, wherever it stands now."""
    return redirect(places.address(threads.message_reachable_by(request.user, message_id)))


urlpatterns = [
    path("inbox/<int:thread_id>/beside/", beside, name="beside"),
    path("inbox/<int:thread_id>/promise/", promise, name="promise"),
    path("inbox/messages/<int:message_id>/", message, name="message"),
]
