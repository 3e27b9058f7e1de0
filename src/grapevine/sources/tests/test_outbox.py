"""The outbox: what is put in goes out once, in order, when it may; and what becomes of it is written down and told."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from grapevine.connectors.base import Attachment, Gone, Unreachable
from grapevine.core import access
from grapevine.core.privacy import Subject
from grapevine.core.testing import NOON, deeds, heard, make_user
from grapevine.sources import events, testing
from grapevine.sources.actions import outbox, sending
from grapevine.sources.actions import sources as actions
from grapevine.sources.contracts.outbox import Refusal
from grapevine.sources.models import Outgoing, OutgoingFile, OutgoingState, Source
from grapevine.sources.privacy import Outbox
from grapevine.sources.selectors import outbox as selector
from grapevine.sources.tests.conftest import at, put

pytestmark = pytest.mark.django_db


def test_a_reply_is_sent_and_called_sent_by_the_platforms_word_only(
    source: Source, there: Any, keeper: Any, django_capture_on_commit_callbacks: Any
) -> None:
    hamlet = make_user(name="Hamlet")
    number = put(source, by=hamlet, recipient="ophelia", signed="Hamlet", subject="Re", refers=["a"])
    assert selector.of("test", [1])[1].state == "waiting"
    with heard(events.OutgoingSent) as news, django_capture_on_commit_callbacks(execute=True):
        assert testing.send_due(at=NOON) == ["sent"]
    (reply,) = there.tried
    assert (reply.text, reply.recipient, reply.signed, reply.refers, reply.resend) == (
        "We are sorry.",
        "ophelia",
        "Hamlet",
        ("a",),
        False,
    )
    row = selector.of("test", [1])[1]
    assert (row.state, row.proof_id, row.url) == ("sent", "answer-1", "https://fake.example/answer-1")
    assert keeper.told == [("went", 1, "published")]
    assert news == [events.OutgoingSent(number, source.pk, "test", 1, "sent", NOON)]
    assert deeds() == ["sources.reply.sent"]
    assert testing.send_due(at=at(999)) == []


def test_text_and_files_stay_until_it_is_there_and_no_longer(source: Source, there: Any) -> None:
    put(source, attachments=[Attachment(name="map.txt", media_type="text/plain", content=b"left")])
    there.troubles = [Unreachable("no_answer", host="x", detail="")]
    assert testing.send_due(at=NOON) == ["waiting"]
    assert OutgoingFile.objects.count() == 1
    assert testing.send_due(at=at(5)) == ["sent"]
    assert there.tried[-1].attachments == (
        Attachment(name="map.txt", media_type="text/plain", content=b"left"),
    )
    assert (Outgoing.objects.get().text, OutgoingFile.objects.count()) == ("", 0)


def test_what_a_moderator_holds_there_is_told_apart(source: Source, there: Any, keeper: Any) -> None:
    there.moderated = True
    put(source)
    assert testing.send_due(at=NOON) == ["moderated"]
    assert keeper.told == [("went", 1, "held")]


def test_the_same_answer_put_in_twice_is_one(source: Source, there: Any) -> None:
    assert put(source) == put(source, text="Other words.")
    testing.send_due(at=NOON)
    assert [reply.text for reply in there.there.values()] == ["We are sorry."]


def test_the_keeper_is_asked_at_the_moment_of_sending(source: Source, there: Any, keeper: Any) -> None:
    number = put(source, at=at(60))
    keeper.refusal = Refusal("do_not_contact", {"who": 1})
    assert testing.send_due(at=at(59)) == []
    assert testing.send_due(at=at(60)) == [""]
    assert there.tried == []
    assert keeper.told == [("stopped", 1, "do_not_contact")]
    assert selector.of("test", [1])[1].words == "do_not_contact!"
    keeper.refusal = None
    assert outbox.send_again(number, by=make_user(), at=at(61))
    assert testing.send_due(at=at(61)) == ["sent"]


def test_replies_of_one_thread_go_out_in_the_order_they_were_put(source: Source, there: Any) -> None:
    put(source, 1, text="one")
    second = put(source, 2, text="two", at=at(1))
    put(source, 3, text="elsewhere", thread_id="another")
    there.troubles = [Unreachable("no_answer", host="x", detail="")]
    testing.send_due(at=at(0.1))
    testing.send_due(at=at(0.2))
    assert [reply.text for reply in there.there.values()] == ["elsewhere"]
    assert sending.send(second, clock=lambda: at(1), rng=Random(1)) == "", "asked for by itself it waits too"
    testing.send_due(at=at(5))
    assert [reply.text for reply in there.there.values()] == ["elsewhere", "one", "two"]


def test_one_that_is_planned_for_later_holds_up_nothing(source: Source, there: Any) -> None:
    put(source, 1, text="on Monday", at=at(5000))
    put(source, 2, text="today")
    assert testing.send_due(at=NOON) == ["sent"]
    assert testing.send_due(at=at(5000)) == ["sent"]
    assert [reply.text for reply in there.there.values()] == ["today", "on Monday"]


def test_what_failed_holds_up_nothing(source: Source, there: Any) -> None:
    there.troubles = [Gone("post_gone", detail="")]
    put(source, 1)
    put(source, 2, at=at(1))
    assert testing.send_due(at=at(1)) == ["failed", "sent"]


def test_what_has_not_begun_can_be_taken_back(source: Source, there: Any, keeper: Any) -> None:
    number = put(source, at=at(60))
    assert outbox.cancel(number, by=make_user(), at=NOON)
    assert testing.send_due(at=at(60)) == []
    assert (Outgoing.objects.get().text, keeper.told) == ("", [("cancelled", 1, "")])
    assert "sources.outgoing.cancelled" in deeds()


def test_what_may_have_arrived_cannot_be_taken_back_but_is_not_tried_again(
    source: Source, there: Any
) -> None:
    there.swallows = True
    number = put(source)
    testing.send_due(at=NOON)
    assert not outbox.cancel(number, by=make_user(), at=at(1))
    assert testing.send_due(at=at(99)) == []
    row = selector.of("test", [1])[1]
    assert (row.state, "Look there" in row.words) == ("unclear", True)
    assert outbox.cancel(number, by=make_user(), at=at(1)), "somebody looked, and lets it be"


def test_what_has_gone_cannot_be_taken_back(source: Source) -> None:
    number = put(source)
    testing.send_due(at=NOON)
    assert not outbox.cancel(number, by=make_user(), at=at(1))
    assert Outgoing.objects.get().state == OutgoingState.SENT


def test_a_post_is_taken_away_once_and_proved(source: Source, there: Any, keeper: Any) -> None:
    outbox.put_removal(
        source_id=source.pk, to="post-9", how="hide", of="test", of_id=7, by=access.SYSTEM, at=NOON
    )
    there.troubles = [Unreachable("server_error", host="x", status=502)]
    testing.send_due(at=NOON)
    assert testing.send_due(at=at(5)) == ["sent"]
    assert there.gone == {"post-9": "hide"}
    assert keeper.told == [("went", 7, "removed")]
    assert deeds() == ["sources.post.taken_away"]


def test_what_is_gone_already_needs_no_taking_away(source: Source, there: Any, keeper: Any) -> None:
    outbox.put_removal(
        source_id=source.pk, to="post-9", how="delete", of="test", of_id=7, by=access.SYSTEM, at=NOON
    )
    there.troubles = [Gone("post_gone", detail="")]
    assert testing.send_due(at=NOON) == ["sent"]
    assert keeper.proofs[7].found


@pytest.mark.parametrize(
    ("text", "more", "says"),
    [
        ("x" * 501, {}, "at most 500"),
        (" ", {}, "nothing to send"),
        ("x", {"attachments": [Attachment(name="a", media_type="b", content=b"x" * 1001)]}, "more than"),
    ],
)
def test_what_the_platform_will_not_take_is_refused_before_it_is_put_in(
    source: Source, text: str, more: Any, says: str
) -> None:
    with pytest.raises(outbox.CannotSend, match=says):
        put(source, text=text, **more)
    assert not Outgoing.objects.exists()


def test_a_source_without_its_key_or_without_replies_is_no_way_to_answer(there: Any, keeper: Any) -> None:
    keyless = testing.make_source(connector="fake")
    with pytest.raises(outbox.CannotSend, match="Key"):
        put(keyless)
    with pytest.raises(outbox.CannotSend, match="takes no replies"):
        put(testing.make_source())
    good = testing.make_sending_source()
    assert [(one.source_id, one.ready) for one in selector.ways()] == [(keyless.pk, False), (good.pk, True)]
    assert (selector.can_send(good.pk), selector.can_send(keyless.pk)) == (True, False)


def test_a_source_that_is_removed_sends_no_more_and_says_so(source: Source, there: Any, keeper: Any) -> None:
    put(source, at=at(5))
    actions.remove(source=source, by=access.SYSTEM, at=NOON)
    assert testing.send_due(at=at(5)) == [""]
    assert keeper.told == [("stopped", 1, "source_gone")]
    put_back = Source.objects.get(pk=source.pk)
    actions.clear(source=put_back, at=at(6))
    assert not Outgoing.objects.exists()


def test_what_nobody_keeps_is_not_put_in(source: Source) -> None:
    with pytest.raises(KeyError):
        outbox.put(
            source_id=source.pk, to="x", text="x", key="x", of="nobody", of_id=1, by=access.SYSTEM, at=NOON
        )


def test_a_reader_changes_nothing_in_the_outbox(source: Source) -> None:
    number = put(source)
    for verb in (outbox.cancel, outbox.send_again, outbox.call_sent):
        with pytest.raises(access.AccessDenied):
            verb(number, by=make_user(role="reader"), at=NOON)


def test_who_is_forgotten_gets_nothing_any_more_and_leaves_no_trace(
    source: Source, there: Any, keeper: Any
) -> None:
    put(source, 1, recipient="iago", text="Dear Iago,")
    testing.send_due(at=NOON)
    put(source, 2, recipient="iago", text="And also,", at=at(5))
    put(source, 3, recipient="cassio", text="Dear Cassio,", thread_id="another", at=at(5))
    iago = Subject(authors=((source.pk, "iago"),))
    holder = Outbox()
    assert [row["text"] for row in holder.hand_over(iago)] == ["", "And also,"]
    assert holder.forget(iago) == 2
    assert keeper.told[-1] == ("cancelled", 2, "forgotten")
    assert testing.send_due(at=at(5)) == ["sent"]
    assert [reply.text for reply in there.there.values()] == ["Dear Iago,", "Dear Cassio,"]
    assert holder.hand_over(iago) == []
    kept = Outgoing.objects.get(of_id=1)
    assert (kept.state, kept.proof_id, kept.recipient) == (OutgoingState.SENT, "answer-1", "")


def test_whom_an_answer_is_for_is_known_from_the_post(source: Source) -> None:
    testing.store(source, testing.heard(external_id="post-1", author="iago"))
    put(source)
    assert Outgoing.objects.get().recipient == "iago"
