"""What is new to somebody is counted; a note that is taken back can be written again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from grapevine.converse import testing
from grapevine.converse.actions import drafts, notes
from grapevine.converse.models import Draft
from grapevine.converse.selectors import unread
from grapevine.core import testing as core
from grapevine.core.testing import NOON
from grapevine.people import testing as people

pytestmark = pytest.mark.django_db


def test_what_is_mine_my_teams_and_nobodys_is_new_until_it_was_looked_at() -> None:
    user, other = core.make_user(), core.make_user()
    team = testing.make_team(members=[user])
    mine, _teams, _free, _theirs = (
        testing.make_thread(identity=people.make_identity(), **to)
        for to in ({"assignee": user}, {"team": team}, {}, {"assignee": other})
    )
    assert unread.count(user) == 3
    drafts.look(thread=mine, by=user, typing=False, at=NOON + timedelta(minutes=1))
    assert unread.count(user) == 2
    mine.last_from_them_at = NOON + timedelta(hours=1)
    mine.save()
    assert unread.count(user) == 3
    assert (unread.told(0), unread.told(7), unread.told(unread.MOST)) == ("", "7", "99+")
    assert core.signed_in("member", user=user).get("/inbox/").content.decode().count("<title>(3) Inbox") == 1


def test_a_note_that_is_taken_back_is_in_its_writers_box_and_in_nobody_elses() -> None:
    writer, lead = core.make_user(), core.make_user(role="lead")
    thread = testing.make_thread()
    first, second = (
        notes.write(thread=thread, text=text, by=writer, at=NOON) for text in ("Who has strings?", "Not me")
    )
    assert notes.remove(note=first, by=writer, at=NOON)
    assert not notes.remove(note=second, by=lead, at=NOON)
    kept = [(one.user_id, one.is_note, one.text) for one in Draft.objects.all()]
    assert kept == [(writer.pk, True, "Who has strings?")]
