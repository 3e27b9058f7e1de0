"""Makers for everybody's tests."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from grapevine.converse import sums
from grapevine.converse.actions import (
    approvals,
    index,
    mandates,
    merges,
    reverting,
    snippets,
    tallies,
    threads,
)
from grapevine.converse.mandate_rules import Reason
from grapevine.converse.models import (
    Approval,
    CheckTaken,
    ClosedDay,
    Deed,
    Direction,
    FollowUp,
    Mandate,
    Message,
    Rearrangement,
    Rollup,
    Rule,
    SavedView,
    Seat,
    Shift,
    Snippet,
    Tally,
    Team,
    Thread,
)
from grapevine.converse.terms import Terms
from grapevine.core import access
from grapevine.core import testing as core
from grapevine.core.testing import NOON
from grapevine.people import testing as people
from grapevine.sources import testing as sources

__all__ = [
    "Message",
    "Thread",
    "check_sums",
    "make_answerable",
    "make_closed_day",
    "make_deed",
    "make_follow_up",
    "make_held",
    "make_mandate",
    "make_message",
    "make_rearrangement",
    "make_rule",
    "make_shift",
    "make_snippet",
    "make_team",
    "make_thread",
    "make_view",
    "pass_check",
]


def make_team(*, name: str = "The Court", members: Any = (), **values: Any) -> Team:
    """A team with its members."""
    team = Team.objects.create(name=name, created_at=NOON, **values)
    Seat.objects.bulk_create(Seat(team=team, user=user) for user in members)
    return team


def make_thread(*, text: str = "Something is rotten", at: datetime = NOON, **values: Any) -> Thread:
    """A thread that waits for our answer, with one message of theirs. `text=""` makes one without."""
    if "source" not in values:
        values["source"] = sources.Source.objects.first() or sources.make_source()
    if "identity" not in values:
        values["identity"] = people.make_identity()
    values.setdefault("subject", text[:60])
    for name in ("opened_at", "last_at", "last_from_them_at", "waiting_since", "due_at"):
        values.setdefault(name, at)
    thread = Thread.objects.create(**values)
    if text:
        make_message(thread, text, at=at)
    return thread


def make_answerable(**values: Any) -> Thread:
    """A thread on the fake platform, whose one message of theirs can be answered there. Call it within `sources.platform()`."""
    source = sources.make_sending_source()
    thread = make_thread(**{"text": "", "subject": "Lute", "source": source, "external_id": "1", **values})
    make_message(thread, "My lute is broken", external_id="1")
    return thread


def make_message(
    thread: Thread, text: str = "Words, words, words", *, direction: str = Direction.THEIRS, at: datetime = NOON, **values: Any
) -> Message:  # fmt: skip
    """A message in a thread. Theirs is by whom the thread is with."""
    if direction == Direction.THEIRS:
        values.setdefault("identity", thread.identity)
    values.setdefault("source", thread.source)
    message = Message.objects.create(thread=thread, text=text, direction=direction, at=at, **values)
    index.add([(message.pk, text)])
    if direction in (Direction.THEIRS, Direction.OURS):
        thread.messages += 1
        thread.latest_id = message.pk
        thread.save(update_fields=["messages", "latest_id"])
    return message


def make_mandate(
    user: Any,
    *,
    at: datetime = NOON,
    accepted: bool = True,
    passed: bool = True,
    days: int = 365,
    **terms: Any,
) -> Mandate:
    """A mandate that holds: for everything, unless `terms` say less; its user has passed the check."""
    said = Terms(**{"relation": "lute maker", **terms})
    lead = core.make_user(role="lead")
    start = (at - timedelta(days=1)).date()
    mandate = mandates.give(
        user=user, terms=said, starts_on=start, ends_on=start + timedelta(days=days), by=lead, at=at
    )
    if accepted:
        mandates.accept(mandate=mandate, version=1, by=user, at=at)
        mandate.refresh_from_db()
    if passed:
        pass_check(user, at=at)
    return mandate


def pass_check(user: Any, *, at: datetime = NOON) -> None:
    """Somebody has answered the guidelines' check."""
    CheckTaken.objects.create(user=user, edition=1, right=6, questions=6, passed=True, at=at)


def make_snippet(
    *,
    by: Any,
    kind: str = "fact",
    name: str = "Hours",
    text: str = "We are open from ten to six.",
    **values: Any,
) -> Snippet:
    """An opener or a fact."""
    return snippets.keep(kind=kind, name=name, text=text, by=by, at=NOON, **values)


def make_held(
    *, by: Any, thread: Thread | None = None, text: str = "We give you 500 kr", at: datetime = NOON
) -> Approval:
    """A reply that waits for a lead."""
    thread = thread or make_thread()
    message = make_message(thread, text, direction=Direction.OURS, at=at, user=by)
    return approvals.hold(message=message, reasons=[Reason("none")], by=by, at=at)


def make_deed() -> Deed:
    """Something that was done to a thread and may be undone."""
    done = threads.resolve(thread_ids=[make_thread().pk], by=core.make_user(role="lead"), at=NOON)
    assert done is not None
    return done


def make_setting_deed() -> Deed:
    """A change of a team that can be taken back."""
    team = make_team()
    with reverting.noted("team", team.pk, by=access.SYSTEM, at=NOON) as noted:
        Team.objects.filter(pk=team.pk).update(name="The Players")
    assert noted.deed_id is not None
    return Deed.objects.get(pk=noted.deed_id)


def make_rearrangement() -> Rearrangement:
    """Two threads that were merged."""
    kept, other = make_thread(), make_thread(identity=people.make_identity())
    return merges.merge(kept_id=kept.pk, other_id=other.pk, by=core.make_user(), at=NOON)


def make_view(*, name: str = "The Danes", user: Any = None, **params: str) -> SavedView:
    """A saved view; everybody's without a user."""
    return SavedView.objects.create(name=name, user=user, params=params, created_at=NOON)


def check_sums() -> list[str]:
    """Where the sums that reports read differ from what was counted, a line each; empty when all is well. For the end of tests."""
    right = {
        key: {name: n for name, n in its.items() if n}
        for key, its in tallies.summed(Tally.objects.all()).items()
    }
    kept = {}
    for row in Rollup.objects.all():
        key = (row.span, row.first, row.team_id, row.source_id, row.brand_id, row.lang)
        kept[key] = {name: getattr(row, name) for name in sums.COUNTERS if getattr(row, name)}
    return [
        f"{key}: {kept.get(key, {})} instead of {right.get(key, {})}"
        for key in sorted({*right, *kept}, key=repr)
        if kept.get(key, {}) != right.get(key, {})
    ]


def make_rule(*, name: str = "Danes to the Danes", **values: Any) -> Rule:
    """A routing rule that asks for nothing."""
    return Rule.objects.create(**{"name": name, "created_at": NOON, "changed_at": NOON, **values})


def make_closed_day(*, team: Team | None = None) -> ClosedDay:
    """A day on which a team is not there."""
    return ClosedDay.objects.create(
        team=team or Team.objects.first() or make_team(), day=NOON.date(), name="The wedding"
    )


def make_shift(*, team: Team | None = None) -> Shift:
    """Somebody on call for an hour."""
    return Shift.objects.create(
        team=team or Team.objects.first() or make_team(),
        user=core.make_user(),
        starts_at=NOON,
        ends_at=NOON + timedelta(hours=1),
    )


def make_follow_up() -> FollowUp:
    """A reminder to ask whether it worked."""
    return FollowUp.objects.create(
        thread=make_thread(), user=core.make_user(), due_at=NOON + timedelta(days=7), created_at=NOON
    )
