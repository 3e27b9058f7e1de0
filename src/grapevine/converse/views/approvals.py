"""Doors to replies that wait for a lead: the list, and approving, returning, taking back with one click."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from grapevine.converse import addresses, differences, mandate_words
from grapevine.converse.actions import approvals as actions
from grapevine.converse.actions import replies
from grapevine.converse.models import ApprovalState
from grapevine.converse.selectors import approvals, names
from grapevine.core import access, clock
from grapevine.sources.actions.outbox import CannotSend
from grapevine.ui import toasts
from grapevine.ui.components.lists import Tab

WORK = "converse.thread.work"


@access.needs("converse.thread.see")
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """For leads what waits for them and what was decided; for everybody one's own."""
    lead = access.may(request.user, actions.APPROVE)
    view = request.GET.get("view", "waiting") if lead else "mine"
    rows = _rows(view, request.user.pk or 0)
    if view == "mine":
        unseen = [row.id for row in rows if not row.waits]
        response = _page(request, view, rows, lead)
        if request.method == "GET" and unseen and access.may(request.user, WORK):
            actions.saw(user=request.user, at=clock.now(), approval_ids=unseen)
        return response
    return _page(request, view, rows, lead)


def _rows(view: str, user_id: int) -> list[approvals.Waiting]:
    if view == "mine":
        return approvals.of_author(user_id)
    return approvals.decided() if view == "decided" else approvals.waiting()


def _page(request: HttpRequest, view: str, rows: list[approvals.Waiting], lead: bool) -> HttpResponse:
    here = reverse("converse:approvals")
    tabs = [Tab(_("Mine"), f"{here}?view=mine", view == "mine")]
    if lead:
        waiting = approvals.count_waiting()
        tabs = [
            Tab(_("To approve"), f"{here}?view=waiting", view == "waiting", count=waiting),
            Tab(_("Decided"), f"{here}?view=decided", view == "decided"),
            *tabs,
        ]
    context = {"view": view, "lead": lead, "rows": [shown(row) for row in rows], "tabs": tabs}
    return render(request, "converse/approvals.html", context)


def shown(row: approvals.Waiting) -> dict[str, Any]:
    """A row with its reasons in words, and what a lead changed, marked."""
    changed = differences.words(row.text_before, row.text) if row.text_before else ()
    return {
        "row": row,
        "thread_href": addresses.thread(row.thread_id),
        "reasons": mandate_words.reasons(row.reasons, names.known()),
        "changed": changed,
    }


@access.needs(actions.APPROVE)
@require_POST
def approve(request: HttpRequest, approval_id: int) -> HttpResponse:
    """Let it go out, as it is or as the lead has changed it."""
    approval = approvals.reachable_by(request.user, approval_id)
    if "text" in request.POST and not request.POST["text"].strip():
        toasts.add(request, _("There is nothing left to send. Return it with a note instead."), tone="bad")
        return _back(request)
    seen = request.POST.get("seen", "")[:18]

    def act() -> str:
        done = actions.approve(
            approval=approval,
            by=request.user,
            at=clock.now(),
            seen=None if "anyway" in request.POST else int(seen) if seen.isdecimal() else 0,
            text=request.POST.get("text", "").replace("\r\n", "\n")[:20_000],
            note=request.POST.get("note", "")[:2000],
        )
        return _("Changed and approved.") if done.state == ApprovalState.CHANGED else _("Approved.")

    try:
        return _decided(request, act)
    except actions.AnsweredMeanwhile as meanwhile:
        (row,) = approvals.some([approval_id])
        context = {"one": shown(row), "lead": True, "meanwhile": meanwhile.message, "posted": request.POST}
        return render(request, "converse/approval.html", context, status=422)


@access.needs(actions.APPROVE)
@require_POST
def give_back(request: HttpRequest, approval_id: int) -> HttpResponse:
    """Return it with a note."""
    approval = approvals.reachable_by(request.user, approval_id)
    note = request.POST.get("note", "").strip()[:2000]

    def act() -> str:
        actions.give_back(approval=approval, by=request.user, at=clock.now(), note=note)
        return _("Returned.")

    if not note:
        toasts.add(
            request,
            _("Write what it needs: a reply that comes back without a word helps nobody."),
            tone="bad",
        )
        return _back(request)
    return _decided(request, act)


@access.needs(WORK)
@require_POST
def take_back(request: HttpRequest, approval_id: int) -> HttpResponse:
    """Its author doesn't want to send it any longer."""
    approval = approvals.reachable_by(request.user, approval_id)
    if approval.asked_by_id != request.user.pk and not access.may(request.user, actions.APPROVE):
        raise Http404("not one's own")

    def act() -> str:
        if not replies.cancel(message=approval.message, by=request.user, at=clock.now()):
            raise actions.AlreadyDecided(approvals.reachable_by(request.user, approval.pk))
        return _("Taken back. Nothing was sent.")

    return _decided(request, act)


def _decided(request: HttpRequest, act: Callable[[], str]) -> HttpResponse:
    try:
        toasts.add(request, act())
    except actions.AlreadyDecided as late:
        by = late.approval.decided_by
        said = _("%(name)s was faster: %(state)s. Nothing went out twice.") % {
            "name": by.name if by else _("Somebody"),
            "state": late.approval.get_state_display(),
        }
        toasts.add(request, said, tone="info")
    except actions.OwnReply as own:
        why = " ".join(mandate_words.reasons(own.reasons, names.known()))
        toasts.add(request, _("Somebody else has to approve your own reply.") + " " + why, tone="bad")
    except CannotSend as error:
        toasts.add(request, str(error), tone="bad")
    return _back(request)


def _back(request: HttpRequest) -> HttpResponse:
    to = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(to, allowed_hosts=None):
        to = reverse("converse:approvals")
    return redirect(to)


urlpatterns = [
    path("approvals/", index, name="approvals"),
    path("approvals/<int:approval_id>/approve/", approve, name="approval-approve"),
    path("approvals/<int:approval_id>/return/", give_back, name="approval-return"),
    path("approvals/<int:approval_id>/take-back/", take_back, name="approval-take-back"),
]
