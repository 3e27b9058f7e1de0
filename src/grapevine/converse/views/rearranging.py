"""Doors to conversations that are one, or two: put together, after a question where they are with different people, and taken apart."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from grapevine.converse.actions import merges
from grapevine.converse.selectors import merging
from grapevine.converse.selectors import threads as selector
from grapevine.converse.views import changing
from grapevine.core import access, clock
from grapevine.ui import toasts


@require_POST
@access.needs("converse.thread.work")
def merge(request: HttpRequest) -> HttpResponse:
    """Put conversations into one: `into` is kept, the ticked ones go into it; the oldest of them when none is named."""
    ids = sorted({*changing.numbers(request, "thread")})
    kept = changing.one(request, "into") or (ids[0] if ids else 0)
    others = [one for one in ids if one != kept]
    if not others or len(others) > 20:
        toasts.add(request, _("Tick the conversations that are one: two, or a few more."), tone="info")
        return changing.back(request)
    if "anyway" not in request.POST and merging.strangers([kept, *others]):
        return _to_page(
            request,
            reverse("converse:merge-ask") + "?" + urlencode({"into": kept, "thread": others}, doseq=True),
        )
    try:
        done = merges.merge_all(kept_id=kept, other_ids=others, by=request.user, at=clock.now())
    except merges.CannotRearrange:
        toasts.add(request, _("One of them was merged already. Load the page again."), tone="bad")
        return changing.back(request)
    undo = reverse("converse:rearrangement-undo", args=[done.pk])
    toasts.add(request, _("Merged: they are one conversation now."), undo=undo)
    return redirect("converse:thread", thread_id=kept)


def _to_page(request: HttpRequest, address: str) -> HttpResponse:
    """To a page of its own, also where a piece was asked for."""
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponseClientRedirect(address)
    return redirect(address)


@require_safe
@access.needs("converse.thread.work")
def merge_ask(request: HttpRequest) -> HttpResponse:
    """Before conversations with different people become one."""
    asked = [
        one
        for one in [*request.GET.getlist("into")[:1], *request.GET.getlist("thread")[:20]]
        if changing.is_id(one)
    ]
    sides = merging.strangers([int(one) for one in asked])
    if len(asked) < 2 or not sides:
        return redirect("converse:inbox")
    context = {"sides": sides, "into": asked[0], "others": asked[1:]}
    return render(request, "converse/merge_ask.html", context)


@require_POST
@access.needs("converse.thread.work")
def split(request: HttpRequest, thread_id: int) -> HttpResponse:
    """Make a conversation of its own of the ticked messages."""
    thread = selector.reachable_by(request.user, thread_id)
    try:
        done = merges.split(
            thread_id=thread.pk,
            message_ids=changing.numbers(request, "message"),
            by=request.user,
            at=clock.now(),
        )
    except merges.CannotRearrange:
        toasts.add(request, _("Tick some of the messages, and leave at least one."), tone="info")
        return redirect("converse:thread", thread_id=thread.pk)
    undo = reverse("converse:rearrangement-undo", args=[done.pk])
    toasts.add(request, _("Split: this is a conversation of its own now."), undo=undo)
    return redirect("converse:thread", thread_id=done.other_id)


@require_POST
@access.needs("converse.thread.work")
def rearrangement_undo(request: HttpRequest, rearrangement_id: int) -> HttpResponse:
    """Take a merging or splitting back."""
    done = selector.rearrangement_reachable_by(request.user, rearrangement_id)
    if merges.undo(done=done, by=request.user, at=clock.now()):
        toasts.add(request, _("Put back as it was."))
    else:
        toasts.add(request, _("It can’t be put back: it was merged with others since."), tone="info")
    return redirect("converse:thread", thread_id=done.kept_id)


urlpatterns = [
    path("inbox/merge/", merge, name="merge"),
    path("inbox/merge/ask/", merge_ask, name="merge-ask"),
    path("inbox/<int:thread_id>/split/", split, name="split"),
    path("inbox/rearranged/<int:rearrangement_id>/undo/", rearrangement_undo, name="rearrangement-undo"),
]
