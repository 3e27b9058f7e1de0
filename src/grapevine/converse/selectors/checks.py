"""Who has passed the guidelines' check, and until when that holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max

from grapevine.converse.models import CheckTaken, Edition

YEAR = timedelta(days=365)
SOON = timedelta(days=30)


@dataclass(frozen=True)
class Passed:
    """Somebody's latest pass. `until` is when it ends; `renewed_at` the writing that asks for a new one before, if there is one."""

    at: datetime | None = None
    until: datetime | None = None
    renewed_at: datetime | None = None

    def holds(self, at: datetime) -> bool:
        """Whether the check is passed, as of `at`."""
        return self.until is not None and self.until > at and self.renewed_at is None

    def ends_soon(self, at: datetime) -> bool:
        """Whether it holds, and will not for long."""
        return self.until is not None and self.holds(at) and self.until < at + SOON


def renewed_at() -> datetime | None:
    """When an edition was written last that says: whoever passed, passes anew."""
    found: datetime | None = Edition.objects.filter(renews=True).aggregate(last=Max("at"))["last"]
    return found


def of(user_ids: Iterable[int]) -> dict[int, Passed]:
    """How these users stand with the check; those who never passed it, too."""
    ids = list(user_ids)
    renewed = renewed_at()
    rows = CheckTaken.objects.filter(user_id__in=ids, passed=True).values_list("user_id").annotate(Max("at"))
    found = dict.fromkeys(ids, Passed())
    for user_id, at in rows:
        found[user_id] = Passed(at, at + YEAR, renewed if renewed and renewed > at else None)
    return found


def passed(user_id: int, at: datetime) -> bool:
    """Whether somebody has passed the check, as of `at`."""
    return of([user_id])[user_id].holds(at)
