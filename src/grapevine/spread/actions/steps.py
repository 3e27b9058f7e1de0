"""Saying how far a piece of work is: in steps, and within a step as far as whoever computes tells."""

from __future__ import annotations

import time

from grapevine.core import jobs

STEP = 100
"""Progress is counted in hundredths of a step."""
BETWEEN = 0.3
"""Seconds between two looks at whether somebody cancelled."""


class Steps:
    """The steps of one run of a job."""

    def __init__(self, run: jobs.Run, steps: int) -> None:
        self._run, self._total = run, STEP * steps
        self._done, self._looked = 0, 0.0
        self.look(0, 1)

    def step(self) -> None:
        """One more step is done."""
        self._done += STEP
        self.look(0, 1)

    def say(self, note: str) -> None:
        """Tell whoever waits something, beside how far it is."""
        self._run.progress(self._done, total=self._total, note=note)

    def look(self, done: int, of: int) -> None:
        """Say how far the step is, a few times a second at most. Raises what ends the work when somebody cancelled it."""
        now = time.monotonic()
        if done and now - self._looked < BETWEEN:
            return
        self._looked = now
        self._run.progress(self._done + STEP * done // max(1, of), total=self._total)
