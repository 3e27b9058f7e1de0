"""The API's conversations and people: read, noted in, answered by the same rules as on the pages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from grapevine.converse import testing
from grapevine.converse.models import Draft, Message, MessageState, Status, Thread
from grapevine.core import clock
from grapevine.core.models import User
from grapevine.core.testing import NOON, deeds
from grapevine.people import testing as people
from grapevine.sources import testing as sources
from tests.test_api import Program

pytestmark = pytest.mark.django_db


@pytest.fixture
def thread() -> Iterator[Thread]:
    with sources.platform():
        yield testing.make_answerable()


def owner() -> User:
    return User.objects.latest("pk")


def test_a_program_reads_the_inbox_and_a_conversation_in_parts(thread: Thread) -> None:
    for number in range(45):
        testing.make_message(thread, f"And string {number}", at=NOON + timedelta(minutes=number))
    program = Program("member")
    status, found = program.ask("GET", "threads?view=all")
    assert (status, [one["subject"] for one in found["threads"]], found["after"]) == (200, ["Lute"], "")
    status, one = program.ask("GET", f"threads/{thread.pk}")
    assert (status, len(one["messages"]), one["messages"][-1]["text"]) == (200, 40, "And string 44")
    status, before = program.ask("GET", f"threads/{thread.pk}?before={one['earlier'].replace('+', '%2B')}")
    assert (status, len(before["messages"]), before["earlier"]) == (200, 6, "")


def test_a_search_that_cannot_be_read_is_told() -> None:
    assert Program("member").ask("GET", "threads?q=%28lute")[0] == 422


def test_a_note_is_left_under_the_owners_name(thread: Thread) -> None:
    status, note = Program("member").ask("POST", f"threads/{thread.pk}/notes", {"text": "Ask the luthier"})
    assert status == 201
    assert Message.objects.get(pk=note["id"]).user == owner()
    assert "converse.note.written" in deeds()


def test_an_answer_inside_the_mandate_goes_out_and_one_outside_waits_for_a_lead(thread: Thread) -> None:
    program = Program("member")
    Draft.objects.create(thread=thread, user=owner(), text="Begun in the browser", saved_at=NOON)
    address = f"threads/{thread.pk}/replies"
    status, first = program.ask("POST", address, {"text": "We mend it"})
    assert (status, first["state"]) == (201, MessageState.APPROVAL)
    testing.make_mandate(owner(), at=clock.now())
    status, second = program.ask("POST", address, {"text": "We do", "seen": first["id"], "resolve": True})
    assert (status, second["state"]) == (201, MessageState.WAITING)
    assert sources.send_due(at=clock.now()) == ["sent"]
    thread.refresh_from_db()
    assert thread.status == Status.RESOLVED
    assert Draft.objects.get().text == "Begun in the browser"


def test_an_answer_past_another_is_refused_unless_it_is_wanted_anyway(thread: Thread) -> None:
    program = Program("member")
    address = f"threads/{thread.pk}/replies"
    program.ask("POST", address, {"text": "We mend it"})
    status, fault = program.ask("POST", address, {"text": "We mend it"})
    assert (status, str(Message.objects.get(direction="ours").pk) in fault["message"]) == (409, True)
    assert program.ask("POST", address, {"text": "We mend it", "anyway": True})[0] == 201


@pytest.mark.parametrize(
    "given",
    [
        {"text": " "},
        {"text": ""},
        {"text": "x", "send_at": "2001-01-01T00:00:00Z"},
        {"text": "x", "send_at": "9999-12-31T23:59:59-23:59"},
        {"text": "x", "send_at": "2031-01-01T00:00:00"},
        {"text": "x", "answers": 9223372036854775807},
        {"text": "x", "seen": 9223372036854775808},
    ],
)
def test_an_answer_that_cannot_be_is_refused(thread: Thread, given: dict[str, Any]) -> None:
    assert Program("member").ask("POST", f"threads/{thread.pk}/replies", given)[0] == 422
    assert not Message.objects.filter(direction="ours").exists()


def test_who_may_only_read_writes_nothing(thread: Thread) -> None:
    program = Program("reader")
    assert program.ask("POST", f"threads/{thread.pk}/notes", {"text": "x"})[0] == 403
    assert program.ask("POST", f"threads/{thread.pk}/replies", {"text": "x"})[0] == 403


def test_a_persons_story_is_read_once_it_was_opened_with_a_reason() -> None:
    identity = people.make_identity(handle="ofelia")
    people.make_fact(identity=identity, text="Takes her coffee black")
    program = Program("member")
    (row,) = program.ask("GET", "people")[1]["people"]
    assert (row["id"], row["handles"][0]["handle"]) == (identity.pk, "ofelia")
    status, fault = program.ask("GET", f"people/{identity.pk}")
    assert (status, "open" in fault["message"]) == (403, True)
    assert program.ask("POST", f"people/{identity.pk}/open", {"reason": "curiosity"})[0] == 422
    status, story = program.ask("POST", f"people/{identity.pk}/open", {"reason": "answer"})
    assert (status, [one["text"] for one in story["facts"]]) == (200, ["Takes her coffee black"])
    assert "people.person.opened" in deeds()
    assert program.ask("GET", f"people/{identity.pk}")[1] == story
    # Opened by one is not opened by all.
    assert Program("member").ask("GET", f"people/{identity.pk}")[0] == 403
