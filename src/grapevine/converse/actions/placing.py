"""Give a thread that opens to a team and a person. Called by the intake in its transaction, which has asked for what is to be asked."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from grapevine.converse import routing
from grapevine.converse.models import Label, Thread
from grapevine.converse.selectors import desks

FIELDS = ("team", "assignee", "priority")


def place(
    thread: Thread, *, text: str, at: datetime, desk: routing.Desk | None = None
) -> tuple[routing.Choice, dict[str, Any]]:
    """Choose by the rules, and set team, assignee and priority of the thread in memory (the caller saves `FIELDS`); labels are written.

    Whoever opens many gives the same `desk`, so that they are spread. Returns the choice, and it again as facts for an event in the thread
    (`converse.explanations` puts them into words).
    """
    desk = desk or desks.desk(at)
    choice = routing.choose(desks.facts_of(thread, text=text), desk, at)
    desk.took(choice)
    thread.team_id, thread.assignee_id, thread.priority = choice.team_id, choice.user_id, choice.priority
    if choice.label_ids:
        thread.labels.add(*Label.objects.filter(pk__in=choice.label_ids))
    return choice, as_facts(choice)


def as_facts(choice: routing.Choice) -> dict[str, Any]:
    """A choice as it is kept in an event: ids, and the reasons' codes. Names of rules are looked up when it is shown."""
    reasons = [
        {"code": one.code, **{name: value for name, value in one.facts.items() if name != "name"}}
        for one in choice.reasons
    ]
    return {"team": choice.team_id, "user": choice.user_id, "reasons": reasons}
