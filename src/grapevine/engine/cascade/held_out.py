"""How well each estimate foretells what people do who were kept out of it.

An occasion is a moment at which a friend (or several at once) of somebody joined who hadn't; it is foretold whether they do before the next such
moment. What is foretold is known when the friend joins, so nothing of the outcome leaks into it. All estimates are held against the same occasions.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from grapevine.engine.cascade import _random, heard, learning, thresholds
from grapevine.engine.cascade.heard import Heard

FOLDS = 5
MOST_EXPOSURES = 20
MEAN = "mean of all"
SHARE_OF_MEAN = 0.01
"""Of the mean, mixed into what thresholds foretell: nothing that was not seen is ruled out."""


@dataclass(frozen=True)
class HeldOut:
    """How well it is foretold of people kept out of the estimate whether they join when a further friend has, against telling always the mean."""

    people: int
    occasions: int
    """How often a friend of one of them joined before they did."""
    joined: int
    auc: float | None
    log_loss: float
    log_loss_of_mean: float
    of: str = "exposure curve"
    """Which estimate foretold it."""

    @property
    def better(self) -> float:
        """The share of the uncertainty that the estimate takes away; below 0 when it is worse than the mean."""
        return 1 - self.log_loss / self.log_loss_of_mean if self.log_loss_of_mean else 0.0


@dataclass(frozen=True, eq=False)
class _Occasions:
    """Of which row, how many friends had joined before and with it, where its friends begin, and whether the person joined."""

    row: Any
    before: Any
    after: Any
    begins: Any
    was: Any


def scores(known: Heard, strength: float, rng: int) -> tuple[HeldOut, ...]:
    """Fifths of the people (in each cascade) in turn: learn from four, foretell the fifth; for each estimate its score."""
    occasions = _occasions(known)
    fold = np.zeros(known.person.size, np.int64)
    _random.lots(np.uint64(rng), FOLDS, fold)
    of_row = fold[occasions.row]
    told = {name: np.zeros(occasions.row.size) for name in (*_FORETELLERS, MEAN)}
    for one in range(FOLDS):
        test = np.flatnonzero(of_row == one)
        train = of_row != one
        common = float(occasions.was[train].mean()) if train.any() else 0.5
        told[MEAN][test] = common
        learnt = _Learnt(known, occasions, train, np.flatnonzero(fold != one), common, strength)
        for name, foretell in _FORETELLERS.items():
            told[name][test] = foretell(learnt, test)
    mean = log_loss(told.pop(MEAN), occasions.was)
    return tuple(
        HeldOut(
            int(known.person.size), int(occasions.was.size), int(occasions.was.sum()), auc(one, occasions.was),
            log_loss(one, occasions.was), mean, name,
        )
        for name, one in told.items()
    )  # fmt: skip


def _occasions(known: Heard) -> _Occasions:
    first = np.ones(known.when.size, np.bool_)
    first[1:] = (known.row[1:] != known.row[:-1]) | (known.when[1:] != known.when[:-1])
    begins = np.flatnonzero(first)
    row = known.row[begins]
    ends = np.append(begins[1:], known.when.size)
    last = ends == known.starts[row + 1]
    was = last & known.convinced[row]
    return _Occasions(row, begins - known.starts[row], ends - known.starts[row], begins, was)


@dataclass(frozen=True, eq=False)
class _Learnt:
    """What four fifths are learnt from: their occasions and their rows."""

    known: Heard
    occasions: _Occasions
    train: Any
    rows: Any
    common: float
    strength: float

    @cached_property
    def groups(self) -> learning.Learnt:
        """Chances of groups of ties."""
        return learning.by_group(self.known, self.rows, self.strength)

    def by_curve(self, test: Any) -> Any:
        """By how many friends had joined and how many they listen to, drawn towards the mean."""
        occasions = self.occasions
        group = heard.group_of(self.known.listens)[occasions.row]
        cell = group * MOST_EXPOSURES + np.minimum(occasions.after, MOST_EXPOSURES) - 1
        cells = len(heard.GROUPS) * MOST_EXPOSURES
        tried = np.bincount(cell[self.train], minlength=cells)
        joined = np.bincount(cell[self.train], occasions.was[self.train], minlength=cells)
        hazard = (joined + self.strength * self.common) / np.maximum(tried + self.strength, 1e-300)
        return hazard[cell[test]]

    def by_ties(self, test: Any) -> Any:
        """By the chances of the ties along which they heard it then."""
        arcs, chance = learning.by_tie(self.known, self.rows, self.groups, self.strength)
        each = self.groups.chance[self.known.listener_group]
        if arcs.size:
            place = np.minimum(np.searchsorted(arcs, self.known.arc), arcs.size - 1)
            each = np.where(arcs[place] == self.known.arc, chance[place], each)
        return self._convinced(each, test)

    def by_one_chance(self, test: Any) -> Any:
        """By one chance for all ties, as a form takes it."""
        return self._convinced(np.full(self.known.arc.size, self.groups.mean or 0.0), test)

    def by_thresholds(self, test: Any) -> Any:
        """By how thresholds are spread: the share of friends grew from what to what."""
        if not self.rows.size:
            return np.full(test.size, self.common)
        found, occasions = thresholds.spread(thresholds.bounds(self.known).of(self.rows)), self.occasions
        listens = self.known.listens[occasions.row[test]]
        told = found.between(occasions.before[test] / listens, occasions.after[test] / listens, self.common)
        return (1 - SHARE_OF_MEAN) * told + SHARE_OF_MEAN * self.common

    def _convinced(self, each: Any, test: Any) -> Any:
        """That one at least of the friends who joined at that moment convinces."""
        if not each.size:
            return np.zeros(0)
        return -np.expm1(np.add.reduceat(np.log1p(-np.minimum(each, learning.MOST)), self.occasions.begins))[
            test
        ]


_FORETELLERS: dict[str, Callable[[_Learnt, Any], Any]] = {
    "exposure curve": _Learnt.by_curve,
    "chances of ties": _Learnt.by_ties,
    "one chance for all ties": _Learnt.by_one_chance,
    "thresholds": _Learnt.by_thresholds,
}


def log_loss(chance: Any, was: Any) -> float:
    """How uncertain one was of what happened, on average; 0 for who always knew."""
    if not was.size:
        return 0.0
    chance = np.clip(chance, 1e-9, 1 - 1e-9)
    return float(-np.where(was, np.log(chance), np.log1p(-chance)).mean())


def auc(score: Any, was: Any) -> float | None:
    """The chance that of two people, one who joined and one who didn't, the first has the higher score; None without both."""
    yes, no = int(was.sum()), int((~was).sum())
    if not yes or not no:
        return None
    _, place, count = np.unique(score, return_inverse=True, return_counts=True)
    rank = (np.cumsum(count) - (count - 1) / 2)[place]
    return float((rank[was].sum() - yes * (yes + 1) / 2) / (yes * no))
