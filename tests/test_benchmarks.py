"""The stores that benchmarks fill by themselves have the tables that are there: a column that came since would stop a run of half an hour."""

from __future__ import annotations

import pytest

from benchmarks import inbox_fill
from grapevine.converse.models import Message, Thread
from grapevine.core import clock
from grapevine.core import testing as core

pytestmark = pytest.mark.django_db


def test_an_inbox_of_any_size_is_filled_and_opens() -> None:
    filled = inbox_fill.fill(80, 200, now=clock.now())
    assert (Thread.objects.count(), Message.objects.count()) == (80, filled.messages)
    client = core.signed_in(user=filled.agents[3])
    for address in (
        "/inbox/?view=all",
        "/inbox/79/",
        "/inbox/?view=all&q=kaffe",
        "/desk/reports/?period=12m",
    ):
        assert client.get(address).status_code == 200, address
