"""An answer waits some seconds before it goes: so long, taking it back is certain, and no longer is it offered."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from grapevine.converse import testing
from grapevine.converse.models import Colleague, Draft, Message, Thread
from grapevine.converse.tests.answering import write
from grapevine.core import clock
from grapevine.core import testing as core
from grapevine.sources import testing as sources

pytestmark = pytest.mark.django_db
HOLD = timedelta(seconds=10)


@pytest.fixture
def desk(thread: Thread) -> Client:
    """The browser of somebody whose answers wait as long as usual."""
    user = core.make_user(name="Horatio")
    testing.make_mandate(user, at=clock.now())
    return core.signed_in("member", user=user)


def send(desk: Client, thread: Thread, **values: Any) -> dict[str, Any]:
    """What the notice says after an answer."""
    sent = desk.post(f"/inbox/{thread.pk}/reply/?view=free", {"text": "We mend it", "seen": 0, **values})
    assert sent.status_code == 303
    return desk.session["toasts"][-1]


def test_an_answer_stays_until_its_time_is_over_and_can_be_taken_back_so_long(
    there: Any, thread: Thread, desk: Client
) -> None:
    before = clock.now()
    notice = send(desk, thread)
    message = Message.objects.get(direction="ours")
    assert notice["undo"] == f"/inbox/messages/{message.pk}/cancel/?view=free"
    assert 8 < notice["until"] - before.timestamp() < 60
    assert sources.send_due(at=before + HOLD - timedelta(seconds=1)) == []
    back = desk.post(notice["undo"])
    assert back.headers["Location"] == f"/inbox/{thread.pk}/?view=free"
    assert sources.send_due(at=clock.now() + HOLD) == []
    assert there.there == {}
    assert Draft.objects.get().text == "We mend it"


def test_it_goes_once_when_its_time_is_over_and_nothing_can_be_undone_then(
    there: Any, thread: Thread, desk: Client
) -> None:
    notice = send(desk, thread)
    after = clock.now() + HOLD
    assert sources.send_due(at=after) == ["sent"]
    assert sources.send_due(at=after) == []
    assert len(there.there) == 1
    desk.post(notice["undo"])
    assert Message.objects.get(direction="ours").state == "sent"
    assert desk.session["toasts"][-1]["text"].startswith("Too late")


def test_who_wants_no_such_time_is_offered_no_undo_and_what_programs_send_goes_at_once(
    thread: Thread, desk: Client
) -> None:
    Colleague.objects.create(user_id=desk.session["_auth_user_id"], hold_seconds=0)
    assert send(desk, thread)["undo"] == ""
    assert sources.send_due(at=clock.now()) == ["sent"]
    now = clock.now()
    write(thread, desk.user, "Tomorrow", at=now, seen=Message.objects.latest("pk").pk)  # type: ignore[attr-defined]
    assert sources.send_due(at=now) == ["sent"]


def test_a_notice_that_comes_too_late_offers_nothing(thread: Thread, desk: Client) -> None:
    address = send(desk, thread)["undo"]
    session = desk.session
    session["toasts"][-1]["until"] -= 60
    session.save()
    page = desk.get(f"/inbox/{thread.pk}/").content.decode()
    assert "On its way." in page
    assert f'action="{address}"' not in page


def test_ones_own_answer_from_another_window_is_told_as_such_and_ones_own_words_can_be_thrown_away(
    thread: Thread, desk: Client
) -> None:
    send(desk, thread)
    form = {"text": "We mend it soon", "seen": 0}
    page = desk.post(f"/inbox/{thread.pk}/reply/", form)
    words = page.content.decode()
    assert page.status_code == 422
    assert "You have answered already" in words
    assert "Horatio has answered" not in words
    assert "On its way" in words
    assert Draft.objects.get().text == "We mend it soon"
    gone = desk.post(f"/inbox/{thread.pk}/reply/?view=free", {**form, "drop": "1"})
    assert gone.headers["Location"] == f"/inbox/{thread.pk}/?view=free"
    assert not Draft.objects.exists()
    assert Message.objects.filter(direction="ours").count() == 1
    assert desk.get(f"/inbox/{thread.pk}/draft/").json() == {"answer": "", "note": ""}
