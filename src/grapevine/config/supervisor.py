"""`grapevine up`: the parts as one group. Starts them, restarts what crashed, stops all; leaves no orphans."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from types import FrameType

import structlog

from grapevine.config import serving

log = structlog.get_logger(__name__)

PARTS = ("web", "live", "work")
FIRST_WAIT, LONGEST_WAIT = 0.5, 30.0  # seconds before a crashed part is started again
STEADY = 60.0  # seconds after which a part counts as well
KILL_AFTER = 9.0  # seconds that the parts get to stop


@dataclass
class Part:
    """One child process, started again when it ends without being asked to."""

    name: str
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    wait: float = FIRST_WAIT
    due: float = 0.0

    def start(self) -> None:
        """Start it. It watches this process, and its signals come from here, not from the terminal."""
        environment = {**os.environ, serving.PARENT: str(os.getpid())}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "grapevine.cli.main", self.name], env=environment, start_new_session=True
        )
        self.started = time.monotonic()

    def look(self) -> None:
        """Notice a crash; start again when it is time."""
        now = time.monotonic()
        if self.process is None:
            if now >= self.due:
                self.start()
            return
        code = self.process.poll()
        if code is None:
            if now - self.started > STEADY:
                self.wait = FIRST_WAIT
            return
        log.error("part.ended", part=self.name, code=code, again_in=self.wait)
        self.process, self.due = None, now + self.wait
        self.wait = min(LONGEST_WAIT, self.wait * 2)

    def signal(self, number: int) -> None:
        """Send a signal to the part and all it started."""
        if self.process is not None and self.process.poll() is None:
            try:
                os.killpg(self.process.pid, number)
            except ProcessLookupError:
                return


@dataclass
class Supervisor:
    """The group. `run` blocks until SIGINT, SIGTERM or `stop`."""

    stop: threading.Event = field(default_factory=threading.Event)
    parts: list[Part] = field(default_factory=lambda: [Part(name) for name in PARTS])

    def run(self, *, address: str, ready: Callable[[], None]) -> None:
        """Start all parts, call `ready` once the pages answer at `address`, go on until asked to stop."""

        def ask_to_stop(number: int, frame: FrameType | None) -> None:
            if self.stop.is_set():  # asked twice: somebody is in a hurry
                for part in self.parts:
                    part.signal(signal.SIGKILL)
            self.stop.set()

        before = {
            number: signal.signal(number, ask_to_stop)
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
        }
        try:
            for part in self.parts:
                part.start()
            self._say_when_ready(address, ready)
            while not self.stop.wait(0.2):
                for part in self.parts:
                    part.look()
        finally:
            self._stop_all()
            for number, handler in before.items():
                signal.signal(number, handler)

    def _say_when_ready(self, address: str, ready: Callable[[], None]) -> None:
        while not self.stop.wait(0.02):
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
            try:
                part.process.wait(max(0.1, end - time.monotonic()))
            except subprocess.TimeoutExpired:
                log.warning("part.killed", part=part.name)
        for part in self.parts:
            self._kill_group(part)

    @staticmethod
    def _kill_group(part: Part) -> None:
        if part.process is None:
            return
        try:
            os.killpg(part.process.pid, signal.SIGKILL)  # whatever it may have left behind
        except (ProcessLookupError, PermissionError):
            return
