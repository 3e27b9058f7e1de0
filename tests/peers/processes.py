"""Programs that peers start."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess


def end(processes: list[subprocess.Popen[bytes]]) -> None:
    """Stop programs that lead a session of their own, with all that they started, the last one first."""
    for process in reversed(processes):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
    for process in reversed(processes):
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    processes.clear()
