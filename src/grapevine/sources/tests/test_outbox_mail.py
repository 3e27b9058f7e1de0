"""Answers that go out by a real mail server which takes them and then says nothing: none is lost, none is sent twice."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from grapevine.core import access, clock
from grapevine.core.models import Setting
from grapevine.sources import testing
from grapevine.sources.actions import outbox
from grapevine.sources.actions import sources as actions
from grapevine.sources.models import Outgoing, OutgoingState
from grapevine.sources.tests import sender_process, test_outbox_kills

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.mail]
peer = pytest.importorskip("tests.peers.post", reason="the repository's tests are not there")
swallowing = pytest.importorskip("tests.peers.swallowing", reason="the repository's tests are not there")
senders = test_outbox_kills.senders


@pytest.fixture
def post(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    with peer.Post.running(tmp_path_factory.mktemp("post")) as running:
        monkeypatch.setenv(sender_process.TRUSTS, os.fspath(running.certificate))
        yield running


def test_a_mail_whose_acceptance_was_swallowed_or_whose_sender_was_killed_then_arrives_once(
    post: Any, senders: test_outbox_kills.Senders
) -> None:
    proxy = swallowing.Proxy(post.smtp, swallow=2)
    proxy.victim = senders.kill
    settings = post.settings(smtp_port=str(proxy.port), smtp_security="none")
    try:
        with testing.keeper():
            source = actions.add(
                name="Post", connector="mail", settings=settings, retention_days=0, by=access.SYSTEM,
                at=clock.now() + timedelta(days=1),
            )  # fmt: skip

            def put(number: int, text: str) -> None:
                outbox.put(
                    source_id=source.pk, to="", thread_id=f"thread-{number}", text=text, key=f"key-{number}", of="test",
                    of_id=number, subject="Lute", recipient=peer.OFELIA, by=access.SYSTEM, at=clock.now(),
                )  # fmt: skip

            put(1, "The sender dies once it is taken.")
            senders.start("while the platform works on it")
            assert senders.ended() == -signal.SIGKILL
            assert Outgoing.objects.get().state == OutgoingState.SENDING
            proxy.victim = lambda: None
            put(2, "Nobody says that it was taken.")
            put(3, "All is well.")
            # Three minutes later another goes on.
            Outgoing.objects.filter(state=OutgoingState.SENDING).update(
                leased_until=clock.now() - timedelta(seconds=1)
            )
            senders.start()
            until = time.monotonic() + 60
            while Outgoing.objects.exclude(state=OutgoingState.SENT).exists():
                assert time.monotonic() < until, list(
                    Outgoing.objects.values_list("pk", "state", "error_code")
                )
                time.sleep(0.05)
    finally:
        proxy.close()
    mails = post.mails("ofelia")
    said = [sum(text in mail for mail in mails) for text in (b"dies once", b"Nobody says", b"All is well")]
    assert said == [1, 1, 1]
    assert proxy.swallowed == 2
    found = Outgoing.objects.order_by("pk").values_list("proof_found", flat=True)
    assert found[0], "the one whose sender was killed was looked for"
    assert sorted(found) == [False, True, True], "and so was the one whose acceptance was swallowed"
    told = Setting.objects.filter(pk__startswith="went ").values_list("value", flat=True)
    assert list(told) == [1, 1, 1]
