"""Workers in processes of their own that kill themselves at a step of sending. Started by test_outbox_kills.

Each line of input is a step. For each a worker is forked off (which is far quicker than to start one); its number is written to the output and,
when it was to die at a step, a line with how it ended. An empty line is a worker that goes on for as long as there is input.
"""

from __future__ import annotations

import os
import signal
import ssl
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import django

django.setup()

from grapevine.connectors import http  # noqa: E402
from grapevine.core import jobs, workers  # noqa: E402
from grapevine.core.models import Setting  # noqa: E402
from grapevine.sources import outcomes, rules  # noqa: E402
from grapevine.sources.actions import endings, outbox, sending  # noqa: E402
from grapevine.sources.contracts import outbox as contract  # noqa: E402
from grapevine.sources.testing import FakeKeeper  # noqa: E402

TRUSTS = "GRAPEVINE_TEST_TRUSTS"
"""In the environment: a file with the certificate of a mail server."""


class Counting(FakeKeeper):
    """Writes down in the database what it is told: once more for each time."""

    def went(self, of: str, of_id: int, proof: contract.Proof, at: datetime) -> None:
        told, _ = Setting.objects.get_or_create(pk=f"went {of_id}", defaults={"value": 0})
        Setting.objects.filter(pk=told.pk).update(value=told.value + 1)


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def before(module: Any, name: str, *, when: Callable[..., bool] = lambda *_, **__: True) -> None:
    """Die when the function is called."""
    real = getattr(module, name)

    def dying(*given: Any, **more: Any) -> Any:
        if when(*given, **more):
            die()
        return real(*given, **more)

    setattr(module, name, dying)


def after(module: Any, name: str, *, when: Callable[..., bool] = lambda *_, **__: True) -> None:
    """Die when the function has returned."""
    real = getattr(module, name)

    def dying(*given: Any, **more: Any) -> Any:
        returned = real(*given, **more)
        if when(*given, **more):
            die()
        return returned

    setattr(module, name, dying)


def _is_post(_client: Any, request: http.Request) -> bool:
    return request.method == "POST"


STEPS: dict[str, Callable[[], None]] = {
    "before the request": lambda: before(http.Client, "exchange", when=_is_post),
    "while the platform works on it": lambda: None,  # the platform kills us, see relay
    "with the answer in hand": lambda: after(http.Client, "exchange", when=_is_post),
    "before it is stored": lambda: before(sending, "_stored"),
    "while it is stored": lambda: before(endings, "_wake_next"),
    "when it is stored": lambda: after(sending, "_stored"),
    "after it has begun": lambda: before(sending, "_attempt"),
    "while it begins": lambda: before(endings, "tell", when=lambda row: row.state == "sending"),
    "before it begins": lambda: before(sending, "_begin"),
}


def work(step: str) -> None:
    """Work until killed."""
    if authority := os.environ.get(TRUSTS):
        http.Client.trust = lambda _client: ssl.create_default_context(cafile=authority)  # type: ignore[method-assign]
    contract.register("test", Counting())
    workers.BEAT = 0.2
    outcomes.SETTLE, rules._FIRST_WAIT = timedelta(0), 0.1
    jobs._kinds[outbox.SWEEP] = replace(jobs._kinds[outbox.SWEEP], every=timedelta(seconds=0.3))
    if step:
        STEPS[step]()
    workers.Worker().run()


def main() -> None:
    """Fork a worker for each line of input; in the end kill those that are left."""
    left: list[int] = []
    for line in sys.stdin:
        child = os.fork()
        if not child:
            work(line.strip())
            os._exit(0)
        print(child, flush=True)
        if line.strip():
            print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
        else:
            left.append(child)
    for child in left:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


if __name__ == "__main__":
    main()
