"""The battery that every model on the shelf is held to. Each check is a sentence; a model of your own passes them too."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from grapevine.engine.cascade.base import SpreadModel
from grapevine.engine.cascade.errors import SpreadError
from grapevine.engine.cascade.simulation import RandomSeeds
from grapevine.engine.graph import Graph, from_arrays

Check = Callable[[SpreadModel], None]


def _some() -> list[Graph]:
    dice = np.random.default_rng(11)
    first, second = dice.integers(0, 60, (2, 150))
    weights = np.full(150, 0.01)
    return [
        from_arrays(first, second, weights, directed=True, people=64),
        from_arrays(first, second, weights, directed=False, people=64),
    ]


def it_describes_itself(model: SpreadModel) -> None:
    """A model and each of its knobs say what they mean, and the defaults are allowed."""
    about = model.describe()
    assert about.name and about.title and about.assumption and about.references
    for knob in about.knobs:
        assert knob.help, knob.name
        assert knob.choices or knob.low is not None or knob.high is not None, knob.name
    type(model)()


def it_refuses_what_its_knobs_exclude(model: SpreadModel) -> None:
    """A value outside a knob's range, not a number, or of another kind is told as an error."""
    for knob in model.knobs():
        wrong = ["nonsense", None, math.nan]
        wrong += [knob.low - 1] if knob.low is not None else []
        wrong += [knob.high + 1] if knob.high is not None else []
        for value in wrong:
            try:
                type(model)(**{knob.name: value})
            except SpreadError as error:
                assert knob.name in str(error)
            else:
                raise AssertionError(f"{knob.name} = {value!r} was taken")


def seeds_are_always_among_those_who_joined(model: SpreadModel) -> None:
    """Whoever is a seed has joined at step 0, nobody joins twice, and the steps add up."""
    for graph in _some():
        one = model.cascade(graph, [3, 8, 3], rng=5)
        assert {3, 8} == one.steps[0]
        assert len(set(one.people.tolist())) == len(one.people) == one.by_step[-1]
        assert list(one.by_step) == sorted(one.by_step)


def a_run_is_the_same_however_it_is_asked_for(model: SpreadModel) -> None:
    """One run alone, among others, with or without its course, on one thread or two: the same."""
    for graph in _some():
        for seeds in ([1, 2], RandomSeeds(3)):
            plain = model.simulate(graph, seeds, runs=600, rng=9)
            for told in (
                model.simulate(graph, seeds, runs=600, rng=9, threads=2),
                model.simulate(graph, seeds, runs=600, rng=9, steps=7, who=True),
            ):
                assert (told.sizes == plain.sizes).all()
            fewer = model.simulate(graph, seeds, runs=70, rng=9)
            assert (fewer.sizes == plain.sizes[:70]).all()
        for run in (0, 7, 300):
            one = model.cascade(graph, [1, 2], rng=9, run=run)
            assert len(one.people) == model.simulate(graph, [1, 2], runs=301, rng=9).sizes[run]


def who_is_reached_adds_up_to_the_sizes(model: SpreadModel) -> None:
    """The shares of runs in which people join sum to the mean size, and the course ends at it."""
    for graph in _some():
        for seeds in ([1, 2], RandomSeeds(2)):
            told = model.simulate(graph, seeds, runs=300, rng=2, steps=400, who=True)
            bare = model.simulate(graph, seeds, runs=300, rng=2, who=True)
            assert told.band is not None
            assert math.isclose(told.reached.sum(), told.mean, rel_tol=1e-9)
            assert np.allclose(told.reached, bare.reached)
            assert math.isclose(told.band.mean[-1], told.mean, rel_tol=1e-9)


def it_stops_when_it_knows_enough(model: SpreadModel) -> None:
    """With a tolerance, it stops at the first round whose interval is narrow enough; those runs are the first of more."""
    graph = _some()[1]
    far = model.simulate(graph, [1, 2], runs=20_000, rng=4, tolerance=0.05)
    half = (far.interval[1] - far.interval[0]) / 2
    assert half <= 0.05 * far.mean * 1.0001 or far.runs == 20_000
    assert (far.sizes == model.simulate(graph, [1, 2], runs=far.runs, rng=4).sizes).all()


def it_says_how_far_it_is_and_can_be_stopped(model: SpreadModel) -> None:
    """Being told changes nothing of what comes out, on one thread or two; what is raised then ends it."""
    graph, told = _some()[1], list[tuple[int, int]]()
    for threads in (1, 2):
        told.clear()
        heard = model.simulate(
            graph, RandomSeeds(2), runs=600, rng=9, threads=threads, progress=lambda *one: told.append(one)
        )
        assert told == [(256, 600), (512, 600), (600, 600)]
        assert (heard.sizes == model.simulate(graph, RandomSeeds(2), runs=600, rng=9).sizes).all()

    def stop(done: int, runs: int) -> None:
        raise InterruptedError(done)

    for threads in (1, 2):
        try:
            model.simulate(
                graph, RandomSeeds(2), runs=10**9, rng=9, threads=threads, tolerance=1e-9, progress=stop
            )
        except InterruptedError as stopped:
            assert stopped.args == (256,)
        else:
            raise AssertionError("it went on")


def a_network_without_ties_keeps_its_seeds_to_itself(model: SpreadModel) -> None:
    """Nobody listens: of the seeds' talk nothing comes. An empty network gives nothing at all."""
    alone = from_arrays([], [], [], people=9)
    if "outside" not in {knob.name for knob in model.knobs()}:
        assert model.simulate(alone, [2, 4], runs=5).mean == 2
        assert model.simulate(alone, [], runs=5).mean == 0
    assert model.simulate(from_arrays([], [], []), [], runs=5).mean == 0


def seeds_that_are_not_there_are_refused(model: SpreadModel) -> None:
    """Numbers of nobody, and more random seeds than people, are told as errors."""
    graph = _some()[0]
    for seeds in ([64], [-1], RandomSeeds(65), RandomSeeds(-1)):
        try:
            model.simulate(graph, seeds, runs=2)
        except SpreadError:
            continue
        raise AssertionError(f"{seeds} were taken")


CHECKS: tuple[Check, ...] = (
    it_describes_itself,
    it_refuses_what_its_knobs_exclude,
    seeds_are_always_among_those_who_joined,
    a_run_is_the_same_however_it_is_asked_for,
    who_is_reached_adds_up_to_the_sizes,
    it_stops_when_it_knows_enough,
    a_network_without_ties_keeps_its_seeds_to_itself,
    seeds_that_are_not_there_are_refused,
)
