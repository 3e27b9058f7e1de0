"""What a conversation's page tells of each message, and where the inbox opens."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from grapevine.converse import testing
from grapevine.converse.models import Direction, MessageState, Status, Thread
from grapevine.core import once
from grapevine.core import testing as core
from grapevine.core.testing import NOON, signed_in
from grapevine.people import testing as people
from grapevine.sources import testing as sources

pytestmark = pytest.mark.django_db
LETTER = "Any news?\n\nOn Mon, 21 Nov 2026 at 10:12, Elsinore <hello@elsinore.example> wrote:\n> We look into it.\n"


def by_mail(**values: Any) -> Thread:
    mailbox = sources.make_source(name="Mailbox", connector="mail")
    writer = people.make_identity(platform=f"mail/{mailbox.pk}", handle="ofelia@court.example", name="Ofelia")
    return testing.make_thread(source=mailbox, identity=writer, **values)


def test_the_inbox_opens_where_there_is_something_to_do() -> None:
    client = signed_in("member")
    view = lambda: client.get("/inbox/").context["wish"].view  # noqa: E731
    assert view() == "open"
    testing.make_thread(subject="nobody’s")
    assert view() == "free"
    testing.make_thread(team=testing.make_team(members=[client.user]))
    assert view() == "team"
    testing.make_thread(assignee=client.user)
    assert view() == "mine"
    assert client.get("/inbox/?view=mine").context["wish"].view == "mine"


@pytest.mark.parametrize("status", [Status.OPEN, Status.WAITING, Status.RESOLVED])
def test_a_conversation_opened_directly_stands_in_the_list_beside_it(status: str) -> None:
    client = signed_in("member")
    thread = testing.make_thread(status=status, assignee=core.make_user(name="Marcellus"))
    page = client.get(f"/inbox/{thread.pk}/")
    assert [item.row.id for item in page.context["items"]] == [thread.pk]


def test_who_wrote_a_letter_is_called_by_name_and_who_wrote_in_public_by_handle() -> None:
    client = signed_in("member")
    public = people.make_identity(handle="sweetprince", name="Hamlet")
    letter, comment = by_mail(), testing.make_thread(identity=public)
    assert "ofelia@court.example" in client.get(f"/inbox/{letter.pk}/").content.decode()
    called = {item.row.id: item.author for item in client.get("/inbox/?view=all").context["items"]}
    assert called == {letter.pk: "Ofelia", comment.pk: "sweetprince"}


def test_what_a_letter_quotes_is_folded_and_a_comment_is_whole() -> None:
    client = signed_in("member")
    letter, comment = by_mail(text=LETTER), testing.make_thread(text=LETTER, source=sources.make_source())
    (line,) = client.get(f"/inbox/{letter.pk}/").context["said"]
    assert line.text == "Any news?"
    assert line.below.endswith("> We look into it.")
    (line,) = client.get(f"/inbox/{comment.pk}/").context["said"]
    assert (line.text, line.below) == (LETTER, "")


def test_a_lead_approves_an_answer_where_it_stands_and_its_author_reads_what_was_changed() -> None:
    lead, author = signed_in("lead"), signed_in("member")
    held = testing.make_held(by=author.user)
    thread = held.message.thread
    shown = lead.get(f"/inbox/{thread.pk}/").content.decode()
    assert f"/approvals/{held.pk}/approve/" in shown
    assert f"/approvals/{held.pk}/approve/" not in author.get(f"/inbox/{thread.pk}/").content.decode()
    held.state, held.text_before, held.note, held.decided_by = "changed", "I give it", "Shorter.", lead.user
    held.decided_at = NOON
    held.save()
    held.message.state = MessageState.WAITING
    held.message.save()
    assert "Shorter." in author.get(f"/inbox/{thread.pk}/").content.decode()


def test_only_a_lead_is_offered_to_take_away_and_only_where_the_platform_does() -> None:
    with sources.platform():
        there = sources.make_source(connector="fake", settings={"key": "k"})
        thread = testing.make_thread(source=there, text="")
        said = testing.make_message(thread, "You are a calf", external_id="c1")
        elsewhere = by_mail()
        lead, member = signed_in("lead"), signed_in("member")
        assert f"/messages/{said.pk}/removal/" in lead.get(f"/inbox/{thread.pk}/").content.decode()
        assert f"/messages/{said.pk}/removal/" not in member.get(f"/inbox/{thread.pk}/").content.decode()
        assert "/removal/" not in lead.get(f"/inbox/{elsewhere.pk}/").content.decode()


def test_the_same_question_is_asked_once_a_page_and_anew_in_between() -> None:
    asked = []

    @once.a_page
    def question(name: str) -> str:
        asked.append(name)
        return name.upper()

    assert question("a") == question("a") == "A"
    assert asked == ["a", "a"]
    with once.page():
        assert question("a") == question("a") == "A"
        assert question(name="b") == "B"
    assert asked == ["a", "a", "a", "b"]


def test_ours_is_counted_where_only_the_conversation_is_asked_for() -> None:
    client, thread = signed_in("member"), testing.make_thread()
    ours = testing.make_message(thread, direction=Direction.OURS, at=NOON + timedelta(hours=1))
    piece = client.get(f"/inbox/{thread.pk}/", headers={"HX-Target": "thread-said"})
    assert f'data-ours="{ours.pk}"' in piece.content.decode()
