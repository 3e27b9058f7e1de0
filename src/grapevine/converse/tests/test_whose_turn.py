"""An answer that has not gone yet leaves it our turn, and the clock runs: one that waits for a lead, and one that waits for its hour."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from grapevine.connectors.base import Gone
from grapevine.converse.actions import approvals, replies, waits
from grapevine.converse.models import Approval, FollowUp, Kind, Message, MessageState, Status, Tally, Thread
from grapevine.converse.tests.answering import SOON, author, write
from grapevine.converse.tests.hearing import comment, hear, make_blog, only_thread, said
from grapevine.core import testing as core
from grapevine.core.testing import NOON
from grapevine.listen import testing as listen
from grapevine.sources import testing as sources

pytestmark = pytest.mark.django_db
LATER = SOON + timedelta(hours=3)


@pytest.fixture
def thread(thread: Thread) -> Thread:
    """It is our turn."""
    waits.ours(thread, since=NOON, at=NOON)
    thread.save()
    return thread


def stands(thread: Thread) -> tuple[str, bool]:
    thread.refresh_from_db()
    return thread.status, thread.due_at is not None


def test_while_a_lead_has_not_approved_it_is_our_turn_and_once_it_is_there_theirs(thread: Thread) -> None:
    due = thread.due_at
    write(thread, core.make_user())
    assert stands(thread) == (Status.OPEN, True)
    assert thread.due_at == due
    approvals.approve(approval=Approval.objects.get(), by=core.make_user(role="lead"), at=LATER)
    assert stands(thread) == (Status.OPEN, True)
    assert sources.send_due(at=LATER) == ["sent"]
    assert stands(thread) == (Status.WAITING, False)


def test_until_its_hour_has_come_it_is_our_turn(thread: Thread) -> None:
    write(thread, author(), send_at=LATER)
    assert stands(thread) == (Status.OPEN, True)
    assert sources.send_due(at=LATER) == ["sent"]
    assert stands(thread) == (Status.WAITING, False)
    assert Tally.objects.filter(thread=thread, kind=Kind.ANSWERED).count() == 1


def test_one_that_resolves_does_so_when_it_is_there(thread: Thread) -> None:
    user = author()
    write(thread, user, send_at=LATER, then=Status.RESOLVED)
    assert stands(thread) == (Status.OPEN, True)
    assert not FollowUp.objects.exists()
    sources.send_due(at=LATER)
    assert stands(thread) == (Status.RESOLVED, False)
    assert FollowUp.objects.get().user == user


def test_one_taken_back_on_the_page_of_approvals_leaves_it_our_turn(thread: Thread) -> None:
    user = core.make_user()
    write(thread, user)
    client = core.signed_in(user=user)
    client.post(f"/approvals/{Approval.objects.get().pk}/take-back/")
    assert Message.objects.get(direction="ours").state == MessageState.CANCELLED
    assert stands(thread) == (Status.OPEN, True)


def test_one_returned_by_a_lead_leaves_it_our_turn(thread: Thread) -> None:
    write(thread, core.make_user())
    approvals.give_back(
        approval=Approval.objects.get(), by=core.make_user(role="lead"), at=LATER, note="Kinder"
    )
    assert stands(thread) == (Status.OPEN, True)


def test_who_writes_unasked_and_takes_it_back_before_its_hour_finds_all_as_it_was(thread: Thread) -> None:
    user = author()
    first = write(thread, user)
    sources.send_due(at=SOON)
    assert stands(thread) == (Status.WAITING, False)
    later = replies.write(
        thread=thread,
        text="Does it play?",
        by=user,
        at=LATER,
        seen=first.pk,
        send_at=LATER + timedelta(days=3),
    )
    assert stands(thread) == (Status.WAITING, False)
    replies.cancel(message=later, by=user, at=LATER)
    assert stands(thread) == (Status.WAITING, False)


def test_an_answer_that_was_to_resolve_and_did_not_arrive_opens_it_again(there: Any, thread: Thread) -> None:
    there.troubles = [Gone("post_gone", detail="404")]
    write(thread, author(), then=Status.RESOLVED)
    assert stands(thread) == (Status.RESOLVED, False)
    sources.send_due(at=SOON)
    assert stands(thread) == (Status.OPEN, True)


def test_one_that_is_sent_again_makes_it_their_turn(there: Any, thread: Thread) -> None:
    there.troubles = [Gone("post_gone", detail="404")]
    user = author()
    message = write(thread, user)
    sources.send_due(at=SOON)
    replies.send_again(message=message, by=user, at=LATER)
    assert sources.send_due(at=LATER) == ["sent"]
    assert stands(thread) == (Status.WAITING, False)


def test_what_they_wrote_before_it_had_gone_is_ours_to_answer(thread: Thread) -> None:
    write(thread, author())
    again = comment("And my sword?", external_id="2", parent_id="1", at=SOON)
    hear(thread.source, again, at=SOON)
    assert sources.send_due(at=LATER) == ["sent"]
    assert stands(thread) == (Status.OPEN, True)


def test_what_an_account_of_ours_says_in_public_is_our_answer() -> None:
    blog = make_blog()
    listen.make_watch(
        brand=listen.make_brand(name="Elsinore", ours=True, accounts=["elsinore"]), query="elsinore"
    )
    hear(blog, comment(external_id="1", author="hamlet"))
    hear(
        blog,
        comment("We look into it, /Elsa", external_id="2", parent_id="1", author="elsinore", at=LATER),
        at=LATER,
    )
    thread = only_thread()
    assert [who for who, _text in said(thread)] == ["theirs", "ours"]
    assert stands(thread) == (Status.WAITING, False)
