"""The demo's part of this room: what is worked out upon its network, and taking all of it away."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from grapevine.core import access
from grapevine.listen.contracts.filters import Wish
from grapevine.spread.actions import audiences, experiments, forecasts, simulations, works
from grapevine.spread.experiments import Asked as Matters
from grapevine.spread.models import Cascade, Network, Rule
from grapevine.spread.observed import Asked
from grapevine.spread.questions import Begin, Brief, ModelChoice, Question, Way

CHANCE = 0.1
BEGIN = 40
"""So many begin, as advised and by lot alike; nearly as many began the campaign by themselves."""
STEP_HOURS = 48.0


@transaction.atomic
def ask(*, network: Network, campaign: Cascade, by: Any, at: datetime) -> None:
    """Have the worker compare forty people with one hub, say whom to brief and who matters, and keep a forecast to be held against the
    campaign. It is kept when the campaign is over, and its page says that this is hindsight. Raises AccessDenied."""
    model = ModelChoice("ic", {"probability": CHANCE})
    simulation = simulations.ask(
        name=_("What if"),
        network=network,
        question=Question(model=model, runs=2_000),
        begins=[
            Begin(name=_("Forty as advised"), rule=Rule.ADVICE, way=Way(count=BEGIN)),
            Begin(name=_("One hub"), rule=Rule.DEGREE, way=Way(count=1, contactable=False)),
            Begin(name=_("Forty drawn by lot"), rule=Rule.RANDOM, way=Way(count=BEGIN)),
        ],
        by=by,
        at=at,
        is_demo=True,
    )
    brief = Brief(model=model, count=BEGIN)
    audiences.ask(name=_("Whom to brief?"), network=network, brief=brief, by=by, at=at, is_demo=True)
    experiments.ask(network=network, asked=Matters(), by=by, at=at, is_demo=True)
    asked = Asked.from_json(campaign.asked)
    forecasts.keep(
        scenario=simulation.scenarios.get(rule=Rule.RANDOM),
        name=campaign.name,
        begins_at=datetime.fromisoformat(asked.begins),
        step_hours=STEP_HOURS,
        wish=Wish.read(asked.wish),
        outcome=campaign,
        by=by,
        at=at,
    )


@transaction.atomic
def remove(*, by: Any, at: datetime) -> int:
    """Remove all that was worked out of the demo, with what was worked out upon it; returns how much. Raises AccessDenied."""
    access.require(by, "spread.network.make")
    count = 0
    for kind in works.kinds():
        for row in kind.model._default_manager.filter(is_demo=True):
            works.drop(row, at=at)
            count += 1
    return count
