"""What a simulation and its scenarios ask: plain values, kept as JSON with what came out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from grapevine.engine import cascade
from grapevine.spread import kept

MOST_RUNS = 100_000
MOST_SEEDS = 100_000
OUTSIDE = "outside"
"""What a model calls the knob by which people are reached from outside."""
STRENGTH, LEARNT = "strength", "learnt"
"""Chances that differ from tie to tie: by how strong a tie is, and as a real cascade tells."""
TIED = frozenset({"ic", "lt", "sir", "brief"})
"""The models whose chance may differ from tie to tie."""


@dataclass(frozen=True)
class ModelChoice:
    """A model of the shelf with its knobs as they were set; those that aren't told have their defaults. With `ties` each tie has a chance of its
    own (see `tie_chances`), and the knob is that of an average tie; `cascade_id`: of which real cascade they are learnt."""

    name: str = "watts"
    knobs: Mapping[str, float | str] = field(default_factory=dict)
    ties: str = ""
    cascade_id: int | None = None

    def made(self) -> cascade.SpreadModel:
        """The model itself. Raises SpreadError for a knob that can't be so, or a model that isn't there any more."""
        kind = cascade.named(self.name)
        known = {one.name for one in kind.knobs()}
        return kind(**{name: value for name, value in self.knobs.items() if name in known})

    def with_knob(self, name: str, value: float | str) -> ModelChoice:
        """The same with one knob turned."""
        return replace(self, knobs={**self.knobs, name: value})

    @property
    def chance(self) -> float:
        """The chance of an average tie, where each has its own."""
        value = self.knobs.get("probability", 0.0)
        return 0.0 if isinstance(value, str) else float(value)

    @property
    def main_knob(self) -> str:
        """The knob that says how hard people are to convince; empty when there is none that is a number."""
        kind = cascade.named(self.name)
        for one in kind.knobs():
            value = self.knobs.get(one.name, one.default)
            if one.name in ("threshold", "probability") and not isinstance(value, str):
                return one.name
        return ""

    @property
    def from_outside(self) -> bool:
        """Whether people are reached from outside too, so that some join when nobody begins."""
        return any(
            one.name == OUTSIDE and self.knobs.get(OUTSIDE, one.default)
            for one in cascade.named(self.name).knobs()
        )

    @classmethod
    def from_json(cls, told: Any) -> ModelChoice:
        return cls(
            str(told["name"]), dict(told.get("knobs", {})), str(told.get("ties", "")), told.get("cascade_id")
        )


@dataclass(frozen=True, kw_only=True)
class Question:
    """What all scenarios of a simulation share. `tolerance`: stop when the 95 % interval's half is within this share of the mean;
    `cascade_id`: of which real cascade's estimate the knobs were taken."""

    model: ModelChoice = field(default_factory=ModelChoice)
    runs: int = 1000
    tolerance: float | None = 0.02
    rng: int = 1
    cascade_id: int | None = None

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, told: Any) -> Question:
        return kept.again(cls, told, model=ModelChoice.from_json(told["model"]))


@dataclass(frozen=True, kw_only=True)
class Way:
    """How the people of one scenario are found. `contactable`: only those who may be contacted, and no accounts of brands."""

    count: int = 0
    audience_id: int | None = None
    contactable: bool = True

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, told: Any) -> Way:
        return kept.again(cls, told)


@dataclass(frozen=True, kw_only=True)
class Begin:
    """A scenario that is asked for: its name, a value of `Rule`, the way, and whom somebody chose by hand (identities)."""

    name: str
    rule: str
    way: Way = field(default_factory=Way)
    people: tuple[int, ...] = ()


@dataclass(frozen=True)
class Share:
    """At least `count` of those with this value of a column of the network's people ("lang" or "community")."""

    column: str
    value: int
    count: int


@dataclass(frozen=True, kw_only=True)
class Brief:
    """What is asked of advice. With `budget` costs count: `cost` a person and `per_thousand` for a thousand followers; who stands in a
    file of costs costs what it says. `audience_ids`: who is briefed already. `shares`: so many at least of a language or a community."""

    model: ModelChoice = field(default_factory=lambda: ModelChoice("ic", {"probability": "wc"}))
    count: int = 40
    budget: float | None = None
    cost: float = 1.0
    per_thousand: float = 0.0
    contactable: bool = True
    audience_ids: tuple[int, ...] = ()
    shares: tuple[Share, ...] = ()
    rng: int = 1

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, told: Any) -> Brief:
        shares = tuple(kept.again(Share, one) for one in told["shares"])
        return kept.again(cls, told, model=ModelChoice.from_json(told["model"]), shares=shares)
