"""What was said in conversations is handed over and forgotten."""

from __future__ import annotations

import pytest

from grapevine.converse import testing
from grapevine.converse.models import Draft, Message, Thread
from grapevine.converse.privacy import Colleagues, Threads
from grapevine.core import testing as core
from grapevine.core.privacy import Subject
from grapevine.core.testing import NOON
from grapevine.people import testing as people

pytestmark = pytest.mark.django_db


def test_their_threads_are_handed_over_and_go_with_our_answers() -> None:
    thread = testing.make_thread(text="My lute is broken")
    testing.make_message(thread, "We are sorry", direction="ours")
    subject = Subject(identity_ids=(thread.identity_id,))
    assert [row["text"] for row in Threads().hand_over(subject)] == ["My lute is broken", "We are sorry"]
    assert Threads().forget(subject) > 0
    assert not Thread.objects.exists()
    assert not Message.objects.exists()


def test_in_the_thread_of_another_only_their_own_words_go() -> None:
    thread = testing.make_thread(text="My lute is broken")
    other = people.make_identity(handle="laertes")
    theirs = testing.make_message(thread, "Mine too", identity=other)
    Threads().forget(Subject(identity_ids=(other.pk,)))
    theirs.refresh_from_db()
    assert (theirs.text, theirs.identity_id) == ("", None)
    assert thread.items.filter(text="My lute is broken").exists()
    assert Threads().forget(Subject()) == 0


def test_a_colleagues_drafts_go_with_them_and_nobody_elses() -> None:
    thread = testing.make_thread()
    mine, yours = core.make_user(name="Horatio"), core.make_user(name="Marcellus")
    for user in (mine, yours):
        Draft.objects.create(thread=thread, user=user, text=f"by {user.name}", saved_at=NOON)
    subject = Subject(user_id=mine.pk)
    assert [row["draft"] for row in Colleagues().hand_over(subject)] == ["by Horatio"]
    assert Colleagues().forget(subject) == 1
    assert Draft.objects.get().user == yours
