"""What is written down, as it is now and as it was: shipped texts, and what leads wrote in their place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max, OuterRef, Subquery
from django.http import Http404

from grapevine.converse import shipped
from grapevine.converse.models import Edition, EditionKind


@dataclass(frozen=True)
class Written:
    """One edition. The shipped one has number 1, no author and no date."""

    kind: str
    key: str
    number: int
    content: dict[str, Any]
    note: str = ""
    renews: bool = False
    retired: bool = False
    written_by: str = ""
    at: datetime | None = None


def _shipped(kind: str, key: str) -> Written | None:
    if kind == EditionKind.GUIDELINE:
        return Written(kind, key, 1, shipped.guideline(key)) if key in shipped.GUIDELINES else None
    return Written(kind, key, 1, shipped.content(kind)) if not key else None


def current(kind: str, key: str = "") -> Written:
    """The latest edition. Raises Http404 when there never was one."""
    row = _rows(kind, key).order_by("-number").first()
    found = _written(row) if row else _shipped(kind, key)
    if found is None:
        raise Http404("nothing is written under that name")
    return found


def numbered(kind: str, key: str, number: int) -> Written:
    """One edition by its number. Raises Http404."""
    row = _rows(kind, key).filter(number=number).first()
    found = _written(row) if row else _shipped(kind, key) if number == 1 else None
    if found is None:
        raise Http404("no such edition")
    return found


def history(kind: str, key: str = "") -> list[Written]:
    """All editions, the latest first."""
    found = [_written(row) for row in _rows(kind, key).order_by("-number")]
    first = _shipped(kind, key)
    return [*found, *([first] if first else [])]


def guidelines() -> list[Written]:
    """The guideline's pages as they are now, in reading order: the shipped ones, then those added here. Two questions at most."""
    latest = Edition.objects.filter(kind=EditionKind.GUIDELINE, key=OuterRef("key")).order_by("-number")
    rows = Edition.objects.filter(
        kind=EditionKind.GUIDELINE, pk=Subquery(latest.values("pk")[:1])
    ).select_related("written_by")
    own = {row.key: _written(row) for row in rows.order_by("pk")}
    first = {
        key: Written(EditionKind.GUIDELINE, key, 1, shipped.guideline(key)) for key in shipped.GUIDELINES
    }
    return [one for one in {**first, **own}.values() if not one.retired]


def latest_number(kind: str, key: str = "") -> int:
    """The number of the latest edition; 0 when there never was one."""
    found = _rows(kind, key).aggregate(most=Max("number"))["most"]
    return int(found or (1 if _shipped(kind, key) else 0))


def _rows(kind: str, key: str) -> Any:
    return Edition.objects.filter(kind=kind, key=key).select_related("written_by")


def _written(row: Edition) -> Written:
    return Written(
        row.kind,
        row.key,
        row.number,
        row.content,
        row.note,
        row.renews,
        row.retired,
        row.written_by.name if row.written_by else "",
        row.at,
    )
