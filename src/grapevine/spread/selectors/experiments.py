"""Experiments on who matters: those of a network, and one with its answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from grapevine.spread.experiments import Asked, Found
from grapevine.spread.models import Experiment, Network
from grapevine.spread.selectors import works
from grapevine.spread.selectors.works import Standing

MOST = 30


@dataclass(frozen=True)
class Row:
    """An experiment in the list; `found` is None until it is done."""

    id: int
    work: Standing
    asked: Asked
    found: Found | None
    made_at: datetime


def reachable(experiment_id: int) -> Experiment:
    """The experiment of this number. Raises Http404."""
    return works.reachable(Experiment, experiment_id)


def of(network: Network, *, by: Any) -> list[Row]:
    """The experiments on a network, the newest first."""
    rows = Experiment.objects.present().filter(network=network).order_by("-made_at", "-pk")[:MOST]
    return [row(one, by=by) for one in rows]


def row(one: Experiment, *, by: Any) -> Row:
    """An experiment with where it stands."""
    work = works.standing(one, by=by)
    return Row(
        one.pk,
        work,
        Asked.from_json(one.asked),
        Found.from_json(one.result) if work.is_done else None,
        one.made_at,
    )
