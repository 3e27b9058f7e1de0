"""Files on their way in, and rows that were left out."""

from __future__ import annotations

import shlex
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext

from grapevine.core import access
from grapevine.sources import leases, words
from grapevine.sources.models import Import, ImportState, Rejected

REJECTED_SHOWN = 50
INTERRUPTED = "interrupted"
"""What an import is called that was broken off and that nothing takes up by itself: its command is gone, or its job was given up."""


@dataclass(frozen=True)
class ImportRow:
    """One import as pages show it. Counts are posts; `rate` posts per second; `left` seconds, if it can be told."""

    id: int
    source_id: int
    source_name: str
    file_name: str
    layout: str
    state: str
    state_label: str
    bytes_done: int
    bytes_total: int
    read: int
    new: int
    known: int
    rejected: int
    undated: int  # had no date of their own, and got the file's
    rate: float
    left: float | None
    error: str
    created_at: datetime
    finished_at: datetime | None
    command: str  # how to go on with one that was interrupted where it was begun by a command
    given_up: bool  # the worker tried it again and again, and tries no more

    @property
    def is_open(self) -> bool:
        return self.state in (*leases.OPEN, INTERRUPTED)


@dataclass(frozen=True)
class RejectedRow:
    """A row that was left out, with where it stood and why. `raw` is text as far as it can be read, cut."""

    id: int
    file_name: str
    line: int
    reason: str
    detail: str
    raw: str
    at: datetime


@dataclass(frozen=True)
class RejectedPage:
    """A part of the list, newest first; `older` is the id to go on from."""

    rows: tuple[RejectedRow, ...]
    older: int | None

    @property
    def older_text(self) -> str:
        return str(self.older or "")


def of_source(source_id: int, *, by: Any, at: datetime, limit: int = 20) -> list[ImportRow]:
    """The latest imports into a source."""
    access.require(by, "sources.source.see")
    found = Import.objects.filter(source_id=source_id).select_related("source")[:limit]
    return _rows(found, at)


def since(moment: datetime, *, by: Any, at: datetime, limit: int) -> list[ImportRow]:
    """The imports that began or ended after `moment`, latest first."""
    access.require(by, "sources.source.see")
    recent = Q(created_at__gte=moment) | Q(finished_at__gte=moment)
    return _rows(Import.objects.filter(recent).select_related("source")[:limit], at)


def reachable_by(user: Any, import_id: int) -> Import:
    """The import itself, for an action. Raises Http404 or AccessDenied."""
    access.require(user, "sources.source.see")
    try:
        return Import.objects.select_related("source").get(pk=import_id)
    except Import.DoesNotExist as error:
        raise Http404 from error


def left_open(source_id: int, path: str, *, by: Any) -> Import | None:
    """The import of this file into this source that no job does and that has not come to its end, if there is one."""
    access.require(by, "sources.source.see")
    found = Import.objects.filter(source_id=source_id, path=path, job_id=None)
    return found.filter(state__in=leases.OPEN).first()


def progress_of(one: Import, *, at: datetime) -> ImportRow:
    """An import as its progress bar shows it."""
    return _rows([one], at)[0]


def _rows(found: Iterable[Import], at: datetime) -> list[ImportRow]:
    held = list(found)
    given_up = leases.given_up(held)
    return [_row(one, at, one.pk in given_up) for one in held]


def _row(one: Import, at: datetime, given_up: bool) -> ImportRow:
    left = None
    interrupted = given_up or leases.is_interrupted(one, at=at)
    if not interrupted and one.state == ImportState.RUNNING and one.rate and one.read and one.bytes_done:
        posts_left = (one.bytes_total - one.bytes_done) * one.read / one.bytes_done
        left = posts_left / one.rate
    return ImportRow(
        id=one.pk,
        source_id=one.source_id,
        source_name=one.source.name,
        file_name=one.file_name,
        layout=one.layout,
        state=INTERRUPTED if interrupted else one.state,
        state_label=gettext("Interrupted") if interrupted else str(ImportState(one.state).label),
        bytes_done=one.bytes_done,
        bytes_total=one.bytes_total,
        read=one.read,
        new=one.new,
        known=one.known,
        rejected=one.rejected,
        undated=int(one.cursor.get("undated") or 0),
        rate=one.rate,
        left=left,
        error=words.error(one.error_code, one.error_params) if one.error_code else "",
        created_at=one.created_at,
        finished_at=one.finished_at,
        command=shlex.join(["grapevine", "import", one.path, "--source", one.source.name])
        if interrupted and not given_up
        else "",
        given_up=given_up,
    )


def _readable(raw: bytes) -> str:
    """A row as text, whatever its encoding: the two that tables come in here, tried in turn."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start >= len(raw) - 3:  # cut in the middle of a letter
            return raw.decode("utf-8", "ignore")
        return raw.decode("cp1252", "replace")


def rejected(source_id: int, *, by: Any, before: int | None = None) -> RejectedPage:
    """Rows of a source that were left out, newest first."""
    access.require(by, "sources.rejected.see")
    rows = Rejected.objects.filter(source_id=source_id)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: REJECTED_SHOWN + 1])
    shown = tuple(
        RejectedRow(
            id=row.pk,
            file_name=row.file_name,
            line=row.line,
            reason=words.reason(row.reason),
            detail=row.detail,
            raw=_readable(bytes(row.raw)[:600]),
            at=row.at,
        )
        for row in found[:REJECTED_SHOWN]
    )
    return RejectedPage(shown, shown[-1].id if len(found) > REJECTED_SHOWN else None)
