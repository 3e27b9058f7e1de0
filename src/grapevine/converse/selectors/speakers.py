"""Those who may be given a mandate, and how each stands: mandates, and the guidelines' check."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model

from grapevine.converse.selectors import checks, mandates
from grapevine.converse.selectors.checks import Passed
from grapevine.core import access

WORK = "converse.thread.work"


@dataclass(frozen=True)
class Speaker:
    """Somebody who may answer, how the check stands with them, and how many mandates they have that hold."""

    id: int
    name: str
    passed: Passed
    holds_check: bool
    check_ends_soon: bool
    mandates: int
    waiting: int


def choices() -> list[tuple[int, str]]:
    """Users who may answer conversations."""
    return [(user.pk, user.name) for user in _speakers()]


def standing(*, at: datetime) -> list[Speaker]:
    """All who may answer, and how they stand."""
    users = _speakers()
    passed = checks.of(user.pk for user in users)
    given = mandates.shown(at=at)
    return [
        Speaker(
            id=user.pk,
            name=user.name,
            passed=passed[user.pk],
            holds_check=passed[user.pk].holds(at),
            check_ends_soon=passed[user.pk].ends_soon(at),
            mandates=sum(one.user_id == user.pk and one.state == "holds" for one in given),
            waiting=sum(one.user_id == user.pk and one.state == "waits" for one in given),
        )
        for user in users
    ]


def user_of(user_id: int) -> Any:
    """A user who may answer; None when there is none."""
    return next((user for user in _speakers() if user.pk == user_id), None)


def _speakers() -> list[Any]:
    rows = get_user_model().objects.filter(is_active=True).order_by("name", "pk")
    return [user for user in rows if access.may(user, WORK)]
