"""What is asked of a real cascade, and what was seen: what is written into `Cascade.asked` and `Cascade.result`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from grapevine.engine.cascade.estimation import Exposure
from grapevine.listen.contracts.filters import Wish
from grapevine.spread import kept

WINDOW = 72.0
"""Hours within which somebody heard can have brought somebody, where nobody says who did."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Posts of a filter of the stream (`wish`, as in its address), from `begins` to before `ends` (ISO), read as people joining. Where
    nobody says who brought somebody, it is whom they listen to and who joined last before them, at most `window_hours` before."""

    wish: Mapping[str, str] = field(default_factory=dict)
    begins: str = ""
    ends: str = ""
    window_hours: float = WINDOW

    def to_json(self) -> dict[str, Any]:
        """As `Cascade.asked` keeps it."""
        return {**asdict(self), "wish": dict(self.wish)}

    @classmethod
    def from_json(cls, asked: Mapping[str, Any]) -> Asked:
        """Read again, whatever version wrote it."""
        return kept.again(cls, asked)

    def as_wish(self) -> Wish:
        """The filter, with its times as moments."""
        return Wish.read(self.wish).having(since=self.begins, until=self.ends).without("period")


NOTHING = 0.55
"""Below this share of right orders an estimate foretells nothing."""


@dataclass(frozen=True, kw_only=True)
class Estimated:
    """What the engine learnt of it on the ties that were there before it began (`engine.cascade.estimation.Estimate`).

    `chances` are (by how many the listener listens to, chance that a tie passes on, tries). `auc` and `better` say how well it is foretold of
    people kept out of the estimate by these chances: 0.5 and 0 are no better than chance. `brought` is how many each of the first brought along
    these ties, `brought_by_chance` what that comes to when the same people join in another order: on average, and from and to in 95 of 100.
    """

    people: int
    joined: int
    ties: int
    exposures: tuple[Exposure, ...] = ()
    thresholds: tuple[float, ...] | None = None
    unprompted: float | None = None
    chances: tuple[tuple[str, float, int], ...] = ()
    occasions: int = 0
    held_out_people: int = 0
    auc: float | None = None
    better: float | None = None
    circular: bool = False
    brought: float | None = None
    brought_by_chance: tuple[float, ...] = ()

    @property
    def chance(self) -> float | None:
        """The chance that a tie passes on, over all ties that were tried; None when none was."""
        tries = sum(count for _group, _chance, count in self.chances)
        if not tries:
            return None
        return round(sum(each * count for _group, each, count in self.chances) / tries, 4)

    @property
    def foretells(self) -> bool:
        """Whether its chances tell more than a coin of people it hasn't seen, and aren't those of a network made of what it is to explain."""
        return self.auc is not None and self.auc >= NOTHING and not self.circular

    @property
    def in_order(self) -> bool | None:
        """Whether more were brought than in any order; None where that wasn't looked at."""
        if self.brought is None or not self.brought_by_chance:
            return None
        return self.brought > self.brought_by_chance[-1]


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What was seen. `unit` is in which steps of time it is told; `how` counts by how it is known who brought them, `generations` by how
    far from who began. `reproduction` is how many each of the first generations brought; `delay_hours` the median time from who brought
    somebody to them; `nameless` posts have no author."""

    posts: int
    people: int
    nameless: int = 0
    strangers: int = 0
    unit: str = "day"
    how: Mapping[str, int] = field(default_factory=dict)
    generations: tuple[int, ...] = ()
    reproduction: float | None = None
    delay_hours: float | None = None
    half_hours: float | None = None
    estimated: Estimated | None = None

    def to_json(self) -> dict[str, Any]:
        """As `Cascade.result` keeps it."""
        return asdict(self)

    @classmethod
    def from_json(cls, result: Mapping[str, Any]) -> Seen:
        """Read again, whatever version wrote it; of what isn't done yet, nothing seen."""
        estimated = _estimated(result["estimated"]) if result.get("estimated") else None
        return kept.again(cls, {"posts": 0, "people": 0, **result}, estimated=estimated)


def _estimated(told: Mapping[str, Any]) -> Estimated:
    exposures = tuple(kept.again(Exposure, one) for one in told.get("exposures", ()))
    chances = tuple((str(one[0]), float(one[1]), int(one[2])) for one in told.get("chances", ()))
    return kept.again(Estimated, told, exposures=exposures, chances=chances)


def unit_of(begin: datetime, end: datetime) -> str:
    """In which steps the curve is told: hours for some days, days for some months, else weeks."""
    hours = (end - begin).total_seconds() / 3600
    return "hour" if hours <= 96 else "day" if hours <= 24 * 150 else "week"
