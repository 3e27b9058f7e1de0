"""Doors to simulations: all of them, asking for one, one of them, its numbers."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_http_methods, require_safe

from grapevine.core import access, clock
from grapevine.spread import bench, finding, snapshots
from grapevine.spread.actions import simulations as actions
from grapevine.spread.models import Simulation
from grapevine.spread.selectors import choices, simulations, works
from grapevine.spread.simulation_forms import SimulationForm
from grapevine.spread.views import works as doors
from grapevine.ui import csv_files


@access.needs(simulations.SEE)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All simulations, the latest first."""
    before = request.GET.get("before", "")
    rows = simulations.rows(before=int(before) if before.isdecimal() and len(before) < 19 else None)
    context = {
        "rows": rows,
        "older": rows[-1].id if len(rows) == simulations.PAGE else None,
        "may_make": access.may(request.user, simulations.MAKE),
        "may_brief": access.may(request.user, choices.AUDIENCES),
        "any_network": bool(choices.networks()),
    }
    return render(request, "spread/simulations.html", context)


@access.needs(simulations.MAKE)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Ask what happens if."""
    networks = choices.networks()
    if not networks:
        return render(request, "spread/simulation_form.html", {"form": None})
    first = bench.initial(request) if request.method == "GET" else bench.Initial({}, "")
    audiences = choices.audiences(by=request.user)
    form = SimulationForm(
        request.POST or None,
        networks=networks,
        audiences=audiences if access.may(request.user, choices.AUDIENCES) else None,
        initial=first.values,
    )
    if request.method == "POST" and form.is_valid() and form.question is not None:
        row = actions.ask(
            name=form.cleaned_data["name"],
            network=choices.network(form.cleaned_data["network"]),
            question=form.question,
            begins=form.begins,
            by=request.user,
            at=clock.now(),
        )
        return redirect("spread:simulation", row.pk)
    context = {
        "form": form,
        "note": first.note,
        "cascades": choices.cascades(),
        "any_audience": bool(audiences),
        "may_brief": access.may(request.user, choices.AUDIENCES),
    }
    return render(request, "spread/simulation_form.html", context, status=422 if form.errors else 200)


@access.needs(simulations.SEE)
@require_safe
def page(request: HttpRequest, simulation_id: int) -> HttpResponse:
    """How far each scenario goes, side by side."""
    row = simulations.reachable_by(request.user, simulation_id)
    found = simulations.page(row, by=request.user)
    context = {
        "page": found,
        "work": works.standing(row, by=request.user),
        "charts": bench.charts_of(found),
        "theory": bench.theory_of(found),
        "may_make": access.may(request.user, simulations.MAKE),
    }
    return render(request, "spread/simulation.html", context)


@access.needs(simulations.SEE)
@require_safe
def numbers(request: HttpRequest, simulation_id: int, name: str) -> HttpResponse:
    """The numbers behind one picture of a simulation, as a file."""
    found = simulations.page(simulations.reachable_by(request.user, simulation_id), by=request.user)
    drawn = bench.charts_of(found).get(name)
    if drawn is None:
        raise Http404("no such picture")
    return csv_files.of_chart(drawn, name=f"simulation-{simulation_id}-{name}")


@access.needs(simulations.SEE)
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """People of a network who are called like that: a piece of the form."""
    number = request.GET.get("network", "")
    network = choices.network(int(number)) if number.isdecimal() and len(number) < 19 else None
    words = request.GET.get("q", "")[:80]
    found: Any = ()
    if network is not None and len(words.strip()) > 1:
        found = finding.like(snapshots.read(network), words)
    return render(request, "spread/_found_people.html", {"found": found, "words": words.strip()})


urlpatterns = [
    path("spread/simulations/", index, name="simulations"),
    path("spread/simulations/new/", new, name="simulation-new"),
    path("spread/simulations/people/", people, name="people"),
    path("spread/simulations/<int:simulation_id>/", page, name="simulation"),
    *(
        path(
            f"spread/simulations/<int:simulation_id>/{name}.csv",
            numbers,
            {"name": name},
            name=f"simulation-{name}",
        )
        for name in bench.CHARTS
    ),
    *doors.doors("simulation", "spread/simulations/<int:simulation_id>", Simulation, simulations.MAKE),
]
