"""Answering all who had a letter: on purpose only, and nobody who did not have it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from grapevine.connectors.mail import letters
from grapevine.converse import testing
from grapevine.converse.actions import replies
from grapevine.converse.models import Message, MessageState, Thread
from grapevine.converse.selectors import addressees, approvals
from grapevine.converse.tests.hearing import hear, letter, only_thread
from grapevine.core import testing as core
from grapevine.core.testing import NOON, signed_in
from grapevine.people import testing as people
from grapevine.sources import testing as sources
from grapevine.sources.testing import Outgoing, Source

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=1)
OFELIA, GERTRUDE, CLAUDIUS = "ofelia@court.example", "gertrude@court.example", "claudius@court.example"


@pytest.fixture
def mailbox() -> Source:
    settings = {
        "address": letters.OURS,
        "imap_host": "imap.elsinore.example",
        "smtp_host": "smtp.elsinore.example",
        "password": "hush",
    }
    return sources.make_source(name="Post", connector="mail", created_at=NOON, settings=settings)


@pytest.fixture
def thread(mailbox: Source) -> Thread:
    values: dict[str, Any] = {"external_id": "1@court.example", "author": OFELIA}
    hear(mailbox, letter("Too sour, the roast", copies=(GERTRUDE, CLAUDIUS), **values))
    return only_thread()


def write(thread: Thread, **values: Any) -> Message:
    user = core.make_user()
    testing.make_mandate(user)
    return replies.write(thread=thread, text="Sorry to hear it", by=user, at=LATER, seen=0, **values)


def test_nobody_gets_a_copy_who_was_not_ticked(thread: Thread) -> None:
    assert write(thread).copies == []
    assert Outgoing.objects.get().copies == []


def test_who_was_ticked_gets_a_copy_and_the_conversation_says_so(thread: Thread) -> None:
    message = write(thread, copies=[GERTRUDE])
    sent = Outgoing.objects.get()
    assert (sent.recipient, sent.copies) == (OFELIA, [GERTRUDE])
    page = signed_in("member").get(f"/inbox/{thread.pk}/").content.decode()
    assert f'<bdi data-copy="{GERTRUDE}">' in page[page.index(f'id="message-{message.pk}"') :]


def test_nobody_gets_a_copy_who_did_not_have_the_letter(thread: Thread) -> None:
    with pytest.raises(replies.CannotSend):
        write(thread, copies=["everybody@elsewhere.example"])
    assert not Outgoing.objects.exists()


@pytest.mark.parametrize("when", ["writing", "sending"])
def test_who_is_not_to_be_contacted_gets_no_copy_either(thread: Thread, when: str) -> None:
    known = people.make_identity(handle=CLAUDIUS)
    if when == "writing":
        people.make_refusal(identity=known)
        with pytest.raises(replies.CannotSend, match=CLAUDIUS):
            write(thread, copies=[GERTRUDE, CLAUDIUS])
        return
    message = write(thread, copies=[GERTRUDE, CLAUDIUS])
    people.make_refusal(identity=known)
    sources.send_due(at=LATER)
    message.refresh_from_db()
    assert message.state == MessageState.STOPPED


def test_a_letter_of_somebody_who_had_a_copy_is_no_strangers(mailbox: Source, thread: Thread) -> None:
    message = write(thread, copies=[GERTRUDE])
    Message.objects.filter(pk=message.pk).update(external_id="ours@elsinore.example", state="sent")
    values: dict[str, Any] = {"parent_id": "ours@elsinore.example", "notes": ("sender_unproven",)}
    for number, author in enumerate((GERTRUDE, CLAUDIUS), start=2):
        at = LATER + timedelta(minutes=number)
        hear(mailbox, letter("And me?", external_id=f"{number}@x", author=author, at=at, **values), at=at)
    found = addressees.shown_as(thread)
    assert found is not None
    assert (found.address or found.name, found.passed_over) == (GERTRUDE, (CLAUDIUS,))


@pytest.mark.parametrize(
    ("undelivered", "state"),
    [((GERTRUDE,), "sent"), ((OFELIA,), "failed"), ((OFELIA, GERTRUDE), "failed"), ((), "failed")],
)
def test_a_copy_that_came_back_is_no_answer_that_came_back(
    mailbox: Source, thread: Thread, undelivered: tuple[str, ...], state: str
) -> None:
    message = write(thread, copies=[GERTRUDE])
    Message.objects.filter(pk=message.pk).update(external_id="ours@elsinore.example", state="sent")
    values: dict[str, Any] = {"parent_id": "ours@elsinore.example", "notes": ("bounce", "auto_reply")}
    at = LATER + timedelta(minutes=2)
    came = letter(
        "No such user", external_id="b@x", undelivered=undelivered, author="daemon@x", at=at, **values
    )
    hear(mailbox, came, at=at)
    message.refresh_from_db()
    assert message.state == state
    told = Message.objects.filter(thread=thread, direction="event").values_list("event__what", flat=True)
    assert ("copy_bounced" in told, "bounced" in told) == (state == "sent", state == "failed")


def test_a_lead_who_approves_sees_who_gets_a_copy_and_they_get_it(thread: Thread) -> None:
    writer = core.make_user(name="Osric")
    message = replies.write(thread=thread, text="Yes", by=writer, at=LATER, seen=0, copies=[GERTRUDE])
    assert message.state == MessageState.APPROVAL
    [held] = approvals.waiting()
    assert held.copies == (GERTRUDE,)
    lead = signed_in("lead")
    assert GERTRUDE in lead.get("/approvals/").content.decode()
    lead.post(f"/approvals/{held.id}/approve/", {"text": "Yes", "seen": held.seen})
    assert Outgoing.objects.get().copies == [GERTRUDE]


def test_an_answer_that_could_not_be_sent_keeps_its_ticks(thread: Thread) -> None:
    answer = {"text": "", "seen": "0", "copies": [GERTRUDE]}
    page = signed_in("member").post(f"/inbox/{thread.pk}/reply/", answer)
    assert page.status_code == 422
    assert f'value="{GERTRUDE}" checked' in page.content.decode()
    assert f'value="{CLAUDIUS}" checked' not in page.content.decode()


def test_nothing_at_all_is_no_answer_for_a_lead_to_approve_either(thread: Thread) -> None:
    for text in ("", "  \n"):
        with pytest.raises(replies.CannotSend):
            replies.write(thread=thread, text=text, by=core.make_user(), at=LATER, seen=0)
    assert not approvals.waiting()
