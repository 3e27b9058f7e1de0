"""Senders as real processes, killed at every step: no reply is lost, none is said twice. Against WordPress, in memory and real."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from grapevine.connectors.wordpress.testing import FakeSite
from grapevine.core import access, clock, workers
from grapevine.core.models import AuditEntry, Setting
from grapevine.sources import testing
from grapevine.sources.actions import outbox
from grapevine.sources.actions import sources as actions
from grapevine.sources.models import Outgoing, OutgoingState
from grapevine.sources.tests import relay, sender_process

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
TEXTS = {"while the platform works on it": "Sorry for that (kill)"}
MISCHIEF = ("Accepted, then an error (500)", "Accepted, then silence (nothing)")


class Senders:
    """The process that workers are forked from."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self.victim = 0

    def start(self, step: str = "") -> None:
        self._say(step)
        self.victim = int(self._hear())

    def ended(self) -> int:
        """Wait for the last one started; returns how it ended."""
        return int(self._hear())

    def kill(self) -> None:
        os.kill(self.victim, signal.SIGKILL)

    def _say(self, line: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{line}\n")
        self._process.stdin.flush()

    def _hear(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline()


@pytest.fixture
def senders(monkeypatch: pytest.MonkeyPatch) -> Iterator[Senders]:
    monkeypatch.setenv("GRAPEVINE_ALLOWED_NETWORKS", "127.0.0.0/8")
    command = [sys.executable, "-m", sender_process.__name__]
    with subprocess.Popen(command, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        yield Senders(process)
    workers.give_back_of_the_dead()


@contextmanager
def in_memory(_folder: Path) -> Iterator[tuple[relay.Relay, dict[str, str], int, Callable[[], list[str]]]]:
    site = FakeSite()
    post = site.items["posts"][0]["id"]
    with relay.Relay(relay.to_fake(site), of="https://blog.example").open() as door:

        def said() -> list[str]:
            return [one["said"][1] for one in site.items["comments"] if "said" in one]

        yield door, {"user": "maria", "password": "secret"}, post, said


@contextmanager
def in_php(folder: Path) -> Iterator[tuple[relay.Relay, dict[str, str], int, Callable[[], list[str]]]]:
    peer = pytest.importorskip("tests.peers.wordpress", reason="the repository's tests are not there")
    with (
        peer.WordPress.running(folder) as blog,
        relay.Relay(relay.to_real(blog.url), of=blog.url).open() as door,
    ):
        post = blog.publish("Ask us", "Anything.")

        def said() -> list[str]:
            found = blog.api("GET", f"comments?post={post}&per_page=100&status=all")
            return [
                one["content"]["rendered"].strip().removeprefix("<p>").removesuffix("</p>") for one in found
            ]

        yield door, {"user": "admin", "password": blog.admin[1]}, post, said


@pytest.mark.parametrize("platform", [in_memory, pytest.param(in_php, marks=pytest.mark.wordpress)])
def test_a_sender_killed_at_any_step_neither_loses_a_reply_nor_doubles_it(
    platform: Any, senders: Senders, tmp_path: Path
) -> None:
    with platform(tmp_path) as (door, user, post, said), testing.keeper():
        door.victim = senders.kill
        source = actions.add(
            name="The Globe", connector="wordpress", settings={"url": door.url, "comments": True, **user},
            retention_days=0, by=access.SYSTEM, at=clock.now() + timedelta(days=1),
        )  # fmt: skip

        def put(text: str) -> str:
            number = Outgoing.objects.count() + 1
            outbox.put(
                source_id=source.pk, to=f"post-{post}", thread_id=f"thread-{number}", text=text, key=f"key-{number}",
                of="test", of_id=number, by=access.SYSTEM, at=clock.now(),
            )  # fmt: skip
            return text

        texts = []
        for step in sender_process.STEPS:
            texts.append(put(TEXTS.get(step, f"Killed {step}")))
            senders.start(step)
            assert senders.ended() == -signal.SIGKILL, step
        states = Counter(Outgoing.objects.values_list("state", flat=True))
        assert states == {OutgoingState.SENDING: 6, OutgoingState.SENT: 1, OutgoingState.WAITING: 2}
        texts += [put(text) for text in MISCHIEF]
        # Three minutes later: the leases of the killed have run out, and two others go on.
        past = clock.now() - timedelta(seconds=1)
        Outgoing.objects.filter(state=OutgoingState.SENDING).update(leased_until=past)
        senders.start(), senders.start()
        until = time.monotonic() + 60
        while Outgoing.objects.exclude(state=OutgoingState.SENT).exists():
            assert time.monotonic() < until, list(Outgoing.objects.values_list("pk", "state", "error_code"))
            time.sleep(0.05)
        assert sorted(said()) == sorted(texts)
        proofs = set(Outgoing.objects.values_list("proof_id", flat=True))
        assert len(proofs) == len(texts), "each has a proof of its own"
        told = Setting.objects.filter(pk__startswith="went ").values_list("value", flat=True)
        assert list(told) == [1] * len(texts)
        assert AuditEntry.objects.filter(action="sources.reply.sent").count() == len(texts)
        found = Outgoing.objects.filter(proof_found=True).count()
        assert found == 6, (
            "those that had arrived were found: three kills after the request, two answers lost, and …"
        )
