"""When to ask again: back-off, Retry-After, and a pace per host. Pure functions and one small object."""

from __future__ import annotations

import math
import random
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from grapevine.connectors.base import RateLimit

LONGEST_WAIT = 7 * 86_400.0
"""A Retry-After beyond a week is taken for a mistake and cut to this (seconds)."""


def backoff(attempt: int, *, rng: random.Random, first: float = 2.0, cap: float = 3_600.0) -> float:
    """Seconds to wait after the `attempt`-th failure in a row (from 1), with full jitter.

    Uniform between 0 and `min(cap, first · 2^(attempt-1))`: of the jitters compared in Brooker, "Exponential
    Backoff And Jitter" (2015), the one with the least total work.
    """
    exponent = min(max(attempt, 1) - 1, 64)
    return rng.uniform(0.0, min(cap, first * 2.0**exponent))


def retry_after(value: str | None, *, now: datetime) -> float | None:
    """Seconds asked for by a Retry-After header, given as seconds or as an HTTP date; None if it says
    nothing."""
    if not value or not (value := value.strip()):
        return None
    try:
        seconds = float(value)
    except ValueError:
        try:
            at = parsedate_to_datetime(value)
        except ValueError:
            return None
        seconds = (at.replace(tzinfo=at.tzinfo or UTC) - now).total_seconds()
    if not math.isfinite(seconds):
        return None
    return min(max(seconds, 0.0), LONGEST_WAIT)


class Pacer:
    """Keeps to a rate per host within one process. Thread-safe; share one between the clients of a process.

    The generic cell rate algorithm (ITU-T I.371): a burst of `requests` may go at once, after that one for
    every `seconds / requests`. One number per host.
    """

    def __init__(
        self, *, clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._clock = clock
        self._sleep = sleep
        self._due: dict[str, float] = {}
        self._lock = threading.Lock()

    def wait(self, host: str, limit: RateLimit | None) -> float:
        """Sleep until `host` may be asked again; returns the seconds slept."""
        if limit is None:
            return 0.0
        step = limit.seconds / limit.requests
        with self._lock:
            now = self._clock()
            due = max(self._due.get(host, now), now)
            pause = max(0.0, due + step - limit.seconds - now)
            self._due[host] = due + step
            if len(self._due) > 10_000:
                self._due = {key: at for key, at in self._due.items() if at > now}
        if pause:
            self._sleep(pause)
        return pause
