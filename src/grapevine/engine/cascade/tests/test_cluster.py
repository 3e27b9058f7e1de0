"""Simulation and samples on a cluster: one scheduler, two workers, one of which is killed half-way."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grapevine.engine import graph
from grapevine.engine.cascade import RandomSeeds, SpreadError, cluster, models
from grapevine.engine.cascade.advice import AtLeast, Wishes
from grapevine.engine.graph import store

pytestmark = pytest.mark.slow
distributed = pytest.importorskip("distributed")


@contextmanager
def _dask(*arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(
        [sys.executable, "-m", "distributed.cli.dask_" + arguments[0], *arguments[1:]], **quiet
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    first, second = np.random.default_rng(5).integers(0, 3000, (2, 6000))
    made = graph.from_arrays(
        first, second, np.full(6000, 0.05), directed=False, people=3000, duplicates="most"
    )
    place = tmp_path_factory.mktemp("saved") / "network"
    store.save(made, place)
    return place


@pytest.fixture
def house(tmp_path: Path) -> Iterator[tuple[Any, list[subprocess.Popen[bytes]]]]:
    told, near = str(tmp_path / "scheduler.json"), ("--no-dashboard", "--host", "127.0.0.1")
    worker = (
        "worker",
        "--scheduler-file",
        told,
        "--no-nanny",
        "--nthreads",
        "1",
        "--local-directory",
        str(tmp_path),
        *near,
    )
    with (
        _dask("scheduler", "--scheduler-file", told, "--port", "0", *near),
        _dask(*worker) as one,
        _dask(*worker) as two,
        distributed.Client(scheduler_file=told, timeout=60) as client,
    ):
        client.wait_for_workers(2, timeout=60)
        yield client, [one, two]


def test_a_cluster_answers_as_one_machine_does_though_a_worker_is_killed_half_way(
    folder: Path, house: Any
) -> None:
    client, workers = house
    made = store.load(folder)
    model = models.IndependentCascade(probability="column")
    killed = []

    def kill(done: int, count: int) -> None:
        if not killed and 2 * done >= count > 4:
            killed.append(count)
            os.kill(workers[0].pid, signal.SIGKILL)
            workers[0].wait()

    far = cluster.Cluster(client, folder, progress=kill)
    told = far.simulate(model, RandomSeeds(9), runs=6000, rng=3, steps=5, who=True)
    plain = model.simulate(made, RandomSeeds(9), runs=6000, rng=3, steps=5, who=True)
    assert killed
    assert told.sizes.tolist() == plain.sizes.tolist()
    assert told.band == plain.band and told.reached.tolist() == plain.reached.tolist()
    assert len(client.nthreads()) == 1
    # What is left of the cluster goes on.
    short = far.simulate(model, [1, 2], runs=20_000, rng=4, tolerance=0.02)
    assert (
        short.sizes.tolist()
        == model.simulate(made, [1, 2], runs=20_000, rng=4, tolerance=0.02).sizes.tolist()
    )


def test_advice_of_a_cluster_is_that_of_one_machine_though_a_worker_is_killed_half_way(
    folder: Path, house: Any
) -> None:
    client, workers = house
    made = store.load(folder)
    pieces = []

    def kill(done: int, count: int) -> None:
        pieces.append(count)
        if len(pieces) == 12:
            os.kill(workers[1].pid, signal.SIGKILL)
            workers[1].wait()

    far = cluster.Cluster(client, folder, progress=kill)
    for model in (models.IndependentCascade(), models.LinearThreshold()):
        for wishes in (Wishes(10), Wishes(5, already=(1, 2), at_least=(AtLeast(2, range(500)),))):
            told, plain = far.advise(model, wishes, rng=6), model.advise(made, wishes, rng=6)
            assert (told.seeds, told.gains, told.spread, told.guarantee, told.rr_sets) == (
                plain.seeds, plain.gains, plain.spread, plain.guarantee, plain.rr_sets,
            )  # fmt: skip
    assert len(pieces) > 12 and len(client.nthreads()) == 1
    with pytest.raises(SpreadError, match="no samples"):
        far.advise(models.WattsThreshold(), Wishes(1))


def test_work_on_a_cluster_ends_when_it_is_called_off(folder: Path, house: Any) -> None:
    class CalledOffError(Exception):
        pass

    def call_off(done: int, count: int) -> None:
        raise CalledOffError

    far = cluster.Cluster(house[0], folder, progress=call_off)
    with pytest.raises(CalledOffError):
        far.simulate(models.IndependentCascade(), [1], runs=50_000)
