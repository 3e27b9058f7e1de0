"""A reply outside the mandate waits for a lead, and goes out once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from grapevine.converse import testing
from grapevine.converse.actions import approvals as actions
from grapevine.converse.events import ReplyDecided, ReplyHeld
from grapevine.converse.models import Approval, Message, MessageState
from grapevine.converse.selectors import approvals
from grapevine.core import access
from grapevine.core import testing as core
from grapevine.core.models import AuditEntry
from grapevine.core.testing import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[int, str]]]:
    """What went out."""
    went: list[tuple[int, str]] = []
    monkeypatch.setattr(actions, "_way_out", [])
    actions.sends_by(lambda *, message, by, at: went.append((message.pk, message.text)))
    yield went


def test_an_approved_reply_goes_out_and_is_told(sent: Any, django_capture_on_commit_callbacks: Any) -> None:
    member, lead = core.make_user(), core.make_user(role="lead")
    with core.heard(ReplyHeld, ReplyDecided) as told, django_capture_on_commit_callbacks(execute=True):
        approval = testing.make_held(by=member)
        assert approval.message.state == MessageState.APPROVAL
        actions.approve(approval=approval, by=lead, at=NOON)
    assert sent == [(approval.message_id, "We give you 500 kr")]
    assert [getattr(one, "what", "held") for one in told] == ["held", "approved"]
    assert core.deeds() == ["converse.reply.held", "converse.reply.approved"]
    assert "500" not in str(list(AuditEntry.objects.values_list("detail", flat=True)))


def test_a_lead_sees_to_whom_it_goes_where_and_what_we_have_answered_already() -> None:
    approval = testing.make_held(by=core.make_user())
    thread = approval.message.thread
    testing.make_message(
        thread, "We look into it", direction="ours", state="sent", at=NOON + timedelta(minutes=1)
    )
    (shown,) = approvals.waiting()
    assert thread.identity is not None
    assert (shown.to, shown.private, shown.answered) == (thread.identity.handle, False, ("We look into it",))
    page = core.signed_in("lead").get("/approvals/").content.decode()
    assert all(one in page for one in (thread.identity.handle, shown.source, "In public", "We look into it"))


def test_a_changed_reply_goes_out_changed_and_its_author_sees_how(sent: Any) -> None:
    member, lead = core.make_user(), core.make_user(role="lead")
    approval = testing.make_held(by=member)
    actions.approve(approval=approval, by=lead, at=NOON, text="We give you 200 kr", note="Our limit")
    assert sent == [(approval.message_id, "We give you 200 kr")]
    assert approvals.count_news(member.pk) == 1
    (shown,) = approvals.of_author(member.pk)
    assert (shown.text_before, shown.text, shown.note, shown.decided_by) == (
        "We give you 500 kr", "We give you 200 kr", "Our limit", lead.name,
    )  # fmt: skip
    actions.saw(user=member, at=NOON, approval_ids=[shown.id])
    assert approvals.count_news(member.pk) == 0


def test_a_returned_reply_goes_nowhere_and_needs_a_note(sent: Any) -> None:
    member, lead = core.make_user(), core.make_user(role="lead")
    approval = testing.make_held(by=member)
    with pytest.raises(ValueError, match="note"):
        actions.give_back(approval=approval, by=lead, at=NOON, note="  ")
    actions.give_back(approval=approval, by=lead, at=NOON, note="Ask for the number first")
    assert Message.objects.get(pk=approval.message_id).state == MessageState.RETURNED
    assert sent == []
    assert approvals.count_news(member.pk) == 1


def test_of_two_leads_who_click_the_second_is_told_who_was_faster(sent: Any) -> None:
    member, first, second = core.make_user(), core.make_user(role="lead"), core.make_user(role="lead")
    approval = testing.make_held(by=member)
    seen_by_both = Approval.objects.get(pk=approval.pk)
    actions.approve(approval=approval, by=first, at=NOON)
    with pytest.raises(actions.AlreadyDecided) as late:
        actions.approve(approval=seen_by_both, by=second, at=NOON)
    assert late.value.approval.decided_by == first
    with pytest.raises(actions.AlreadyDecided):
        actions.give_back(approval=seen_by_both, by=second, at=NOON, note="No")
    assert len(sent) == 1


def test_nobody_approves_their_own_reply_without_the_mandate(sent: Any) -> None:
    lead = core.make_user(role="lead")
    approval = testing.make_held(by=lead, text="We will mend it")
    with pytest.raises(actions.OwnReply) as own:
        actions.approve(approval=approval, by=lead, at=NOON)
    assert [one.code for one in own.value.reasons] == ["none", "check"]
    assert sent == []
    mandate = testing.make_mandate(lead)
    actions.approve(approval=approval, by=lead, at=NOON)
    assert Message.objects.get(pk=approval.message_id).mandate_id == mandate.pk
    assert len(sent) == 1


def test_a_member_approves_nothing_but_may_take_back_their_own(sent: Any) -> None:
    member, other = core.make_user(), core.make_user()
    approval = testing.make_held(by=member)
    for act in (actions.approve, actions.take_back):
        with pytest.raises(access.AccessDenied):
            act(approval=approval, by=other, at=NOON)
    actions.take_back(approval=approval, by=member, at=NOON)
    assert Message.objects.get(pk=approval.message_id).state == MessageState.CANCELLED
    assert (approvals.count_waiting(), sent) == (0, [])


def test_what_fails_to_go_out_still_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_given: Any) -> None:
        raise RuntimeError("no way out")

    monkeypatch.setattr(actions, "_way_out", [refuse])
    approval = testing.make_held(by=core.make_user())
    with pytest.raises(RuntimeError):
        actions.approve(approval=approval, by=core.make_user(role="lead"), at=NOON, text="Other words")
    kept = Approval.objects.get(pk=approval.pk)
    assert (kept.state, kept.message.state, kept.message.text) == (
        "waiting",
        "approval",
        "We give you 500 kr",
    )


def test_a_lead_sees_what_is_answered_and_that_somebody_wrote_since(sent: Any) -> None:
    member = core.make_user()
    approval = testing.make_held(by=member)
    (row,) = approvals.waiting()
    assert (row.answers, row.asked_by, row.newer) == ("Something is rotten", member.name, 0)
    testing.make_message(approval.message.thread, "Never mind", at=NOON.replace(hour=13))
    assert approvals.waiting()[0].newer == 1
