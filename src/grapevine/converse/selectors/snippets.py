"""Openers and facts, for the box in which replies are written and for the page where they are kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404

from grapevine.converse.models import Snippet
from grapevine.core import access

MOST = 30


@dataclass(frozen=True)
class Words:
    """An opener or a fact."""

    id: int
    kind: str
    kind_name: str
    name: str
    text: str
    lang: str
    brand: str
    brand_id: int | None
    written_by: str
    at: datetime
    checked_on: date | None


def fitting(*, lang: str, brand_id: int | None, words: str = "") -> list[Words]:
    """Those for a conversation in `lang` about a brand, openers first, the brand's own before the others; `words` narrows them down."""
    rows = _present().filter(Q(lang=lang) | Q(lang="") if lang else Q())
    rows = rows.filter(Q(brand=None) | Q(brand_id=brand_id))
    for word in words.split()[:6]:
        rows = rows.filter(Q(name__icontains=word) | Q(text__icontains=word))
    found = [_words(row) for row in rows.order_by("kind", "name", "pk")[:200]]
    found.sort(key=lambda one: (one.kind != "opener", one.brand_id is None))
    return found[:MOST]


def all_of_them(*, lang: str = "") -> list[Words]:
    """All there are, for the page where they are kept."""
    rows = _present().filter(Q(lang=lang) | Q(lang="")) if lang else _present()
    return [_words(row) for row in rows.order_by("kind", "lang", "name", "pk")[:500]]


def reachable_by(user: Any, snippet_id: int) -> Snippet:
    """One, for somebody who may change it; a removed one, too. Raises AccessDenied, Http404."""
    access.require(user, "converse.snippet.change")
    found = Snippet.objects.filter(pk=snippet_id).first()
    if found is None:
        raise Http404("no such opener or fact")
    return found


def _present() -> QuerySet[Snippet]:
    return Snippet.objects.filter(removed_at=None).select_related("brand", "written_by")


def _words(row: Snippet) -> Words:
    return Words(
        row.pk,
        row.kind,
        row.get_kind_display(),
        row.name,
        row.text,
        row.lang,
        row.brand.name if row.brand else "",
        row.brand_id,
        row.written_by.name if row.written_by else "",
        row.at,
        row.checked_on,
    )
