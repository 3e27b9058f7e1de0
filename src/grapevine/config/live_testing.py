"""For tests: the event stream as a real process beside the test's own database."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException

from grapevine.core import clock, heartbeats

PATIENCE = 60.0  # seconds: it has to import the house first


@dataclass(frozen=True)
class Server:
    """A live server of one test."""

    port: int
    process: subprocess.Popen[bytes]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/live/stream"


@contextmanager
def running(*, pages_port: int = 8123) -> Iterator[Server]:
    """A live server, for pages on `pages_port`, once it listens to browsers and to the database."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "GRAPEVINE_LIVE_PORT": str(port), "GRAPEVINE_PORT": str(pages_port)}
    process = subprocess.Popen([sys.executable, "-m", "grapevine.cli.main", "live"], env=environment)
    try:
        end = time.monotonic() + PATIENCE
        while not (_answers(port) and heartbeats.alive("live", at=clock.now())) and time.monotonic() < end:
            time.sleep(0.05)
        yield Server(port, process)
    finally:
        process.kill()
        process.wait(timeout=10)


def _answers(port: int) -> bool:
    # Not by httpx, whose every call reads all certificate authorities first: asked twenty times a second, that slows what it waits for.
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    with closing(connection), suppress(OSError, HTTPException):
        connection.request("GET", "/healthz")
        return connection.getresponse().status < 500
    return False
