"""What counts as a tie, and how ties are added up. Pure.

Whoever answers, names, passes on or follows somebody listens to them, so influence flows the other way: v answers u, and `u → v` is an
arc of the network (*u influences v*). Each time it is seen adds the weight of its kind, less the longer it is ago; following is not an
event but stands, so it does not fade.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Kind:
    """A way in which somebody shows that they listen to somebody. `bit` is its place in a tie's `kinds`, `weight` what one time counts unless
    a definition says otherwise."""

    code: str
    bit: int
    weight: float
    label: str | Promise
    said: str | Promise


REPLY = Kind("reply", 1, 1.0, _("Answers"), _("answered them"))
MENTION = Kind("mention", 2, 0.5, _("Naming"), _("named them"))
REPOST = Kind("repost", 4, 2.0, _("Passing on"), _("passed on what they said"))
FOLLOW = Kind("follow", 8, 0.5, _("Following"), _("follows them"))
GIVEN = Kind(
    "given", 16, 1.0, _("Told by a room or a file"), _("listens to them, as a file or another room tells")
)
KINDS = {kind.code: kind for kind in (REPLY, MENTION, REPOST, FOLLOW, GIVEN)}
DAY = 86_400


def of_bits(bits: int) -> tuple[Kind, ...]:
    """The kinds in a tie's bits."""
    return tuple(kind for kind in KINDS.values() if bits & kind.bit)


def faded(ages: Any, half_life: float) -> Any:
    """How much is left of a time that was so many seconds ago. A half-life (days) of 0 means that nothing fades."""
    ages = np.maximum(np.asarray(ages, np.float64), 0.0)
    return np.exp2(-ages / (half_life * DAY)) if half_life else np.ones_like(ages)


@dataclass(frozen=True)
class Summed:
    """Ties added up, by their two ends: columns of one length, ordered by `source` and then `target`."""

    source: Any
    target: Any
    weight: Any
    kinds: Any
    times: Any
    first: Any
    last: Any
    post: Any

    def kept(self, which: Any) -> Summed:
        """Those ties alone."""
        return Summed(*(getattr(self, name)[which] for name in self.__dataclass_fields__))


@dataclass
class Tally:
    """Adds ties up as they come, in memory that goes with how many different ties there are, not with how often they are seen."""

    most: int = 1_000_000
    """So many sightings are held before they are added up."""
    _held: list[tuple[Any, ...]] = field(default_factory=list)
    _count: int = 0
    _summed: int = 0

    def add(
        self, source: Any, target: Any, kind: Kind, weight: Any, at: Any, post: Any, times: Any = None
    ) -> None:
        """Ties seen: who is listened to, who listens, each time's weight, when (seconds since 1970) and in which post (0: none).

        Those of whom an end is unknown (−1), and of people with themselves, are left out.
        """
        source, target = np.asarray(source, np.int64), np.asarray(target, np.int64)
        fits = (source >= 0) & (target >= 0) & (source != target)
        if not fits.any():
            return
        columns = (
            (source << 32) | target,
            np.broadcast_to(np.asarray(weight, np.float64), source.shape),
            np.full(source.shape, kind.bit, np.uint8),
            np.ones(source.shape, np.int64) if times is None else np.asarray(times, np.int64),
            np.broadcast_to(np.asarray(at, np.int64), source.shape),
            np.broadcast_to(np.asarray(at, np.int64), source.shape),
            np.broadcast_to(np.asarray(post, np.int64), source.shape),
        )
        self._held.append(tuple(column[fits] for column in columns))
        self._count += int(np.count_nonzero(fits))
        if self._count - self._summed > max(self.most, self._summed):
            self._add_up()

    def _add_up(self) -> None:
        if not self._held:
            return
        columns = [np.concatenate(parts) for parts in zip(*self._held, strict=True)]
        order = np.argsort(columns[0], kind="stable")
        key, weight, kinds, times, began, last, post = (column[order] for column in columns)
        first = np.flatnonzero(np.r_[True, key[1:] != key[:-1]]) if key.size else np.zeros(0, np.int64)
        self._held = [
            (
                key[first],
                np.add.reduceat(weight, first),
                np.bitwise_or.reduceat(kinds, first),
                np.add.reduceat(times, first),
                np.minimum.reduceat(began, first),
                np.maximum.reduceat(last, first),
                np.maximum.reduceat(post, first),
            )
        ]
        self._count = self._summed = int(first.size)

    def summed(self) -> Summed:
        """All of it, each tie once."""
        self._add_up()
        if not self._held:
            none = np.zeros(0, np.int64)
            return Summed(none, none, np.zeros(0), np.zeros(0, np.uint8), none, none, none, none)
        key, *columns = self._held[0]
        return Summed(key >> 32, key & 0xFFFFFFFF, *columns)


def weights_of(given: Mapping[str, float] | None = None) -> dict[str, float]:
    """The weights by kind: those given, or what they are unless said otherwise."""
    return dict(given) if given is not None else {code: kind.weight for code, kind in KINDS.items()}
