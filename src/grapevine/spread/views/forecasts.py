"""Doors to forecasts: all of them, keeping one, one of them, holding it against what happened."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from grapevine.core import access, clock
from grapevine.listen.selectors import brands
from grapevine.spread import charts_of_forecasts
from grapevine.spread.actions import forecasts as actions
from grapevine.spread.forecast_forms import AgainstForm, ForecastForm
from grapevine.spread.models import Forecast
from grapevine.spread.selectors import choices, forecasts, simulations, works
from grapevine.ui import csv_files, toasts


@access.needs(forecasts.SEE)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All forecasts, the latest first."""
    before = request.GET.get("before", "")
    rows = forecasts.rows(
        at=clock.now(), before=int(before) if before.isdecimal() and len(before) < 19 else None
    )
    older = rows[-1].id if len(rows) == forecasts.PAGE else None
    return render(request, "spread/forecasts.html", {"rows": rows, "older": older})


@access.needs(forecasts.MAKE)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, scenario_id: int) -> HttpResponse:
    """Keep a scenario as a forecast."""
    scenario = simulations.scenario_reachable_by(request.user, scenario_id, permission=forecasts.MAKE)
    if not scenario.result:
        return redirect("spread:simulation", scenario.simulation_id)
    now, paces = clock.now(), forecasts.paces()
    tomorrow = timezone.localtime(now + timedelta(days=1)).date()
    first = {
        "name": scenario.name,
        "begins_on": tomorrow,
        "step_hours": round(paces[0][2], 1) if paces else 24,
    }
    form = ForecastForm(
        request.POST or None,
        brands=[(one.slug, one.name) for one in brands.choices()],
        now=now,
        initial=first,
    )
    if request.method == "POST" and form.is_valid():
        row = actions.keep(
            scenario=scenario, name=form.cleaned_data["name"], begins_at=form.begins_at, step_hours=form.cleaned_data["step_hours"],
            wish=form.wish, by=request.user, at=now,
        )  # fmt: skip
        toasts.add(request, _("The forecast is kept. Come back when it has begun."))
        return redirect("spread:forecast", row.pk)
    context = {"form": form, "scenario": scenario, "paces": paces}
    return render(request, "spread/forecast_form.html", context, status=422 if form.errors else 200)


@access.needs(forecasts.SEE)
@require_safe
def page(request: HttpRequest, forecast_id: int) -> HttpResponse:
    """What was foretold, and what happened."""
    now = clock.now()
    found = forecasts.page(forecasts.reachable_by(request.user, forecast_id), at=now)
    cascades = forecasts.comparable(found, at=now)
    context = {
        "page": found,
        "work": works.standing(found.cascade, by=request.user) if found.cascade is not None else None,
        "chart": charts_of_forecasts.held(found.outcome, found.held, found.row),
        "may_make": access.may(request.user, forecasts.MAKE),
        "may_remove": actions.may_change(found.row, by=request.user),
        "has_begun": found.row.begins_at <= now,
        "against": AgainstForm(cascades=cascades) if cascades else None,
    }
    return render(request, "spread/forecast.html", context)


@access.needs(forecasts.SEE)
@require_safe
def numbers(request: HttpRequest, forecast_id: int) -> HttpResponse:
    """The numbers behind the picture, as a file."""
    found = forecasts.page(forecasts.reachable_by(request.user, forecast_id), at=clock.now())
    drawn = charts_of_forecasts.held(found.outcome, found.held, found.row)
    return csv_files.of_chart(drawn, name=f"forecast-{forecast_id}")


@access.needs(forecasts.MAKE)
@require_POST
def compare(request: HttpRequest, forecast_id: int) -> HttpResponse:
    """Hold it against what happened: read now, or against a cascade that was read already."""
    row = forecasts.reachable_by(request.user, forecast_id, permission=forecasts.MAKE)
    now = clock.now()
    cascade = None
    if row.begins_at > now:
        toasts.add(request, _("It has not begun yet."), tone="warn")
        return redirect("spread:forecast", row.pk)
    if "cascade" in request.POST:
        form = AgainstForm(request.POST, cascades=forecasts.comparable(forecasts.page(row, at=now), at=now))
        if not form.is_valid():
            toasts.add(request, _("Nothing of the days of this forecast was read there."), tone="bad")
            return redirect("spread:forecast", row.pk)
        cascade = choices.cascade(form.cleaned_data["cascade"])
    actions.compare(forecast=row, by=request.user, at=now, cascade=cascade)
    return redirect("spread:forecast", row.pk)


@access.needs(forecasts.MAKE)
@require_POST
def remove(request: HttpRequest, forecast_id: int) -> HttpResponse:
    """Take it away; the notice offers to bring it back."""
    row = forecasts.reachable_by(request.user, forecast_id, permission=forecasts.MAKE)
    if not actions.may_change(row, by=request.user):
        return _not_theirs(request, row)
    actions.remove(forecast=row, by=request.user, at=clock.now())
    undo = reverse("spread:forecast-restore", args=[row.pk])
    toasts.add(request, _("Removed “%(name)s”.") % {"name": row.name}, tone="info", undo=undo)
    return redirect("spread:forecasts")


@access.needs(forecasts.MAKE)
@require_POST
def restore(request: HttpRequest, forecast_id: int) -> HttpResponse:
    """Bring it back."""
    row = forecasts.reachable_by(request.user, forecast_id, permission=forecasts.MAKE, removed=True)
    if not actions.may_change(row, by=request.user):
        return _not_theirs(request, row)
    actions.restore(forecast=row, by=request.user, at=clock.now())
    return redirect("spread:forecast", row.pk)


def _not_theirs(request: HttpRequest, row: Forecast) -> HttpResponse:
    said = _("“%(name)s” was kept by somebody else: they and leads may remove and restore it.")
    toasts.add(request, said % {"name": row.name}, tone="warn")
    return redirect("spread:forecasts")


urlpatterns = [
    path("spread/forecasts/", index, name="forecasts"),
    path("spread/scenarios/<int:scenario_id>/forecast/", new, name="forecast-new"),
    path("spread/forecasts/<int:forecast_id>/", page, name="forecast"),
    path("spread/forecasts/<int:forecast_id>/numbers.csv", numbers, name="forecast-csv"),
    path("spread/forecasts/<int:forecast_id>/compare/", compare, name="forecast-compare"),
    path("spread/forecasts/<int:forecast_id>/remove/", remove, name="forecast-remove"),
    path("spread/forecasts/<int:forecast_id>/restore/", restore, name="forecast-restore"),
]
