"""Forecasts: a scenario kept as what we expect, and held against what happened."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from grapevine.core import access, audit, live
from grapevine.listen.contracts.filters import Wish
from grapevine.spread import channels, holding
from grapevine.spread.actions import cascades, works
from grapevine.spread.models import Cascade, Forecast, Scenario
from grapevine.spread.outcomes import Outcome

MAKE = "spread.simulation.make"


@transaction.atomic
def keep(
    *,
    scenario: Scenario,
    name: str,
    begins_at: datetime,
    step_hours: float,
    wish: Wish,
    by: Any,
    at: datetime,
    outcome: Cascade | None = None,
) -> Forecast:
    """Keep a scenario as a forecast; it is shown when it is worked out. Raises AccessDenied; ValueError when steps take no time."""
    access.require(by, MAKE)
    if not step_hours > 0:
        raise ValueError(f"a step of {step_hours} hours; more than 0 are wanted")
    forecast = Forecast.objects.create(
        scenario=scenario, name=name, begins_at=begins_at, step_hours=step_hours, outcome=outcome,
        wish=wish.without("author", "period", "since", "until").params(), kept_by_id=getattr(by, "pk", None), kept_at=at,
    )  # fmt: skip
    audit.record("spread.forecast.kept", subject=forecast, by=by, at=at, scenario=scenario.pk)
    live.publish(channels.SPREAD, of="forecast", id=forecast.pk)
    return forecast


@transaction.atomic
def compare(*, forecast: Forecast, by: Any, at: datetime, cascade: Cascade | None = None) -> Cascade:
    """Hold it against what happened: against a cascade that was read already, or one that is read now from the forecast's filter, from its
    first step to its last (or until now). Raises AccessDenied."""
    access.require(by, MAKE)
    outcome = Outcome.from_json(forecast.scenario.result)
    over = holding.ends_at(outcome, begins_at=forecast.begins_at, step_hours=forecast.step_hours)
    found = cascade or cascades.ask(
        name=forecast.name,
        wish=Wish.read(forecast.wish),
        begins=forecast.begins_at,
        ends=min(at, over),
        network=forecast.scenario.simulation.network,
        by=by,
        at=at,
    )
    old = forecast.outcome if forecast.outcome_id not in (None, found.pk) else None
    Forecast.objects.filter(pk=forecast.pk).update(outcome=found)
    forecast.outcome = found
    if old is not None and cascade is None and _is_replaced(old, found) and works.may_change(old, by=by):
        works.remove(old, by=by, at=at)
    audit.record("spread.forecast.compared", subject=forecast, by=by, at=at, cascade=found.pk)
    live.publish(channels.SPREAD, of="forecast", id=forecast.pk)
    return found


def _is_replaced(old: Cascade, found: Cascade) -> bool:
    """Whether one cascade is another read until an earlier moment, and no further forecast is held against it."""
    return (
        old.asked.get("wish") == found.asked.get("wish")
        and not old.forecasts.filter(removed_at=None).exists()
    )


def may_change(forecast: Forecast, *, by: Any) -> bool:
    """Whether `by` may take a forecast away and bring it back: who kept it, and leads."""
    return access.may(by, MAKE) and works.is_theirs(forecast.kept_by_id, by=by)


def _require_change(forecast: Forecast, *, by: Any) -> None:
    access.require(by, MAKE)
    if not works.is_theirs(forecast.kept_by_id, by=by):
        raise access.AccessDenied(works.OTHERS)


@transaction.atomic
def remove(*, forecast: Forecast, by: Any, at: datetime) -> None:
    """Take a forecast away; it can be brought back. Raises AccessDenied."""
    _require_change(forecast, by=by)
    if Forecast.objects.filter(pk=forecast.pk, removed_at=None).update(removed_at=at):
        audit.record("spread.forecast.removed", subject=forecast, by=by, at=at)


@transaction.atomic
def restore(*, forecast: Forecast, by: Any, at: datetime) -> None:
    """Bring a forecast back. Raises AccessDenied."""
    _require_change(forecast, by=by)
    if Forecast.objects.filter(pk=forecast.pk).exclude(removed_at=None).update(removed_at=None):
        audit.record("spread.forecast.restored", subject=forecast, by=by, at=at)


def drop_removed(*, at: datetime) -> int:
    """Delete for good what was removed long enough ago; returns how many. For the recurring job."""
    return Forecast.objects.filter(removed_at__lt=at - works.UNDO_WITHIN).delete()[0]
