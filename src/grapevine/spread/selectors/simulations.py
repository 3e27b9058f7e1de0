"""Simulations, for their pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404

from grapevine.core import access
from grapevine.engine import cascade
from grapevine.people.selectors import names
from grapevine.spread import model_words, telling
from grapevine.spread.models import Audience, Rule, Scenario, Simulation, WorkState
from grapevine.spread.outcomes import Anyway, Background, Outcome
from grapevine.spread.questions import Begin, Question, Way
from grapevine.spread.selectors import choices, works
from grapevine.ui.numbers import num

SEE = "spread.network.see"
MAKE = "spread.simulation.make"
TO_BRIEF = (Rule.ADVICE, Rule.AUDIENCE)
"""Scenarios that begin with people whom somebody is to brief."""
SOME = 12
"""So many people of a scenario are named at once."""
PAGE = 50


@dataclass(frozen=True)
class Row:
    """A simulation in the list."""

    id: int
    name: str
    network: str
    state: str
    state_label: Any
    model: Any
    scenarios: tuple[str, ...]
    at: datetime
    is_demo: bool


@dataclass(frozen=True)
class Somebody:
    """Who begins in a scenario: an identity, and what it is called."""

    identity_id: int
    called: str


@dataclass(frozen=True)
class ScenarioView:
    """One way to begin, and how far it went. `people`: the first of those who begin, for those who may see them."""

    id: int
    place: int
    name: str
    how: str
    people: tuple[Somebody, ...]
    more: int
    outcome: Outcome | None
    begun: str
    said: str
    gain: tuple[str, str] | None


@dataclass(frozen=True)
class Page:
    """A simulation with all that its page shows."""

    row: Simulation
    network_id: int
    network: str
    question: Question
    model: Any
    assumption: Any
    knobs: tuple[tuple[Any, Any], ...]
    scenarios: tuple[ScenarioView, ...]
    background: Background | None
    compared: tuple[str, ...]
    unanswered: bool

    @property
    def is_done(self) -> bool:
        return self.row.state == WorkState.DONE

    @property
    def like(self) -> str:
        """Its number, for an address."""
        return str(self.row.pk)

    @property
    def outcomes(self) -> list[tuple[str, Outcome]]:
        """Names and outcomes, for charts."""
        return [(one.name, one.outcome) for one in self.scenarios if one.outcome is not None]


def reachable_by(by: Any, simulation_id: int) -> Simulation:
    """A simulation that isn't removed. Raises AccessDenied, Http404."""
    access.require(by, SEE)
    return works.reachable(Simulation, simulation_id, related=("network", "made_by"))


def scenario_reachable_by(by: Any, scenario_id: int, *, permission: str = SEE) -> Scenario:
    """A scenario of a simulation that is there. Raises AccessDenied, Http404."""
    access.require(by, permission)
    rows = Scenario.objects.select_related("simulation__network").filter(simulation__removed_at=None)
    found = rows.filter(pk=scenario_id).first()
    if found is None:
        raise Http404("no such scenario")
    return found


def rows(*, before: int | None = None, limit: int = PAGE) -> tuple[Row, ...]:
    """The latest simulations; `before` is the number of the last one of the page before."""
    found = (
        Simulation.objects.present().select_related("network").prefetch_related("scenarios").order_by("-pk")
    )
    if before is not None:
        found = found.filter(pk__lt=before)
    return tuple(
        Row(
            one.pk, one.name, one.network.name, one.state, one.get_state_display(),
            model_words.of_model(str(one.asked.get("model", {}).get("name", ""))).label,
            tuple(each.name for each in sorted(one.scenarios.all(), key=lambda each: each.place)), one.made_at, one.is_demo,
        )
        for one in found[:limit]
    )  # fmt: skip


def page(row: Simulation, *, by: Any) -> Page:
    """All of one simulation as `by` may see it. Who was advised, or is of an audience, is named to those only who may see audiences; how many
    they are stands there for all. The same statements however many people begin."""
    may_brief = access.may(by, choices.AUDIENCES)
    question = Question.from_json(row.asked)
    done = row.state == WorkState.DONE
    scenarios = list(row.scenarios.order_by("place"))
    first = {
        one.pk: list(one.seeds.order_by("place").values_list("identity_id", flat=True)[:SOME])
        for one in scenarios
        if may_brief or one.rule not in TO_BRIEF
    }
    counts = {one.pk: one.seeds.count() for one in scenarios if one.pk in first}
    called = names.identities({each for ids in first.values() for each in ids})
    audiences = _audiences(scenarios) if may_brief else {}
    background = Background.from_json(row.result) if done else None
    anyway = background.anyway if background is not None else Anyway()
    views = tuple(
        _view(
            one,
            [Somebody(each, called[each]) for each in first.get(one.pk, ()) if each in called],
            counts.get(one.pk, 0),
            audiences,
            done,
            anyway,
        )
        for one in scenarios
    )
    words = model_words.of_model(question.model.name)
    found = [(one.name, one.outcome) for one in views if one.outcome is not None]
    return Page(
        row=row,
        network_id=row.network_id,
        network=row.network.name,
        question=question,
        model=words.label,
        assumption=words.help,
        knobs=tuple(model_words.described(question.model)),
        scenarios=views,
        background=background,
        compared=tuple(telling.compared(found, anyway)),
        unanswered=_unanswered(question, scenarios),
    )


def begins(row: Simulation) -> list[tuple[Begin, str]]:
    """The scenarios as they were asked, each with the lines of its people, to be asked again otherwise."""
    found = []
    for one in row.scenarios.order_by("place"):
        ids = (
            list(one.seeds.order_by("place").values_list("identity_id", flat=True))
            if one.rule == Rule.HAND
            else []
        )
        called = names.identities(ids)
        lines = "\n".join(f"{called[each]} #{each}" for each in ids if each in called)
        found.append(
            (Begin(name=one.name, rule=one.rule, way=Way.from_json(one.asked), people=tuple(ids)), lines)
        )
    return found


def _audiences(scenarios: Sequence[Scenario]) -> dict[int, str]:
    wanted = [Way.from_json(one.asked).audience_id for one in scenarios if one.rule == Rule.AUDIENCE]
    return dict(Audience.objects.filter(pk__in=[one for one in wanted if one]).values_list("pk", "name"))


def _unanswered(question: Question, scenarios: Sequence[Scenario]) -> bool:
    """Whether somebody asked what happens when nobody begins of a model in which all talk comes from those who do."""
    nobody = any(one.rule == Rule.NOBODY for one in scenarios)
    return nobody and question.model.name in cascade.shelf() and not question.model.from_outside


def _view(
    one: Scenario,
    people: Sequence[Somebody],
    count: int,
    audiences: dict[int, str],
    done: bool,
    anyway: Anyway,
) -> ScenarioView:
    outcome = Outcome.from_json(one.result) if done and one.result else None
    way = Way.from_json(one.asked)
    how = str(Rule(one.rule).label)
    if one.rule == Rule.AUDIENCE and way.audience_id in audiences:
        how = f"{how}: {audiences[way.audience_id]}"
    elif way.count:
        how = f"{how} ({num(way.count)})"
    return ScenarioView(
        one.pk, one.place, one.name, how, tuple(people), max(0, count - len(people)), outcome,
        telling.begun(outcome) if outcome else "", telling.size(outcome) if outcome else "",
        telling.gain(outcome, anyway) if outcome else None,
    )  # fmt: skip
