"""What the worker computes for long is stopped in the middle, not at its end; and advice is not judged by the dice that chose it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from grapevine.core import access, clock, jobs
from grapevine.core.testing import NOON
from grapevine.engine.cascade import opim
from grapevine.spread.actions import audiences, experiments, simulations, steps, works
from grapevine.spread.experiments import Asked
from grapevine.spread.models import Rule, Work, WorkState
from grapevine.spread.questions import Begin, Brief, ModelChoice, Question, Way
from grapevine.spread.tests import worlds

pytestmark = pytest.mark.django_db
CHANCE = ModelChoice("ic", {"probability": 0.3})
SHARE = ModelChoice("watts", {"threshold": 0.3})


def _advice(model: ModelChoice) -> Callable[[], Work]:
    return lambda: audiences.ask(
        name="Regulars",
        network=worlds.two_towns(),
        brief=Brief(model=model, count=2),
        by=access.SYSTEM,
        at=NOON,
    )


def _experiment() -> Work:
    return experiments.ask(network=worlds.two_towns(), asked=Asked(), by=access.SYSTEM, at=NOON)


def _simulation() -> Work:
    return simulations.ask(
        name="What if", network=worlds.two_towns(), question=Question(model=CHANCE, runs=200),
        begins=[Begin(name="As advised", rule=Rule.ADVICE, way=Way(count=2))], by=access.SYSTEM, at=NOON,
    )  # fmt: skip


@pytest.mark.parametrize("ask", [_advice(CHANCE), _advice(SHARE), _experiment, _simulation])
def test_whom_to_brief_and_who_matters_stop_within_their_first_step(
    ask: Callable[[], Work], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(steps, "BETWEEN", 0)
    row = ask()
    told: list[int] = []

    class Watched(jobs.Run):
        def progress(self, done: int, *, total: int | None = None, note: str = "") -> None:
            told.append(done)
            if 0 < done < steps.STEP:
                works.cancel(row, by=access.SYSTEM, at=NOON)
            super().progress(done, total=total, note=note)

    [job] = jobs.claim(1, at=clock.now())
    with pytest.raises(jobs.Cancelled):
        works.run(Watched(job), clock=clock.now)
    assert told == sorted(told) and 0 < told[-1] < steps.STEP
    row.refresh_from_db()
    assert row.state == WorkState.CANCELLED


def test_the_dice_that_choose_are_not_those_that_tell_how_far_it_goes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """In a simulation that begins as advised."""
    seen: dict[str, Any] = {}
    model = type(CHANCE.made())

    def advise(self: Any, graph: Any, wishes: Any, *, rng: int = 0, told: Any = None) -> Any:
        seen["chose"] = rng
        return opim.advise(self.trees(graph), wishes, rng=rng)

    whole = model.simulate

    def simulate(self: Any, graph: Any, seeds: Any, *, rng: int = 0, **more: Any) -> Any:
        seen.setdefault("told", rng)
        return whole(self, graph, seeds, rng=rng, **more)

    monkeypatch.setattr(model, "advise", advise)
    monkeypatch.setattr(model, "simulate", simulate)
    _simulation()
    jobs.run_due(at=clock.now())
    assert seen["chose"] != seen["told"]
