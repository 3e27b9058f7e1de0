"""Files that tell who listens to whom: added, removed, restored, and let go."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from grapevine.core import access, audit, bulk
from grapevine.people.selectors import every
from grapevine.spread import finding, tie_lines
from grapevine.spread.models import GivenTie, RefusedTie, TieFile
from grapevine.spread.tie_lines import Line

PERMISSION = "spread.network.make"
KEPT = 1_000
"""So many refused lines of a file are kept; all are counted."""
UNDO_WITHIN = timedelta(days=7)
_AT_ONCE = 5_000


@transaction.atomic
def add(*, name: str, lines: Iterable[str], by: Any, at: datetime) -> TieFile:
    """Read a file of ties. Lines that aren't one are counted and kept beside it, with why. Raises AccessDenied."""
    access.require(by, PERMISSION)
    file = TieFile.objects.create(name=name[:140], added_by_id=getattr(by, "pk", None), added_at=at)
    seen: set[tuple[int, int]] = set()
    for part in bulk.chunks(tie_lines.read(lines), _AT_ONCE):
        _store(file, part, seen)
    file.save()
    audit.record(
        "spread.ties.added", subject=file, by=by, at=at, read=file.read, kept=file.kept, refused=file.refused
    )
    return file


def _store(file: TieFile, part: list[Line], seen: set[tuple[int, int]]) -> None:
    called = {name for line in part if not line.reason for name in (line.listener, line.speaker)}
    people = every.by_handles(one for one in called if not tie_lines.is_address(one))
    people |= every.by_emails(one for one in called if tie_lines.is_address(one))
    people |= {one: [told] for one in called if (told := finding.number(one)) is not None}
    stand_ins = every.stand_ins({pk for ids in people.values() for pk in ids})
    known = {name: {stand_ins[pk] for pk in ids if pk in stand_ins} for name, ids in people.items()}
    ties, refused = [], []
    for line in part:
        reason, pair = line.reason, (0, 0)
        if not reason:
            reason, pair = _tie(known.get(line.listener, set()), known.get(line.speaker, set()))
        if not reason and pair in seen:
            reason = "twice"
        if reason:
            refused.append(RefusedTie(file=file, line=line.number, reason=reason, raw=line.raw))
            continue
        seen.add(pair)
        ties.append(GivenTie(file=file, listener_id=pair[0], speaker_id=pair[1], weight=line.weight))
    GivenTie.objects.bulk_create(ties)
    RefusedTie.objects.bulk_create(refused[: max(0, KEPT - file.refused)])
    file.read += len(part)
    file.kept += len(ties)
    file.refused += len(refused)


def _tie(listeners: set[int], speakers: set[int]) -> tuple[str, tuple[int, int]]:
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
