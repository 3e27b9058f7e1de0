"""What we promised: a reminder on its day, kept, put off, and undone."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from grapevine.core.access import SYSTEM
from grapevine.core.testing import NOON, deeds, heard, make_user
from grapevine.people import events, testing
from grapevine.people.actions import memory, promises
from grapevine.people.models import Promise, Proposal
from grapevine.people.selectors.memory import beside

pytestmark = pytest.mark.django_db


def test_a_promise_in_our_own_words_becomes_a_reminder_on_its_day(
    django_capture_on_commit_callbacks: Any,
) -> None:
    identity, by = testing.make_identity(), make_user()
    [number] = memory.propose_ours(
        identity_id=identity.pk, text="Hej Hamlet! Jag återkommer på fredag med ett svar.", lang="sv",
        of="converse.message", of_id=3, by=by, at=NOON,
    )  # fmt: skip
    with heard(events.PromiseMade) as news, django_capture_on_commit_callbacks(execute=True):
        made = memory.keep(proposal=Proposal.objects.get(pk=number), by=by, at=NOON)
    assert isinstance(made, Promise)
    assert (made.text, made.due_on, made.owner) == (
        "Jag återkommer på fredag med ett svar",
        date(2026, 3, 6),
        by,
    )
    assert [(one.promise_id, one.owner_id) for one in news] == [(made.pk, by.pk)]
    found = beside(identity.pk, by=by, at=NOON)
    assert found is not None
    assert found.reason is not None
    assert (found.reason.kind, found.reason.days) == ("promise", 4)


def test_every_step_with_a_promise_is_undone_exactly() -> None:
    by, other = make_user(), make_user(name="Laertes")
    promise = testing.make_promise(owner=by)
    before = Promise.objects.filter(pk=promise.pk).values("state", "due_on", "owner", "closed_at").get()
    later = NOON + timedelta(hours=1)
    steps = (
        (promises.done, {}),
        (promises.drop, {}),
        (promises.postpone, {"until": date(2026, 4, 1)}),
        (promises.hand, {"owner": other}),
    )
    for step, more in steps:
        step(promise=promise, by=by, at=later, **more)  # type: ignore[operator]
        assert before != Promise.objects.filter(pk=promise.pk).values(*before).get()
        promises.undo(promise=promise, by=by, at=later)
        assert before == Promise.objects.filter(pk=promise.pk).values(*before).get()
    with pytest.raises(promises.NothingToUndo):
        promises.undo(promise=promise, by=by, at=later)
    assert deeds()[1:3] == ["people.promise.done", "people.promise.undone"]


def test_two_clicks_are_one_step() -> None:
    promise = testing.make_promise()
    promises.done(promise=promise, by=SYSTEM, at=NOON)
    promises.done(promise=promise, by=SYSTEM, at=NOON + timedelta(seconds=1))
    promises.undo(promise=promise, by=SYSTEM, at=NOON)
    assert Promise.objects.get().state == "open"
