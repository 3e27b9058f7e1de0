"""What is kept as JSON is read again, by the version that wrote it and by others."""

from __future__ import annotations

import json
from typing import Any

import pytest

from grapevine.engine.cascade.estimation import Exposure
from grapevine.engine.cascade.influentials import Group
from grapevine.spread import advised, definitions, experiments, observed, outcomes, questions, reasons

GROUP = Group(people=3, degree=2.5, cascade=4.0, cost=1.0, per_cost=4.0, global_share=0.1)
ESTIMATED = observed.Estimated(
    people=9,
    joined=4,
    ties=12,
    exposures=(Exposure(k=1, exposed=5, joined=2, share=0.4, low=0.1, high=0.8),),
    thresholds=(0.2, 0.5),
    chances=(("1", 0.25, 8),),
)
CHOICE = questions.ModelChoice("ic", {"probability": "wc"})
EVERYTHING = [
    definitions.Definition(source_ids=(1, 2), languages=("da",), givers=("people",), fresh=True),
    definitions.Found(posts=3, languages=("sv", ""), kinds={"answer": 2}, sizes=(4, 1)),
    observed.Asked(wish={"q": "lute"}, begins="2026-11-01", window_hours=12.0),
    observed.Seen(posts=5, people=4, how={"told": 2}, generations=(1, 2, 1), estimated=ESTIMATED),
    observed.Seen(posts=0, people=0),
    experiments.Asked(threshold=0.25, cost="same"),
    experiments.Found(
        top=GROUP, everybody=GROUP, ordinary=GROUP, ratio=1.0, degree_ratio=1.0, multiplier=1.0, per_cost_ratio=1.0,
        largest=7, counts=((1, 0), (2, 3)), tenths=((4.0, 2.0), (1.0, 0.5)),
    ),
    questions.Question(model=CHOICE, runs=50, tolerance=None, cascade_id=3),
    questions.Way(count=4, audience_id=2, contactable=False),
    questions.Brief(model=CHOICE, audience_ids=(1,), shares=(questions.Share("lang", 2, 5),)),
    reasons.Why(listeners=4, fresh=2, circle=0, circle_size=9, first=True, rank=1, language="nl"),
    outcomes.Outcome(
        people=9, wanted=2, seeds=2, runs=10, sure=False, mean=4.5, stderr=0.2, global_share=0.5,
        hundredths=(1.0, 9.0), counts=(4, 6), course=outcomes.Course((2.0, 4.5), (2.0, 2.0), (2.0, 9.0)),
    ),
    outcomes.Background(
        edges=(1.0, 5.0),
        sensitivity=outcomes.Sensitivity("threshold", 0.2, (0.1, 0.2), ((3.0, 2.0), (5.0, 4.0))),
        window=outcomes.Window(0.18, 4.0, 1.1, None, 1.3, 0.2, (3.0, 5.0)),
    ),
    outcomes.Background(edges=(), sensitivity=None, window=None),
    advised.Advised(
        people=3, pool=9, refused=1, already=0, mean=4.0, low=3.5, high=4.5, by_degree=None, method="ris",
        guarantee=0.63, promised=0.63, at_most=6.0, delta=0.01, samples=1000, seconds=0.1,
    ),
]  # fmt: skip


@pytest.mark.parametrize("value", EVERYTHING, ids=lambda one: f"{type(one).__module__}.{type(one).__name__}")
def test_what_was_kept_is_the_same_again_whatever_another_version_wrote_beside_it(value: Any) -> None:
    written = json.loads(json.dumps(value.to_json()))
    assert type(value).from_json(written) == value
    assert type(value).from_json({**written, "of_another_version": [1]}) == value
