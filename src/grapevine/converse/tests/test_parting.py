"""Threads that were put together and in which something was said since are taken apart by what differs."""

from __future__ import annotations

from datetime import timedelta

import pytest

from grapevine.converse import testing
from grapevine.converse.actions import merges
from grapevine.converse.models import Draft, Label, Thread
from grapevine.core import testing as core
from grapevine.core.testing import NOON

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=1)


def test_what_the_merging_put_there_goes_and_what_was_decided_since_stays() -> None:
    user, somebody = core.make_user(), core.make_user()
    theirs, since = (Label.objects.create(name=name, created_at=NOON) for name in ("theirs", "since"))
    kept = testing.make_thread(text="My lute is broken", status="waiting", waiting_since=None, due_at=None)
    other = testing.make_thread(text="By mail", assignee=somebody, team=testing.make_team())
    other.labels.add(theirs)
    draft = Draft.objects.create(thread=other, user=user, text="We have", saved_at=NOON)
    done = merges.merge(kept_id=kept.pk, other_id=other.pk, by=user, at=NOON)
    draft.refresh_from_db()
    assert draft.thread_id == kept.pk
    testing.make_message(kept, "And?", direction="ours", state="sent", at=LATER)
    kept.refresh_from_db()
    assert (kept.assignee, kept.status) == (somebody, "open")
    kept.labels.add(since)
    Thread.objects.filter(pk=kept.pk).update(priority=1)
    assert merges.undo(done=done, by=user, at=LATER)
    kept.refresh_from_db()
    assert (kept.assignee_id, kept.team_id, kept.priority) == (None, None, 1)
    assert (kept.status, kept.due_at, kept.waiting_since, kept.messages) == ("waiting", None, None, 2)
    assert list(kept.labels.all()) == [since]
    other.refresh_from_db()
    assert (other.assignee, other.messages, list(other.labels.all())) == (somebody, 1, [theirs])
    draft.refresh_from_db()
    assert draft.thread_id == other.pk


def test_who_took_it_over_since_keeps_it() -> None:
    user, somebody = core.make_user(), core.make_user()
    kept, other = testing.make_thread(), testing.make_thread(assignee=somebody)
    done = merges.merge(kept_id=kept.pk, other_id=other.pk, by=user, at=NOON)
    Thread.objects.filter(pk=kept.pk).update(assignee=user)
    assert merges.undo(done=done, by=user, at=LATER)
    kept.refresh_from_db()
    assert kept.assignee == user
