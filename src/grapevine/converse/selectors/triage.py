"""The tree beside a conversation, what it led to, and how often it leads where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Sum

from grapevine.converse import tree_rules
from grapevine.converse.in_language import chosen
from grapevine.converse.models import EditionKind, Thread, Triage, TriageDay
from grapevine.converse.selectors import editions
from grapevine.converse.selectors.editions import Written


@dataclass(frozen=True)
class Choice:
    """An answer to click on: its number is its key, `way` the answers up to and with it."""

    number: int
    text: str
    way: str


@dataclass(frozen=True)
class Step:
    """A question that was answered, with the way back to it."""

    question: str
    answer: str
    way: str


@dataclass(frozen=True)
class Outcome:
    """Where the answers led."""

    key: str
    name: str
    advice: str
    tone: str


@dataclass(frozen=True)
class Beside:
    """The tree as it stands beside a thread: the steps so far, then a question with its choices, or an outcome."""

    edition: int
    way: str
    steps: tuple[Step, ...]
    question: str = ""
    help: str = ""
    choices: tuple[Choice, ...] = ()
    outcome: Outcome | None = None
    recorded: Outcome | None = None
    recorded_by: str = ""
    recorded_at: datetime | None = None


def beside(thread: Thread, way: str) -> Beside:
    """The tree for a thread after the answers in `way` ("0.1.1")."""
    tree = editions.current(EditionKind.TRIAGE)
    led = tree_rules.walk(tree.content, answers_of(way))
    questions = tree.content["questions"]
    path = [str(place) for _key, place in led.steps]
    steps = [
        Step(
            chosen(questions[key]["text"]),
            chosen(questions[key]["answers"][place]["text"]),
            ".".join(path[:number]),
        )
        for number, (key, place) in enumerate(led.steps)
    ]
    row = Triage.objects.select_related("judged_by").filter(thread=thread).first()
    asked = questions.get(led.question)
    return Beside(
        edition=tree.number,
        way=".".join(path),
        steps=tuple(steps),
        question=chosen(asked["text"]) if asked else "",
        help=chosen(asked.get("help") or {}) if asked else "",
        choices=tuple(
            Choice(number + 1, chosen(one["text"]), ".".join([*path, str(number)]))
            for number, one in enumerate(asked["answers"])
        )
        if asked
        else (),
        outcome=_outcome(tree, led.outcome) if led.outcome else None,
        recorded=_outcome(_edition(row.edition, tree), row.outcome) if row else None,
        recorded_by=row.judged_by.name if row and row.judged_by else "",
        recorded_at=row.at if row else None,
    )


def answers_of(way: str) -> Sequence[int]:
    """The answers of a way; what is none ends it."""
    found = []
    for one in way.split(".")[: tree_rules.MOST_QUESTIONS]:
        if not one.isdecimal() or len(one) > 2:
            break
        found.append(int(one))
    return found


def _edition(number: int, latest: Written) -> Written:
    return latest if latest.number == number else editions.numbered(EditionKind.TRIAGE, "", number)


def _outcome(tree: Written, key: str) -> Outcome:
    found: dict[str, Any] = tree.content["outcomes"].get(key) or {"name": {"en": key}}
    return Outcome(key, chosen(found["name"]), chosen(found.get("advice") or {}), found.get("tone", ""))


@dataclass(frozen=True)
class Counted:
    """How often the tree led somewhere."""

    outcome: Outcome
    threads: int


def counted(start: date, end: date, *, brand_id: int | None = None) -> list[Counted]:
    """Where the tree led from day to day (both included), the most frequent first. From the roll-up."""
    rows = TriageDay.objects.filter(on__range=(start, end), threads__gt=0)
    if brand_id is not None:
        rows = rows.filter(brand_key=brand_id)
    tree = editions.current(EditionKind.TRIAGE)
    sums = rows.values_list("outcome").annotate(threads=Sum("threads"))
    found = [Counted(_outcome(_naming(tree, key), key), count) for key, count in sums]
    return sorted(found, key=lambda one: (-one.threads, one.outcome.name))


def _naming(tree: Written, key: str) -> Written:
    """The latest edition that knows an outcome: what was counted keeps its name when the tree no longer leads there."""
    if key in tree.content["outcomes"]:
        return tree
    return next((one for one in editions.history(EditionKind.TRIAGE) if key in one.content["outcomes"]), tree)
