"""What people said of texts."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404

from grapevine.core import access
from grapevine.understand.contracts import Corrected
from grapevine.understand.models import Correction

PAGE = 25


def of(subject: str, ids: Collection[int], scope: str | None = None) -> dict[int, Corrected]:
    """What people said of these texts, by id; in one scope, or the latest in any. One question."""
    rows = Correction.objects.current().filter(subject=subject, subject_id__in=list(ids))
    if scope is not None:
        rows = rows.filter(scope=scope)
    return {row.subject_id: _corrected(row) for row in rows.select_related("by").order_by("pk")}


def said(subject: str, ids: Collection[int]) -> dict[int, dict[str, Corrected]]:
    """What people said of these texts, by id and scope. One question."""
    rows = Correction.objects.current().filter(subject=subject, subject_id__in=list(ids)).select_related("by")
    found: dict[int, dict[str, Corrected]] = {}
    for row in rows:
        found.setdefault(row.subject_id, {})[row.scope] = _corrected(row)
    return found


def by_scope(subject: str, subject_id: int) -> dict[str, tuple[int, Corrected]]:
    """What people said of one text, by scope: the correction's id, and what it says. One question."""
    rows = Correction.objects.current().filter(subject=subject, subject_id=subject_id)
    return {row.scope: (row.pk, _corrected(row)) for row in rows.select_related("by")}


def _corrected(row: Correction) -> Corrected:
    return Corrected(
        mood=row.mood or None,
        intents=tuple(row.intents) if row.intents is not None else None,
        spam=row.spam,
        by=row.by.name if row.by else "",
        at=row.at,
        by_id=row.by_id,
    )


def reachable_by(by: Any, correction_id: int) -> Correction:
    """A correction, for somebody who may take it back. Raises AccessDenied, Http404."""
    access.require(by, "understand.reading.correct")
    found = Correction.objects.filter(pk=correction_id).first()
    if found is None:
        raise Http404
    return found


@dataclass(frozen=True)
class Row:
    """A correction in the list: before and after, part by part. Parts of which nothing was said are None."""

    id: int
    subject_id: int
    text: str
    lang: str
    source: str
    by: str
    at: datetime
    mood_before: str
    mood: str | None
    intents_before: tuple[str, ...]
    intents: tuple[str, ...] | None
    spam_before: bool
    spam: bool | None
    agrees: bool
    is_lesson: bool


@dataclass(frozen=True)
class Page:
    """A part of the list. `more` is where the next part begins (an id), None at the end."""

    rows: tuple[Row, ...]
    more: int | None


def page(scope: str, *, before: int | None = None) -> Page:
    """What was said in a scope and holds, the latest first."""
    rows = Correction.objects.current().filter(scope=scope).select_related("by").order_by("-pk")
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: PAGE + 1])
    return Page(tuple(map(_row, found[:PAGE])), found[PAGE - 1].pk if len(found) > PAGE else None)


def _row(row: Correction) -> Row:
    return Row(
        id=row.pk,
        subject_id=row.subject_id,
        text=row.text[:300],
        lang=row.lang,
        source=row.source,
        by=row.by.name if row.by else "",
        at=row.at,
        mood_before=row.before["mood"],
        mood=row.mood or None,
        intents_before=tuple(row.before["intents"]),
        intents=tuple(row.intents) if row.intents is not None else None,
        spam_before=row.before["spam"],
        spam=row.spam,
        agrees=row.agrees,
        is_lesson=row.is_lesson,
    )
