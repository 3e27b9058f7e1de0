"""A worker in a process of its own, with jobs to test it by. Started by test_workers, and killed by it."""

from __future__ import annotations

import os
import signal
import time

import django

django.setup()

from django.db import transaction  # noqa: E402

from grapevine.core import jobs, workers  # noqa: E402
from grapevine.core.models import Setting  # noqa: E402


@jobs.job("core.test.count", lane="long")
def count(run: jobs.Run) -> None:
    """Count up, one step in a transaction, from where an earlier run was."""
    steps, name = run.payload["steps"], run.payload["name"]
    for step in range(run.job.done, steps):
        with transaction.atomic():
            counter = Setting.objects.select_for_update().get(pk=name)
            counter.value += 1
            counter.save()
            run.progress(step + 1, total=steps)
        time.sleep(run.payload.get("pause", 0))


@jobs.job("core.test.fail")
def fail(run: jobs.Run) -> None:
    raise ValueError("on purpose")


@jobs.job("core.test.deadly")
def deadly(run: jobs.Run) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@jobs.job("core.test.deaf", lane="long")
def deaf(run: jobs.Run) -> None:
    """Take one step, and then hear nothing, as a batch does that takes minutes."""
    run.progress(1)
    while True:
        time.sleep(1)


def main() -> None:
    """Work until SIGTERM. What rooms above have to do again and again is no matter of this room's tests."""
    for kind in [kind for kind in jobs.kinds() if not kind.startswith("core.")]:
        del jobs._kinds[kind]
    workers.BEAT = 0.2
    workers.GRACE = float(os.environ.get("CORE_TEST_GRACE", workers.GRACE))
    worker = workers.Worker()
    signal.signal(signal.SIGTERM, lambda *_: worker.stop.set())
    worker.run()
    os._exit(0)


if __name__ == "__main__":
    main()
