"""The people we know, and all there is to know of one of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from grapevine.core import beginnings, installation
from grapevine.people import terms
from grapevine.people.models import Holding, Identity, Join, Key, Person, ProfileLink
from grapevine.people.models.purchases import KeyKind
from grapevine.people.reasons import Reason
from grapevine.people.selectors import contact, lines, memory, siblings, suggestions
from grapevine.people.selectors.contact import Refusal
from grapevine.people.selectors.lines import (
    ConsentLine,
    FactLine,
    PromiseLine,
    ProposalLine,
    PurchaseLine,
)
from grapevine.people.selectors.memory import Handle
from grapevine.people.selectors.suggestions import Suggestion

PAGE = 50
MANY = 200


@dataclass(frozen=True)
class Row:
    """Somebody in the list: what to call them, where we know them from, and when something was noted last (None: never)."""

    identity_id: int
    called: str
    handles: tuple[Handle, ...]
    known_at: datetime | None


@dataclass(frozen=True)
class Listed:
    """A page of the list; `older` is where the next one begins."""

    rows: tuple[Row, ...]
    older: str = ""


@dataclass(frozen=True)
class KeyLine:
    """An address or number that is theirs, and how we know."""

    id: int
    kind: str
    value: str
    how: str
    is_verified: bool


@dataclass(frozen=True)
class JoinLine:
    """That two were joined: who, how, by whom, when."""

    id: int
    first: str
    second: str
    identity_id: int
    how: str
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Story:
    """All there is to know of somebody."""

    identity_id: int
    called: str
    ids: tuple[int, ...]
    handles: tuple[Handle, ...]
    facts: tuple[FactLine, ...]
    proposals: tuple[ProposalLine, ...]
    promises: tuple[PromiseLine, ...]
    closed: tuple[PromiseLine, ...]
    purchases: tuple[PurchaseLine, ...]
    consents: tuple[ConsentLine, ...]
    refusals: tuple[Refusal, ...]
    keys: tuple[KeyLine, ...]
    links: tuple[str, ...]
    joins: tuple[JoinLine, ...]
    suggestions: tuple[Suggestion, ...]
    reason: Reason | None


def story(identity: Identity, *, by: Any, at: datetime) -> Story:
    """What is known of who stands behind an identity, as far as `by` may see it. The same statements however much is stored."""
    every = siblings.of(identity)
    ids = tuple(one.pk for one in every)
    today = terms.day_of(at, installation.zone())
    facts = lines.facts(ids, by=by, today=today, limit=MANY)
    promises = lines.promises(ids, limit=PAGE)
    purchases = lines.purchases(ids, limit=PAGE)
    refusals = contact.refusals([identity.pk], at=at).get(identity.pk, ())
    name = identity.person.name if identity.person is not None else ""
    links = ProfileLink.objects.filter(identity_id__in=ids).order_by("pk")
    return Story(
        identity_id=identity.pk,
        called=name or memory.called(identity),
        ids=ids,
        handles=tuple(memory.handle(one) for one in every),
        facts=facts,
        proposals=lines.proposals(ids, limit=PAGE),
        promises=promises,
        closed=lines.promises(ids, limit=10, closed=True),
        purchases=purchases,
        consents=lines.consents(ids, limit=PAGE),
        refusals=refusals,
        keys=_keys(ids),
        links=tuple(links.values_list("address", flat=True)[:PAGE]),
        joins=_joins(Q(into_id=identity.person_id)) if identity.person_id is not None else (),
        suggestions=suggestions.of(every),
        reason=memory.next_reason(today, facts, promises, purchases, refusals),
    )


def lately_proved(*, limit: int = 5) -> tuple[JoinLine, ...]:
    """Joins that no human made, the latest first: nothing is joined silently."""
    return _joins(~Q(way="human"), limit=limit)


def _joins(wanted: Q, *, limit: int = PAGE) -> tuple[JoinLine, ...]:
    rows = Join.objects.filter(wanted, undone_at=None).select_related("first", "second", "joined_by")
    return tuple(
        JoinLine(
            row.pk,
            memory.called(row.first),
            memory.called(row.second),
            row.first_id,
            row.get_way_display(),
            row.joined_by.name if row.joined_by is not None else "",
            row.at,
        )
        for row in rows.order_by("-at", "-pk")[:limit]
    )


def _keys(ids: tuple[int, ...]) -> tuple[KeyLine, ...]:
    rows = Holding.objects.filter(identity_id__in=ids).select_related("key").order_by("pk")[:PAGE]
    return tuple(
        KeyLine(
            row.pk,
            row.key.get_kind_display(),
            row.key.value,
            row.get_way_display(),
            row.is_verified,
        )
        for row in rows
    )


def listed(*, before: str = "", limit: int = PAGE) -> Listed:
    """Those of whom something is known, the latest noted first; `before` is an `older` of another page. Along one index."""
    rows = Person.objects.present().filter(known_at__isnull=False)
    place = _place(before)
    if place is not None:
        rows = rows.filter(Q(known_at__lt=place[0]) | Q(known_at=place[0], pk__lt=place[1]))
    found = list(rows.order_by("-known_at", "-pk")[: limit + 1])
    last = found[limit - 1] if len(found) > limit else None
    older = f"{last.known_at.isoformat()}_{last.pk}" if last is not None and last.known_at else ""
    return Listed(_rows(found[:limit]), older)


def found(words: str, *, limit: int = PAGE) -> Listed:
    """People whose name, handle or e-mail address begins with `words`: those we know first. Five statements, along indexes."""
    words = " ".join(words.split())
    if len(words) < 2:
        return Listed(())
    persons = {one.pk: one for one in beginnings.of(Person.objects.present(), "name", words)[:limit]}
    identities: dict[int, Identity] = {}
    forms = [words] if words.startswith("@") else [words, f"@{words}"]
    for form in forms:
        for one in beginnings.of(Identity.objects.select_related("person"), "handle", form)[:limit]:
            identities[one.pk] = one
    for one in beginnings.of(Identity.objects.select_related("person"), "name", words)[:limit]:
        identities[one.pk] = one
    if "@" in words:
        held = Key.objects.filter(kind=KeyKind.EMAIL, value=words.lower())
        for holding in Holding.objects.filter(key__in=held).select_related("identity__person")[:limit]:
            identities[holding.identity_id] = holding.identity
    for one in identities.values():
        if one.person is not None:
            persons[one.person.pk] = one.person
    known = _rows(sorted(persons.values(), key=lambda one: one.pk, reverse=True)[:limit])
    unknown = tuple(
        Row(one.pk, memory.called(one), (memory.handle(one),), None)
        for one in identities.values()
        if one.person_id is None
    )
    return Listed((*known, *unknown)[:limit])


def _rows(persons: list[Person]) -> tuple[Row, ...]:
    every: dict[int | None, list[Identity]] = {}
    for one in Identity.objects.filter(person__in=persons).order_by("pk"):
        every.setdefault(one.person_id, []).append(one)
    return tuple(
        Row(
            every[one.pk][0].pk,
            one.name or memory.called(every[one.pk][0]),
            tuple(memory.handle(each) for each in every[one.pk][:5]),
            one.known_at,
        )
        for one in persons
        if one.pk in every
    )


def _place(before: str) -> tuple[datetime, int] | None:
    moment, _sign, number = before.rpartition("_")
    try:
        at = datetime.fromisoformat(moment)
    except ValueError:
        return None
    return (at, int(number)) if number.isdecimal() and len(number) < 19 and at.tzinfo else None
