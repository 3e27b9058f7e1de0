"""Nobody is answered twice, past their last word, or by words of theirs that look like ours."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from grapevine import connectors
from grapevine.connectors.base import CannotTell, Gone
from grapevine.converse import testing
from grapevine.converse.actions import approvals, hearing, replies
from grapevine.converse.models import Approval, Direction, Message, MessageState, Status, Thread
from grapevine.converse.tests.answering import SOON, author, write
from grapevine.converse.tests.hearing import comment, hear, letter, said
from grapevine.core import testing as core
from grapevine.core.testing import NOON
from grapevine.sources import testing as sources
from grapevine.sources.selectors import outbox

pytestmark = pytest.mark.django_db
LATER = SOON + timedelta(hours=2)


def state(message: Message) -> str:
    return Message.objects.get(pk=message.pk).state


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def echo(text: str, **values: Any) -> Any:
    return comment(text, external_id="2", parent_id="1", at=LATER, **values)


def test_a_letter_with_the_words_of_our_answer_is_theirs(thread: Thread) -> None:
    ours = write(thread, author(), "Thank you")
    hear(thread.source, letter("Thank you", external_id="2", parent_id="1", at=LATER), at=LATER)
    assert said(thread)[-1] == (Direction.THEIRS, "Thank you")
    assert Message.objects.get(pk=ours.pk).external_id == ""
    assert Thread.objects.get().status == Status.OPEN


def test_a_comment_with_the_words_of_an_answer_that_is_not_on_its_way_is_theirs(
    there: Any, thread: Thread
) -> None:
    there.troubles = [Gone("post_gone", detail="404")]
    write(thread, author(), "Thank you")
    sources.send_due(at=SOON)
    hear(thread.source, echo("Thank you"), at=LATER)
    assert said(thread)[-1] == (Direction.THEIRS, "Thank you")


def test_an_answer_that_may_have_arrived_is_known_again_where_the_platform_does_not_tell_whose_it_is(
    there: Any, thread: Thread
) -> None:
    there.troubles = [CannotTell(host="fake.example", look_again=False)]
    ours = write(thread, author())
    hear(thread.source, comment("We mend it", external_id="3", parent_id="1", at=SOON), at=SOON)
    assert Message.objects.get(pk=ours.pk).external_id == "", "nothing was sent yet: it is theirs"
    sources.send_due(at=SOON)
    assert state(ours) == MessageState.UNCLEAR
    hear(thread.source, echo("We mend it"), at=LATER)
    assert Message.objects.get(pk=ours.pk).external_id == "2"


def test_who_approves_is_asked_when_somebody_answered_since_they_looked(thread: Thread) -> None:
    held = write(thread, core.make_user())
    lead = core.make_user(role="lead")
    approval = Approval.objects.get()
    quick = write(thread, author(), "Bring it", seen=held.pk)
    assert sources.send_due(at=SOON) == ["sent"]
    with pytest.raises(replies.AnsweredMeanwhile) as asked:
        approvals.approve(approval=approval, by=lead, at=LATER, seen=held.pk)
    assert asked.value.message == quick
    page = signed_in(lead).post(
        f"/approvals/{approval.pk}/approve/", {"seen": held.pk, "text": "We mend it soon", "note": "Sooner"}
    )
    assert page.status_code == 422
    assert "Bring it" in page.content.decode()
    assert "We mend it soon" in page.content.decode()
    assert state(held) == MessageState.APPROVAL
    form = {"text": "We mend it soon", "anyway": "1"}
    assert signed_in(lead).post(f"/approvals/{approval.pk}/approve/", form).status_code == 302
    assert state(held) == MessageState.WAITING


def test_an_approved_answer_is_stopped_when_they_write_before_it_goes(thread: Thread) -> None:
    held = write(thread, core.make_user())
    approvals.approve(approval=Approval.objects.get(), by=core.make_user(role="lead"), at=SOON, seen=held.pk)
    hear(thread.source, echo("Never mind"), at=LATER)
    sources.send_due(at=LATER)
    assert state(held) == MessageState.STOPPED


def test_a_scheduled_answer_is_stopped_when_another_went_first_and_goes_once_somebody_says_so(
    thread: Thread,
) -> None:
    user = author()
    message = write(thread, user, send_at=LATER)
    write(thread, user, "Bring it", seen=message.pk)
    assert sources.send_due(at=SOON) == ["sent"]
    sources.send_due(at=LATER)
    assert state(message) == MessageState.STOPPED
    assert replies.send_again(message=message, by=user, at=LATER)
    assert sources.send_due(at=LATER) == ["sent"]


def test_sending_all_the_same_keeps_when_to_whom_and_what_then(thread: Thread) -> None:
    user, colleague = author(), author()
    write(thread, colleague, "Bring it")
    first = Message.objects.get(external_id="1")
    form = {
        "text": "We mend it", "seen": "0", "answers": first.pk, "when": "later", "send_at": "2031-06-01T12:00", "resolve": "1",
    }  # fmt: skip

    with_file = form | {"files": SimpleUploadedFile("lute.txt", b"strings")}
    page = signed_in(user).post(f"/inbox/{thread.pk}/reply/", with_file)
    html = page.content.decode()
    assert page.status_code == 422
    for carried in (
        f'name="answers" value="{first.pk}"', 'name="when" value="later"', 'name="send_at" value="2031-06-01T12:00"',
        'name="resolve" value="1"', 'name="anyway"', 'name="kept"',
    ):  # fmt: skip
        assert carried in html


def bounce(thread: Thread, message: Message) -> None:
    proof = Message.objects.get(pk=message.pk).external_id
    hear(
        thread.source,
        letter("No such user", external_id="b", parent_id=proof, notes=("bounce",), at=LATER),
        at=LATER,
    )


def test_what_came_back_is_written_anew_with_one_click_and_not_twice(thread: Thread) -> None:
    user = author()
    message = write(thread, user)
    sources.send_due(at=SOON)
    bounce(thread, message)
    assert state(message) == MessageState.FAILED
    client = signed_in(user)
    assert "Send it anew" in client.get(f"/inbox/{thread.pk}/").content.decode()
    assert client.post(f"/inbox/messages/{message.pk}/settle/").status_code == 303
    anew = Message.objects.latest("pk")
    assert (anew.text, anew.answers_id, anew.state) == ("We mend it", message.answers_id, "waiting")
    assert client.post(f"/inbox/messages/{message.pk}/settle/").status_code == 422
    assert Message.objects.filter(direction="ours").count() == 2


def test_only_what_that_source_sent_can_come_back(thread: Thread) -> None:
    message = write(thread, author())
    Message.objects.filter(pk=message.pk).update(external_id="o")
    bounce(thread, message)
    assert state(message) == MessageState.WAITING, "it has not gone: nothing of it can come back"
    Message.objects.filter(pk=message.pk).update(state=MessageState.SENT)
    hearing.bounced(message, boxes=[thread.source_id + 1], undelivered=(), at=LATER)
    assert state(message) == MessageState.SENT


def test_the_platforms_window_counts_from_their_last_word_there_and_again_when_it_is_sent(
    there: Any, thread: Thread, monkeypatch: pytest.MonkeyPatch
) -> None:

    real = outbox.way
    monkeypatch.setattr(outbox, "way", lambda source_id: replace(real(source_id), within_seconds=3600.0))  # type: ignore[type-var]
    box = sources.make_source(name="Mail")
    testing.make_message(thread, "By mail", at=LATER, source=box, external_id="m")
    thread.last_from_them_at = LATER
    thread.save()
    user, first = author(), Message.objects.get(external_id="1")
    with pytest.raises(replies.CannotSend, match="only for a while"):
        write(thread, user, answers=first.pk, send_at=NOON + timedelta(hours=1, minutes=1))
    message = write(thread, user, answers=first.pk)
    sources.send_due(at=NOON + timedelta(hours=1, minutes=1))
    assert state(message) == MessageState.STOPPED
    assert connectors.shelf()["fake"] is there
    assert there.there == {}


def test_the_same_words_are_sent_once_more_only_when_somebody_says_so(thread: Thread) -> None:
    user, page = author(), {"text": "We mend it", "seen": 0}
    client = signed_in(user)
    assert client.post(f"/inbox/{thread.pk}/reply/", page).status_code == 303
    first = Message.objects.get(direction="ours")
    again = client.post(f"/inbox/{thread.pk}/reply/", {**page, "text": " We mend it\r\n", "seen": first.pk})
    assert again.status_code == 422, "whatever the page says it has seen"
    assert Message.objects.filter(direction="ours").count() == 1
    with pytest.raises(replies.AnsweredMeanwhile):
        write(thread, user, at=first.at + timedelta(minutes=9), seen=first.pk)
    write(thread, user, "We mend it tomorrow", at=first.at, seen=first.pk)
    page |= {"seen": Message.objects.latest("pk").pk, "anyway": "1"}
    assert client.post(f"/inbox/{thread.pk}/reply/", page).status_code == 303
    assert Message.objects.filter(direction="ours").count() == 3


def test_the_same_words_are_free_again_after_a_while_and_when_they_went_nowhere(thread: Thread) -> None:
    user = author()
    first = write(thread, user)
    replies.cancel(message=first, by=user, at=SOON)
    second = write(thread, user, seen=first.pk)
    third = write(thread, user, at=SOON + timedelta(minutes=11), seen=second.pk)
    assert [state(one) for one in (first, second, third)] == ["cancelled", "waiting", "waiting"]


def test_a_question_beneath_it_makes_no_other_answer_of_it(thread: Thread) -> None:
    first = write(thread, author(), "We mend it\n\nDid that help? https://shop.example/1")
    with pytest.raises(replies.AnsweredMeanwhile):
        write(thread, core.make_user(role="lead"), "We mend it", seen=first.pk)
