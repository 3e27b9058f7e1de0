"""Before something is taken away one sees what that would stir up; then it goes through the outbox, with a reason."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from grapevine.converse import spreading, testing
from grapevine.converse.actions import removals as actions
from grapevine.converse.events import RemovalAsked, RemovalSettled
from grapevine.converse.models import Message, Removal
from grapevine.converse.privacy_of_work import Judgements
from grapevine.converse.selectors import removals, streisand
from grapevine.core import access
from grapevine.core import testing as core
from grapevine.core.privacy import Subject
from grapevine.core.testing import NOON, signed_in
from grapevine.listen import testing as listen
from grapevine.sources import testing as sources

pytestmark = pytest.mark.django_db
WHY = "It names the street where a child lives"


SAID = "The lutes of elsinore fall apart in the hands of every child who plays them on Sundays"


def heard_message(**values: Any) -> Message:
    """Something of theirs at a platform that lets us take things away. Call it within `sources.platform()`."""
    source = sources.make_sending_source()
    post = sources.make_post(source=source, text=SAID, at=NOON, **values)
    thread = testing.make_thread(text="", source=source)
    return testing.make_message(thread, post.text, post=post, external_id=post.external_id, source=source)


def ask(message: Message, *, by: Any = None, reason: str = WHY, how: str = "hide") -> Removal:
    return actions.ask(message=message, how=how, reason=reason, by=by or core.make_user(role="lead"), at=NOON)


def test_speed_is_told_from_the_last_hours() -> None:
    at = NOON
    ago = [at - timedelta(hours=hours) for hours in (1, 2, 3, 40)]
    assert spreading.level(ago, at=at) == "spreading"
    assert spreading.level([at - timedelta(hours=20)] * 3, at=at) == "heard"
    assert spreading.level([at], at=at) == "quiet"
    assert spreading.per_hour(ago, at=at) == 0.5
    assert sum(count for _hour, count in spreading.by_hour(ago, at=at)) == 4
    assert len(spreading.by_hour([], at=at)) == 48


def test_a_message_without_a_post_has_no_figures() -> None:
    message = testing.make_message(testing.make_thread(text=""))
    assert streisand.check(message, at=NOON).level == "quiet"


def test_copies_answers_and_reach_are_counted() -> None:
    with sources.platform():
        listen.make_watch(query="elsinore")
        message = heard_message(metrics={"shares": 4, "likes": 9, "views": 800})
        source = message.source
        assert source is not None
        for number in (1, 2, 3):
            sources.make_post(source=source, text=SAID + f" {number}", at=NOON + timedelta(hours=number))
        parent = message.external_id
        sources.make_post(source=source, text="So true", at=NOON + timedelta(hours=2), parent_id=parent)
        found = streisand.check(message, at=NOON + timedelta(hours=4))
    assert (found.seen, found.shares, found.likes, found.copies, found.answers) == (800, 4, 9, 3, 1)
    assert (found.level, sum(count for _hour, count in found.curve)) == ("spreading", 4)


def test_a_removal_reads_done_only_when_the_platform_confirmed_it(
    django_capture_on_commit_callbacks: Any,
) -> None:
    with (
        sources.platform() as there,
        core.heard(RemovalAsked, RemovalSettled) as told,
        django_capture_on_commit_callbacks(execute=True),
    ):
        message = heard_message()
        row = ask(message)
        assert removals.of_messages([message.pk])[message.pk].state == "waiting"
        assert there.gone == {}
        sources.send_due(at=NOON)
        assert there.gone == {message.external_id: "hide"}
    (shown,) = removals.latest()
    assert (shown.state, shown.reason, shown.measured["level"]) == ("done", WHY, "quiet")
    assert [getattr(one, "state", "asked") for one in told] == ["asked", "done"]
    assert [one for one in core.deeds() if "removal" in one] == [
        "converse.removal.asked",
        "converse.removal.settled",
    ]
    assert Removal.objects.get(pk=row.pk).settled_at == NOON


def test_a_removal_needs_a_lead_a_reason_and_a_way_and_is_asked_for_once() -> None:
    with sources.platform():
        message = heard_message()
        with pytest.raises(access.AccessDenied):
            ask(message, by=core.make_user())
        for reason, code in (("spam", "no-reason"), (" " * 40, "no-reason")):
            with pytest.raises(actions.CannotRemove) as refused:
                ask(message, reason=reason)
            assert refused.value.code == code
        ask(message)
        with pytest.raises(actions.CannotRemove, match="asked-already"):
            ask(message)
    file = sources.make_source(name="A file")
    elsewhere = testing.make_message(testing.make_thread(text="", source=file), external_id="x")
    with pytest.raises(actions.CannotRemove) as refused:
        ask(elsewhere)
    assert (refused.value.code, bool(refused.value.words)) == ("no-way", True)
    assert Removal.objects.count() == 1
    ours = testing.make_message(elsewhere.thread, direction="ours")
    with pytest.raises(actions.CannotRemove, match="not-theirs"):
        ask(ours)


def test_the_page_warns_offers_an_open_answer_and_takes_the_reason() -> None:
    with sources.platform():
        message = heard_message(author="<i>hamlet</i>")
        lead = signed_in("lead")
        address = f"/messages/{message.pk}/removal/"
        page = lead.get(address).content.decode()
        assert "What is taken down tends to come back louder" in page
        assert "We read this, and I’d like to answer it openly." in page
        assert lead.post(address, {"how": "delete", "reason": "no"}).status_code == 422
        assert lead.post(address, {"how": "burn", "reason": WHY}).status_code == 422
        assert lead.post(address, {"how": "delete", "reason": WHY}).status_code == 302
        listed = lead.get("/removals/").content.decode()
    assert WHY in listed
    assert "Asked for" in listed


def test_a_forgotten_author_takes_the_reason_along() -> None:
    with sources.platform():
        message = heard_message()
        ask(message)
        subject = Subject(identity_ids=(message.identity_id or 0,))
        assert [row["reason"] for row in Judgements().hand_over(subject)] == [WHY]
        assert Judgements().forget(subject) == 1
    assert Removal.objects.get().reason == ""
