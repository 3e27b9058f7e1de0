"""A forecast held against what happened: plain values."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from grapevine.spread.outcomes import Outcome

HIT, LOW, HIGH = "hit", "low", "high"


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
    """How a forecast did. `verdict`: hit, or what happened was lower or higher than nine of ten runs; of the last step that is over. `below`:
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


def held(
    outcome: Outcome, *, begins_at: datetime, step_hours: float, joined: Sequence[datetime], until: datetime
) -> Held | None:
    """Hold a forecast against when people really joined (in order), known until a moment. None while it has not begun."""
    if until < begins_at or not outcome.course.mean:
        return None
    real = [at for at in joined if begins_at <= at <= until]
    last = max(1, outcome.course.last)
    steps = []
    for place in range(min(last + 1, len(outcome.course.mean))):
        at = begins_at + timedelta(hours=step_hours * place)
        known = bisect_right(real, at) if at <= until else None
        course = outcome.course
        steps.append(Step(at, course.mean[place], course.p05[place], course.p95[place], known))
    is_over = until >= steps[-1].at
    # At the first moment nobody can have joined: those who begin take their time, and are judged with the first step.
    passed = [one for one in steps[1:] if one.real is not None]
    count = bisect_right(real, steps[-1].at) if is_over else len(real)
    low, high = (outcome.p05, outcome.p95) if is_over else (0.0, math.inf)
    if passed and not is_over:
        low, high, count = passed[-1].p05, passed[-1].p95, passed[-1].real or 0
    verdict = LOW if count < low else HIGH if count > high else HIT
    sizes = np.asarray(outcome.hundredths)
    return Held(
        tuple(steps), is_over, count, verdict, sum(one.within for one in passed) / len(passed) if passed else 1.0,
        float(np.mean(sizes <= count)), score(outcome.hundredths, count),
    )  # fmt: skip


def score(hundredths: Sequence[float], real: float) -> float:
    """The continuous ranked probability score of a distribution told by its hundredths (Gneiting & Raftery 2007): in people, 0 is best."""
    quantiles = np.asarray(hundredths)
    share = (np.arange(quantiles.size) + 0.5) / quantiles.size
    loss = np.where(real >= quantiles, share * (real - quantiles), (1 - share) * (quantiles - real))
    return float(2 * loss.mean())
