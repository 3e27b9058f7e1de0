"""What the workbench shows first, and its pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from grapevine.core import access
from grapevine.engine import cascade
from grapevine.spread import charts, learnt, model_words
from grapevine.spread.models import Rule
from grapevine.spread.models.simulations import MOST_SCENARIOS
from grapevine.spread.outcomes import Background, Outcome
from grapevine.spread.questions import Question
from grapevine.spread.selectors import choices, simulations
from grapevine.spread.simulation_forms import SimulationForm
from grapevine.ui.charts import Chart
from grapevine.ui.numbers import num

CHARTS = ("course", "sizes", "sensitivity", "window")


@dataclass(frozen=True)
class Initial:
    """What the form shows before anybody wrote into it, and where it is from."""

    values: dict[str, Any]
    note: str


def initial(request: HttpRequest) -> Initial:
    """What the address wishes: `like` another simulation, on a `network`, with `audience` as one of the beginnings."""
    given = request.GET
    values, note = SimulationForm.defaults(), ""
    like = _number(given.get("like"))
    if like is not None:
        row = simulations.reachable_by(request.user, like)
        values = SimulationForm.of(Question.from_json(row.asked), simulations.begins(row))
        values |= {"name": row.name, "network": row.network_id}
        note = _("As in “%(name)s”, to be changed.") % {"name": row.name}
        if hidden := _hide_audiences(values, request.user):
            note += " " + hidden
    if given.get("model") in cascade.shelf():
        values["model"] = given["model"]
    observed_in = _number(given.get("cascade"))
    if observed_in is not None:
        told, said = learnt.of(choices.cascade(observed_in))
        values, note = {**values, **told}, said
    network = _number(given.get("network"))
    if network is not None:
        values["network"] = network
    audience = _number(given.get("audience"))
    known = dict(choices.audiences(by=request.user))
    if audience in known:
        values |= {
            "s0-name": "",  # what an audience is called isn't for everybody who may see simulations
            "s0-rule": "audience",
            "s0-audience": audience,
            "s0-count": None,
        }
    return Initial(values, note)


def _hide_audiences(values: dict[str, Any], by: Any) -> str:
    """Leave beginnings with an audience empty for those who may not see audiences, and say so."""
    if access.may(by, choices.AUDIENCES):
        return ""
    places = [place for place in range(MOST_SCENARIOS) if values.get(f"s{place}-rule") == Rule.AUDIENCE]
    for place in places:
        values[f"s{place}-rule"] = ""
    if not places:
        return ""
    return ngettext(
        "Beginning %(places)s is a kept audience, which only those see who may brief: it is empty here, so choose another one.",
        "Beginnings %(places)s are kept audiences, which only those see who may brief: they are empty here, so choose others.",
        len(places),
    ) % {"places": ", ".join(num(place + 1) for place in places)}


def charts_of(page: simulations.Page) -> dict[str, Chart]:
    """The pictures of a simulation that is done, by name."""
    if page.background is None or not page.outcomes:
        return {}
    return drawn(page.outcomes, page.background, page.question.model.name)


def drawn(rows: Sequence[tuple[str, Outcome]], background: Background, model: str) -> dict[str, Chart]:
    """The pictures of outcomes, by name."""
    names = [name for name, _one in rows]
    found: dict[str, Chart | None] = {
        "course": charts.course(rows, title=_("Step by step")),
        "sizes": charts.sizes(rows, background.edges, title=_("How often it comes to which size")),
        "sensitivity": charts.sensitivity(
            background, names, _knob(model, background), title=_("How much hangs on it")
        ),
        "window": charts.window(background.window, title=_("The window of cascades"))
        if background.window
        else None,
    }
    return {name: chart for name, chart in found.items() if chart is not None}


def theory_of(page: simulations.Page) -> list[tuple[str, float, float]]:
    """Beside each simulated mean, what the degrees alone lead to."""
    if page.background is None or page.background.window is None:
        return []
    sizes = page.background.window.sizes
    return [(name, one.mean, size) for (name, one), size in zip(page.outcomes, sizes, strict=False)]


def _knob(model: str, background: Background) -> str:
    if background.sensitivity is None:
        return ""
    knobs = cascade.named(model).knobs()
    knob = next(one for one in knobs if one.name == background.sensitivity.knob)
    return str(model_words.of_knob(model, knob).label)


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and len(text) < 19 else None
