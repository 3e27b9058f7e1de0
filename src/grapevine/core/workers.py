"""The worker: claims due jobs, runs them in a few threads, renews their leases, and keeps the house clean.

Each worker holds a locked file in the home folder while it lives. The lock goes with the process, however it ends, so other
workers of the same home notice a dead one within seconds and give its jobs back. Where workers share no home (several machines on
one PostgreSQL), the lease runs out instead.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import socket
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import structlog
from django.conf import settings
from django.db import DatabaseError, InterfaceError, close_old_connections, connections

from grapevine.core import clock, faults, heartbeats, jobs
from grapevine.core.models import Job
from grapevine.core.models.jobs import JobState

log = structlog.get_logger(__name__)

POLL = 0.25  # seconds between looks for due jobs, when there was none
BEAT = 5.0  # seconds between heartbeats, renewals and looks for dead workers
GRACE = 4.0  # seconds that running jobs get to reach the end of their batch when the worker stops
FAREWELL = 2.0  # seconds that the renewing thread then gets to end
THREADS: dict[jobs.Lane, int] = {"short": 2, "long": 2, "sending": 2}


def _folder() -> Path:
    folder: Path = settings.GRAPEVINE.home / "run" / "workers"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _lock(path: Path, *, wait: bool = False) -> IO[str] | None:
    """The file at `path`, opened and locked; None when somebody else holds it and we do not wait.

    Whoever looks for dead workers may hold a new worker's file for a moment, and removes it: then there is another by that name.
    """
    while True:
        handle = path.open("a")
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except OSError:
            handle.close()
            return None
        with suppress(FileNotFoundError):
            if path.stat().st_ino == os.fstat(handle.fileno()).st_ino:
                return handle
        handle.close()


def give_back_of_the_dead() -> int:
    """Give back the jobs of workers of this home that are no more; returns how many jobs."""
    count = 0
    for path in _folder().glob("*.lock"):
        handle = _lock(path)
        if handle is None:
            continue
        with handle:
            count += jobs.give_back(path.stem, at=clock.now())
            heartbeats.end(path.stem)
            path.unlink(missing_ok=True)
    return count


@dataclass
class Worker:
    """One worker process. `run` blocks until `stop` is set, in whatever thread or by a signal's handler."""

    name: str = field(
        default_factory=lambda: f"{socket.gethostname()[:30]}-{os.getpid()}-{secrets.token_hex(3)}"
    )
    stop: threading.Event = field(default_factory=threading.Event)
    _over: threading.Event = field(default_factory=threading.Event)
    _running: dict[int, tuple[Job, threading.Event]] = field(default_factory=dict)
    _guard: threading.Lock = field(default_factory=threading.Lock)

    def run(self) -> None:
        """Work until asked to stop. A database that goes away is waited for."""
        lock = _lock(_folder() / f"{self.name}.lock", wait=True)
        renewer = threading.Thread(target=self._keep, name="renewer", daemon=True)
        renewer.start()
        pools = {lane: ThreadPoolExecutor(count, f"{lane}-jobs") for lane, count in THREADS.items()}
        log.info("worker.started", worker=self.name)
        try:
            self._claim_until_stopped(pools)
        finally:
            for pool in pools.values():
                pool.shutdown(wait=False, cancel_futures=True)
            self._wait_for_running()
            self._over.set()
            renewer.join(FAREWELL)  # a last sign of life must not come after the goodbye
            if self._end():  # if not, the next worker of this home finds the file, and ends it for us
                (_folder() / f"{self.name}.lock").unlink(missing_ok=True)
            if lock is not None:
                lock.close()
            log.info("worker.stopped", worker=self.name)

    def _claim_until_stopped(self, pools: dict[jobs.Lane, ThreadPoolExecutor]) -> None:
        free = {lane: threading.Semaphore(count) for lane, count in THREADS.items()}
        wait = POLL
        while not self.stop.is_set():
            claimed = 0
            try:
                for lane, pool in pools.items():
                    claimed += self._claim(lane, pool, free[lane])
                wait = 0.0 if claimed else POLL
            except (DatabaseError, InterfaceError) as error:
                wait = min(30.0, max(wait, POLL) * 2)
                log.warning("worker.database_away", error=faults.told(error), next_try_in=wait)
                connections.close_all()
            self._sleep(wait)

    def _sleep(self, seconds: float) -> None:
        """Sleep until asked to stop, without waiting on `stop` itself.

        A signal's handler sets it in this very thread: if that held the event's lock just then, both would wait for ever.
        """
        end = time.monotonic() + seconds
        while not self.stop.is_set() and (left := end - time.monotonic()) > 0:
            time.sleep(min(left, POLL))

    def _claim(self, lane: jobs.Lane, pool: ThreadPoolExecutor, free: threading.Semaphore) -> int:
        if not free.acquire(blocking=False):
            return 0
        claimed = []
        try:
            claimed = jobs.claim(1, at=clock.now(), kinds=jobs.kinds(lane), worker=self.name)
        finally:
            if not claimed:
                free.release()
        for job in claimed:
            lost = threading.Event()
            with self._guard:
                self._running[job.pk] = (job, lost)
            done: Future[None] = pool.submit(self._run, job, lost)
            done.add_done_callback(lambda _: free.release())
        return len(claimed)

    def _run(self, job: Job, lost: threading.Event) -> None:
        begun = time.monotonic()
        structlog.contextvars.bind_contextvars(job=job.pk, kind=job.kind)
        try:
            state = jobs.run(job, stop=self.stop, lost=lost)
            say: Callable[..., None] = log.error if state == JobState.FAILED else log.debug
            say("job.ended", state=str(state), seconds=round(time.monotonic() - begun, 3))
        except (DatabaseError, InterfaceError) as error:
            # The lease runs out, and it is run again.
            log.warning("job.end_not_written", error=faults.told(error))
        finally:
            with self._guard:
                self._running.pop(job.pk, None)
            structlog.contextvars.clear_contextvars()
            connections.close_all() if lost.is_set() else close_old_connections()

    def _keep(self) -> None:
        """The renewing thread: leases, the sign of life, recurring jobs, jobs of the dead."""
        while not self._over.is_set():
            try:
                self._keep_once()
            except (DatabaseError, InterfaceError) as error:
                log.warning("worker.could_not_renew", error=faults.told(error))
                connections.close_all()
            self._over.wait(BEAT)
        connections.close_all()

    def _keep_once(self) -> None:
        now = clock.now()
        with self._guard:
            held = {pk: (job.lease, lost) for pk, (job, lost) in self._running.items()}
        for pk in jobs.renew(((pk, lease) for pk, (lease, _) in held.items()), at=now):
            held[pk][1].set()
        heartbeats.beat(self.name, part="worker", at=now)
        if not self.stop.is_set():
            give_back_of_the_dead()
            jobs.put_recurring(at=now)

    def _wait_for_running(self) -> None:
        end = time.monotonic() + GRACE
        while time.monotonic() < end:
            with self._guard:
                if not self._running:
                    return
            time.sleep(0.05)

    def _end(self) -> bool:
        """Lay down what is still running, and say goodbye; False when the database did not hear it."""
        try:
            jobs.put_back(self.name)
            heartbeats.end(self.name)
        except (DatabaseError, InterfaceError) as error:
            log.warning("worker.could_not_say_goodbye", error=faults.told(error))
            return False
        finally:
            connections.close_all()
        return True


def work_once() -> int:
    """Put what recurs, run everything that is due, and return how many jobs were run. For tests and for cron."""
    give_back_of_the_dead()
    jobs.put_recurring(at=clock.now())
    count = 0
    while ran := jobs.run_due(at=clock.now(), limit=1000):
        count += ran
    return count
