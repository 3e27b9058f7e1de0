"""Conversations suggest what to remember of people, and what we promised them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from grapevine.converse import testing
from grapevine.converse.models import Message, Thread
from grapevine.converse.tests.answering import SOON, author, write
from grapevine.converse.tests.hearing import hear, letter, only_thread
from grapevine.core import testing as core
from grapevine.core.testing import NOON
from grapevine.people.selectors import memory, promises
from grapevine.sources import testing as sources

pytestmark = pytest.mark.django_db
SCHOOL = "Hello! My daughter starts school on Monday. Where is my parcel?"


def beside(thread: Thread) -> Any:
    found = memory.beside(thread.identity_id or 0, by=core.make_user(role="lead"), at=SOON)
    assert found is not None
    return found


def post(thread: Thread) -> str:
    return f"/inbox/{thread.pk}/"


def answered(there: Any, text: str) -> tuple[Thread, Any]:
    """An answer that went out, and who wrote it."""
    thread, user = testing.make_answerable(lang="en"), author()
    write(thread, user, text)
    assert sources.send_due(at=SOON) == ["sent"]
    return thread, user


def test_what_somebody_tells_in_a_letter_is_proposed_and_kept_beside_the_conversation() -> None:
    hear(sources.make_source(connector="mail"), letter(SCHOOL, external_id="1@x", lang="en"))
    thread = only_thread()
    (one,) = beside(thread).proposals
    assert (one.kind, one.text, one.of, one.said) == (
        "event",
        "My daughter starts school",
        "converse.message",
        "My daughter starts school on Monday.",
    )
    client = core.signed_in("member")
    assert "My daughter starts school" in client.get(post(thread)).content.decode()
    answer = client.post(f"/people/proposals/{one.id}/keep/", {"next": post(thread)})
    assert answer["Location"] == post(thread)
    assert [fact.text for fact in beside(thread).facts] == ["My daughter starts school"]
    elsewhere = client.post(f"/people/proposals/{one.id}/decline/", {"next": "https://evil.example/"})
    assert elsewhere["Location"].startswith("/people/")


def test_nothing_is_proposed_of_what_a_machine_wrote_and_what_was_taken_away() -> None:
    box = sources.make_source(connector="mail")
    hear(box, letter(external_id="0@x"))
    hear(box, letter(SCHOOL, external_id="1@x", parent_id="0@x", lang="en", notes=("auto_reply",)))
    thread = only_thread()
    assert beside(thread).proposals == ()
    hear(box, letter(SCHOOL, external_id="2@x", parent_id="0@x", lang="en"))
    assert len(beside(thread).proposals) == 1
    hear(box, gone=["2@x"])
    assert beside(thread).proposals == ()


def test_a_promise_in_our_answer_is_kept_with_one_click_and_stands_on_its_day_in_the_writers_list(
    there: Any,
) -> None:
    # NOON is a Thursday.
    thread, user = answered(there, "We are sorry! I will call you on Tuesday.")
    (one,) = beside(thread).proposals
    assert one.is_promise
    client = core.signed_in("member")
    assert "Remind me" in client.get(f"/inbox/{thread.pk}/beside/").content.decode()
    client.post(f"/people/proposals/{one.id}/keep/", {"next": post(thread)})
    (promise,) = beside(thread).promises
    assert (promise.owner, promise.due_on.weekday()) == (user.name, 1)
    day = NOON + (promise.due_on - NOON.date())
    (due,) = promises.today(by=user, at=day).due
    message = Message.objects.get(direction="ours")
    assert due.promise.href == f"/inbox/messages/{message.pk}/"
    assert client.get(due.promise.href)["Location"] == f"/inbox/{thread.pk}/#message-{message.pk}"


def test_an_answer_that_promises_nothing_proposes_nothing(there: Any) -> None:
    thread, _user = answered(there, "We mend it in our shop.")
    assert beside(thread).proposals == ()


def test_something_is_promised_beside_a_conversation() -> None:
    thread = testing.make_thread()
    user = core.make_user()
    client = core.signed_in(user=user)
    given = {"text": "Ask about the lute", "due_on": "2027-01-07", "next": post(thread)}
    assert client.post(f"{post(thread)}promise/", given)["Location"] == post(thread)
    (promise,) = beside(thread).promises
    assert (promise.text, promise.owner, promise.due_on) == (
        "Ask about the lute",
        user.name,
        date(2027, 1, 7),
    )
    client.post(f"{post(thread)}promise/", {**given, "due_on": "soon"})
    client.post(f"{post(thread)}promise/", {**given, "text": "Ask about her diabetes"})
    assert len(beside(thread).promises) == 1


def test_the_same_proven_address_in_two_mailboxes_is_one_person_and_an_unproven_one_is_not() -> None:
    for number, notes in enumerate([(), ("sender_unproven",), ("sender_unchecked",), ()]):
        box = sources.make_source(name=f"Box {number}", connector="mail")
        said = letter(
            f"Number {number}", external_id=f"{number}@x", author="ofelia@court.example", notes=notes
        )
        hear(box, said)
    threads = list(Thread.objects.order_by("pk").select_related("identity"))
    persons = [one.identity.person_id for one in threads if one.identity is not None]
    assert persons[0] is not None
    assert persons == [persons[0], None, None, persons[0]]


def test_a_message_far_back_is_found_in_the_part_where_it_stands() -> None:
    thread = testing.make_thread()
    first = Message.objects.get()
    for number in range(45):
        testing.make_message(thread, f"Number {number}", at=NOON + timedelta(minutes=number))
    client = core.signed_in()
    place = client.get(f"/inbox/messages/{first.pk}/")["Location"]
    assert "before=" in place
    assert f'id="message-{first.pk}"' in client.get(place).content.decode()
