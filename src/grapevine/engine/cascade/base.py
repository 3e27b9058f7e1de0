"""What a spread model is: knobs that describe themselves, and five verbs.

`describe` tells what it assumes and which knobs it has; `cascade` lets it run once, step by step; `simulate` runs it until enough is known;
`advise` says whom to brief; `foresee` answers without simulating, where somebody has found out how. A model is one file in `models/`, one line
in the shelf's `__init__`, and is held to `checks.py` like all others.
"""

from __future__ import annotations

import dataclasses
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from grapevine.engine.cascade.errors import SpreadError
from grapevine.engine.graph.network import Graph
from grapevine.engine.graph.sentences import Sentence

if TYPE_CHECKING:
    from grapevine.engine.cascade.advice import Advice, Wishes
    from grapevine.engine.cascade.analytic import Foreseen
    from grapevine.engine.cascade.everyone import Everyone
    from grapevine.engine.cascade.simulation import Cascade, Distribution, Progress, Runner, Seeds
    from grapevine.engine.cascade.trees import Trees

_MARK = "knob"


@dataclass(frozen=True)
class Knob:
    """A parameter, with all that a form or a reader needs to know of it."""

    name: str
    default: Any
    help: str
    low: float | None = None
    high: float | None = None
    unit: str = ""
    whole: bool = False
    choices: tuple[str, ...] = ()
    reference: str = ""

    def allowed(self) -> Sentence:
        """What it may be, as a part of a sentence."""
        words = ", ".join(self.choices)
        if self.low is None and self.high is None:
            return Sentence("one of {words}", words=words)
        if self.high is None:
            number = (
                Sentence("a whole number from {low} to any", low=self.low)
                if self.whole
                else Sentence("a number from {low} to any", low=self.low)
            )
        elif self.whole:
            number = Sentence("a whole number from {low} to {high}", low=self.low, high=self.high)
        else:
            number = Sentence("a number from {low} to {high}", low=self.low, high=self.high)
        return Sentence("{range}, or one of {words}", range=number, words=words) if words else number


def knob(default: Any, *, help: str,  # noqa: A002
          low: float | None = None, high: float | None = None, unit: str = "", whole: bool = False,
         choices: Sequence[str] = (), reference: str = "") -> Any:  # fmt: skip
    """A field of a model that describes itself. With `choices`, those words are allowed beside numbers in the range."""
    told = Knob("", default, help, low, high, unit, whole, tuple(choices), reference)
    return dataclasses.field(default=default, metadata={_MARK: told})


@dataclass(frozen=True)
class About:
    """A model in words."""

    name: str
    title: str
    assumption: str
    references: tuple[str, ...]
    random: bool
    submodular: bool
    knobs: tuple[Knob, ...]


@dataclass(frozen=True)
class SpreadModel(ABC):
    """How people come to join. Frozen; checks its knobs when it is made, and tells a wrong one by SpreadError."""

    name: ClassVar[str]
    title: ClassVar[str]
    assumption: ClassVar[str]
    references: ClassVar[tuple[str, ...]]
    random: ClassVar[bool] = True
    """Whether the same seeds may lead to different cascades."""
    submodular: ClassVar[bool] = False
    """Whether a further seed adds the less the more there are, so that greedy advice has a guarantee."""

    def __post_init__(self) -> None:
        for one in self.knobs():
            self._check(one, getattr(self, one.name))

    @classmethod
    def knobs(cls) -> tuple[Knob, ...]:
        """The parameters in their order."""
        fields = dataclasses.fields(cls)
        return tuple(
            dataclasses.replace(field.metadata[_MARK], name=field.name)
            for field in fields
            if _MARK in field.metadata
        )

    def _check(self, one: Knob, value: Any) -> None:
        if isinstance(value, str) and value in one.choices:
            return
        wrong = SpreadError(
            "{model}: {knob} is {given}; it must be {allowed}.",
            model=self.name,
            knob=one.name,
            given=repr(value) if isinstance(value, str) else value,
            allowed=one.allowed(),
        )
        if one.low is None and one.high is None:
            raise wrong
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise wrong
        # Not a number is outside every range.
        if (one.whole and value != value // 1) or not (
            (one.low is None or value >= one.low) and (one.high is None or value <= one.high)
        ):
            raise wrong

    @classmethod
    def describe(cls) -> About:
        """What the model assumes, whose it is, and its knobs."""
        return About(
            cls.name, cls.title, cls.assumption, cls.references, cls.random, cls.submodular, cls.knobs()
        )

    @abstractmethod
    def prepare(self, graph: Graph, *, rng: int = 0) -> Runner:
        """Make ready to run on a graph. Raises SpreadError when the graph lacks what the model needs."""

    def cascade(self, graph: Graph, seeds: Sequence[int], *, rng: int = 0, run: int = 0) -> Cascade:
        """One run: who joins, at which step. The same as run number `run` of `simulate` with that rng."""
        from grapevine.engine.cascade import simulation

        return simulation.cascade(self.prepare(graph, rng=rng), seeds, run=run)

    def simulate(self, graph: Graph, seeds: Seeds, *, runs: int = 1000, rng: int = 0, threads: int = 1, tolerance: float | None = None,
                 steps: int = 0, who: bool = False, progress: Progress | None = None) -> Distribution:  # fmt: skip
        """Many runs; see `simulation.simulate`."""
        from grapevine.engine.cascade import simulation

        return simulation.simulate(
            self.prepare(graph, rng=rng), seeds, runs=runs, threads=threads, tolerance=tolerance, steps=steps, who=who,
            progress=progress,
        )  # fmt: skip

    def advise(self, graph: Graph, wishes: Wishes, *, rng: int = 0, told: Progress | None = None) -> Advice:
        """Whom to brief. Without a guarantee unless the model is submodular; see `advice`. `told` hears between how much of how much is done, and
        what it raises ends it; so it is with `everyone`."""
        from grapevine.engine.cascade import lazy

        return lazy.greedy(self, graph, wishes, rng=rng, told=told)

    def everyone(self, graph: Graph, *, runs: int = 100, rng: int = 0, threads: int = 1,
                 told: Progress | None = None) -> Everyone:  # fmt: skip
        """How far everybody reaches alone; see `everyone`."""
        from grapevine.engine.cascade import everyone

        return everyone.by_runs(self.prepare(graph, rng=rng), runs=runs, threads=threads, told=told)

    def trees(self, graph: Graph) -> Trees | None:
        """How reverse samples grow on a graph; None where the model's worlds can't be walked backwards."""
        return None

    def foresee(self, degrees: Any, seed_fraction: float) -> Foreseen | None:
        """The answer for endless networks with such degrees, drawn at random otherwise; None where none is known for this model."""
        return None
