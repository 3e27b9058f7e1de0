"""What a network is made of, and what was found: what is written into `Network.asked` and `Network.result`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from grapevine.spread import kept, ties

DAYS, HALF_LIFE = 90, 30.0
KEPT = 7
"""So many networks of a series are kept: a week of nights."""


@dataclass(frozen=True, kw_only=True)
class Definition:
    """How a network is made.

    Posts that mention `brand_id` and what answers, names or passes on them (None: all posts), of `source_ids` (none: of all), in
    `languages` (none: in all), of the last `days` (0: of all time). `weights` says which kinds of ties count, and how much one time does; it
    is worth half after `half_life` days (0: for ever). Ties lighter than `least` are left out. `givers` are names of rooms' givers of ties
    (none: all). The network is made anew every night when it is kept `fresh`. `rng` makes communities and places repeatable.
    """

    brand_id: int | None = None
    source_ids: tuple[int, ...] = ()
    languages: tuple[str, ...] = ()
    days: int = DAYS
    weights: Mapping[str, float] = field(default_factory=ties.weights_of)
    half_life: float = HALF_LIFE
    least: float = 0.0
    givers: tuple[str, ...] = ()
    fresh: bool = False
    rng: int = 1

    def to_json(self) -> dict[str, Any]:
        """As `Network.asked` keeps it."""
        return {**asdict(self), "weights": dict(self.weights)}

    @classmethod
    def from_json(cls, asked: Mapping[str, Any]) -> Definition:
        """Read again, whatever version wrote it."""
        return kept.again(cls, asked)

    def has(self, kind: ties.Kind) -> bool:
        """Whether ties of this kind count."""
        return self.weights.get(kind.code, 0) > 0


@dataclass(frozen=True, kw_only=True)
class Found:
    """What came out of making a network. `languages` names the numbers in the people's column `lang`, the most frequent first.

    `posts` were read; `alone` wrote without any tie and are not in it; `unknown` ties had an end of whom no post was ever caught. `kinds`
    counts ties by kind (one may be of several). `ours` are our own accounts. `figures` is `engine.graph.measures.Description` as JSON,
    `sizes` the people of the largest communities, `talk` the words that are a community's own, by its number.
    """

    posts: int = 0
    alone: int = 0
    spam: int = 0
    unknown: int = 0
    ours: int = 0
    languages: tuple[str, ...] = ()
    kinds: Mapping[str, int] = field(default_factory=dict)
    figures: Mapping[str, Any] = field(default_factory=dict)
    sizes: tuple[int, ...] = ()
    talk: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """As `Network.result` keeps it."""
        return asdict(self)

    @classmethod
    def from_json(cls, result: Mapping[str, Any]) -> Found:
        """Read again, whatever version wrote it."""
        return kept.again(cls, result)
