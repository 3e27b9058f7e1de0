"""Workers as real processes, killed at random moments: nothing is lost, nothing is done twice."""

from __future__ import annotations

import fcntl
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from django.conf import settings
from django.db import connection

from grapevine.core import clock, heartbeats, jobs, workers
from grapevine.core.models import Heartbeat, Job, Setting
from grapevine.core.models.jobs import JobState
from grapevine.core.tests import worker_process

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

STEPS = 200
KILLS = 5
Start = Callable[[], "subprocess.Popen[bytes]"]


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts workers; ends those that are left."""
    begun: list[subprocess.Popen[bytes]] = []

    def one() -> subprocess.Popen[bytes]:
        begun.append(subprocess.Popen([sys.executable, "-m", worker_process.__name__]))
        return begun[-1]

    yield one
    for process in begun:
        with suppress(ProcessLookupError):
            process.kill()
        process.wait(timeout=10)
    workers.give_back_of_the_dead()


def until(true: Callable[[], bool], *, seconds: float = 120) -> None:
    """Wait for something to become true."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come true in time"
        time.sleep(0.02)


def all_done() -> bool:
    return not Job.objects.filter(state__in=JobState.unfinished(), kind__startswith="core.test").exists()


def steps_taken() -> int:
    """How far all jobs are together; looked at before a kill, so that it hits workers at work, however slow they were to start."""
    return sum(Job.objects.filter(kind="core.test.count").values_list("done", flat=True))


def test_killed_workers_lose_no_step_and_take_none_twice(start: Start) -> None:
    dice = random.Random(42)
    names = [f"counter {number}" for number in range(4)]
    for name in names:
        Setting.objects.create(pk=name, value=0)
        jobs.put("core.test.count", {"name": name, "steps": STEPS, "pause": 0.005}, max_attempts=1000)
    living = [start(), start()]
    for _ in range(KILLS):
        enough = steps_taken() + dice.randrange(1, 100)
        until(lambda enough=enough: steps_taken() >= enough)
        victim = living.pop(dice.randrange(2))
        victim.send_signal(signal.SIGKILL)
        victim.wait()
        living.append(start())
    assert not all_done()
    until(all_done)
    assert {name: Setting.objects.get(pk=name).value for name in names} == dict.fromkeys(names, STEPS)
    assert {job.done for job in Job.objects.filter(kind="core.test.count")} == {STEPS}


def test_a_job_of_a_killed_worker_goes_on_within_seconds_in_another(start: Start) -> None:
    Setting.objects.create(pk="counter", value=0)
    job = jobs.put("core.test.count", {"name": "counter", "steps": 60, "pause": 0.05})
    assert job is not None
    first = start()
    until(lambda: Job.objects.get(pk=job.pk).done > 5)
    first.kill()
    first.wait()
    begun = time.monotonic()
    start()
    until(lambda: Job.objects.get(pk=job.pk).attempts == 2)
    assert time.monotonic() - begun < jobs.LEASE.total_seconds() / 2
    until(all_done)
    assert Setting.objects.get(pk="counter").value == 60


def test_a_worker_asked_to_stop_gives_its_job_back_and_says_goodbye(start: Start) -> None:
    Setting.objects.create(pk="counter", value=0)
    job = jobs.put("core.test.count", {"name": "counter", "steps": 500, "pause": 0.02})
    assert job is not None
    worker = start()
    until(lambda: Job.objects.get(pk=job.pk).done > 3)
    until(lambda: heartbeats.alive("worker", at=clock.now()))
    worker.terminate()
    assert worker.wait(timeout=30) == 0
    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.WAITING, 0)
    assert Setting.objects.get(pk="counter").value == job.done
    assert not Heartbeat.objects.exists()
    assert not list((settings.GRAPEVINE.home / "run" / "workers").glob("*.lock"))


def test_a_job_that_does_not_hear_of_the_end_is_put_back_without_losing_a_try(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CORE_TEST_GRACE", "0.1")
    job = jobs.put("core.test.deaf", max_attempts=1)
    assert job is not None
    worker = start()
    until(lambda: Job.objects.get(pk=job.pk).done == 1)
    worker.terminate()
    assert worker.wait(timeout=30) == 0
    job.refresh_from_db()
    assert (job.state, job.attempts, job.lease) == (JobState.WAITING, 0, "")


def test_a_worker_never_waits_on_what_a_signal_sets_in_its_own_thread(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = threading.Event()

    def wait(timeout: float | None = None) -> bool:
        raise AssertionError("a handler that set it now would wait for ever")

    monkeypatch.setattr(asked, "wait", wait)
    monkeypatch.setattr(workers, "POLL", 0.01)
    threading.Timer(0.1, asked.set).start()
    workers.Worker(stop=asked).run()
    assert not Heartbeat.objects.exists()


def test_a_workers_lock_is_its_own_though_another_took_its_file_for_a_dead_ones() -> None:
    path = workers._folder() / "yorick.lock"
    with path.open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with ThreadPoolExecutor(1) as pool:
            got = pool.submit(workers._lock, path, wait=True)
            path.unlink()
            held.close()
            mine = got.result(timeout=10)
    assert mine is not None
    with mine:
        assert os.fstat(mine.fileno()).st_ino == path.stat().st_ino
        assert workers._lock(path) is None
    path.unlink()


def test_a_job_that_kills_every_worker_is_given_up(start: Start) -> None:
    job = jobs.put("core.test.deadly", max_attempts=2)
    assert job is not None
    for _ in range(2):
        assert start().wait(timeout=120) == -signal.SIGKILL
    start()
    until(lambda: Job.objects.get(pk=job.pk).state == JobState.FAILED)


@pytest.mark.postgres
def test_a_worker_outlives_a_database_that_throws_it_out(start: Start) -> None:
    Setting.objects.create(pk="counter", value=0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        before = cursor.fetchone()[0]
    worker = start()
    until(lambda: heartbeats.alive("worker", at=clock.now()))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND backend_start > %s AND pid <> pg_backend_pid()",
            [before],
        )
        assert cursor.rowcount > 0
    jobs.put("core.test.count", {"name": "counter", "steps": 10})
    until(all_done)
    assert worker.poll() is None
    assert Setting.objects.get(pk="counter").value == 10


def test_work_once_does_what_is_due_and_ends() -> None:
    Setting.objects.create(pk="counter", value=0)
    jobs.put("core.test.count", {"name": "counter", "steps": 10})
    assert workers.work_once() >= 1
    assert Setting.objects.get(pk="counter").value == 10
    assert os.environ["GRAPEVINE_HOME"] == str(settings.GRAPEVINE.home)
