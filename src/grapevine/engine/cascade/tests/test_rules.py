"""Whom rules choose: by themselves, and among those who may be chosen, under a budget and for groups."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np
import pytest

from grapevine.engine import graph
from grapevine.engine.cascade import SpreadError, baselines, models
from grapevine.engine.cascade.advice import AtLeast, Wishes


def _hub() -> graph.Graph:
    return graph.from_arrays([0, 0, 0, 1, 1, 5], [1, 2, 3, 2, 3, 4])


def _random(seed: int, n: int = 30, m: int = 120) -> graph.Graph:
    first, second = np.random.default_rng(seed).integers(0, n, (2, m))
    return graph.from_arrays(first, second, people=n)


def _marked(n: int, *people: int) -> Any:
    marked = np.zeros(n, np.bool_)
    marked[list(people)] = True
    return marked


def test_rules_choose_as_they_say() -> None:
    hub = _hub()
    assert baselines.choose("degree", hub, 2).tolist() == [0, 1]
    assert baselines.choose("discount", hub, 3).tolist() == [0, 1, 5]
    assert set(baselines.choose("core", hub, 4).tolist()) == {0, 1, 2, 3}
    assert baselines.choose("pagerank", hub, 1).tolist() == [0]
    assert sorted(baselines.choose("random", hub, 6, rng=3).tolist()) == list(range(6))
    with pytest.raises(SpreadError, match="no rule"):
        baselines.choose("charm", hub, 1)


@pytest.mark.parametrize("rule", baselines.RULES)
def test_a_rule_chooses_nobody_twice_and_only_who_may_be_chosen(rule: str) -> None:
    made = _random(4)
    assert sorted(baselines.choose(rule, made, 30, rng=1).tolist()) == list(range(30))
    among = _marked(30, 3, 8, 9, 21)
    assert sorted(baselines.choose(rule, made, 10, among=among).tolist()) == [3, 8, 9, 21]
    first = baselines.choose(rule, made, 2, among=among).tolist()
    assert baselines.under(rule, made, Wishes(2, allowed=[3, 8, 9, 21])).tolist() == first
    assert baselines.choose(rule, graph.from_arrays([], []), 0).tolist() == []
    briefed = baselines.under(rule, made, Wishes(30, already=first))
    assert sorted([*first, *briefed.tolist()]) == list(range(30))


def test_the_discount_counts_no_tie_to_somebody_chosen_or_briefed() -> None:
    made = graph.from_arrays([0, 0, 0, 1, 1, 5], [2, 3, 4, 0, 2, 3])
    assert baselines.choose("discount", made, 2).tolist() == [0, 1]
    assert baselines.choose("discount", made, 2, among=_marked(6, 1, 5)).tolist() == [1, 5]
    assert baselines.under("discount", made, Wishes(1, already=[0, 2])).tolist() == [5]


@pytest.mark.parametrize("rule", baselines.RULES)
def test_a_rule_goes_down_its_ranking_past_those_who_cost_too_much(rule: str) -> None:
    made, costs = _random(7), [1.0 + one % 5 for one in range(30)]
    ranked = baselines.choose(rule, made, 30).tolist()
    chosen = baselines.under(rule, made, Wishes(30, budget=12, costs=costs)).tolist()
    if rule != "discount":
        expected, left = [], 12.0
        for one in ranked:
            if costs[one] <= left:
                expected.append(one)
                left -= costs[one]
        assert chosen == expected
    assert 11 < sum(costs[one] for one in chosen) <= 12
    assert len(set(chosen)) == len(chosen)


@pytest.mark.parametrize("rule", baselines.RULES)
def test_groups_get_what_they_are_owed_from_a_rule_and_the_other_places_go_by_rank(rule: str) -> None:
    made = _random(9)
    ranked = baselines.choose(rule, made, 30).tolist()
    last = ranked[-4:]
    chosen = baselines.under(rule, made, Wishes(5, at_least=(AtLeast(2, last),))).tolist()
    assert chosen[:3] == ranked[:3]
    assert len(set(chosen) & set(last)) == 2 and len(chosen) == 5


def test_money_is_kept_for_what_groups_are_owed() -> None:
    """By the rule alone the hub would have eaten the budget; and advice from samples keeps it, too."""
    hub, costs = _hub(), [9.0, 6.0, 2.0, 3.0, 1.0, 4.0]
    claim = (AtLeast(2, (2, 3, 5)),)
    for wishes, there in (
        (Wishes(3, budget=14, costs=costs, at_least=claim), 3),
        (Wishes(3, budget=6, costs=costs, at_least=claim), 2),
    ):
        for chosen in (
            baselines.under("degree", hub, wishes).tolist(),
            list(models.IndependentCascade(probability=0.5).advise(hub, wishes).seeds),
        ):
            assert len(set(chosen) & {2, 3, 5}) >= 2
            assert sum(costs[one] for one in chosen) <= (wishes.budget or 0)
            assert len(chosen) >= there
    poor = Wishes(3, budget=4, costs=costs, at_least=claim)
    with pytest.raises(
        SpreadError,
        match="The budget of 4 doesn't pay for what the groups are owed: the cheapest who meet it cost 5",
    ):
        baselines.under("degree", hub, poor)
    with pytest.raises(SpreadError, match="the cheapest who meet it cost 5"):
        models.IndependentCascade(probability=0.5).advise(hub, poor)


def test_who_serves_two_groups_may_be_what_makes_them_payable() -> None:
    hub, costs = _hub(), [5.0, 5.0, 1.0, 5.0, 5.0, 5.0]
    both = (AtLeast(1, (1, 2)), AtLeast(1, (2, 3)))
    assert baselines.under("degree", hub, Wishes(2, budget=1, costs=costs, at_least=both)).tolist() == [2]


@pytest.mark.parametrize("seed", range(6))
def test_a_rule_finds_a_choice_for_groups_apart_whenever_the_budget_pays_for_one(seed: int) -> None:
    dice = np.random.default_rng(seed)
    made, costs = _random(seed, 9, 30), dice.integers(1, 9, 9).astype(float)
    groups = (AtLeast(1, (0, 1, 2)), AtLeast(2, (4, 5, 6, 7)))
    cheapest = min(
        sum(costs[list(some)])
        for some in combinations(range(9), 3)
        if len({0, 1, 2} & set(some)) >= 1 and len({4, 5, 6, 7} & set(some)) >= 2
    )
    wishes = Wishes(4, budget=float(cheapest), costs=costs.tolist(), at_least=groups)
    assert costs[baselines.under("degree", made, wishes)].sum() == cheapest


@pytest.mark.parametrize("seed", range(4))
def test_groups_are_heeded_where_nothing_can_be_proved_either(seed: int) -> None:
    """Also those of whom nobody reaches far, and under a budget that pays for the cheapest of them only."""
    made = _random(seed, 400, 1600)
    model = models.WattsThreshold(threshold=0.6)
    free = model.advise(made, Wishes(6)).seeds
    ranked = np.argsort(made.out_degree, kind="stable").tolist()
    worst = [one for one in ranked if one not in free][:20]
    asked = Wishes(6, at_least=(AtLeast(2, worst),))
    bound = model.advise(made, asked)
    assert len(set(bound.seeds) & set(worst)) >= 2 and len(set(bound.seeds)) == 6
    assert bound.spread == model.simulate(made, bound.seeds, runs=1).mean
    assert sum(bound.gains) == pytest.approx(bound.spread)
    costs = np.full(made.n, 3.0)
    costs[worst[-2:]] = 1.0
    paid = model.advise(made, Wishes(6, budget=5, costs=costs.tolist(), at_least=(AtLeast(2, worst),)))
    assert len(set(paid.seeds) & set(worst)) >= 2
    assert costs[list(paid.seeds)].sum() <= 5
