"""Makers for everybody's tests."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from grapevine.converse.models import Direction, Message, Team, Thread
from grapevine.core.testing import NOON
from grapevine.people import testing as people
from grapevine.sources import testing as sources

__all__ = ["make_message", "make_team", "make_thread"]


def make_team(*, name: str = "The Court", members: Any = (), **values: Any) -> Team:
    """A team with its members."""
    team = Team.objects.create(name=name, created_at=NOON, **values)
    team.members.set(members)
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


def make_message(
    thread: Thread, text: str = "Words, words, words", *, direction: str = Direction.THEIRS, at: datetime = NOON, **values: Any
) -> Message:  # fmt: skip
    """A message in a thread. Theirs is by whom the thread is with."""
    if direction == Direction.THEIRS:
        values.setdefault("identity", thread.identity)
    values.setdefault("source", thread.source)
    message = Message.objects.create(thread=thread, text=text, direction=direction, at=at, **values)
    if direction in (Direction.THEIRS, Direction.OURS):
        thread.messages += 1
        thread.save(update_fields=["messages"])
    return message
