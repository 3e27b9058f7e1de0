"""Doors to the desk: its teams, what is known of colleagues, and their changes."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from grapevine.converse import desk_pages
from grapevine.converse.actions import colleagues, recalculation, reverting
from grapevine.converse.actions import teams as actions
from grapevine.converse.desk_forms import ColleagueForm, TeamForm
from grapevine.converse.selectors import teams
from grapevine.converse.views import putting_back
from grapevine.converse.week_forms import in_words
from grapevine.core import access, clock
from grapevine.ui import toasts


@access.needs("converse.desk.see")
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All teams: who is there now, who is on call."""
    rows = teams.everybody(at=clock.now())
    context = {
        "rows": [(row, in_words(row.week)) for row in rows],
        "reckoning": recalculation.is_running(),
        **desk_pages.around(request, "teams"),
    }
    return render(request, "converse/desk.html", context)


@access.needs("converse.desk.change")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Found a team."""
    form = TeamForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        team = actions.add(**form.cleaned_data, by=request.user, at=clock.now())
        undo = reverse("converse:desk-team-dissolve", args=[team.pk])
        toasts.add(request, _("Added %(name)s. Now set its hours.") % {"name": team.name}, undo=undo)
        return redirect("converse:desk-hours", team_id=team.pk)
    return render(request, "converse/team_form.html", {"form": form, "team": None})


@access.needs("converse.desk.change")
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, team_id: int) -> HttpResponse:
    """Change a team."""
    team = teams.reachable_by(request.user, team_id, permission=teams.CHANGE)
    form = TeamForm(request.POST or None, initial=TeamForm.of(team), team=team)
    if request.method == "POST" and form.is_valid():
        at = clock.now()
        with reverting.noted("team", team.pk, by=request.user, at=at) as noted:
            actions.change(team=team, **form.cleaned_data, by=request.user, at=at)
        toasts.add(request, _("Saved."), undo=putting_back.address(noted))
        return redirect("converse:desk")
    context = {"form": form, "team": team, "is_of_use": actions.is_of_use(team)}
    return render(request, "converse/team_form.html", context)


@access.needs("converse.desk.change")
@require_POST
def dissolve(request: HttpRequest, team_id: int) -> HttpResponse:
    """Dissolve a team; the notice offers to bring it back."""
    team = teams.reachable_by(request.user, team_id, permission=teams.CHANGE)
    actions.dissolve(team=team, by=request.user, at=clock.now())
    undo = reverse("converse:desk-team-restore", args=[team.pk])
    toasts.add(request, _("Dissolved %(name)s.") % {"name": team.name}, tone="info", undo=undo)
    return redirect("converse:desk")


@access.needs("converse.desk.change")
@require_POST
def restore(request: HttpRequest, team_id: int) -> HttpResponse:
    """Bring a team back."""
    team = teams.dissolved_reachable_by(request.user, team_id)
    try:
        actions.restore(team=team, by=request.user, at=clock.now())
    except ValueError:
        told = _("There is another team called %(name)s by now. Rename it first.") % {"name": team.name}
        toasts.add(request, told, tone="bad")
    else:
        toasts.add(request, _("%(name)s is back.") % {"name": team.name})
    return redirect("converse:desk")


@access.needs("converse.desk.see")
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Everybody who answers: languages, load, absence."""
    context: dict[str, Any] = {
        "rows": teams.colleagues(at=clock.now()),
        **desk_pages.around(request, "people"),
    }
    return render(request, "converse/colleagues.html", context)


@access.needs("converse.thread.work")
@require_http_methods(["GET", "POST"])
def person(request: HttpRequest, user_id: int) -> HttpResponse:
    """What routing knows of somebody: one's own, or of anybody for a lead."""
    user = teams.colleague_reachable_by(request.user, user_id)
    form = ColleagueForm(request.POST or None, initial=ColleagueForm.of(teams.description_of(user)))
    if request.method == "POST" and form.is_valid():
        at = clock.now()
        with reverting.noted("colleague", user.pk, by=request.user, at=at) as noted:
            colleagues.describe(user=user, by=request.user, at=at, **form.cleaned_data)
        toasts.add(request, _("Saved."), undo=putting_back.address(noted))
        return redirect("converse:desk-people")
    return render(request, "converse/colleague_form.html", {"form": form, "person": user})


urlpatterns = [
    path("desk/", index, name="desk"),
    path("desk/teams/new/", new, name="desk-team-new"),
    path("desk/teams/<int:team_id>/", edit, name="desk-team"),
    path("desk/teams/<int:team_id>/dissolve/", dissolve, name="desk-team-dissolve"),
    path("desk/teams/<int:team_id>/restore/", restore, name="desk-team-restore"),
    path("desk/people/", people, name="desk-people"),
    path("desk/people/<int:user_id>/", person, name="desk-person"),
]
