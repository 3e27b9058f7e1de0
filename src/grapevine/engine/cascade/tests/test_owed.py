"""What groups are owed: met whenever a choice meets it, however they overlap, and told when none does."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np
import pytest

from grapevine.engine import graph
from grapevine.engine.cascade import SpreadError, baselines, models, owed
from grapevine.engine.cascade.advice import AtLeast, Wishes
from grapevine.engine.cascade.base import SpreadModel
from grapevine.engine.cascade.claims import Claims
from grapevine.engine.cascade.owed import Kind, cheapest

ALL: tuple[SpreadModel, ...] = (
    models.IndependentCascade(probability=0.4),
    models.LinearThreshold(),
    models.WattsThreshold(threshold=0.3),
    models.AbsoluteThreshold(threshold=2),
    models.WattsThreshold(threshold=0.3, drawn="even", spread=0.2),
)


def _random(seed: int, n: int = 11, m: int = 26) -> graph.Graph:
    first, second = np.random.default_rng(seed).integers(0, n, (2, m))
    return graph.from_arrays(first, second, people=n)


def _cheapest(n: int, k: int, costs: Any, groups: tuple[AtLeast, ...]) -> float:
    """By trying all there are."""
    return min(
        (
            float(costs[list(some)].sum())
            for size in range(k + 1)
            for some in combinations(range(n), size)
            if all(len(set(one.people) & set(some)) >= one.count for one in groups)
        ),
        default=float("inf"),
    )


def _met(seeds: Any, groups: tuple[AtLeast, ...]) -> bool:
    return all(len(set(one.people) & set(seeds)) >= one.count for one in groups)


def _wished(seed: int) -> tuple[graph.Graph, Any, tuple[AtLeast, ...]]:
    dice = np.random.default_rng(seed)
    costs = np.round(dice.uniform(0.3, 3, 11), 2)
    groups = tuple(
        AtLeast(int(dice.integers(1, 3)), dice.permutation(11)[: int(dice.integers(3, 6))].tolist())
        for _ in range(int(dice.integers(1, 4)))
    )
    return _random(seed), costs, groups


@pytest.mark.parametrize("seed", range(12))
def test_a_claim_that_can_be_met_is_met_with_the_last_penny_and_in_the_fewest_places(seed: int) -> None:
    made, costs, groups = _wished(seed)
    for k in (2, 3, 5):
        least = _cheapest(11, k, costs, groups)
        for budget in (least, least + 0.5, 99.0):
            if budget < 99 and least == float("inf"):
                continue
            wishes = Wishes(k, delta=0.05, quality=0, budget=budget, costs=costs.tolist(), at_least=groups)
            if least == float("inf"):
                with pytest.raises(SpreadError, match=r"The groups want \d+ people at least|were found"):
                    baselines.under("degree", made, wishes)
                continue
            chosen = [list(model.advise(made, wishes, rng=seed).seeds) for model in ALL]
            chosen += [baselines.under(rule, made, wishes, rng=seed).tolist() for rule in baselines.RULES]
            for seeds in chosen:
                assert _met(seeds, groups)
                assert len(set(seeds)) == len(seeds) <= k
                assert costs[seeds].sum() <= budget + 1e-9
        if 0.01 < least < float("inf"):
            poor = Wishes(k, budget=least - 0.01, costs=costs.tolist(), at_least=groups)
            for ask in (
                lambda poor=poor: ALL[0].advise(made, poor),
                lambda poor=poor: ALL[2].advise(made, poor),
            ):
                with pytest.raises(
                    SpreadError, match="doesn't pay for what the groups are owed: the cheapest"
                ):
                    ask()


def test_one_person_in_two_groups_meets_both_claims() -> None:
    made = _random(1)
    both = (AtLeast(1, (1, 2)), AtLeast(1, (2, 3)))
    for model in ALL:
        assert model.advise(made, Wishes(1, at_least=both)).seeds == (2,)
    with pytest.raises(SpreadError, match="The groups want 2 people at least, and no more than 1 are to be"):
        ALL[0].advise(made, Wishes(1, at_least=(AtLeast(1, (1,)), AtLeast(1, (2,)))))


def test_while_nothing_is_owed_the_groups_bind_nobody() -> None:
    made = _random(2)
    free = ALL[0].advise(made, Wishes(3), rng=4).seeds
    claims = Claims(made, Wishes(3, at_least=(AtLeast(1, free[:1]),)))
    claims.take(free[0])
    assert claims.kept == [] and claims.may().sum() == 10


def test_the_cheapest_of_many_groups_that_overlap_is_found_within_bounds() -> None:
    """Forty people in six groups each: what is found costs no more than what taking the best value each time comes to."""
    dice = np.random.default_rng(5)
    kinds = [
        Kind(tuple(sorted(dice.permutation(12)[:6].tolist())), [(float(dice.uniform(1, 9)), one)])
        for one in range(40)
    ]
    wanted = [3] * 12
    dived = owed._Search(kinds, 40)
    dived.dive(dict.fromkeys(range(12), 3))
    found = cheapest(wanted, kinds, 40)
    assert found is not None
    assert sum(kinds[one].people[0][0] for one in found) <= dived.cost
    assert all(sum(group in kinds[one].groups for one in found) >= 3 for group in range(12))


def test_very_many_groups_are_met_too() -> None:
    n = 3000
    ring = graph.from_arrays(range(n), [*range(1, n), 0])
    groups = tuple(AtLeast(1, range(at, at + 3)) for at in range(0, n, 3))
    chosen = baselines.under("degree", ring, Wishes(n // 3 + 5, at_least=groups)).tolist()
    assert _met(chosen, groups) and len(chosen) == n // 3 + 5


def test_nobody_is_chosen_for_too_little_money_and_the_cheapest_is_named() -> None:
    made = _random(3)
    for model in ALL:
        for budget in (0.0, 1.5):
            told = model.advise(made, Wishes(4, budget=budget, costs=[2.0] * 11))
            assert told.seeds == () and told.guarantee in (None, 1.0)
            assert (
                f"The budget of {budget:g} pays for nobody: the cheapest of those who may be chosen costs 2."
                in told.note
            )
            assert told.rr_sets < 10_000


def test_who_is_wanted_and_cannot_be_chosen_is_noted() -> None:
    made = _random(3)
    for model in ALL:
        told = model.advise(made, Wishes(3, allowed=[4]))
        assert told.seeds == (4,) and "Wanted: 3 people. Who may be chosen: 1 person." in told.note
        paid = model.advise(made, Wishes(3, budget=2, costs=[1.0] * 11))
        assert len(paid.seeds) == 2 and "2 of 3 at most: the budget pays for nobody else" in paid.note
        assert "of 3" not in model.advise(made, Wishes(3)).note
