"""How many ties people have, as theory takes it: a distribution of degrees, for networks whose ties count both ways and for those where some
listen to others who don't listen to them.

Works with numpy alone; nothing is compiled.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from grapevine.engine.cascade.errors import SpreadError

if TYPE_CHECKING:
    from grapevine.engine.graph.network import Graph

TAIL = 1e-18
LARGEST_MEAN = 1000.0


@dataclass(frozen=True)
class Crowd:
    """People by kind: what share of them is of it, or how likely one meets it; by how many may convince somebody of that kind, how many they
    listen to in all, and to how many they pass it on."""

    share: Any
    askers: Any
    listens: Any
    onward: Any


@dataclass(frozen=True)
class Degrees:
    """Of a network whose ties count both ways: shares of people by how many ties they have."""

    degree: Any
    share: Any

    @property
    def mean(self) -> float:
        """The mean degree."""
        return float(self.degree @ self.share)

    @property
    def everybody(self) -> Crowd:
        """People picked evenly."""
        return Crowd(self.share, self.degree, self.degree, self.degree)

    @property
    def behind(self) -> Crowd:
        """Who stands at the other end of a tie, as somebody who may convince: this one tie can't have convinced them."""
        some = self.degree > 0
        degree = self.degree[some]
        return Crowd(degree * self.share[some] / self.mean, degree - 1, degree, degree - 1)

    @property
    def ahead(self) -> Crowd:
        """Who stands at the other end of a tie, as somebody to convince: along it they don't pass it on."""
        return self.behind


@dataclass(frozen=True)
class Arcs:
    """Of a directed network: shares of people by to how many they listen and how many listen to them, together."""

    listens: Any
    heard_by: Any
    share: Any

    @property
    def mean(self) -> float:
        """To how many people listen on average; as many listen to them."""
        return float(self.listens @ self.share)

    @property
    def everybody(self) -> Crowd:
        """People picked evenly."""
        return Crowd(self.share, self.listens, self.listens, self.heard_by)

    @property
    def behind(self) -> Crowd:
        """Whom one listens to: met the more often, the more listen to them. All whom they listen to may have convinced them."""
        return Crowd(self.heard_by * self.share / self.mean, self.listens, self.listens, self.heard_by)

    @property
    def ahead(self) -> Crowd:
        """Who listens to one: met the more often, the more they listen to. They pass it on to all who listen to them."""
        return Crowd(self.listens * self.share / self.mean, self.listens, self.listens, self.heard_by)


def poisson(mean: float) -> Degrees:
    """Degrees of a network whose ties are drawn evenly."""
    degree, share = _poisson(mean)
    return Degrees(degree, share)


def poisson_arcs(mean: float) -> Arcs:
    """Degrees of a directed network whose ties are drawn evenly: to how many one listens says nothing of how many listen to one."""
    degree, share = _poisson(mean)
    return Arcs(np.repeat(degree, degree.size), np.tile(degree, degree.size), np.outer(share, share).ravel())


def _poisson(mean: float) -> tuple[Any, Any]:
    if not 0 <= mean <= LARGEST_MEAN:
        raise SpreadError(
            "The mean degree is {mean}; from 0 to {most} is wanted.", mean=mean, most=LARGEST_MEAN
        )
    if mean == 0:
        return np.array([0]), np.array([1.0])
    degree = np.arange(int(mean + 12 * math.sqrt(mean) + 40))
    log = degree * math.log(mean) - mean - np.array([math.lgamma(k + 1) for k in degree])
    share = np.exp(log)
    kept = share > TAIL
    return degree[kept], share[kept] / share[kept].sum()


def regular(degree: float) -> Degrees:
    """Everybody has as many ties."""
    return Degrees(np.array([_whole(degree)]), np.array([1.0]))


def regular_arcs(degree: float) -> Arcs:
    """Everybody listens to as many, and as many listen to them."""
    same = np.array([_whole(degree)])
    return Arcs(same, same, np.array([1.0]))


def _whole(degree: float) -> int:
    if not 0 <= degree <= LARGEST_MEAN or degree != int(degree):
        raise SpreadError(
            "The degree is {degree}; in a regular network a whole number from 0 to {most} is wanted.",
            degree=degree,
            most=LARGEST_MEAN,
        )
    return int(degree)


def of_degrees(degrees: Any) -> Degrees:
    """The degrees of a network that is there, whose ties count both ways."""
    if len(degrees) == 0:
        raise SpreadError("A network without people has no degrees.")
    found, count = np.unique(np.asarray(degrees), return_counts=True)
    return Degrees(found, count / count.sum())


def of_graph(graph: Graph) -> Degrees | Arcs:
    """The degrees of a network as it is: to how many each listens and how many listen to them where it is directed."""
    if not graph.directed:
        return of_degrees(graph.in_degree)
    if graph.n == 0:
        raise SpreadError("A network without people has no degrees.")
    width = int(graph.out_degree.max(initial=0)) + 1
    found, count = np.unique(graph.in_degree.astype(np.int64) * width + graph.out_degree, return_counts=True)
    return Arcs(found // width, found % width, count / graph.n)
