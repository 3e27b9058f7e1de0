"""The cheapest people who give every group what it is owed, when one person may stand in several groups.

Groups apart are simple: of each its cheapest. Where they overlap it is a covering problem, for which nobody knows a quick way; the few groups that
people ask for are searched through, with bounds, and what is found is the cheapest. Beyond `NODES` steps, or more people than `DEEP`, it is a good
choice and perhaps not the cheapest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

NODES = 4_000
DEEP = 200
EPS = 1e-9


@dataclass(frozen=True)
class Kind:
    """People who stand in the same groups: what each costs and who it is, the cheapest first."""

    groups: tuple[int, ...]
    people: Sequence[tuple[float, int]]


@dataclass
class _Search:
    kinds: Sequence[Kind]
    places: int
    best: list[int] | None = None
    cost: float = float("inf")
    nodes: int = 0
    of_group: dict[int, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for at, kind in enumerate(self.kinds):
            for group in kind.groups:
                self.of_group.setdefault(group, []).append(at)

    def left(self, group: int, used: list[int], shut: frozenset[int]) -> int:
        """How many of a group are left to take."""
        return sum(
            len(self.kinds[at].people) - used[at] for at in self.of_group.get(group, ()) if at not in shut
        )

    def least(self, owed: dict[int, int], used: list[int], shut: frozenset[int]) -> tuple[float, float]:
        """What must still be paid, and how many taken, at least: everybody's cost shared among the groups they serve."""
        cost = count = 0.0
        for group, wanted in owed.items():
            shares: list[float] = []
            ways: list[float] = []
            for at in self.of_group.get(group, ()):
                if at not in shut:
                    kind = self.kinds[at]
                    serves = sum(one in owed for one in kind.groups)
                    some = kind.people[used[at] : used[at] + wanted]
                    shares += [price / serves for price, _ in some]
                    ways += [1 / serves] * len(some)
            if len(shares) < wanted:
                return float("inf"), float("inf")
            cost += sum(sorted(shares)[:wanted])
            count += sum(sorted(ways)[:wanted])
        return cost, count

    def options(self, owed: dict[int, int], used: list[int], shut: frozenset[int]) -> list[int]:
        """Kinds of whom one may come next: all that serve the group with the fewest to spare, the best value first."""
        group = min(owed, key=lambda one: self.left(one, used, shut) - owed[one])
        open_ = [
            at
            for at in self.of_group.get(group, ())
            if at not in shut and used[at] < len(self.kinds[at].people)
        ]

        def worth(at: int) -> tuple[float, int]:
            kind = self.kinds[at]
            return kind.people[used[at]][0] / sum(one in owed for one in kind.groups), -len(kind.groups)

        return sorted(open_, key=worth)

    def dive(self, owed: dict[int, int]) -> None:
        """One choice, each time the best value."""
        used, chosen, spent = [0] * len(self.kinds), list[int](), 0.0
        while owed:
            open_ = self.options(owed, used, frozenset())
            if not open_ or len(chosen) == self.places:
                return
            price, one = self.kinds[open_[0]].people[used[open_[0]]]
            owed = _less(owed, self.kinds[open_[0]].groups)
            used[open_[0]] += 1
            chosen.append(one)
            spent += price
        self.best, self.cost = chosen, spent

    def go(
        self, owed: dict[int, int], used: list[int], shut: frozenset[int], chosen: list[int], spent: float
    ) -> None:
        """All choices that bounds don't exclude."""
        self.nodes += 1
        if not owed:
            self.best, self.cost = list(chosen), spent
            return
        if self.nodes > NODES:
            return
        cost, count = self.least(owed, used, shut)
        if spent + cost >= self.cost - EPS or len(chosen) + count > self.places + EPS:
            return
        for at in self.options(owed, used, shut):
            price, one = self.kinds[at].people[used[at]]
            used[at] += 1
            chosen.append(one)
            if spent + price < self.cost - EPS:
                self.go(_less(owed, self.kinds[at].groups), used, shut, chosen, spent + price)
            chosen.pop()
            used[at] -= 1
            shut |= {at}


def cheapest(owed: Sequence[int], kinds: Sequence[Kind], places: int) -> list[int] | None:
    """The cheapest people, at most so many, of whom every group (by its place in `owed`) has as many as it is owed; None when there are none."""
    wanted = {group: count for group, count in enumerate(owed) if count > 0}
    search = _Search(kinds, places)
    if all(len(kind.groups) == 1 for kind in kinds):
        if sum(wanted.values()) > places or any(
            search.left(g, [0] * len(kinds), frozenset()) < c for g, c in wanted.items()
        ):
            return None
        return [
            one
            for g, c in wanted.items()
            for at in search.of_group.get(g, ())
            for _, one in kinds[at].people[:c]
        ]
    search.dive(wanted)
    if sum(wanted.values()) <= DEEP:
        search.go(wanted, [0] * len(kinds), frozenset(), [], 0.0)
    return search.best


def _less(owed: dict[int, int], groups: Sequence[int]) -> dict[int, int]:
    """What is owed when one more of these groups is there."""
    found = {group: count - (group in groups) for group, count in owed.items()}
    return {group: count for group, count in found.items() if count}
