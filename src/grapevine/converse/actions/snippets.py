"""Openers and facts are added, changed, seen to be true, removed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from grapevine.converse import shipped, snippet_rules
from grapevine.converse.models import Snippet, SnippetKind
from grapevine.core import access, audit

CHANGE = "converse.snippet.change"


class Refused(Exception):
    """It is no opener, or no fact. `code` says why."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


@transaction.atomic
def keep(
    *,
    kind: str,
    name: str,
    text: str,
    by: Any,
    at: datetime,
    lang: str = "",
    brand: Any = None,
    snippet: Snippet | None = None,
    checked_on: date | None = None,
) -> Snippet:
    """Add one, or change `snippet`. Raises Refused when it is more than words to begin with."""
    access.require(by, CHANGE)
    if code := snippet_rules.refused(kind, text):
        raise Refused(code)
    row = snippet or Snippet()
    row.kind, row.name, row.text, row.lang, row.brand = kind, name, text.strip(), lang, brand
    row.written_by, row.at, row.checked_on = (None if by.pk is None else by), at, checked_on
    row.save()
    audit.record(
        f"converse.snippet.{'changed' if snippet else 'added'}",
        subject=row,
        by=by,
        at=at,
        kind=kind,
        lang=lang,
        brand=brand.pk if brand else None,
    )
    return row


@transaction.atomic
def begin_with(*, lang: str, by: Any, at: datetime) -> int:
    """Add the shipped openers of a language, those left out whose text is there already. Returns how many."""
    access.require(by, CHANGE)
    there = set(Snippet.objects.filter(removed_at=None).values_list("text", flat=True))
    found = [one for one in shipped.content("openers") if one["text"][lang] not in there]
    for one in found:
        keep(kind=SnippetKind.OPENER, name=one["name"][lang], text=one["text"][lang], lang=lang, by=by, at=at)
    return len(found)


@transaction.atomic
def remove(*, snippet: Snippet, by: Any, at: datetime) -> None:
    """Take one away; it can be brought back."""
    access.require(by, CHANGE)
    Snippet.objects.filter(pk=snippet.pk).update(removed_at=at)
    audit.record("converse.snippet.removed", subject=snippet, by=by, at=at)


@transaction.atomic
def restore(*, snippet: Snippet, by: Any, at: datetime) -> None:
    """Bring one back."""
    access.require(by, CHANGE)
    Snippet.objects.filter(pk=snippet.pk).update(removed_at=None)
    audit.record("converse.snippet.restored", subject=snippet, by=by, at=at)
