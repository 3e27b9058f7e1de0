"""Forecasts, for their pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from grapevine.core import access
from grapevine.listen.contracts.filters import Wish
from grapevine.spread import holding, observed, telling
from grapevine.spread.holding import END, HIGH, LOW, Held
from grapevine.spread.models import Cascade, Forecast, WorkState
from grapevine.spread.outcomes import Outcome
from grapevine.ui.numbers import num, percent

SEE = "spread.network.see"
MAKE = "spread.simulation.make"
PAGE = 50
MOST = 100


@dataclass(frozen=True)
class Row:
    """A forecast in the list: what was expected, and what became of it, in a word."""

    id: int
    name: str
    scenario: str
    simulation_id: int
    begins_at: datetime
    expected: str
    verdict: str
    tone: str


@dataclass(frozen=True)
class Page:
    """A forecast with all that its page shows. `address` leads to the posts that count; `hindsight`: it was kept when it had begun already."""

    row: Forecast
    outcome: Outcome
    scenario: str
    simulation_id: int
    ends_at: datetime
    cascade: Cascade | None
    held: Held | None
    said: tuple[str, ...]
    tone: str
    address: str
    expected: str
    hindsight: bool
    strangers: int

    @property
    def hours(self) -> str:
        """How long a step takes, with a tenth where there is one."""
        told = round(self.row.step_hours, 1)
        return num(told, 0 if told == int(told) else 1)

    @property
    def last_day(self) -> datetime:
        """A moment of the last day that belongs to it: what ends at midnight ends with the day before."""
        return self.ends_at - timedelta(seconds=1)

    @property
    def is_read(self) -> bool:
        """Whether what happened is known."""
        return self.cascade is not None and self.cascade.state == WorkState.DONE


def reachable_by(by: Any, forecast_id: int, *, permission: str = SEE, removed: bool = False) -> Forecast:
    """A forecast whose simulation is there, for somebody with `permission`. Raises AccessDenied, Http404."""
    access.require(by, permission)
    rows = _shown().filter(removed_at__isnull=not removed)
    found = (
        rows.select_related("scenario__simulation__network", "outcome", "kept_by")
        .filter(pk=forecast_id)
        .first()
    )
    if found is None:
        raise Http404("no such forecast")
    return found


def rows(*, at: datetime, before: int | None = None, limit: int = PAGE) -> tuple[Row, ...]:
    """The latest forecasts; `before` is the number of the last one of the page before."""
    every = _shown().filter(removed_at=None).select_related("scenario__simulation", "outcome").order_by("-pk")
    if before is not None:
        every = every.filter(pk__lt=before)
    found = []
    for one in every[:limit]:
        outcome = Outcome.from_json(one.scenario.result)
        held = _held(one, outcome)
        verdict, tone = _verdict(held, one, at=at)
        found.append(
            Row(
                one.pk,
                one.name,
                one.scenario.name,
                one.scenario.simulation_id,
                one.begins_at,
                expected(outcome),
                verdict,
                tone,
            )
        )
    return tuple(found)


def page(row: Forecast, *, at: datetime) -> Page:
    """All of one forecast."""
    outcome = Outcome.from_json(row.scenario.result)
    held = _held(row, outcome)
    verdict, tone = _verdict(held, row, at=at)
    cascade = row.outcome if row.outcome is not None and row.outcome.removed_at is None else None
    seen = observed.Seen.from_json(cascade.result) if cascade is not None else None
    wish = Wish.read(row.wish).having(
        since=row.begins_at.astimezone(timezone.get_current_timezone()).date().isoformat()
    )
    ends_at = holding.ends_at(outcome, begins_at=row.begins_at, step_hours=row.step_hours)
    return Page(
        row, outcome, row.scenario.name, row.scenario.simulation_id, ends_at, cascade, held,
        (verdict, *_details(held)) if held is not None else (verdict,), tone, wish.address(), expected(outcome),
        row.kept_at > row.begins_at, seen.strangers if seen is not None else 0,
    )  # fmt: skip


def _shown() -> QuerySet[Forecast]:
    """Those whose simulation is there, and worked out."""
    return Forecast.objects.filter(
        scenario__simulation__removed_at=None, scenario__simulation__state=WorkState.DONE
    )


def comparable(page: Page, *, at: datetime) -> list[tuple[int, str]]:
    """What was read already of the forecast's own days, the latest first; nothing while it has not begun."""
    if page.row.begins_at > at:
        return []
    rows = Cascade.objects.done().filter(begins_at__lt=page.ends_at, ends_at__gte=page.row.begins_at)
    return list(rows.order_by("-pk").values_list("pk", "name")[:MOST])


def expected(outcome: Outcome) -> str:
    """What was expected, in short."""
    if outcome.sure:
        return telling.people(outcome.mean)
    return _("%(low)s to %(high)s people") % {"low": num(round(outcome.p05)), "high": num(round(outcome.p95))}


def paces() -> list[tuple[int, str, float]]:
    """How long it took in real cascades from who brought somebody to them: number, name and median hours, the latest first."""
    found = []
    for one in Cascade.objects.done().order_by("-pk")[:20]:
        hours = observed.Seen.from_json(one.result).delay_hours
        if hours:
            found.append((one.pk, one.name, hours))
    return found


def _held(row: Forecast, outcome: Outcome) -> Held | None:
    cascade = row.outcome
    if cascade is None or cascade.state != WorkState.DONE or cascade.removed_at is not None:
        return None
    joined = list(cascade.joinings.order_by("place").values_list("at", flat=True))
    ends = observed.Asked.from_json(cascade.asked).ends
    until = datetime.fromisoformat(ends) if ends else (cascade.ends_at or row.begins_at)
    return holding.held(
        outcome, begins_at=row.begins_at, step_hours=row.step_hours, joined=joined, until=until
    )


def _verdict(held: Held | None, row: Forecast, *, at: datetime) -> tuple[str, str]:
    if held is None:
        if at < row.begins_at:
            day = formats.date_format(timezone.localtime(row.begins_at), "DATE_FORMAT")
            return _("It begins on %(day)s. Come back then to see what happens.") % {"day": day}, "info"
        return _("Not held against what happened yet."), "info"
    joined = telling.people(held.real)
    if held.verdict == LOW:
        return _("Missed: %(people)s joined, fewer than nine of ten runs foretold.") % {
            "people": joined
        }, "bad"
    if held.verdict == HIGH:
        return _("Missed: %(people)s joined, more than nine of ten runs foretold.") % {
            "people": joined
        }, "bad"
    if held.verdict == END:
        return (
            _("The end was hit, the way there was not: %(people)s joined.")
            if held.is_over
            else _("Not as foretold on the way, but where it is now: %(people)s joined.")
        ) % {"people": joined}, "warn"
    if held.is_over:
        return _("Hit: %(people)s joined, within what nine of ten runs foretold.") % {
            "people": joined
        }, "good"
    return _("So far as foretold: %(people)s joined.") % {"people": joined}, "good"


def _details(held: Held) -> list[str]:
    said = [
        _(
            "%(share)s of the steps that are over lie within the band; the first, in which those who begin join, isn’t judged."
        )
        % {"share": percent(held.within)},
    ]
    if held.is_over:
        said.append(
            _(
                "%(below)s of the runs end no higher than it did. As a whole the forecast was off by %(people)s."
            )
            % {"below": percent(held.below), "people": telling.people(held.off)}
        )
    return said
