"""What goes wrong on the way out: tried again, held, given up, or left to a person, and always said in words."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from grapevine.connectors.base import BadData, CannotTell, CredentialError, Gone, RateLimited, Unreachable
from grapevine.core import access
from grapevine.core.testing import NOON, deeds, heard, make_user
from grapevine.sources import events, testing
from grapevine.sources.actions import outbox, sending
from grapevine.sources.actions import sources as actions
from grapevine.sources.models import CredentialState, Outgoing, OutgoingState, Source
from grapevine.sources.selectors import outbox as selector
from grapevine.sources.tests.conftest import at, put

pytestmark = pytest.mark.django_db


def test_what_the_platform_took_without_saying_so_is_found_and_not_sent_again(
    source: Source, there: Any, keeper: Any
) -> None:
    there.swallows = True
    put(source)
    assert testing.send_due(at=NOON) == ["waiting"]
    row = selector.of("test", [1])[1]
    assert "error 500" in row.words
    assert row.next_at is not None
    assert row.next_at >= at(1), "the platform may still be at work on it"
    assert testing.send_due(at=at(5)) == ["sent"]
    assert [reply.resend for reply in there.tried] == [False, True]
    assert len(there.there) == 1
    assert keeper.proofs[1].found


def test_a_refusal_that_is_certain_needs_no_look(source: Source, there: Any) -> None:
    there.troubles = [RateLimited(10.0, host="x"), Unreachable("no_answer", host="x", detail="")]
    put(source)
    for minute in (0, 5, 15):
        testing.send_due(at=at(minute))
    assert [reply.resend for reply in there.tried] == [False, False, False]


def test_the_time_a_platform_asks_for_is_given(source: Source, there: Any) -> None:
    there.troubles = [RateLimited(3600.0, host="x")]
    put(source)
    testing.send_due(at=NOON)
    assert Outgoing.objects.get().next_try_at >= at(60)
    assert testing.send_due(at=at(59)) == []
    assert testing.send_due(at=at(70)) == ["sent"]


@pytest.mark.parametrize(
    ("error", "state", "says"),
    [
        (Gone("post_gone", detail="trash"), "failed", "no longer there"),
        (BadData("reply_refused", host="x", detail="too rude."), "failed", "too rude"),
        (CredentialError("not_allowed", host="x", detail="Sorry."), "failed", "Give the user that right"),
        (Unreachable("url_broken", url="x"), "failed", "not a web address"),
        (CannotTell(host="x", look_again=False), "unclear", "Look there"),
        (BadData("duplicate_hidden", host="x"), "unclear", "waits for a moderator"),
    ],
)
def test_what_waiting_does_not_mend_ends_with_a_person(
    source: Source, there: Any, keeper: Any, error: Any, state: str, says: str,
    django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    there.troubles = [error]
    put(source)
    with heard(events.OutgoingFailed) as news, django_capture_on_commit_callbacks(execute=True):
        assert testing.send_due(at=NOON) == [state]
    assert keeper.told == [(state, 1, error.code)]
    assert [one.code for one in news] == [error.code]
    row = selector.of("test", [1])[1]
    assert says in row.words
    assert (row.may_send_again, row.next_at) == (True, None)


def test_after_a_day_of_trying_it_is_given_up_and_a_person_may_send_it_again(
    source: Source, there: Any, keeper: Any
) -> None:
    there.troubles = [Unreachable("no_answer", host="x", detail="") for _ in range(50)]
    number = put(source)
    hours = 0
    while Outgoing.objects.get().state == OutgoingState.WAITING:
        hours += 1
        testing.send_due(at=at(60 * hours))
    assert 20 < hours < 27
    assert Outgoing.objects.get().state == OutgoingState.FAILED
    there.troubles = []
    assert outbox.send_again(number, by=make_user(), at=at(2000))
    assert testing.send_due(at=at(2000)) == ["sent"]
    assert keeper.told == [("failed", 1, "no_answer"), ("released", 1), ("went", 1, "published")]
    assert "sources.outgoing.sent_again" in deeds()


def test_what_nobody_can_tell_is_looked_for_for_an_hour_and_then_asked(source: Source, there: Any) -> None:
    there.troubles = [CannotTell(host="x") for _ in range(50)]
    number = put(source)
    minutes = 0
    while Outgoing.objects.get().state == OutgoingState.WAITING:
        minutes += 1
        testing.send_due(at=at(minutes))
    assert 5 < minutes < 61
    assert len(there.tried) >= 4
    assert all(reply.resend for reply in there.tried[1:])
    row = selector.of("test", [1])[1]
    assert (row.state, row.may_be_called_sent) == ("unclear", True)
    hamlet = make_user(name="Hamlet")
    assert outbox.call_sent(number, by=hamlet, at=at(90), url="https://fake.example/found")
    row = selector.of("test", [1])[1]
    assert (row.state, row.by_word, row.url) == ("sent", True, "https://fake.example/found")
    assert not outbox.send_again(number, by=hamlet, at=at(91))


def test_who_looked_and_found_nothing_sends_without_another_look(source: Source, there: Any) -> None:
    there.troubles = [CannotTell(host="x", look_again=False)]
    number = put(source)
    testing.send_due(at=NOON)
    assert outbox.send_again(number, by=make_user(), at=at(1), looked=True)
    assert testing.send_due(at=at(1)) == ["sent"]
    assert there.tried[-1].resend is False


def test_a_fault_of_our_own_is_kept_in_doubt_and_raised(source: Source, there: Any) -> None:
    there.troubles = [ZeroDivisionError()]
    number = put(source)
    with pytest.raises(ZeroDivisionError):
        sending.send(number, clock=lambda: NOON, rng=Random(1))
    assert (Outgoing.objects.get().state, Outgoing.objects.get().in_doubt) == (OutgoingState.WAITING, True)
    assert testing.send_due(at=at(5)) == ["sent"]
    assert there.tried[-1].resend


def test_refused_credentials_hold_the_outbox_until_new_ones_are_saved(
    source: Source, there: Any, keeper: Any, django_capture_on_commit_callbacks: Any
) -> None:
    there.troubles = [CredentialError("credentials_refused", host="x")]
    put(source, 1)
    put(source, 2, thread_id="another")
    with (
        heard(events.OutboxHeld, events.OutboxReleased) as news,
        django_capture_on_commit_callbacks(execute=True),
    ):
        testing.send_due(at=NOON)
    assert news == [events.OutboxHeld(source.pk, "credentials_refused", NOON)]
    assert {row.state for row in Outgoing.objects.all()} == {OutgoingState.HELD}
    assert len(there.tried) == 1, "nothing is tried with a key that does not fit"
    source.refresh_from_db()
    assert source.credential_state == CredentialState.REFUSED
    assert "Enter them again" in selector.of("test", [1])[1].words
    with heard(events.OutboxReleased) as news, django_capture_on_commit_callbacks(execute=True):
        actions.change(
            source=source, name=source.name, settings={"key": "new"}, retention_days=0, by=access.SYSTEM, at=at(60)
        )  # fmt: skip
    assert news == [events.OutboxReleased(source.pk, 2, at(60))]
    assert testing.send_due(at=at(60)) == ["sent", "sent"]
    assert [one for one in keeper.told if one[1] == 1] == [
        ("held", 1, "credentials_refused"),
        ("released", 1),
        ("went", 1, "published"),
    ]
    source.refresh_from_db()
    assert (source.credential_state, source.outbox_held_at) == (CredentialState.WORKING, None)


def test_what_was_held_in_the_moment_of_the_release_is_let_go_by_the_sweep(source: Source) -> None:
    put(source)
    Outgoing.objects.update(state=OutgoingState.HELD)
    assert outbox.free_forgotten(at=NOON) == 1
    assert testing.send_due(at=NOON) == ["sent"]


def test_the_same_words_twice_in_one_place_are_not_called_sent_twice(
    source: Source, there: Any, keeper: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """WordPress refuses what it has already, and the connector then finds the earlier answer."""
    monkeypatch.setattr(there, "send", lambda settings, reply, *, http: there._proof("answer-1", found=True))
    put(source, 1)
    put(source, 2, at=at(1))
    assert testing.send_due(at=at(1)) == ["sent", "failed"]
    assert keeper.told == [("went", 1, "published"), ("failed", 2, "said_already")]
    assert "other words" in selector.of("test", [2])[2].words
