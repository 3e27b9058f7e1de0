"""Doors to what is done to threads, one or many: assign, resolve, snooze, label, merge … each with its undo."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from grapevine.converse.actions import picking, threads, views
from grapevine.converse.models import Deed, Priority, Thread
from grapevine.converse.selectors import inbox, walks
from grapevine.converse.selectors import threads as selector
from grapevine.converse.selectors.wishes import Wish
from grapevine.core import access, clock
from grapevine.ui import toasts


def back(request: HttpRequest) -> HttpResponse:
    """To where the form was sent from, if that is a page of the inbox."""
    wanted = request.POST.get("next", "")
    fine = wanted.startswith(reverse("converse:inbox")) and url_has_allowed_host_and_scheme(wanted, None)
    response = redirect(wanted if fine else reverse("converse:inbox"))
    response.status_code = 303
    return response


def numbers(request: HttpRequest, name: str) -> list[int]:
    """The ids a form names."""
    given = request.POST.getlist(name)[: threads.AT_ONCE]
    return [int(one) for one in given if is_id(one)]


def one(request: HttpRequest, name: str) -> int | None:
    found = numbers(request, name)
    return found[0] if found else None


def _assign(request: HttpRequest, to: str, given: dict[str, Any]) -> Deed | None:
    kind, _colon, number = to.partition(":")
    chosen = int(number) if is_id(number) else None
    if kind == "me":
        return threads.assign(user_id=request.user.pk, **given)
    if kind == "team" and chosen not in dict(inbox.choices().teams):
        raise Http404("no such team")
    return threads.assign(
        user_id=chosen if kind == "user" else None, team_id=chosen if kind == "team" else None, **given
    )


def _snooze(request: HttpRequest, until: str, given: dict[str, Any]) -> Deed | None:
    at = None if until == "answer" else moment(request.POST.get("until", "") if until == "at" else until)
    if at is None and until != "answer":
        raise threads.NotInFuture(until)
    return threads.snooze(until=at, on_answer="on_answer" in request.POST, **given)


def _label(request: HttpRequest, which: str, given: dict[str, Any]) -> Deed | None:
    name = request.POST.get("new", "").strip()
    if which == "new" and name:
        label = views.add_label(name=name, by=given["by"], at=given["at"])
    else:
        number = which.removeprefix("off:")
        label = selector.label_reachable_by(request.user, int(number) if is_id(number) else 0)
    return threads.label(label_id=label.pk, on=not which.startswith("off:"), **given)


def _prioritise(_request: HttpRequest, which: str, given: dict[str, Any]) -> Deed | None:
    if which not in map(str, Priority.values):
        raise BadRequest("no such priority")
    return threads.prioritise(priority=int(which), **given)


def is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19


def moment(text: str) -> datetime | None:
    """A moment as a form gives it, in the reader's time; None when there is none."""
    try:
        at = parse_datetime(text)
    except ValueError:
        return None
    return timezone.make_aware(at) if at is not None and timezone.is_naive(at) else at


_DEEDS: dict[str, Callable[[HttpRequest, str, dict[str, Any]], Deed | None]] = {
    "assign": _assign,
    "resolve": lambda _request, _which, given: threads.resolve(**given),
    "wait": lambda _request, _which, given: threads.wait(**given),
    "spam": lambda _request, _which, given: threads.spam(**given),
    "reopen": lambda _request, _which, given: threads.reopen(**given),
    "snooze": _snooze,
    "label": _label,
    "priority": _prioritise,
}


_ENDS = ("resolve", "spam")
"""Done on a conversation's own page, one is led on to the next of the list."""


def _told(what: str, count: int) -> str:
    said = {
        "assign": ngettext("Given away: %(n)s conversation.", "Given away: %(n)s conversations.", count),
        "resolve": ngettext("Resolved %(n)s conversation.", "Resolved %(n)s conversations.", count),
        "wait": ngettext("%(n)s conversation waits for them.", "%(n)s conversations wait for them.", count),
        "spam": ngettext("Called %(n)s conversation spam.", "Called %(n)s conversations spam.", count),
        "reopen": ngettext("Opened %(n)s conversation.", "Opened %(n)s conversations.", count),
        "snooze": ngettext("Snoozed %(n)s conversation.", "Snoozed %(n)s conversations.", count),
        "label": ngettext("Labelled %(n)s conversation.", "Labelled %(n)s conversations.", count),
        "priority": ngettext("Changed %(n)s conversation.", "Changed %(n)s conversations.", count),
    }
    return said[what] % {"n": count}


