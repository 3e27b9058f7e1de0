"""Who might be the same person: suggestions with their reasons. Nothing is done about them by itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from grapevine.core import beginnings
from grapevine.people import likeness
from grapevine.people.likeness import Face, Score
from grapevine.people.models import Apart, Holding, Identity, ProfileLink

LOOKED_AT = 20
SHOWN = 6


@dataclass(frozen=True)
class Suggestion:
    """An identity that might be the same person as `identity_id`, why (codes of `likeness.REASONS`), and how likely."""

    identity_id: int
    other: Identity
    reasons: tuple[str, ...]
    score: Score


def of(every: list[Identity]) -> tuple[Suggestion, ...]:
    """Suggestions for the identities of one person, the likeliest first. A few statements for each identity, along indexes."""
    ids = {one.pk for one in every}
    person = every[0].person_id
    apart = set()
    for low, high in Apart.objects.filter(Q(low_id__in=ids) | Q(high_id__in=ids)).values_list(
        "low_id", "high_id"
    ):
        apart |= {(low, high), (high, low)}
    found: dict[int, Suggestion] = {}
    for one in every[:SHOWN]:
        for suggestion in _of(one):
            other = suggestion.other
            same = other.pk in ids or (person is not None and other.person_id == person)
            if same or any((mine, other.pk) in apart for mine in ids):
                continue
            there = found.get(other.pk)
            if there is None or _rank(suggestion) < _rank(there):
                found[other.pk] = suggestion
    return tuple(sorted(found.values(), key=_rank)[:SHOWN])


def _of(one: Identity) -> Iterable[Suggestion]:
    rows = Identity.objects.exclude(pk=one.pk)
    candidates: dict[int, Identity] = {}
    bearers: dict[str, int] = {}
    handles = [
        row
        for form in likeness.forms(one.handle)
        for row in [
            *beginnings.same(rows, "handle", form)[:LOOKED_AT],
            *beginnings.of(rows, "handle", f"{form}@")[:LOOKED_AT],
        ]
    ]
    bearers[likeness.SAME_HANDLE] = len({row.pk for row in handles})
    names = list(beginnings.same(rows, "name", one.name)[:LOOKED_AT]) if " " in one.name.strip() else []
    bearers[likeness.SAME_NAME] = len(names)
    keys = Holding.objects.filter(identity=one).values("key_id")
    shared = {
        row.identity_id: row.identity
        for row in Holding.objects.filter(key_id__in=keys)
        .exclude(identity=one)
        .select_related("identity")[:LOOKED_AT]
    }
    linked = _linked(one)
    for row in [*handles, *names, *shared.values(), *linked.values()]:
        candidates[row.pk] = row
    face = _face(one)
    for pk, other in candidates.items():
        reasons = likeness.compared(face, _face(other), bearers=bearers, key=pk in shared, link=pk in linked)
        how = likeness.score(face, _face(other), reasons)
        if how is not None and not other.external_id.startswith("forgotten:"):
            yield Suggestion(one.pk, other, reasons, how)


def _linked(one: Identity) -> dict[int, Identity]:
    """Those whose profile names this one's. (What this one's profile names has no index to be found by, and is seen from the other side.)"""
    own = likeness.same_address(one.url)
    if not own:
        return {}
    rows = ProfileLink.objects.filter(address=own).exclude(identity=one).select_related("identity")
    return {row.identity_id: row.identity for row in rows[:LOOKED_AT]}


def _face(one: Identity) -> Face:
    return Face(one.pk, one.platform, one.handle, one.name)


def _rank(one: Suggestion) -> tuple[int, int, int]:
    order: tuple[Score, ...] = ("very likely", "likely", "possible")
    return order.index(one.score), -len(one.reasons), one.other.pk
