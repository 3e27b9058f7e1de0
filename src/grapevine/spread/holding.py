"""A forecast held against what happened: plain values."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from grapevine.spread.outcomes import Outcome

HIT, END, LOW, HIGH = "hit", "end", "low", "high"
PATH = 0.5
"""Of the steps more than this share must lie within the band, else only the end was hit."""


@dataclass(frozen=True)
class Step:
    """One step of the forecast: when it is, what was foretold, and how many had really joined by then (None: that is still to come)."""

    at: datetime
    mean: float
    p05: float
    p95: float
    real: int | None

    @property
    def within(self) -> bool:
        """Whether it came as foretold, as far as it came."""
        return self.real is not None and self.p05 <= self.real <= self.p95


@dataclass(frozen=True)
class Held:
    """How a forecast did. `verdict`: hit, only the end hit and not the way there, or what happened was lower or higher than nine of ten runs; of
    the last step that is over. `within`: the share of the steps that are over, after the first, that lay within the band. `below`:
    the share of runs that end no higher than it did; `off`: by how many people the forecast as a whole was off (the continuous ranked
    probability score: for a forecast of one number it is simply the distance)."""

    steps: tuple[Step, ...]
    is_over: bool
    real: int
    verdict: str
    within: float
    below: float
    off: float

    @property
    def passed(self) -> tuple[Step, ...]:
        """The steps that are over."""
        return tuple(one for one in self.steps if one.real is not None)


def ends_at(outcome: Outcome, *, begins_at: datetime, step_hours: float) -> datetime:
    """When the last step is over in which something is foretold."""
    return begins_at + timedelta(hours=step_hours * (max(1, outcome.course.last) + 1))


def held(
    outcome: Outcome, *, begins_at: datetime, step_hours: float, joined: Sequence[datetime], until: datetime
) -> Held | None:
    """Hold a forecast against when people really joined (in order), known until a moment. None while it has not begun.

    Those who begin join in the course of the first step, foretold and real, so both lines begin with nobody."""
    if until < begins_at or not outcome.course.mean:
        return None
    real = [at for at in joined if begins_at <= at <= until]
    course = outcome.course
    steps = [Step(begins_at, 0.0, 0.0, 0.0, 0)]
    for place in range(min(max(1, course.last) + 1, len(course.mean))):
        at = begins_at + timedelta(hours=step_hours * (place + 1))
        known = bisect_right(real, at) if at <= until else None
        steps.append(Step(at, course.mean[place], course.p05[place], course.p95[place], known))
    is_over = until >= steps[-1].at
    # Of those who begin nothing is foretold: they are judged with those whom they brought.
    passed = [one for one in steps[2:] if one.real is not None]
    count = bisect_right(real, steps[-1].at) if is_over else len(real)
    low, high = (outcome.p05, outcome.p95) if is_over else (0.0, math.inf)
    if passed and not is_over:
        low, high, count = passed[-1].p05, passed[-1].p95, passed[-1].real or 0
    within = sum(one.within for one in passed) / len(passed) if passed else 1.0
    verdict = LOW if count < low else HIGH if count > high else HIT if within > PATH else END
    sizes = np.asarray(outcome.hundredths)
    return Held(
        tuple(steps), is_over, count, verdict, within,
        float(np.mean(sizes <= count)), score(outcome.hundredths, count),
    )  # fmt: skip


def score(hundredths: Sequence[float], real: float) -> float:
    """The continuous ranked probability score of a distribution told by its hundredths (Gneiting & Raftery 2007): in people, 0 is best."""
    quantiles = np.asarray(hundredths)
    share = (np.arange(quantiles.size) + 0.5) / quantiles.size
    loss = np.where(real >= quantiles, share * (real - quantiles), (1 - share) * (quantiles - real))
    return float(2 * loss.mean())
