"""What is remembered, line by line, as pages show it: plain values of facts, proposals, promises, purchases, consents."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.utils import formats
from django.utils.translation import gettext as _

from grapevine.core import access
from grapevine.people import contracts
from grapevine.people.models import Consent, Fact, Holding, Identity, Key, Promise, Proposal, Purchase
from grapevine.people.models.memory import (
    PROMISE,
    Basis,
    Kind,
    PromiseKind,
    PromiseState,
    ProposalState,
    Purpose,
    Visibility,
)
from grapevine.people.models.purchases import KeyKind

SEE_ALL = "people.person.see-all"


@dataclass(frozen=True, kw_only=True)
class FactLine:
    """Something remembered, with where it comes from, who noted it, what for, and until when."""

    id: int
    identity_id: int
    kind: str
    label: str
    text: str
    when: str
    on: date | None
    yearly: int | None
    other_id: int | None
    other: str
    of: str
    of_id: int | None
    said: str
    how: str
    noted_by: str
    noted_at: datetime
    purpose: str
    basis: str
    visibility: str
    expires_on: date


@dataclass(frozen=True, kw_only=True)
class ProposalLine:
    """What a message suggests to remember."""

    id: int
    identity_id: int
    kind: str
    label: str
    text: str
    when: str
    of: str
    of_id: int | None
    said: str
    proposed_at: datetime
    is_promise: bool


@dataclass(frozen=True, kw_only=True)
class PromiseLine:
    """What we promised, who keeps it, and when."""

    id: int
    identity_id: int
    kind: str
    label: str
    text: str
    due_on: date
    owner_id: int | None
    owner: str
    state: str
    state_label: str
    of: str
    of_id: int | None
    said: str
    href: str
    made_at: datetime
    closed_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class PurchaseLine:
    """What they bought: the items in a line, what it cost, when and where."""

    id: int
    order_id: str
    shop: str
    items: str
    amount: Decimal | None
    currency: str
    bought_at: datetime


@dataclass(frozen=True, kw_only=True)
class ConsentLine:
    """What they agreed to, and whether it still holds."""

    id: int
    purpose: str
    label: str
    way: str
    proof: str
    given_on: date
    noted_by: str
    withdrawn_at: datetime | None


def visible_facts(ids: Collection[int], *, by: Any, today: date) -> QuerySet[Fact]:
    """The facts about these identities that `by` may see, and that are known still."""
    rows = Fact.objects.filter(identity_id__in=ids, removed_at=None, expires_on__gt=today)
    seen = Q(visibility=Visibility.TEAM)
    user = getattr(by, "pk", None)
    if user:
        seen |= Q(visibility=Visibility.OWN, noted_by_id=user)
    if access.may(by, SEE_ALL):
        seen |= Q(visibility=Visibility.LEADS)
    return rows.filter(seen)


def facts(ids: Collection[int], *, by: Any, today: date, limit: int) -> tuple[FactLine, ...]:
    """What is remembered, the newest first. One statement."""
    rows = visible_facts(ids, by=by, today=today).select_related("noted_by", "other")
    return tuple(fact(row) for row in rows.order_by("-noted_at", "-pk")[:limit])


def fact(row: Fact) -> FactLine:
    """One fact."""
    return FactLine(
        id=row.pk,
        identity_id=row.identity_id,
        kind=row.kind,
        label=str(Kind(row.kind).label),
        text=row.text,
        when=day(row.on, row.precision, row.yearly),
        on=row.on,
        yearly=row.yearly,
        other_id=row.other_id,
        other=str(row.other) if row.other is not None else "",
        of=row.of,
        of_id=row.of_id,
        said=row.said,
        how=row.how,
        noted_by=row.noted_by.name if row.noted_by is not None else "",
        noted_at=row.noted_at,
        purpose=str(Purpose(row.purpose).label),
        basis=str(Basis(row.basis).label),
        visibility=row.visibility,
        expires_on=row.expires_on,
    )


def proposals(ids: Collection[int], *, limit: int) -> tuple[ProposalLine, ...]:
    """What waits to be confirmed, the newest first. One statement."""
    rows = Proposal.objects.filter(identity_id__in=ids, state=ProposalState.WAITING)
    return tuple(
        ProposalLine(
            id=row.pk,
            identity_id=row.identity_id,
            kind=row.kind,
            label=_("Promise") if row.kind == PROMISE else str(Kind(row.kind).label),
            text=row.text,
            when=day(row.on, row.precision, row.yearly),
            of=row.of,
            of_id=row.of_id,
            said=row.said,
            proposed_at=row.proposed_at,
            is_promise=row.kind == PROMISE,
        )
        for row in rows.order_by("-pk")[:limit]
    )


def promises(ids: Collection[int], *, limit: int, closed: bool = False) -> tuple[PromiseLine, ...]:
    """What we promised them: open ones, the first due first; with `closed` those that are over, the latest first. One statement."""
    rows = Promise.objects.filter(identity_id__in=ids).select_related("owner")
    if closed:
        rows = rows.exclude(state=PromiseState.OPEN).order_by("-closed_at", "-pk")
    else:
        rows = rows.filter(state=PromiseState.OPEN).order_by("due_on", "pk")
    return tuple(promise(row) for row in rows[:limit])


def promise(row: Promise) -> PromiseLine:
    """One promise."""
    return PromiseLine(
        id=row.pk,
        identity_id=row.identity_id,
        kind=row.kind,
        label=str(PromiseKind(row.kind).label),
        text=row.text,
        due_on=row.due_on,
        owner_id=row.owner_id,
        owner=row.owner.name if row.owner is not None else "",
        state=row.state,
        state_label=str(PromiseState(row.state).label),
        of=row.of,
        of_id=row.of_id,
        said=row.said,
        href=contracts.address(row.of, row.of_id),
        made_at=row.made_at,
        closed_at=row.closed_at,
    )


def purchases(ids: Collection[int], *, limit: int) -> tuple[PurchaseLine, ...]:
    """What they bought, the latest first: under keys they hold, and under the addresses they write letters from. One statement."""
    held = Holding.objects.filter(identity_id__in=ids).values_list("key_id", flat=True)
    writes = Identity.objects.filter(pk__in=ids, platform__startswith="mail/").values(
        address=Lower("external_id")
    )
    written = Key.objects.filter(kind=KeyKind.EMAIL, value__in=writes).values_list("pk", flat=True)
    rows = Purchase.objects.filter(key_id__in=held.union(written)).select_related("shop")
    return tuple(
        PurchaseLine(
            id=row.pk,
            order_id=row.order_id,
            shop=row.shop.name,
            items=in_a_line(row.items),
            amount=row.amount,
            currency=row.currency,
            bought_at=row.bought_at,
        )
        for row in rows.order_by("-bought_at", "-pk")[:limit]
    )


def consents(ids: Collection[int], *, limit: int) -> tuple[ConsentLine, ...]:
    """What they agreed to, the latest first. One statement."""
    rows = Consent.objects.filter(identity_id__in=ids).select_related("noted_by").order_by("-pk")
    return tuple(
        ConsentLine(
            id=row.pk,
            purpose=row.purpose,
            label=row.get_purpose_display(),
            way=row.get_way_display(),
            proof=row.proof,
            given_on=row.given_on,
            noted_by=row.noted_by.name if row.noted_by is not None else "",
            withdrawn_at=row.withdrawn_at,
        )
        for row in rows[:limit]
    )


def in_a_line(items: Iterable[dict[str, Any]]) -> str:
    """What was bought, in a line: "2 × Dark roast, Filters"."""
    told = []
    for item in items:
        quantity = str(item.get("quantity", "1"))
        told.append(f"{quantity} × {item['name']}" if quantity != "1" else str(item["name"]))
    return ", ".join(told)


def day(on: date | None, precision: str, yearly: int | None) -> str:
    """A day as exactly as it is known, in the reader's language; empty when none is."""
    if on is not None and precision == "year":
        return str(on.year)
    if on is not None and precision == "month":
        return formats.date_format(on, "YEAR_MONTH_FORMAT")
    if on is not None and precision == "week":
        return _("week of %(day)s") % {"day": formats.date_format(on, "MONTH_DAY_FORMAT")}
    if on is not None:
        return formats.date_format(on, "DATE_FORMAT")
    if yearly is not None:
        # A leap year has all days.
        return formats.date_format(date(2024, *divmod(yearly, 100)), "MONTH_DAY_FORMAT")
    return ""
