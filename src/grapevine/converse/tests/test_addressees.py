"""Whom an answer goes to, where letters come from people who only say who they are."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from grapevine.connectors.base import Post
from grapevine.connectors.mail import letters, mapping
from grapevine.converse import testing
from grapevine.converse.actions import replies
from grapevine.converse.models import Message, Thread
from grapevine.converse.selectors import addressees
from grapevine.converse.tests.hearing import comment, hear, letter, listening, make_blog, only_thread
from grapevine.core import testing as core
from grapevine.core.testing import NOON, signed_in
from grapevine.sources import testing as sources
from grapevine.sources.testing import Outgoing, Source

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=1)
OFELIA, IAGO = "ofelia@court.example", "iago@venice.example"
UNPROVEN = ("sender_unproven",)


@pytest.fixture
def mailbox() -> Source:
    settings = {
        "address": letters.OURS,
        "imap_host": "imap.elsinore.example",
        "smtp_host": "smtp.elsinore.example",
        "password": "hush",
    }
    return sources.make_source(name="Post", connector="mail", created_at=NOON, settings=settings)


def begun(mailbox: Source, **values: Any) -> Thread:
    hear(mailbox, letter("Too sour, the roast", external_id="1@court.example", author=OFELIA, **values))
    return only_thread()


def joined(
    mailbox: Source, text: str, author: str, *, number: int = 2, at: datetime = LATER, **values: Any
) -> None:
    hear(
        mailbox,
        letter(
            text,
            external_id=f"{number}@x.example",
            parent_id="1@court.example",
            author=author,
            at=at,
            **values,
        ),
        at=at,
    )


def answered(thread: Thread, **values: Any) -> str:
    user = core.make_user()
    testing.make_mandate(user)
    latest = Message.objects.filter(thread=thread).order_by("-pk").values_list("pk", flat=True)[0]
    replies.write(thread=thread, text="Sorry to hear it", by=user, at=LATER, seen=latest, **values)
    return Outgoing.objects.get().recipient


def test_somebody_unproven_who_knows_a_letters_id_is_not_answered_by_default(mailbox: Source) -> None:
    thread = begun(mailbox)
    joined(mailbox, "Send the refund to me instead", IAGO, notes=UNPROVEN)
    found = addressees.shown_as(thread)
    assert found is not None
    assert (found.name.casefold(), found.passed_over, found.is_stranger) == (OFELIA, (IAGO,), False)
    assert answered(thread) == OFELIA


def test_a_person_may_choose_to_answer_them_all_the_same(mailbox: Source) -> None:
    thread = begun(mailbox)
    joined(mailbox, "I am her brother", IAGO, notes=UNPROVEN)
    chosen = Message.objects.get(external_id="2@x.example").pk
    found = addressees.shown_as(thread, answers=chosen)
    assert found is not None
    assert (found.name.casefold(), found.is_stranger) == (IAGO, True)
    assert answered(thread, answers=chosen) == IAGO
    # Who was answered once is known here.
    joined(mailbox, "Thanks", IAGO, number=3, at=LATER + timedelta(hours=1), notes=UNPROVEN)
    assert addressees.default(thread) == Message.objects.get(external_id="3@x.example")


@pytest.mark.parametrize("notes", [(), ("sender_unchecked",), UNPROVEN])
def test_whoever_began_a_conversation_is_answered_wherever_they_go_on(
    mailbox: Source, notes: tuple[str, ...]
) -> None:
    thread = begun(mailbox, notes=notes)
    joined(mailbox, "And the cup is cracked", OFELIA, notes=notes)
    assert addressees.default(thread) == Message.objects.get(external_id="2@x.example")


def test_whom_the_receiving_server_vouches_for_is_answered(mailbox: Source) -> None:
    thread = begun(mailbox)
    joined(mailbox, "I answer for her", "laertes@court.example")
    assert addressees.default(thread) == Message.objects.get(external_id="2@x.example")


def test_after_many_strangers_it_is_whoever_the_conversation_is_with(mailbox: Source) -> None:
    thread = begun(mailbox)
    for number in range(2, addressees.LATEST + 4):
        at = LATER + timedelta(minutes=number)
        joined(
            mailbox, f"Me too {number}", f"no{number}@venice.example", number=number, at=at, notes=UNPROVEN
        )
    assert addressees.default(thread) == Message.objects.get(external_id="1@court.example")


def test_in_public_whoever_speaks_last_is_answered() -> None:
    listening()
    blog = make_blog()
    hear(blog, comment(external_id="1", author="ofelia"))
    hear(blog, comment("Mine too!", external_id="2", parent_id="1", author="iago", at=LATER), at=LATER)
    found = addressees.shown_as(only_thread())
    assert found is not None
    assert (found.name, found.is_letter) == ("iago", False)


def test_the_answer_box_names_who_gets_it_where_answers_are_wanted_and_who_had_theirs(
    mailbox: Source,
) -> None:
    thread = begun(mailbox, copies=("gertrude@court.example",), reply_to="elsewhere@court.example")
    page = signed_in("member").get(f"/inbox/{thread.pk}/").content.decode()
    box = page[page.index('id="answer-form"') :]
    assert OFELIA in box
    assert "elsewhere@court.example" in box
    assert 'value="gertrude@court.example"' in box
    assert "gertrude@court.example" in page


def test_who_else_had_a_letter_is_read_from_it_without_us() -> None:
    mail = letters.letter(
        to=f"Us <{letters.OURS}>, Gertrude <gertrude@court.example>",
        Cc="claudius@court.example, Ofelia <ofelia@court.example>",
        Reply_To="Elsewhere <elsewhere+1@court.example>",
    )
    post: Post = mapping.to_post(letters.kept(mail), {"address": letters.OURS})
    assert post.copies == ("gertrude@court.example", "claudius@court.example")
    assert post.reply_to == "elsewhere+1@court.example"
