"""Somebody takes the guidelines' check."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from grapevine.converse import channels
from grapevine.converse.models import CheckTaken, EditionKind
from grapevine.converse.selectors import editions
from grapevine.core import access, audit, live


@dataclass(frozen=True)
class Marked:
    """How it went: of each question whether the answer was right."""

    right: tuple[bool, ...]

    @property
    def passed(self) -> bool:
        return all(self.right)


def marked(questions: Sequence[Mapping[str, Any]], answers: Mapping[int, Sequence[int]]) -> Marked:
    """Hold answers (places of the options chosen, by the question's place) against the questions."""
    return Marked(
        tuple(
            set(answers.get(place, ()))
            == {number for number, option in enumerate(question["options"]) if option.get("right")}
            for place, question in enumerate(questions)
        )
    )


@transaction.atomic
def take(*, answers: Mapping[int, Sequence[int]], by: Any, at: datetime) -> Marked:
    """Take the check; it is passed when every answer is right, and may be taken again at once."""
    access.require(by, "converse.check.take")
    check = editions.current(EditionKind.CHECK)
    result = marked(check.content["questions"], answers)
    taken = CheckTaken.objects.create(
        user=by,
        edition=check.number,
        right=sum(result.right),
        questions=len(result.right),
        passed=result.passed,
        at=at,
    )
    audit.record(
        "converse.check.passed" if result.passed else "converse.check.failed",
        subject=taken,
        by=by,
        at=at,
        version=check.number,
    )
    live.publish(channels.MANDATES, user=by.pk, what="check")
    return result
