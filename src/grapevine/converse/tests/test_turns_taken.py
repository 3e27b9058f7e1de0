"""Two at one conversation at once: each takes its turn, and nothing is written back that the other has changed."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import connection

from grapevine.converse import own_words, testing
from grapevine.converse.actions import approvals, picking, replies, reverting, teams, views
from grapevine.converse.models import (
    Approval,
    ClosedDay,
    Deed,
    Label,
    Message,
    MessageState,
    Status,
    Team,
    Thread,
)
from grapevine.converse.tests.answering import SOON, author, write
from grapevine.converse.tests.hearing import comment, hear
from grapevine.core import testing as core
from grapevine.sources import testing as sources

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
LATER = SOON + timedelta(minutes=5)
LONG = 10.0  # seconds until a test gives up
STANDS = 0.7  # seconds after which somebody who waits for a lock is taken to wait


class Beside(threading.Thread):
    """Somebody else, in a transaction of their own. What they ran into is kept."""

    def __init__(self, act: Callable[[], object]) -> None:
        super().__init__(daemon=True)
        self._act, self.fault = act, None

    fault: BaseException | None

    def run(self) -> None:
        try:
            self._act()
        except BaseException as fault:  # noqa: BLE001 - asked for by the test
            self.fault = fault
        finally:
            connection.close()


def while_proved(monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> list[Beside]:
    """Let somebody act in the middle of our storing the proof of an answer."""
    beside: list[Beside] = []
    real = own_words.keep

    def keep(**given: Any) -> Any:
        beside.append(Beside(act))
        beside[0].start()
        beside[0].join(STANDS)
        return real(**given)

    monkeypatch.setattr(own_words, "keep", keep)
    return beside


def test_what_they_write_while_our_proof_is_stored_is_ours_to_answer(
    thread: Thread, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(thread, author())
    again = comment("And my sword?", external_id="2", parent_id="1", at=LATER)
    beside = while_proved(monkeypatch, lambda: hear(thread.source, again, at=LATER))
    assert sources.send_due(at=SOON) == ["sent"]
    beside[0].join(LONG)
    assert beside[0].fault is None
    thread.refresh_from_db()
    latest = Message.objects.get(external_id="2")
    assert (thread.status, thread.messages, thread.latest_id) == (Status.OPEN, 3, latest.pk)
    assert thread.due_at is not None
    assert thread.last_from_us_at is not None


def test_who_takes_an_answer_back_while_its_proof_is_stored_is_too_late_and_stands_in_nobodys_way(
    thread: Thread, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = author()
    message = write(thread, user)
    taken: list[bool] = []
    beside = while_proved(
        monkeypatch, lambda: taken.append(replies.cancel(message=message, by=user, at=LATER))
    )
    assert sources.send_due(at=SOON) == ["sent"]
    beside[0].join(LONG)
    assert (beside[0].fault, taken) == (None, [False])
    message.refresh_from_db()
    assert message.state == MessageState.SENT


def test_of_taking_back_and_approving_at_once_one_happens(thread: Thread) -> None:
    """Each of them many times: neither waits for what the other holds."""
    lead, user = core.make_user(role="lead"), core.make_user()
    testing.make_mandate(lead)
    for turn in range(8):
        message = write(thread, user, f"Try {turn}", anyway=True)
        approval = Approval.objects.get(message=message)
        both = threading.Barrier(2)

        def approve(approval: Approval = approval, both: threading.Barrier = both) -> None:
            both.wait(LONG)
            approvals.approve(approval=approval, by=lead, at=LATER)

        def cancel(message: Message = message, both: threading.Barrier = both) -> None:
            both.wait(LONG)
            replies.cancel(message=message, by=user, at=LATER)

        two = [Beside(approve), Beside(cancel)]
        for one in two:
            one.start()
        for one in two:
            one.join(LONG)
        assert two[1].fault is None
        assert two[0].fault is None or isinstance(two[0].fault, approvals.AlreadyDecided)
        message.refresh_from_db()
        assert message.state == MessageState.CANCELLED


def test_two_who_pick_the_same_post_get_the_same_conversation() -> None:
    source = sources.make_sending_source()
    number = sources.make_post(source=source, external_id="p").pk
    users, both, got = [author(), author()], threading.Barrier(2), []

    def pick(user: Any) -> None:
        both.wait(LONG)
        got.append(picking.pick(post_id=number, by=user, at=SOON).pk)

    two = [Beside(lambda user=user: pick(user)) for user in users]  # type: ignore[misc]
    for one in two:
        one.start()
    for one in two:
        one.join(LONG)
    assert [one.fault for one in two] == [None, None]
    assert len(got) == 2
    assert len(set(got)) == 1


def at_once(*acts: Callable[[], object]) -> list[BaseException | None]:
    """Let all of them begin in the same moment; what each ran into."""
    start = threading.Barrier(len(acts))

    def begin(act: Callable[[], object]) -> object:
        start.wait(LONG)
        return act()

    beside = [Beside(partial(begin, act)) for act in acts]
    for one in beside:
        one.start()
    for one in beside:
        one.join(LONG)
    assert not any(one.is_alive() for one in beside)
    return [one.fault for one in beside]


def test_of_two_who_answer_in_the_same_moment_one_is_asked_first(thread: Thread) -> None:
    first, second = author(), author()
    faults = at_once(
        lambda: write(thread, first, "We mend it"), lambda: write(thread, second, "We mend that")
    )
    assert sorted(type(one).__name__ for one in faults) == ["AnsweredMeanwhile", "NoneType"]
    assert Message.objects.filter(thread=thread, direction="ours").count() == 1


def test_two_who_say_the_same_in_the_same_moment_say_it_once() -> None:
    team, leads = testing.make_team(), [core.make_user(role="lead") for _number in range(2)]
    day = SOON.date()
    closing = [partial(teams.close_day, team=None, day=day, by=one, at=SOON) for one in leads]
    assert at_once(*closing) == [None, None]
    assert ClosedDay.objects.count() == 1
    assert at_once(*(partial(views.add_label, name="Sour", by=one, at=SOON) for one in leads)) == [None, None]
    assert Label.objects.count() == 1
    with reverting.noted("team", team.pk, by=leads[0], at=SOON):
        teams.change(team=Team.objects.get(pk=team.pk), name="The Players", by=leads[0], at=SOON)
    deed = Deed.objects.get()
    backs = at_once(*(partial(reverting.put_back, deed=deed, by=one, at=SOON) for one in leads))
    assert sorted(type(one).__name__ for one in backs) == ["ChangedSince", "NoneType"]
