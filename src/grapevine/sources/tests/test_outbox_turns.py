"""Two workers at one row: only one of them sends, whoever was overtaken says nothing more."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest
from django.db import OperationalError, connection

from grapevine.connectors.base import Reply, SentProof
from grapevine.connectors.http import Answer, Exchange
from grapevine.connectors.testing import FakeHttp
from grapevine.core.testing import NOON
from grapevine.sources import testing
from grapevine.sources.actions import endings, sending
from grapevine.sources.models import Outgoing, OutgoingState, Source
from grapevine.sources.tests.conftest import at, put


def send(number: int, *, when: datetime = NOON, over: Exchange | None = None) -> str:
    return sending.send(number, clock=lambda: when, rng=Random(1), over=over)


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_a_reply_once(source: Source, there: Any) -> None:
    both = threading.Barrier(2)
    numbers = [put(source, number, thread_id=f"thread-{number}") for number in range(10)]
    states: list[str] = []

    def work() -> None:
        try:
            for number in numbers:
                both.wait(100)
                states.append(send(number))
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(states) == [""] * 10 + ["sent"] * 10
    assert len(there.tried) == 10


@pytest.mark.django_db
def test_what_is_being_sent_is_left_alone_until_its_lease_has_run_out(source: Source, there: Any) -> None:
    number = put(source)
    assert sending._begin(number, at=NOON) is not None  # and killed
    assert send(number, when=NOON + sending.LEASE) == ""
    assert sending.due(NOON + sending.LEASE) == []
    later = NOON + sending.LEASE + timedelta(seconds=1)
    assert sending.due(later) == [number]
    assert send(number, when=later) == "sent"
    assert there.tried[0].resend, "it looks before it sends"


class Slow(testing.FakePlatform):
    """Asks something first, and is overtaken meanwhile."""

    def __init__(self) -> None:
        super().__init__()
        self.meanwhile: Callable[[], object] = lambda: None

    def send(self, settings: Any, reply: Reply, *, http: Any) -> SentProof:
        http.get("https://fake.example/")
        meanwhile, self.meanwhile = self.meanwhile, lambda: None
        meanwhile()
        http.request("POST", "https://fake.example/")
        return super().send(settings, reply, http=http)


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch, source: Source) -> Slow:
    from grapevine import connectors

    made = Slow()
    monkeypatch.setitem(connectors.shelf(), "fake", made)
    return made


def web() -> FakeHttp:
    return FakeHttp({"https://fake.example/": Answer(200, "https://fake.example/")})


@pytest.mark.django_db
def test_who_was_overtaken_sends_nothing_more(source: Source, slow: Slow) -> None:
    number = put(source)
    outcomes: list[str] = []
    slow.meanwhile = lambda: outcomes.append(send(number, when=at(10), over=web()))
    mine = web()
    assert send(number, over=mine) == ""
    assert outcomes == ["sent"]
    assert [request.method for request in mine.seen] == ["GET"], "its own request did not go out"
    assert len(slow.there) == 1


@pytest.mark.django_db
def test_a_slow_platform_does_not_cost_the_lease(source: Source, slow: Slow) -> None:
    """The lease is renewed before each request."""
    number = put(source)
    minutes = iter([0.0, 2.0, 4.0, 6.0])
    stolen: list[str] = []
    slow.meanwhile = lambda: stolen.append(send(number, when=at(4), over=web()))
    assert sending.send(number, clock=lambda: at(next(minutes)), rng=Random(1), over=web()) == "sent"
    assert stolen == [""]


@pytest.mark.django_db
def test_a_clash_of_transactions_does_not_lose_what_the_platform_said(
    source: Source, there: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    number, clashes = put(source), iter([True, True, False])
    real = endings.sent

    def clashing(*given: Any, **more: Any) -> None:
        if next(clashes):
            raise OperationalError("deadlock detected")
        real(*given, **more)

    monkeypatch.setattr(endings, "sent", clashing)
    assert send(number) == "sent"
    assert Outgoing.objects.get().state == OutgoingState.SENT


@pytest.mark.django_db
def test_the_one_behind_goes_as_soon_as_the_one_before_is_there(source: Source, there: Any) -> None:
    from grapevine.core.models import Job

    first, second = put(source, 1), put(source, 2, at=at(1))
    Job.objects.all().delete()
    send(first, when=at(2))
    assert [job.payload for job in Job.objects.filter(kind=endings.SEND)] == [{"outgoing_id": second}]
