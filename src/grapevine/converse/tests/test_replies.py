"""Answers: written once, judged, sent once, and told what became of them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from grapevine.connectors.base import CannotTell, CredentialError, Gone
from grapevine.converse import testing
from grapevine.converse.actions import approvals, mandates, merges, replies
from grapevine.converse.models import Approval, Draft, Message, MessageState, Status, Thread
from grapevine.converse.terms import Terms
from grapevine.converse.tests.answering import SOON, author, write
from grapevine.converse.tests.hearing import comment, hear
from grapevine.core import testing as core
from grapevine.core.testing import NOON
from grapevine.people import testing as people
from grapevine.sources import testing as sources
from grapevine.sources.selectors import outbox

pytestmark = pytest.mark.django_db


def test_an_answer_goes_out_once_under_the_first_name_and_the_proof_stands_with_it(
    there: Any, thread: Thread
) -> None:
    message = write(thread, author())
    thread.refresh_from_db()
    assert (message.state, thread.status, thread.due_at) == (MessageState.WAITING, Status.WAITING, None)
    assert sources.send_due(at=SOON) == ["sent"]
    message.refresh_from_db()
    thread.refresh_from_db()
    assert (message.state, message.external_id, message.url) == (
        MessageState.SENT,
        "answer-1",
        "https://fake.example/answer-1",
    )
    assert (thread.last_from_us_at, thread.first_answered_at) == (NOON, NOON)
    sent = there.there["answer-1"]
    assert (sent.to, sent.signed, sent.text) == ("1", "/ Horatio, lute maker", "We mend it")
    assert "converse.reply.written" in core.deeds()
    # The next pull brings it back: it is the same one.
    hear(thread.source, comment("We mend it", external_id="answer-1", parent_id="1", by_us=True), at=SOON)
    assert Message.objects.filter(thread=thread, direction="ours").count() == 1


def test_a_pull_that_is_faster_than_the_proof_doubles_nothing(thread: Thread) -> None:
    message = write(thread, author())
    hear(
        thread.source,
        comment("We <b>mend</b> it!", external_id="answer-1", parent_id="1", by_us=True),
        at=SOON,
    )
    sources.send_due(at=SOON)
    message.refresh_from_db()
    assert (message.state, message.external_id) == (MessageState.SENT, "answer-1")
    assert Message.objects.filter(thread=thread, direction="ours").count() == 1


def test_a_colleagues_answer_is_asked_about_and_ones_own_twice_as_well(thread: Thread) -> None:
    first, second = author(), author()
    message = write(thread, first)
    with pytest.raises(replies.AnsweredMeanwhile):
        write(thread, second, "Bring it here")
    with pytest.raises(replies.AnsweredMeanwhile):
        write(thread, first)
    write(thread, second, "Bring it here", seen=message.pk)
    write(thread, first, anyway=True)
    assert Message.objects.filter(direction="ours").count() == 3


def test_beyond_the_mandate_it_waits_for_a_lead_and_then_goes(thread: Thread) -> None:
    message = write(thread, core.make_user())
    assert (message.state, sources.send_due(at=SOON)) == (MessageState.APPROVAL, [])
    lead = core.make_user(role="lead")
    testing.make_mandate(lead)
    approvals.approve(approval=Approval.objects.get(), by=lead, at=SOON)
    assert sources.send_due(at=SOON) == ["sent"]
    message.refresh_from_db()
    assert message.state == MessageState.SENT


def test_what_fails_is_ones_own_again_and_says_why(there: Any, thread: Thread) -> None:
    there.troubles = [Gone("post_gone", detail="404")]
    user = author()
    message = write(thread, user)
    sources.send_due(at=SOON)
    message.refresh_from_db()
    thread.refresh_from_db()
    assert (message.state, thread.status, thread.assignee) == (MessageState.FAILED, Status.OPEN, user)
    assert replies.send_again(message=message, by=user, at=SOON)
    assert sources.send_due(at=SOON) == ["sent"]


def test_refused_credentials_hold_it(there: Any, thread: Thread) -> None:
    there.troubles = [CredentialError(host="fake.example")]
    message = write(thread, author())
    sources.send_due(at=SOON)
    message.refresh_from_db()
    assert message.state == MessageState.HELD


def test_what_perhaps_arrived_is_settled_by_who_looks(there: Any, thread: Thread) -> None:
    there.troubles = [CannotTell(host="fake.example", look_again=False)]
    user = author()
    message = write(thread, user)
    sources.send_due(at=SOON)
    message.refresh_from_db()
    assert message.state == MessageState.UNCLEAR
    assert replies.call_sent(message=message, by=user, at=SOON)
    message.refresh_from_db()
    assert message.state == MessageState.SENT


def test_who_wants_no_contact_gets_none_not_even_when_they_said_so_later(thread: Thread) -> None:
    user, later = author(), SOON + timedelta(hours=2)
    message = write(thread, user, send_at=later)
    assert message.state == MessageState.SCHEDULED
    people.make_refusal(identity=thread.identity)
    sources.send_due(at=later)
    message.refresh_from_db()
    assert message.state == MessageState.STOPPED
    with pytest.raises(replies.CannotSend):
        write(thread, user, "Once more", anyway=True)


def test_a_scheduled_answer_is_stopped_when_they_write_before(thread: Thread) -> None:
    later = SOON + timedelta(hours=2)
    message = write(thread, author(), send_at=later)
    hear(
        thread.source,
        comment("Never mind", external_id="2", parent_id="1", at=SOON + timedelta(hours=1)),
        at=later,
    )
    sources.send_due(at=later)
    message.refresh_from_db()
    assert (message.state, Thread.objects.get().status) == (MessageState.STOPPED, Status.OPEN)


def test_what_is_taken_back_is_a_draft_again(thread: Thread) -> None:
    user = author()
    message = write(thread, user, send_at=SOON + timedelta(hours=1))
    assert replies.cancel(message=message, by=user, at=SOON)
    message.refresh_from_db()
    assert (message.state, Draft.objects.get().text, Thread.objects.get().status) == (
        MessageState.CANCELLED,
        "We mend it",
        Status.OPEN,
    )


def facts(thread: Thread) -> dict[str, Any]:
    return Thread.objects.filter(pk=thread.pk).values().get() | {
        "labels": list(thread.labels.values_list("pk", flat=True)),
        "items": list(thread.items.order_by("pk").values_list("pk", "text")),
    }


def test_merging_is_undone_exactly_and_what_came_since_goes_where_it_belongs(thread: Thread) -> None:
    user = author()
    mail = testing.make_thread(
        text="By mail", identity=people.make_identity(handle="same"), status=Status.WAITING, at=SOON
    )
    before = (facts(thread), facts(mail))
    done = merges.merge(kept_id=thread.pk, other_id=mail.pk, by=user, at=SOON)
    assert Thread.objects.get(pk=thread.pk).messages == 2
    assert merges.undo(done=done, by=user, at=SOON)
    after = (facts(thread), facts(mail))
    for was, now in zip(before, after, strict=True):
        assert {k: v for k, v in was.items() if k not in ("waiting_since", "due_at")} == {
            k: v for k, v in now.items() if k not in ("waiting_since", "due_at")
        }
    assert not merges.undo(done=done, by=user, at=SOON)
    again = merges.merge(kept_id=mail.pk, other_id=thread.pk, by=user, at=SOON)
    hear(thread.source, comment("And?", external_id="2", parent_id="1", at=SOON), at=SOON)
    assert [one.text for one in mail.items.filter(direction="theirs").order_by("at", "pk")] == [
        "My lute is broken",
        "By mail",
        "And?",
    ]
    assert merges.undo(done=again, by=user, at=SOON)
    assert [one.text for one in thread.items.filter(direction="theirs").order_by("pk")] == [
        "My lute is broken",
        "And?",
    ]


def test_several_merged_at_once_are_taken_apart_at_once(thread: Thread) -> None:
    user = author()
    others = [testing.make_thread(text=word, identity=people.make_identity()) for word in ("Drum", "Pipe")]
    before = [facts(one) for one in (thread, *others)]
    done = merges.merge_all(kept_id=thread.pk, other_ids=[one.pk for one in others], by=user, at=SOON)
    assert Thread.objects.get(merged_into=None).messages == 3
    assert merges.undo(done=done, by=user, at=SOON)
    for was, one in zip(before, (thread, *others), strict=True):
        now = facts(one)
        assert {k: v for k, v in was.items() if k not in ("waiting_since", "due_at")} == {
            k: v for k, v in now.items() if k not in ("waiting_since", "due_at")
        }
    assert not merges.undo(done=done, by=user, at=SOON)


def test_a_split_is_undone_and_needs_a_part_that_stays(thread: Thread) -> None:
    user = author()
    other = testing.make_message(thread, "And my sword?", at=SOON, external_id="2")
    with pytest.raises(merges.CannotRearrange):
        merges.split(
            thread_id=thread.pk, message_ids=list(thread.items.values_list("pk", flat=True)), by=user, at=SOON
        )
    done = merges.split(thread_id=thread.pk, message_ids=[other.pk], by=user, at=SOON)
    assert [done.other.messages, Thread.objects.get(pk=thread.pk).messages] == [1, 1]
    assert merges.undo(done=done, by=user, at=SOON)
    assert Thread.objects.get(pk=thread.pk).messages == 2
    assert list(Thread.objects.filter(merged_into=None)) == [thread]


@pytest.mark.parametrize("way", ["withdrawn", "ended", "less"])
def test_what_was_put_off_waits_no_longer_under_a_mandate_that_is_gone(thread: Thread, way: str) -> None:
    user, lead = core.make_user(), core.make_user(role="lead")
    mandate = testing.make_mandate(user)
    later = SOON + timedelta(days=1)
    message = write(thread, user, send_at=later)
    if way == "withdrawn":
        mandates.withdraw(mandate=mandate, by=lead, at=SOON)
    elif way == "ended":
        later = SOON + timedelta(days=400)
    else:
        terms = Terms(relation="lute maker", langs=("da",))
        mandates.change(
            mandate=mandate, terms=terms, starts_on=NOON.date(), ends_on=NOON.date() + timedelta(days=90), by=lead,
            at=SOON,
        )  # fmt: skip
    assert sources.send_due(at=later + timedelta(minutes=1)) == [""]
    message.refresh_from_db()
    assert message.state == MessageState.STOPPED
    assert "mandate" in outbox.of(replies.OF, [message.pk])[message.pk].words
    # Its words are not lost: taken back they are a draft, and written again they wait for a lead.
    assert replies.cancel(message=message, by=user, at=later)
    assert Draft.objects.get().text == "We mend it"


def test_what_was_put_off_and_approved_goes_without_a_mandate(thread: Thread) -> None:
    later = SOON + timedelta(days=1)
    message = write(thread, core.make_user(), send_at=later)
    approvals.approve(approval=Approval.objects.get(), by=core.make_user(role="lead"), at=SOON)
    assert sources.send_due(at=later + timedelta(minutes=1)) == ["sent"]
    message.refresh_from_db()
    assert message.state == MessageState.SENT
