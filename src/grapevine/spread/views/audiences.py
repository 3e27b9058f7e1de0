"""Doors to audiences: all of them, asking for advice, one of them; keeping, taking out, putting back, the file."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from grapevine.core import access, clock
from grapevine.spread import learnt
from grapevine.spread.actions import audiences as actions
from grapevine.spread.audience_forms import AdviceForm, NameForm
from grapevine.spread.models import Audience
from grapevine.spread.questions import Brief
from grapevine.spread.selectors import audiences, choices, works
from grapevine.spread.views import works as doors
from grapevine.ui import csv_files, toasts


@access.needs(audiences.MAKE)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All audiences, the latest first."""
    before = request.GET.get("before", "")
    rows = audiences.rows(before=int(before) if before.isdecimal() and len(before) < 19 else None)
    context = {
        "rows": rows,
        "older": rows[-1].id if len(rows) == audiences.PAGE else None,
        "any_network": bool(choices.networks()),
    }
    return render(request, "spread/audiences.html", context)


@access.needs(audiences.MAKE)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Ask whom to brief."""
    networks = choices.networks()
    if not networks:
        return render(request, "spread/audience_form.html", {"form": None})
    first: dict[str, Any] = {**AdviceForm.defaults(), "network": request.GET.get("network", "")}
    like, note = request.GET.get("like", ""), ""
    if like.isdecimal() and len(like) < 19:
        asked = audiences.reachable_by(request.user, int(like))
        first = {
            **AdviceForm.of(Brief.from_json(asked.asked)),
            "name": asked.name,
            "network": asked.network_id,
        }
        note = _("As in “%(name)s”, to be changed.") % {"name": asked.name}
        if asked.costs.exists():
            note += " " + _("The file of costs has to be chosen again.")
    observed = request.GET.get("cascade", "")
    if observed.isdecimal() and len(observed) < 19:
        told, note = learnt.of(choices.cascade(int(observed)))
        first |= told
    form = AdviceForm(
        request.POST or None,
        request.FILES or None,
        networks=networks,
        audiences=choices.audiences(by=request.user),
        initial=first,
    )
    if request.method == "POST" and form.is_valid() and form.brief is not None:
        row = actions.ask(
            name=form.cleaned_data["name"],
            network=choices.network(form.cleaned_data["network"]),
            brief=form.brief,
            costs=form.costs_found.by_identity,
            by=request.user,
            at=clock.now(),
        )
        if form.costs_found.unknown:
            said = ngettext(
                "%(number)s line of the file names nobody of this network and was left out.",
                "%(number)s lines of the file name nobody of this network and were left out.",
                form.costs_found.unknown,
            )
            toasts.add(request, said % {"number": form.costs_found.unknown}, tone="warn")
        return redirect("spread:audience", row.pk)
    context = {"form": form, "note": note, "cascades": choices.cascades()}
    return render(request, "spread/audience_form.html", context, status=422 if form.errors else 200)


@access.needs(audiences.MAKE)
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, audience_id: int) -> HttpResponse:
    """Whom to brief, and why; POST keeps them under a name."""
    row = audiences.reachable_by(request.user, audience_id)
    found = audiences.page(row, at=clock.now())
    form = NameForm(request.POST or None, initial={"name": row.name})
    if request.method == "POST" and form.is_valid() and found.is_done:
        actions.keep(audience=row, name=form.cleaned_data["name"], by=request.user, at=clock.now())
        toasts.add(request, _("“%(name)s” is kept. Simulations can begin with it now.") % {"name": row.name})
        return redirect("spread:audience", row.pk)
    context = {"page": found, "form": form, "work": works.standing(row, by=request.user)}
    return render(request, "spread/audience.html", context, status=422 if form.errors else 200)


@access.needs(audiences.MAKE)
@require_POST
def take_out(request: HttpRequest, audience_id: int, member_id: int) -> HttpResponse:
    """Take somebody out; the notice offers to put them back."""
    member = audiences.member_reachable_by(request.user, audience_id, member_id)
    actions.take_out(member=member, by=request.user, at=clock.now())
    undo = reverse("spread:member-put-back", args=[audience_id, member_id])
    toasts.add(request, _("Taken out of the audience."), tone="info", undo=undo)
    return redirect("spread:audience", audience_id)


@access.needs(audiences.MAKE)
@require_POST
def put_back(request: HttpRequest, audience_id: int, member_id: int) -> HttpResponse:
    """Put somebody back."""
    member = audiences.member_reachable_by(request.user, audience_id, member_id)
    actions.put_back(member=member, by=request.user, at=clock.now())
    toasts.add(request, _("Put back into the audience."))
    return redirect("spread:audience", audience_id)


@access.needs(audiences.MAKE)
@require_POST
def without(request: HttpRequest, audience_id: int) -> HttpResponse:
    """Ask the same again without those who were taken out."""
    row = audiences.reachable_by(request.user, audience_id)
    if row.network is None or row.network.removed_at is not None:
        toasts.add(request, _("The network it stands on was removed. Choose another one."), tone="warn")
        return redirect("spread:audience", row.pk)
    found = actions.ask_without(audience=row, by=request.user, at=clock.now())
    toasts.add(request, _("It is worked out again; the answer of before stays in the list."), tone="info")
    return redirect("spread:audience", found.pk)


@access.needs(audiences.MAKE)
@require_POST
def export(request: HttpRequest, audience_id: int) -> HttpResponse:
    """The audience as a file, without those who are not to be contacted by now."""
    row = audiences.reachable_by(request.user, audience_id)
    members = actions.hand_out(audience=row, by=request.user, at=clock.now())
    columns = [
        _("Place"), _("Handle"), _("Channel"), _("Number"), _("Language"), _("Listeners"), _("Adds"), _("Cost"), _("Why"),
    ]  # fmt: skip
    return csv_files.of_rows(columns, audiences.lines(members), name=f"audience-{row.pk}")


urlpatterns = [
    path("spread/audiences/", index, name="audiences"),
    path("spread/audiences/new/", new, name="audience-new"),
    path("spread/audiences/<int:audience_id>/", page, name="audience"),
    path("spread/audiences/<int:audience_id>/people/<int:member_id>/out/", take_out, name="member-take-out"),
    path("spread/audiences/<int:audience_id>/people/<int:member_id>/back/", put_back, name="member-put-back"),
    path("spread/audiences/<int:audience_id>/without/", without, name="audience-without"),
    path("spread/audiences/<int:audience_id>/export/", export, name="audience-export"),
    *doors.doors(
        "audience", "spread/audiences/<int:audience_id>", Audience, audiences.MAKE, see=audiences.MAKE
    ),
]
