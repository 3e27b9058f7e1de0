"""What was removed lately and can be brought back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from grapevine.core import access
from grapevine.spread.actions import forecasts, tie_files, works
from grapevine.spread.models import Forecast, TieFile

MOST = 100
CALLED = {
    "network": _("Network"),
    "cascade": _("Cascade"),
    "simulation": _("Simulation"),
    "audience": _("Audience"),
    "experiment": _("Who matters?"),
}


@dataclass(frozen=True)
class Row:
    """Something that was removed: what it is, what it is called, until when it can be brought back, and at which address."""

    kind: Any
    name: str
    removed_at: datetime
    until: datetime
    address: str


def rows(*, by: Any) -> tuple[Row, ...]:
    """What `by` may bring back, the latest removed first. One statement for each kind of thing."""
    found = sorted(_every(by), key=lambda one: one.removed_at, reverse=True)
    return tuple(found[:MOST])


def _every(by: Any) -> Iterator[Row]:
    for kind in works.kinds():
        if access.may(by, kind.permission):
            # An experiment is called by its network.
            beside = ("network",) if kind.name == "experiment" else ()
            yield from (
                _row(CALLED[kind.name], one, f"spread:{kind.name}-restore")
                for one in _gone(kind.model._default_manager.all(), *beside)
                if works.may_change(one, by=by)
            )
    kept = Forecast.objects.filter(scenario__simulation__removed_at=None)
    for forecast in _gone(kept):
        if forecasts.may_change(forecast, by=by):
            yield _row(_("Forecast"), forecast, "spread:forecast-restore")
    if access.may(by, tie_files.PERMISSION):
        yield from (
            _row(_("File of ties"), one, "spread:tie-file-restore") for one in _gone(TieFile.objects.all())
        )


def _gone(rows: QuerySet[Any], *beside: str) -> QuerySet[Any]:
    found = rows.exclude(removed_at=None).order_by("-removed_at")
    return (found.select_related(*beside) if beside else found)[:MOST]


def _row(kind: Any, row: Any, door: str) -> Row:
    return Row(
        kind, str(row), row.removed_at, row.removed_at + works.UNDO_WITHIN, reverse(door, args=[row.pk])
    )
