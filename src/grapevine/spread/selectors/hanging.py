"""What hangs on something that is about to be removed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from grapevine.core import access
from grapevine.spread.models import Audience, Cascade, Experiment, Forecast, Network, Simulation, Work
from grapevine.spread.selectors import choices

MOST = 20


@dataclass(frozen=True)
class Hanging:
    """Things on which a removal tells, and what becomes of them: (name, address) of the first, and how many more there are."""

    said: str
    things: tuple[tuple[str, str], ...]
    more: int


def on(row: Work, *, by: Any) -> tuple[Hanging, ...]:
    """What hangs on a piece of work, as far as `by` may see it; nothing where it can go without a word."""
    found: list[Hanging] = []
    if isinstance(row, Cascade):
        against = Forecast.objects.filter(outcome=row, removed_at=None)
        found = [_of(_("Forecasts that are held against it, and lose what came true:"), "forecast", against)]
    elif isinstance(row, Simulation):
        kept = Forecast.objects.filter(scenario__simulation=row, removed_at=None)
        found = [_of(_("Forecasts that were kept of it, and go with it:"), "forecast", kept)]
    elif isinstance(row, Network):
        goes = _("They are worked out on it, and go for good when it can no longer be brought back:")
        stays = _("They stay, without the network that they were read on:")
        found = [
            _of(goes, "simulation", Simulation.objects.present().filter(network=row)),
            _of(goes, "experiment", Experiment.objects.present().filter(network=row)),
            _of(stays, "cascade", Cascade.objects.present().filter(network=row)),
        ]
        if access.may(by, choices.AUDIENCES):
            found.append(_of(stays, "audience", Audience.objects.present().filter(network=row)))
    return tuple(one for one in found if one.things)


def _of(said: str, kind: str, rows: QuerySet[Any]) -> Hanging:
    first = list(rows.order_by("-pk")[:MOST])
    things = tuple((str(one), reverse(f"spread:{kind}", args=[one.pk])) for one in first)
    return Hanging(said, things, rows.count() - len(first))
