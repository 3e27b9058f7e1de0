"""`grapevine up`: the parts as one group. Starts them, restarts what crashed, stops all; leaves no orphans."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess
from types import FrameType
from typing import Any

import structlog

from grapevine.config import serving
from grapevine.config.environment import Environment

log = structlog.get_logger(__name__)

PARTS: dict[str, Callable[[Environment], None]] = {
    "web": serving.serve_pages,
    "live": serving.serve_live,
    "work": serving.work,
}
FIRST_WAIT, LONGEST_WAIT = 0.5, 30.0  # seconds before a crashed part is started again
STEADY = 60.0  # seconds after which a part counts as well
KILL_AFTER = 9.0  # seconds that the parts get to stop
# Where forking is sound, parts begin with all that is imported here: a second earlier, and in less memory.
_context: Any = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def _be(name: str, environment: Environment, parent: int) -> None:
    """What a child process does: it forgets what it has of its parent, follows it, and is its part."""
    for number in _SIGNALS:
        signal.signal(number, signal.SIG_DFL)
    os.setsid()  # Ctrl-C in the terminal is for the parent, which stops the parts in order
    os.environ[serving.PARENT] = str(parent)
    os.environ["DJANGO_SETTINGS_MODULE"] = "grapevine.config.settings"
    serving.follow_parent(parent)
    PARTS[name](environment)


@dataclass
class Part:
    """One child process, started again when it ends without being asked to."""

    name: str
    environment: Environment
    process: BaseProcess | None = None
    started: float = 0.0
    wait: float = FIRST_WAIT
    due: float = 0.0

    def start(self) -> None:
        """Start it."""
        begin = (self.name, self.environment, os.getpid())
        process: BaseProcess = _context.Process(target=_be, args=begin, name=self.name)
        process.start()
        self.process = process
        self.started = time.monotonic()

    def look(self) -> None:
        """Notice a crash; start again when it is time."""
        now = time.monotonic()
        if self.process is None:
            if now >= self.due:
                self.start()
            return
        code = self.process.exitcode
        if code is None:
            if now - self.started > STEADY:
                self.wait = FIRST_WAIT
            return
        log.error("part.ended", part=self.name, code=code, again_in=self.wait)
        self.signal(signal.SIGKILL)  # what it started, if it left something
        self.process, self.due = None, now + self.wait
        self.wait = min(LONGEST_WAIT, self.wait * 2)

    def signal(self, number: int) -> None:
        """Send a signal to the part and all it started."""
        if self.process is None or self.process.pid is None:
            return
        try:
            os.killpg(self.process.pid, number)
        except (ProcessLookupError, PermissionError):
            # No group of its own: gone, or so young that it has not made one yet.
            if self.process.exitcode is None:
                os.kill(self.process.pid, number)


@dataclass
class Supervisor:
    """The group. `run` blocks until SIGINT, SIGTERM or `stop`."""

    environment: Environment
    stop: threading.Event = field(default_factory=threading.Event)
    parts: list[Part] = field(init=False)

    def __post_init__(self) -> None:
        self.parts = [Part(name, self.environment) for name in PARTS]

    def run(self, *, address: str, ready: Callable[[], None]) -> None:
        """Start all parts, call `ready` once the pages answer at `address`, go on until asked to stop."""

        def ask_to_stop(number: int, frame: FrameType | None) -> None:
            if self.stop.is_set():  # asked twice: somebody is in a hurry
                for part in self.parts:
                    part.signal(signal.SIGKILL)
            self.stop.set()

        before = {number: signal.signal(number, ask_to_stop) for number in _SIGNALS}
        try:
            for part in self.parts:
                part.start()
            self._say_when_ready(address, ready)
            # Not `stop.wait`: the handler, in this very thread, would wait for ever for the event's lock that we held just then.
            while not self.stop.is_set():
                for part in self.parts:
                    part.look()
                time.sleep(0.2)
        finally:
            self._stop_all()
            for number, handler in before.items():
                signal.signal(number, handler)

    def _say_when_ready(self, address: str, ready: Callable[[], None]) -> None:
        while not self.stop.is_set():
            time.sleep(0.02)
            try:
                with urllib.request.urlopen(f"{address}/healthz", timeout=1):  # noqa: S310 - our own address
                    ready()
                    return
            except OSError:
                for part in self.parts:
                    part.look()

    def _stop_all(self) -> None:
        for part in self.parts:
            part.signal(signal.SIGTERM)
        end = time.monotonic() + KILL_AFTER
        for part in self.parts:
            if part.process is None:
                continue
            part.process.join(max(0.1, end - time.monotonic()))
            if part.process.exitcode is None:
                log.warning("part.killed", part=part.name)
            part.signal(signal.SIGKILL)  # and whatever it may have left behind
            part.process.join(1)
