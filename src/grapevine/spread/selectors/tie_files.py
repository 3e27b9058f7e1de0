"""Files that tell who listens to whom."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404

from grapevine.spread import tie_lines
from grapevine.spread.models import RefusedTie, TieFile

MOST, PAGE = 100, 100


@dataclass(frozen=True)
class Refused:
    """A line that became no tie, and why in words."""

    line: int
    reason: str
    raw: str


def rows() -> list[TieFile]:
    """The files, the latest first."""
    return list(TieFile.objects.filter(removed_at=None).order_by("-added_at", "-pk")[:MOST])


def reachable(file_id: int, *, removed: bool = False) -> TieFile:
    """The file of this number. Raises Http404."""
    found = TieFile.objects.filter(pk=file_id).first()
    if found is None or (found.removed_at is not None and not removed):
        raise Http404
    return found


def refused(file: TieFile, *, after: int = 0) -> tuple[tuple[Refused, ...], int | None]:
    """A page of refused lines in their order, and after which line the next one begins (None: that is all that were kept)."""
    found = list(RefusedTie.objects.filter(file=file, line__gt=after).order_by("line")[: PAGE + 1])
    shown = found[:PAGE]
    lines = tuple(
        Refused(one.line, str(tie_lines.REASONS.get(one.reason, one.reason)), one.raw) for one in shown
    )
    return lines, shown[-1].line if len(found) > PAGE else None
