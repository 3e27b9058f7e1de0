"""The files of an answer go with it, however long that takes, and are nowhere lost on the way."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from grapevine.connectors.base import Attachment, Gone
from grapevine.converse import testing
from grapevine.converse.actions import approvals, drafts, replies
from grapevine.converse.models import AnswerFile, Approval, Draft, Message, MessageState, Thread
from grapevine.converse.tests import answering
from grapevine.converse.tests.answering import SOON, author
from grapevine.core import clock
from grapevine.core import testing as core
from grapevine.sources import testing as sources

pytestmark = pytest.mark.django_db
SCORE = Attachment(name="score.txt", media_type="text/plain", content=b"do re mi")


def write(thread: Thread, by: Any, **values: Any) -> Message:
    return answering.write(thread, by, **{"attachments": [SCORE], **values})


def lead() -> Any:
    return core.make_user(role="lead")


def test_they_wait_with_it_for_the_lead_and_go_when_it_is_approved(there: Any, thread: Thread) -> None:
    write(thread, core.make_user())
    approvals.approve(approval=Approval.objects.get(), by=lead(), at=SOON, text="We mend it tomorrow")
    assert sources.send_due(at=SOON) == ["sent"]
    assert there.tried[-1].attachments == (SCORE,)
    assert not AnswerFile.objects.exists()


def test_they_wait_for_the_time_and_go_again_after_a_failure(there: Any, thread: Thread) -> None:
    user, later = author(), SOON + timedelta(hours=1)
    message = write(thread, user, send_at=later)
    there.troubles = [Gone("post_gone", detail="404")]
    assert sources.send_due(at=later) == ["failed"]
    message.refresh_from_db()
    assert replies.send_again(message=message, by=user, at=later)
    assert sources.send_due(at=later) == ["sent"]
    assert there.tried[-1].attachments == (SCORE,)


@pytest.mark.parametrize("way", ["scheduled", "failed", "waits", "returned"])
def test_what_is_taken_back_or_returned_has_them_in_the_next_answer(
    there: Any, thread: Thread, way: str
) -> None:
    user = author() if way in ("scheduled", "failed") else core.make_user()
    if way == "failed":
        there.troubles = [Gone("post_gone", detail="404")]
    message = write(thread, user, send_at=SOON + timedelta(hours=1) if way == "scheduled" else None)
    if way == "failed":
        sources.send_due(at=SOON)
    if way == "returned":
        approvals.give_back(approval=Approval.objects.get(), by=lead(), at=SOON, note="Friendlier")
    else:
        message.refresh_from_db()
        assert replies.cancel(message=message, by=user, at=SOON)
    testing.make_mandate(user)
    write(thread, user, text="We mend it gladly", seen=message.pk, attachments=[])
    assert sources.send_due(at=SOON) == ["sent"]
    assert there.tried[-1].attachments == (SCORE,)


def test_too_large_files_are_refused_before_a_lead_is_asked(thread: Thread) -> None:
    large = Attachment(name="a", media_type="text/plain", content=b"x" * 2000)
    with pytest.raises(replies.CannotSend):
        write(thread, core.make_user(), attachments=[large])
    assert not Approval.objects.exists()


def test_what_could_not_be_sent_keeps_its_files_in_the_box_and_a_tick_taken_away_leaves_one_behind(
    there: Any, thread: Thread
) -> None:
    user = author()
    client = core.signed_in(user=user)
    colleague = write(thread, author(), attachments=[])
    file = SimpleUploadedFile("score.txt", b"do re mi", content_type="text/plain")
    other = SimpleUploadedFile("wrong.txt", b"mi", content_type="text/plain")
    refused = client.post(f"/inbox/{thread.pk}/reply/", {"text": "Me too", "files": [file, other]})
    assert refused.status_code == 422
    score, wrong = AnswerFile.objects.order_by("pk")
    assert "score.txt" in refused.content.decode()
    assert b"".join(client.get(f"/inbox/files/{score.pk}/").streaming_content) == b"do re mi"
    assert core.signed_in("lead").get(f"/inbox/files/{score.pk}/").status_code == 404
    sources.send_due(at=SOON)
    said = {"text": "Me too", "seen": colleague.pk, "kept_shown": "1", "kept": score.pk}
    client.post(f"/inbox/{thread.pk}/reply/", said)
    message = Message.objects.get(user=user)
    assert message.state == MessageState.WAITING
    sources.send_due(at=clock.now() + timedelta(seconds=20))
    assert there.tried[-1].attachments == (SCORE,)
    assert not AnswerFile.objects.exists(), wrong


def test_a_lead_sees_which_files_wait(thread: Thread) -> None:
    write(thread, core.make_user())
    page = core.signed_in("lead").get("/approvals/").content.decode()
    assert "score.txt" in page
    assert f"/inbox/files/{AnswerFile.objects.get().pk}/" in page


def test_words_taken_back_join_what_was_begun_since(thread: Thread) -> None:
    user = author()
    message = write(thread, user, send_at=SOON + timedelta(hours=1))
    drafts.save(thread=thread, text="Something else", is_note=False, by=user, at=SOON)
    replies.cancel(message=message, by=user, at=SOON)
    assert Draft.objects.get().text == "We mend it\n\nSomething else"
