"""Files that tell who listens to whom: added, removed, restored, and let go."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from grapevine.core import access, audit, bulk
from grapevine.spread import identified, tie_lines
from grapevine.spread.models import GivenTie, RefusedTie, TieFile
from grapevine.spread.tie_lines import Line, NoTies

PERMISSION = "spread.network.make"
KEPT = 1_000
"""So many refused lines of a file are kept; all are counted."""
UNDO_WITHIN = timedelta(days=7)
_AT_ONCE = 5_000
_TOLD = 5
"""So many lines of a file that isn't kept are told."""
_SENSELESS = frozenset({"columns", "weight", "heading", "listener_unknown", "speaker_unknown"})
"""Lines wrong in nothing but these ways name nobody with whom something could be done."""


@transaction.atomic
def add(*, name: str, lines: Iterable[str], by: Any, at: datetime) -> TieFile:
    """Read a file of ties. Lines that aren't one are counted and kept beside it, with why. Raises AccessDenied; NoTies when it is no such file,
    or names nobody who is known: then nothing is kept."""
    access.require(by, PERMISSION)
    file = TieFile.objects.create(name=name[:140], added_by_id=getattr(by, "pk", None), added_at=at)
    seen: set[tuple[int, int]] = set()
    refused: list[Line] = []
    for part in bulk.chunks(tie_lines.read(lines), _AT_ONCE):
        refused += _store(file, part, seen)[: max(0, KEPT - len(refused))]
    if not file.kept and all(one.reason in _SENSELESS for one in refused):
        raise NoTies("nobody", refused[:_TOLD])
    RefusedTie.objects.bulk_create(
        RefusedTie(file=file, line=one.number, reason=one.reason, raw=one.raw) for one in refused
    )
    file.save()
    audit.record(
        "spread.ties.added", subject=file, by=by, at=at, read=file.read, kept=file.kept, refused=file.refused
    )
    return file


def _store(file: TieFile, part: list[Line], seen: set[tuple[int, int]]) -> list[Line]:
    """Keep the ties of some lines, and tell which lines are none."""
    known = identified.people(
        [(name, platform) for line in part if not line.reason for name, platform in _named(line)]
    )
    ties, refused = [], []
    for line in part:
        reason, pair = line.reason, (0, 0)
        if not reason:
            listeners, speakers = (known.get(one, {}) for one in _named(line))
            reason, pair = _tie(listeners, speakers)
            if line.is_first and not listeners and not speakers:
                reason = "heading"
        if not reason and pair in seen:
            reason = "twice"
        if reason:
            refused.append(replace(line, reason=reason))
            continue
        seen.add(pair)
        # Under the identities that are named, not those that stand for them: whoever is forgotten takes along what was told of them.
        ties.append(
            GivenTie(
                file=file, listener_id=listeners[pair[0]], speaker_id=speakers[pair[1]], weight=line.weight
            )
        )
    GivenTie.objects.bulk_create(ties)
    file.read += len(part)
    file.kept += len(ties)
    file.refused += len(refused)
    return refused


def _named(line: Line) -> tuple[tuple[str, str], tuple[str, str]]:
    return (line.listener, line.listener_platform), (line.speaker, line.speaker_platform)


def _tie(listeners: Collection[int], speakers: Collection[int]) -> tuple[str, tuple[int, int]]:
    if not listeners:
        return "listener_unknown", (0, 0)
    if not speakers:
        return "speaker_unknown", (0, 0)
    if len(listeners) > 1 or len(speakers) > 1:
        return "several", (0, 0)
    (listener,), (speaker,) = listeners, speakers
    return ("self" if listener == speaker else ""), (listener, speaker)


@transaction.atomic
def remove(*, file: TieFile, by: Any, at: datetime) -> None:
    """Take a file out of sight: it counts in no network any longer. It can be restored for a while. Raises AccessDenied."""
    access.require(by, PERMISSION)
    TieFile.objects.filter(pk=file.pk, removed_at=None).update(removed_at=at)
    audit.record("spread.ties.removed", subject=file, by=by, at=at)


@transaction.atomic
def restore(*, file: TieFile, by: Any, at: datetime) -> None:
    """Bring a removed file back. Raises AccessDenied."""
    access.require(by, PERMISSION)
    TieFile.objects.filter(pk=file.pk).update(removed_at=None)
    audit.record("spread.ties.restored", subject=file, by=by, at=at)


def drop_removed(*, at: datetime) -> int:
    """Remove for good what was taken out of sight long enough ago; returns how many files. For the recurring job."""
    gone = TieFile.objects.filter(removed_at__lt=at - UNDO_WITHIN)
    count = gone.count()
    gone.delete()
    return count
