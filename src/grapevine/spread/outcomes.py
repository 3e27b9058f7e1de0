"""What came out of a simulation: plain values, kept as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from grapevine.spread import humps, kept

if TYPE_CHECKING:
    from grapevine.engine.cascade import Distribution

BINS = 24
HUNDREDTHS = np.linspace(0, 1, 101)
MIDDLE = (0.025, 0.975)
Z95 = 1.959963984540054


@dataclass(frozen=True)
class Course:
    """How many had joined by each step: on average, and between the 5th and the 95th hundredth of runs."""

    mean: tuple[float, ...]
    p05: tuple[float, ...]
    p95: tuple[float, ...]

    @property
    def last(self) -> int:
        """The step after which hardly anything more happens: less than one in a hundred still joins."""
        enough = [(line, 0.99 * line[-1]) for line in (self.mean, self.p95) if line]
        steps = range(len(self.mean))
        return next((at for at in steps if all(line[at] >= least for line, least in enough)), 0)


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """How far one scenario goes. `people`: in the network; `wanted`: how many were to begin, `seeds`: how many did; `hundredths`: sizes that 0,
    1 … 100 of 100 runs don't pass, `middle` those that 2.5 and 97.5 of 100 don't; `counts`: runs by size, between the simulation's `edges`."""

    people: int
    wanted: int
    seeds: int
    runs: int
    sure: bool
    mean: float
    stderr: float
    global_share: float
    hundredths: tuple[float, ...]
    counts: tuple[int, ...]
    course: Course
    middle: tuple[float, float] | None = None

    @classmethod
    def of(cls, found: Distribution, *, wanted: int, seeds: int, edges: Sequence[float]) -> Outcome:
        """What a simulation came to, as it is kept."""
        band = found.band
        course = Course((), (), ()) if band is None else Course(band.mean, band.p05, band.p95)
        sizes = np.quantile(found.sizes, HUNDREDTHS, method="inverted_cdf")
        low, high = np.quantile(found.sizes, MIDDLE, method="inverted_cdf")
        counts = np.histogram(found.sizes, edges)[0]
        return cls(
            people=found.n, wanted=wanted, seeds=seeds, runs=found.runs, sure=found.sure, mean=found.mean, stderr=found.stderr,
            global_share=found.share(), hundredths=tuple(map(float, sizes)), counts=tuple(map(int, counts)), course=course,
            middle=(float(low), float(high)),
        )  # fmt: skip

    @property
    def interval(self) -> tuple[float, float]:
        """Where the true mean lies, with 95 % confidence."""
        return self.mean - Z95 * self.stderr, self.mean + Z95 * self.stderr

    @property
    def p05(self) -> float:
        return self.hundredths[5]

    @property
    def p50(self) -> float:
        return self.hundredths[50]

    @property
    def p95(self) -> float:
        return self.hundredths[95]

    @property
    def in_95(self) -> tuple[float, float]:
        """Between which sizes 95 of 100 runs end."""
        return self.middle or (self.hundredths[2], self.hundredths[98])

    @property
    def far(self) -> float | None:
        """Where it either dies down or goes far, so that the mean describes neither: the share of the runs that go far. Else None."""
        valley = None if self.sure else humps.valley(self.counts)
        return None if valley is None else sum(self.counts[valley + 1 :]) / sum(self.counts)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, told: Any) -> Outcome:
        return kept.again(cls, told, course=kept.again(Course, told["course"]))


@dataclass(frozen=True)
class Anyway:
    """How many join when nobody begins, since they are reached from outside; none in most models."""

    mean: float = 0.0
    stderr: float = 0.0

    def gained(self, one: Outcome) -> float:
        """How many more join with a beginning than without: those who begin are no gain, nor who would have joined anyway."""
        return one.mean - (self.mean or one.seeds)

    def each(self, one: Outcome) -> float | None:
        """The gain for each who begins; None when nobody does."""
        return self.gained(one) / one.seeds if one.seeds else None


def clear_difference(one: Outcome, other: Outcome) -> bool:
    """Whether the means differ by more than chance explains, with 95 % confidence."""
    return abs(one.mean - other.mean) > Z95 * float(np.hypot(one.stderr, other.stderr))


def edges_of(sizes: Sequence[Any]) -> tuple[float, ...]:
    """Where the bins of sizes begin and end, the same for all scenarios: whole numbers, of one width."""
    low = min((int(one.min()) for one in sizes if one.size), default=0)
    high = max((int(one.max()) for one in sizes if one.size), default=0)
    width = max(1, -(-(high + 1 - low) // BINS))
    return tuple(float(low + width * place) for place in range(-(-(high + 1 - low) // width) + 1))


@dataclass(frozen=True)
class Sensitivity:
    """How the mean changes with the main knob: its values, and for each scenario the mean at each of them."""

    knob: str
    here: float
    values: tuple[float, ...]
    means: tuple[tuple[float, ...], ...]


@dataclass(frozen=True)
class Window:
    """Watts' window: between which mean degrees one person can set off a global cascade, were ties drawn evenly; None where there is none, and
    no upper end where one friend convinces anybody. `reach`: on the degrees as they are, how many more that one friend convinces somebody
    convinced meets; above 1 one person may be enough. `sizes`: what such degrees lead to from as many people as each scenario begins with."""

    threshold: float
    mean_degree: float
    low: float | None
    high: float | None
    reach: float
    alone: float
    sizes: tuple[float, ...]
    directed: bool = False
    """Whether it was reckoned for ties that count one way; earlier versions always took both."""

    @property
    def inside(self) -> bool:
        """Whether the network's mean degree lies in the window."""
        return self.low is not None and self.low <= self.mean_degree <= (self.high or self.mean_degree)


@dataclass(frozen=True)
class Background:
    """What the scenarios share: bins of their sizes, how much hangs on the main knob, what theory says, and who joins anyway."""

    edges: tuple[float, ...]
    sensitivity: Sensitivity | None
    window: Window | None
    anyway: Anyway = Anyway()

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, told: Any) -> Background:
        turned, window = told["sensitivity"], told["window"]
        means = tuple(map(tuple, turned["means"])) if turned else ()
        return kept.again(
            cls,
            told,
            sensitivity=kept.again(Sensitivity, turned, means=means) if turned else None,
            window=kept.again(Window, window) if window else None,
            anyway=kept.again(Anyway, told.get("anyway") or {}),
        )
