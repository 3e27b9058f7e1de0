"""A conversation of twenty thousand messages is read in parts, and costs what a short one costs."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from grapevine.converse import testing
from grapevine.converse.models import Direction, Message, Thread
from grapevine.core.testing import NOON, signed_in
from grapevine.people import testing as people

pytestmark = pytest.mark.django_db
MANY = 20_000


@pytest.fixture
def long() -> Thread:
    thread = testing.make_thread(text="", subject="Long", identity=people.make_identity(), external_id="0")
    rows = [
        Message(
            thread=thread, direction=Direction.THEIRS if number % 2 else Direction.OURS, at=NOON + timedelta(seconds=number),
            text=f"word {number}", source=thread.source, external_id=f"{number}", identity=thread.identity,
        )
        for number in range(MANY)
    ]  # fmt: skip
    Message.objects.bulk_create(rows, batch_size=2000)
    latest = Message.objects.filter(thread=thread).latest("pk")
    thread.messages, thread.latest_id, thread.last_at = MANY, latest.pk, latest.at
    thread.save()
    return thread


def statements(client: Any, address: str) -> tuple[Any, int]:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        page = client.get(address)
    return page, len(asked)


def test_it_is_paged_back_to_its_beginning_and_asks_no_more_than_a_short_one(long: Thread) -> None:
    client = signed_in("member")
    short = testing.make_thread(text="", identity=long.identity, external_id="s")
    for number in range(3):
        testing.make_message(short, f"word {number}", external_id=f"s{number}", identity=long.identity)
    client.get(f"/inbox/{short.pk}/")  # what is asked once in a while is asked now
    _page, few = statements(client, f"/inbox/{short.pk}/")
    page, many = statements(client, f"/inbox/{long.pk}/")
    assert many <= few + 2
    said = [line.text for line in page.context["said"]]
    assert said == [f"word {number}" for number in range(MANY - len(said), MANY)]
    assert len(page.content) < 400_000
    earlier = re.search(r'hx-get="([^"]*before=[^"]*)"', page.content.decode())
    assert earlier is not None
    part, asked = statements(client, earlier[1].replace("&amp;", "&"))
    assert asked <= few + 2
    before = [line.text for line in part.context["said"]]
    assert before[-1] == f"word {MANY - len(said) - 1}"


def test_its_first_part_is_reached_by_its_place(long: Thread) -> None:
    second = Message.objects.filter(thread=long).order_by("at", "pk")[1]
    address = f"/inbox/{long.pk}/?before={second.at.isoformat().replace('+', '%2B')}~{second.pk}"
    page = signed_in("member").get(address)
    assert [line.text for line in page.context["said"]] == ["word 0"]