@require_POST
@access.needs("converse.thread.work")
def change(request: HttpRequest) -> HttpResponse:
    """Do one thing to the threads that are ticked."""
    what, _colon, which = request.POST.get("do", "").partition(":")
    if what not in _DEEDS:
        raise BadRequest("nothing of that name is done to threads")
    ids = numbers(request, "thread")
    if not ids:
        toasts.add(request, _("Tick a conversation first, or open one."), tone="info")
        return back(request)
    done = _open_one(request, ids) if what in _ENDS else None
    wish = Wish.read(_query(request.POST.get("next", "")))
    onward = walks.following(wish, done, user=request.user) if done is not None else None
    try:
        deed = _DEEDS[what](request, which, {"thread_ids": ids, "by": request.user, "at": clock.now()})
    except threads.MayNotAnswer:
        toasts.add(request, _("They may not answer, so nothing was given to them."), tone="bad")
        return back(request)
    except threads.NotInFuture:
        toasts.add(request, _("That moment has passed. Choose a later one."), tone="bad")
        return back(request)
    if deed is None:
        toasts.add(request, _("Nothing to change: it is so already."), tone="info")
    else:
        undo = reverse("converse:undo", args=[deed.pk])
        if done is not None:
            toasts.add(request, _told(what, 1), undo=undo + wish.address(thread=done.pk))
            return _seen(wish, onward)
        toasts.add(request, _told(what, len(deed.before)), undo=undo)
    return back(request)


def _open_one(request: HttpRequest, ids: list[int]) -> Thread | None:
    """The conversation whose own page this was done on."""
    page = urlsplit(request.POST.get("next", "")).path
    if len(ids) != 1 or page != reverse("converse:thread", args=ids):
        return None
    return selector.reachable_by(request.user, ids[0])


def _query(address: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(address).query))


def _seen(wish: Wish, thread_id: int | None) -> HttpResponse:
    """A conversation as it stands in a list; the list where there is none."""
    there = reverse("converse:inbox") if thread_id is None else reverse("converse:thread", args=[thread_id])
    response = redirect(there + wish.address())
    response.status_code = 303
    return response


@require_POST
@access.needs("converse.thread.work")
def undo(request: HttpRequest, deed_id: int) -> HttpResponse:
    """Put back what was changed."""
    deed = selector.deed_reachable_by(request.user, deed_id)
    count = threads.undo(deed=deed, by=request.user, at=clock.now())
    if count:
        toasts.add(
            request,
            ngettext("Put back %(n)s conversation.", "Put back %(n)s conversations.", count) % {"n": count},
        )
    else:
        toasts.add(request, _("Nothing was put back: it was changed again since."), tone="info")
    if request.GET.get("thread", "") in deed.before:
        # It was done on its own page, and one was led on from there.
        return _seen(Wish.read(request.GET), int(request.GET["thread"]))
    return _where(request, [int(one) for one in deed.before])


def _where(request: HttpRequest, thread_ids: list[int]) -> HttpResponse:
    """Back to the page the notice stood on."""
    came = request.headers.get("Referer", "")
    place = came[came.find("/", 8) :] if came.startswith(("http://", "https://")) else ""
    if place.startswith(reverse("converse:inbox")):
        return redirect(place)
    return (
        redirect("converse:thread", thread_id=thread_ids[0])
        if len(thread_ids) == 1
        else redirect("converse:inbox")
    )


@require_POST
@access.needs("converse.thread.work")
def pick(request: HttpRequest, post_id: int) -> HttpResponse:
    """Make a conversation of a post."""
    try:
        thread = picking.pick(post_id=post_id, by=request.user, at=clock.now())
    except picking.NotThere as error:
        raise Http404("the post has gone") from error
    return redirect("converse:thread", thread_id=thread.pk)


urlpatterns = [
    path("inbox/change/", change, name="change"),
    path("inbox/undo/<int:deed_id>/", undo, name="undo"),
    path("inbox/pick/<int:post_id>/", pick, name="pick"),
]
