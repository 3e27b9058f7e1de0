"""What a change of the rules would have done to last week's threads: tried on them, nothing changed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Left

from grapevine.converse import routing
from grapevine.converse.models import Direction, Label, Message, Priority, Rule, Thread
from grapevine.converse.selectors import desks

MOST = 1000  # threads that are tried
SHOWN = 50
_READ = 4000  # characters of a first message that words are looked for in


@dataclass(frozen=True)
class Outcome:
    """Where a thread goes, as a preview shows it."""

    team: str
    person: str  # named by a rule; whom the load chooses is not foretold
    priority: str
    labels: tuple[str, ...]


@dataclass(frozen=True)
class Moved:
    """A thread that would go elsewhere."""

    thread_id: int
    subject: str
    opened_at: datetime
    before: Outcome
    after: Outcome


@dataclass(frozen=True)
class Preview:
    """All of it. `tried` threads were looked at (`cut`: there were more), `hit` of them fit the rule in question."""

    tried: int
    cut: bool
    hit: int
    changed: int
    moved: tuple[Moved, ...]


def of_rules(rules: Collection[Rule], *, at: datetime, about: Rule | None = None) -> Preview:
    """What these rules would have made of last week's threads instead of those that are. `about` is the rule one is writing.

    Looks at the newest thousand at most; a fixed number of questions.
    """
    now = desks.desk(at)
    proposed = desks.desk(at, rules=[one for one in rules if one.active])
    ours = desks.read(about) if about is not None else None
    threads = _last_week(at)
    told = _Names(now)
    moved: list[Moved] = []
    hit = changed = 0
    for thread in threads[:MOST]:
        text = getattr(thread, "first_text", "") or ""
        facts = replace(desks.facts_of(thread, text=text), priority=routing.NORMAL)
        hit += ours is not None and ours.fits(facts)
        before, after = told.of(routing.choose(facts, now, at)), told.of(routing.choose(facts, proposed, at))
        if before != after:
            changed += 1
            if len(moved) < SHOWN:
                moved.append(Moved(thread.pk, thread.subject, thread.opened_at, before, after))
    return Preview(min(len(threads), MOST), len(threads) > MOST, hit, changed, tuple(moved))


def _last_week(at: datetime) -> list[Thread]:
    # The newest by their numbers, which needs no index of its own; those of last week are told apart here.
    first = Message.objects.filter(thread=OuterRef("pk"), direction=Direction.THEIRS).order_by("at", "pk")
    rows = Thread.objects.order_by("-pk").annotate(
        first_text=Subquery(first.values(cut=Left("text", _READ))[:1])
    )
    since = desks.week_ago(at)
    return [one for one in rows[: MOST + 1] if one.opened_at >= since]


class _Names:
    """Puts choices into words."""

    def __init__(self, desk: routing.Desk) -> None:
        self.desk = desk
        self.labels = dict(Label.objects.values_list("pk", "name"))

    def of(self, choice: routing.Choice) -> Outcome:
        crew = self.desk.crews.get(choice.team_id or 0)
        chosen_by_load = any(one.code == "least_laden" for one in choice.reasons)
        person = self.desk.people.get(choice.user_id or 0) if not chosen_by_load else None
        return Outcome(
            crew.name if crew else "",
            person.name if person else "",
            str(Priority(choice.priority).label),
            tuple(self.labels.get(one, "") for one in choice.label_ids),
        )
