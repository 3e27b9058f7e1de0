"""What is heard opens conversations and continues them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from grapevine.converse import testing
from grapevine.converse.actions import threads
from grapevine.converse.models import Message, MessageState, Priority, Status, Thread
from grapevine.converse.tests.hearing import (
    CHAT,
    COMPLAINT,
    comment,
    hear,
    letter,
    listening,
    make_blog,
    only_thread,
    said,
)
from grapevine.core import bulk
from grapevine.core import testing as core
from grapevine.core.testing import NOON
from grapevine.listen import testing as listen
from grapevine.sources import testing as sources
from grapevine.sources.contracts import intake

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=2)


def test_a_complaint_about_our_brand_opens_a_thread_that_waits_for_us() -> None:
    watch, blog = listening(), make_blog()
    hear(blog, comment(external_id="7", lang="en"))
    thread = only_thread()
    assert (thread.brand_id, thread.source_id, thread.external_id) == (watch.brand_id, blog.pk, "7")
    assert (thread.status, thread.waiting_since, thread.messages) == (Status.OPEN, NOON, 1)
    assert (thread.priority, thread.due_at) == (Priority.HIGH, NOON + timedelta(hours=2))
    assert str(thread.identity) == "hamlet"
    assert said(thread) == [("theirs", COMPLAINT)]


@pytest.mark.parametrize(
    ("why", "values"),
    [
        ("it asks for nothing", {"text": CHAT}),
        ("it is by us", {"by_us": True}),
        ("it is history", {"at": NOON - timedelta(days=30)}),
        ("it is passed on", {"kind": "repost"}),
    ],
)
def test_what_wants_no_answer_opens_nothing(why: str, values: dict[str, Any]) -> None:
    listening()
    hear(make_blog(), comment(**{"external_id": "7", **values}))
    assert not Thread.objects.exists(), why


def test_what_is_said_of_a_competitor_opens_nothing() -> None:
    listen.make_watch(brand=listen.make_brand(name="Elsinore", ours=False), query="elsinore")
    hear(make_blog(), comment())
    assert not Thread.objects.exists()


def test_where_we_can_not_answer_nothing_opens() -> None:
    listening()
    hear(sources.make_source(connector="feed"), comment())
    hear(make_blog(name="Without a key", state="leaving"), comment())
    assert not Thread.objects.exists()


def test_a_copy_of_what_was_said_before_opens_nothing_of_its_own() -> None:
    listening()
    blog = make_blog()
    hear(blog, comment(external_id="1"))
    hear(blog, comment(external_id="2", author="laertes"))
    assert Thread.objects.count() == 1


def test_an_answer_on_the_platform_joins_and_it_is_our_turn_again() -> None:
    listening()
    blog = make_blog()
    hear(blog, comment(external_id="1", thread_id="article"))
    threads.resolve(thread_ids=[only_thread().pk], by=core.make_user(), at=NOON)
    assert only_thread().status == Status.RESOLVED
    hear(
        blog,
        comment("Still nothing", external_id="2", parent_id="1", thread_id="article", at=LATER),
        at=LATER,
    )
    thread = only_thread()
    assert said(thread) == [("theirs", COMPLAINT), ("theirs", "Still nothing")]
    assert (thread.status, thread.waiting_since, thread.messages) == (Status.OPEN, LATER, 2)
    assert thread.items.get(text="Still nothing").answers == thread.items.get(text=COMPLAINT)


def test_who_only_answers_the_same_article_is_another_conversation() -> None:
    listening()
    blog = make_blog()
    hear(blog, comment(external_id="1", thread_id="article"))
    hear(blog, comment("I bake bread", external_id="2", thread_id="article", author="osric"))
    assert only_thread().messages == 1


def test_a_conversation_that_comes_in_one_batch_is_one_thread() -> None:
    listening()
    posts = [comment(external_id="1", thread_id="a")]
    posts += [
        comment(
            f"Answer {n}",
            external_id=str(n),
            parent_id=str(n - 1),
            thread_id="a",
            at=NOON + timedelta(minutes=n),
        )
        for n in (2, 3, 4)
    ]
    hear(make_blog(), *reversed(posts))
    assert [text for _who, text in said(only_thread())] == [COMPLAINT, "Answer 2", "Answer 3", "Answer 4"]


def test_a_letter_opens_a_thread_whatever_it_says_and_references_join_it() -> None:
    box = make_blog(name="Post")
    hear(box, letter(external_id="<1@x>", title="A parcel"))
    hear(box, letter("And?", external_id="<2@x>", refers=("<0@x>", "<1@x>"), at=LATER), at=LATER)
    hear(box, letter("Another thing", external_id="<3@x>", at=LATER), at=LATER)
    assert [one.messages for one in Thread.objects.order_by("pk")] == [2, 1]
    assert Thread.objects.earliest("pk").subject == "A parcel"


def test_old_letters_of_a_mailbox_that_was_just_added_open_nothing() -> None:
    box = make_blog(name="Post")
    hear(box, letter(at=NOON - timedelta(days=300)))
    assert not Thread.objects.exists()
    # A week without a worker loses no letter.
    hear(box, letter(at=NOON + timedelta(days=1)), at=NOON + timedelta(days=9))
    assert Thread.objects.count() == 1


def test_machines_that_answer_wake_nobody_and_open_nothing() -> None:
    box = make_blog(name="Post")
    hear(box, letter(external_id="1"))
    threads.resolve(thread_ids=[only_thread().pk], by=core.make_user(), at=NOON)
    hear(box, letter("I am away", external_id="2", parent_id="1", notes=("auto_reply",), at=LATER), at=LATER)
    hear(box, letter("I am away", external_id="3", notes=("auto_reply",), at=LATER), at=LATER)
    assert (only_thread().status, only_thread().messages) == (Status.RESOLVED, 2)


def test_a_bounce_says_that_our_answer_did_not_arrive() -> None:
    box = make_blog(name="Post")
    hear(box, letter(external_id="1"))
    thread = only_thread()
    ours = testing.make_message(
        thread, "It left", direction="ours", external_id="<ours>", state=MessageState.SENT, source=box
    )
    threads.wait(thread_ids=[thread.pk], by=core.make_user(), at=NOON)
    hear(
        box,
        letter("No such user", external_id="2", parent_id="<ours>", notes=("bounce",), at=LATER),
        at=LATER,
    )
    ours.refresh_from_db()
    assert ours.state == MessageState.FAILED
    assert only_thread().status == Status.OPEN


def test_snoozed_until_a_time_sleeps_on_and_until_an_answer_wakes() -> None:
    box, user = make_blog(name="Post"), core.make_user()
    for number, on_answer in ((1, False), (2, True)):
        hear(box, letter(external_id=str(number)))
        pk = Thread.objects.latest("pk").pk
        threads.snooze(thread_ids=[pk], until=NOON + timedelta(days=3), on_answer=on_answer, by=user, at=NOON)
        hear(box, letter("Well?", external_id=f"{number}.1", parent_id=str(number), at=LATER), at=LATER)
        assert Thread.objects.get(pk=pk).status == (Status.OPEN if on_answer else Status.SNOOZED)
    assert threads.wake(at=NOON + timedelta(days=3)) == 1
    assert not Thread.objects.filter(status=Status.SNOOZED).exists()


def test_edits_and_deletions_are_shown_as_such_and_no_longer_found() -> None:
    listening()
    blog = make_blog()
    hear(blog, comment(external_id="1"), comment("Never mind", external_id="2", parent_id="1"))
    hear(blog, comment(f"{COMPLAINT} Please!", external_id="1", edited_at=LATER), at=LATER)
    first, second = only_thread().items.exclude(direction="event").order_by("pk")
    assert (first.text, first.edited_at) == (f"{COMPLAINT} Please!", LATER)
    assert _found("please") == [first.pk]
    hear(blog, gone=["2"], at=LATER)
    second.refresh_from_db()
    assert (second.text, second.deleted_at) == ("", LATER)
    assert _found("never") == []


def _found(word: str) -> list[int]:
    if bulk.is_postgresql():
        rows = bulk.ask("SELECT message_id FROM converse_words WHERE words @@ %s::tsquery", [word])
    else:
        rows = bulk.ask("SELECT rowid FROM converse_words WHERE converse_words MATCH %s", [word])
    return [row[0] for row in rows]


def test_our_answer_that_comes_back_is_not_doubled() -> None:
    listening()
    blog = make_blog()
    hear(blog, comment(external_id="1"))
    thread = only_thread()
    ours = testing.make_message(
        thread, "We are sorry. \n It’s on us!", direction="ours", state=MessageState.WAITING, source=blog
    )
    hear(
        blog,
        comment("We are sorry. It’s on us", external_id="2", parent_id="1", by_us=True, at=LATER),
        at=LATER,
    )
    ours.refresh_from_db()
    assert ours.external_id == "2"
    assert Message.objects.filter(thread=thread).exclude(direction="event").count() == 2


def test_who_answers_on_the_platform_itself_has_answered() -> None:
    listening()
    blog = make_blog()
    hear(blog, comment(external_id="1"))
    hear(
        blog,
        comment("We call you", external_id="2", parent_id="1", by_us=True, author="gertrude", at=LATER),
        at=LATER,
    )
    thread = only_thread()
    assert (thread.status, thread.first_answered_at) == (Status.WAITING, LATER)
    assert said(thread)[1] == ("ours", "We call you")


def test_a_source_that_goes_takes_its_conversations_along() -> None:
    listening()
    blog = make_blog()
    hear(blog, comment(external_id="1"))
    intake.part(sources.facts.of(blog))
    assert not Thread.objects.exists()
    assert _found("angry") == []


def test_history_costs_little(django_assert_max_num_queries: Any) -> None:
    listening()
    blog = make_blog()
    old = [
        comment(f"{COMPLAINT} {n}", external_id=str(n), thread_id="a", at=NOON - timedelta(days=90))
        for n in range(50)
    ]
    hear(blog, old[0])
    with django_assert_max_num_queries(40):
        hear(blog, *old[1:])
    assert not Thread.objects.exists()


def test_a_conversation_tells_of_its_routing_what_that_changed() -> None:
    listening()
    blog = make_blog()
    hear(blog, comment(external_id="7", lang="en"))
    hear(
        blog,
        comment(
            "Elsinore, please let us pay by phone, that would be a good idea", external_id="8", lang="en"
        ),
    )
    angry, curious = Thread.objects.order_by("external_id")
    told = Message.objects.get(thread=angry, direction="event")
    reader = core.signed_in("lead")
    assert told.event["what"] == "prioritised"
    assert b"They complain, leave or ask for help, so it is high" in reader.get(f"/inbox/{angry.pk}/").content
    assert not Message.objects.filter(thread=curious, direction="event").exists()
    team = testing.make_team()
    hear(blog, comment("The kettle of Elsinore burnt me, I want my money back!", external_id="9", lang="en"))
    given = Message.objects.get(thread__external_id="9", direction="event").event
    assert (given["what"], given["team"]) == ("routed", team.pk)
