"""Doors to the question who matters: ask it of a network, and the answer."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_POST, require_safe

from grapevine.core import access, clock
from grapevine.spread import verdicts
from grapevine.spread.actions import experiments as actions
from grapevine.spread.matters_forms import MattersForm
from grapevine.spread.models import Experiment
from grapevine.spread.selectors import experiments, networks
from grapevine.spread.views import works

SEE = "spread.network.see"


@access.needs(SEE)
@require_safe
def matters(request: HttpRequest, network_id: int) -> HttpResponse:
    """What was asked of a network, and the form to ask again."""
    return _form(request, network_id, MattersForm())


def _form(request: HttpRequest, network_id: int, form: MattersForm, status: int = 200) -> HttpResponse:
    network = networks.reachable(network_id)
    rows = experiments.of(network, by=request.user)
    context = {
        "network": network,
        "form": form,
        "rows": [(row, verdicts.headline(row.asked, row.found) if row.found else "") for row in rows],
        "may_ask": access.may(request.user, actions.PERMISSION),
    }
    return render(request, "spread/matters.html", context, status=status)


@access.needs(actions.PERMISSION)
@require_POST
def ask(request: HttpRequest, network_id: int) -> HttpResponse:
    """Have the experiment made."""
    form = MattersForm(request.POST)
    if not form.is_valid():
        return _form(request, network_id, form, status=422)
    network = networks.reachable(network_id)
    made = actions.ask(network=network, asked=form.asked(), by=request.user, at=clock.now())
    return redirect("spread:experiment", made.pk)


@access.needs(SEE)
@require_safe
def experiment(request: HttpRequest, experiment_id: int) -> HttpResponse:
    """One experiment: how far it is, or the answer."""
    row = experiments.reachable(experiment_id)
    shown = experiments.row(row, by=request.user)
    context = {"network": row.network, "row": shown, "work": shown.work}
    if shown.found is not None:
        context |= {
            "headline": verdicts.headline(shown.asked, shown.found),
            "sentences": verdicts.sentences(shown.asked, shown.found),
            "sizes": verdicts.sizes(shown.found),
            "tenths": verdicts.tenths(shown.found),
        }
    return render(request, "spread/experiment.html", context)


_ONE = "spread/experiments/<int:experiment_id>"
urlpatterns = [
    path("spread/networks/<int:network_id>/matters/", matters, name="matters"),
    path("spread/networks/<int:network_id>/matters/ask/", ask, name="matters-ask"),
    path(f"{_ONE}/", experiment, name="experiment"),
    *works.doors("experiment", _ONE, Experiment, actions.PERMISSION),
]
