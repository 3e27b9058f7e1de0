"""Every model on the shelf passes every check."""

from __future__ import annotations

import pytest

from grapevine.engine.cascade import checks, models
from grapevine.engine.cascade.base import SpreadModel
from grapevine.engine.cascade.errors import SpreadError

SOME = [
    *(model() for model in models.OURS),
    models.WattsThreshold(threshold=0.3, drawn="even", spread=0.2),
    models.WattsThreshold(threshold=0.3, drawn="normal", spread=0.2),
    models.IndependentCascade(probability="tri"),
    models.IndependentCascade(probability="column"),
    models.IndependentCascade(probability=1),
    models.LinearThreshold(probability="column"),
    models.LinearThreshold(probability=0),
]


@pytest.mark.parametrize("check", checks.CHECKS, ids=lambda check: check.__name__)
@pytest.mark.parametrize("model", SOME, ids=repr)
def test_a_model_keeps_the_rules_of_the_shelf(model: SpreadModel, check: checks.Check) -> None:
    check(model)


def test_a_model_that_is_not_there_is_told_with_those_that_are() -> None:
    with pytest.raises(SpreadError, match="There are: watts, absolute, lt, ic, sir, brief"):
        models.named("gossip")
    assert [model.name for model in models.OURS] == list(models.shelf())
