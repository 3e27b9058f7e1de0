"""Doors to a team's time: its week, days that are not as others, who is on call."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from grapevine.converse.actions import colleagues, reverting
from grapevine.converse.actions import teams as actions
from grapevine.converse.desk_forms import DayForm, ShiftForm, TurnsForm
from grapevine.converse.models import Team
from grapevine.converse.selectors import teams
from grapevine.converse.views import putting_back
from grapevine.converse.week_forms import WeekForm, picture
from grapevine.core import access, clock
from grapevine.core.models import User
from grapevine.ui import toasts

SEE = "converse.desk.see"


def _page(request: HttpRequest, team: Team, **forms: Any) -> HttpResponse:
    at = clock.now()
    row = teams.one(team, at=at)
    today = at.astimezone(row.hours.zone).date()
    monday = today + timedelta(days=7 - today.weekday())
    context = {
        "team": team,
        "row": row,
        "zone": str(row.hours.zone).replace("_", " "),
        "picture": picture(row.week),
        "days": teams.days(team, at=at),
        "shifts": teams.shifts(team, at=at),
        "week_form": WeekForm(week=team.week),
        "day_form": DayForm(),
        "shift_form": ShiftForm(),
        "turns_form": TurnsForm(initial={"first": monday}),
        "may_change": access.may(request.user, teams.CHANGE),
        **forms,
    }
    return render(request, "converse/team_hours.html", context)


@access.needs("converse.desk.see")
@require_http_methods(["GET", "POST"])
def hours(request: HttpRequest, team_id: int) -> HttpResponse:
    """The week of a team; sent, it is set."""
    if request.method == "POST" and not access.may(request.user, teams.CHANGE):
        raise Http404("who may only look finds nothing to send it to")
    team = teams.reachable_by(request.user, team_id, permission=SEE)
    form = WeekForm(request.POST or None, week=team.week)
    if request.method != "POST":
        return _page(request, team)
    if not form.is_valid():
        return _page(request, team, week_form=form)
    at = clock.now()
    with reverting.noted("team", team.pk, by=request.user, at=at) as noted:
        actions.set_hours(team=team, week=form.cleaned_data["week"], by=request.user, at=at)
    told = _("Saved. What is due is being reckoned anew.")
    toasts.add(request, told, undo=putting_back.address(noted))
    return redirect("converse:desk-hours", team_id=team.pk)


@access.needs("converse.desk.change")
@require_POST
def add_day(request: HttpRequest, team_id: int) -> HttpResponse:
    """Say of a day that the team, or everybody, is not there; or is, after all."""
    team = teams.reachable_by(request.user, team_id, permission=teams.CHANGE)
    form = DayForm(request.POST)
    if not form.is_valid():
        return _page(request, team, day_form=form)
    said, at = form.cleaned_data, clock.now()
    with reverting.noted("days", team.pk, by=request.user, at=at) as noted:
        actions.close_day(
            team=None if said["for_all"] else team,
            day=said["day"],
            name=said["name"],
            open_after_all=said["kind"] == "open",
            by=request.user,
            at=at,
        )
    told = _("Saved. What is due is being reckoned anew.")
    toasts.add(request, told, undo=putting_back.address(noted))
    return redirect("converse:desk-hours", team_id=team.pk)


@access.needs("converse.desk.change")
@require_POST
def forget_day(request: HttpRequest, team_id: int, day_id: int) -> HttpResponse:
    """Take back what was said of a day."""
    team = teams.reachable_by(request.user, team_id, permission=teams.CHANGE)
    row = teams.day_reachable_by(request.user, team, day_id)
    at = clock.now()
    with reverting.noted("days", team.pk, by=request.user, at=at) as noted:
        actions.forget_day(row=row, by=request.user, at=at)
    told = _("That day is as others again.")
    toasts.add(request, told, tone="info", undo=putting_back.address(noted))
    return redirect("converse:desk-hours", team_id=team.pk)


@access.needs("converse.desk.change")
@require_POST
def add_shift(request: HttpRequest, team_id: int) -> HttpResponse:
    """Put somebody on call."""
    team = teams.reachable_by(request.user, team_id, permission=teams.CHANGE)
    form = ShiftForm(request.POST)
    if not form.is_valid():
        return _page(request, team, shift_form=form)
    zone = teams.one(team, at=clock.now()).hours.zone
    said = form.cleaned_data
    user = teams.colleague_reachable_by(request.user, said["user"])
    try:
        shift = colleagues.put_on_call(
            team=team,
            user=user,
            starts_at=_there(said["starts_at"], zone),
            ends_at=_there(said["ends_at"], zone),
            by=request.user,
            at=clock.now(),
        )
    except ValueError:
        form.add_error("ends_at", _("Nobody is on call for longer than two months."))
        return _page(request, team, shift_form=form)
    undo = reverse("converse:desk-shift-remove", args=[team.pk, shift.pk])
    toasts.add(request, _("%(name)s is on call then.") % {"name": user.name}, undo=undo)
    return redirect("converse:desk-hours", team_id=team.pk)


@access.needs("converse.desk.change")
@require_POST
def take_turns(request: HttpRequest, team_id: int) -> HttpResponse:
    """Fill the coming weeks with people who take turns."""
    team = teams.reachable_by(request.user, team_id, permission=teams.CHANGE)
    form = TurnsForm(request.POST)
    if not form.is_valid():
        return _page(request, team, turns_form=form)
    said = form.cleaned_data
    users: list[User] = [teams.colleague_reachable_by(request.user, pk) for pk in said["users"]]
    at = clock.now()
    with reverting.noted("shifts", team.pk, by=request.user, at=at) as noted:
        made = colleagues.take_turns(
            team=team, users=users, first=said["first"], weeks=said["weeks"], by=request.user, at=at
        )
    toasts.add(
        request,
        ngettext("Filled %(number)s week.", "Filled %(number)s weeks.", len(made)) % {"number": len(made)},
        undo=putting_back.address(noted),
    )
    return redirect("converse:desk-hours", team_id=team.pk)


@access.needs("converse.desk.change")
@require_POST
def remove_shift(request: HttpRequest, team_id: int, shift_id: int) -> HttpResponse:
    """Take somebody off call."""
    team = teams.reachable_by(request.user, team_id, permission=teams.CHANGE)
    shift = teams.shift_reachable_by(request.user, team, shift_id)
    told = _("%(name)s is not on call then.") % {"name": shift.user.name}
    at = clock.now()
    with reverting.noted("shifts", team.pk, by=request.user, at=at) as noted:
        colleagues.take_off_call(shift=shift, by=request.user, at=at)
    toasts.add(request, told, tone="info", undo=putting_back.address(noted))
    return redirect("converse:desk-hours", team_id=team.pk)


def _there(typed: datetime, zone: ZoneInfo) -> datetime:
    """A moment that was typed by the clock of the team; the form took it for one of the reader's."""
    return typed.replace(tzinfo=zone)


urlpatterns = [
    path("desk/teams/<int:team_id>/hours/", hours, name="desk-hours"),
    path("desk/teams/<int:team_id>/days/", add_day, name="desk-day-add"),
    path("desk/teams/<int:team_id>/days/<int:day_id>/forget/", forget_day, name="desk-day-forget"),
    path("desk/teams/<int:team_id>/shifts/", add_shift, name="desk-shift-add"),
    path("desk/teams/<int:team_id>/turns/", take_turns, name="desk-turns"),
    path("desk/teams/<int:team_id>/shifts/<int:shift_id>/remove/", remove_shift, name="desk-shift-remove"),
]
