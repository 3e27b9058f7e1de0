"""What is asked of the largest table walks an index, however many messages there are."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from grapevine.converse import testing
from grapevine.converse.models import Message
from grapevine.converse.selectors import walks

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


def plan(rows: Any) -> str:
    statement, values = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {statement}", values)
        return "; ".join(row[-1] for row in cursor.fetchall())


def test_a_message_is_found_by_its_id_at_the_platform() -> None:
    testing.make_thread()
    by_id = Message.objects.named(["a", "b"])
    assert "USING INDEX message_once" in plan(by_id)
    assert "USING INDEX message_once" in plan(by_id.filter(source_id=1))


def test_who_deletes_a_message_finds_what_answers_it() -> None:
    assert "message_answers" in plan(Message.objects.filter(answers__in=[1, 2]).values("pk"))


def test_answers_that_are_not_there_yet_are_found_by_their_index() -> None:
    """The inbox counts them with every page: four million messages were read each time."""
    for states in (walks.STUCK, ["scheduled"]):
        assert "USING COVERING INDEX message_pending" in plan(Message.objects.pending(*states).values("pk"))
    thread = testing.make_thread()
    for state in ("sent", "failed", "held"):
        testing.make_message(thread, "Hello", direction="ours", state=state)
    assert {one.state for one in Message.objects.pending(*walks.STUCK)} == {"failed", "held"}
