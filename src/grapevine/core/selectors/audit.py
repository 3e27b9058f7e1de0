"""Questions about what was done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from grapevine.core import access, audit, details
from grapevine.core.details import Detail
from grapevine.core.models import AuditEntry

PAGE = 100


@dataclass(frozen=True)
class Entry:
    """A deed as the page shows it."""

    id: int
    at: datetime
    by: str
    action: str
    label: str
    subject: str
    details: list[Detail]


@dataclass(frozen=True)
class Page:
    """Some deeds, the newest first; `older` is what the next page begins before (None on the last one)."""

    entries: list[Entry]
    older: int | None


def page(by: Any, *, before: int | None = None, actor: str = "", action: str = "", subject: str = "") -> Page:
    """A page of deeds. Raises AccessDenied. The filters are beginnings of words as people know them."""
    access.require(by, "core.audit.see")
    rows = AuditEntry.objects.order_by("-id")
    if before is not None:
        rows = rows.filter(pk__lt=before)
    if actor:
        rows = rows.filter(by_name__icontains=actor)
    if action:
        rows = rows.filter(action__startswith=action)
    if subject:
        rows = rows.filter(Q(subject_name__icontains=subject) | Q(subject_type__icontains=subject))
    found = list(rows[: PAGE + 1])
    told = details.told([row.detail for row in found[:PAGE]])
    return Page(
        entries=[
            Entry(
                row.pk,
                row.at,
                row.by_name,
                row.action,
                audit.label(row.action),
                row.subject_name,
                facts,
            )
            for row, facts in zip(found, told, strict=False)
        ],
        older=found[PAGE - 1].pk if len(found) > PAGE else None,
    )


def actions_known() -> list[tuple[str, str]]:
    """The kinds of deeds that have been done, with their words, for the filter."""
    names = AuditEntry.objects.order_by("action").values_list("action", flat=True).distinct()
    return [(name, audit.label(name)) for name in names]
