"""Shops, and the files of purchases that were read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.http import Http404

from grapevine.core import seals
from grapevine.people import wording
from grapevine.people.actions import purchase_files
from grapevine.people.actions.purchases import SEALED
from grapevine.people.models import PurchaseFile, RefusedRow, Shop
from grapevine.people.orders import BadOrder
from grapevine.people.selectors import lines

SHOWN = 20


@dataclass(frozen=True)
class ShopLine:
    """A shop: whether it has a key, when it was heard last, and what was wrong with what it sent last."""

    id: int
    name: str
    hint: str
    key_made_at: datetime | None
    heard_at: datetime | None
    refused_at: datetime | None
    wrong: str


@dataclass(frozen=True)
class FileLine:
    """A file that is read or was."""

    id: int
    name: str
    shop: str
    state: str
    state_label: str
    wrong: str
    new: int
    changed: int
    known: int
    refused: int
    added_at: datetime


@dataclass(frozen=True)
class RefusedLine:
    """A row that was left out, where it stood, and why in words."""

    line: int
    why: str
    raw: str


def shop(shop_id: int) -> Shop:
    """The shop of this number. Raises Http404."""
    found = Shop.objects.filter(pk=shop_id).first()
    if found is None:
        raise Http404
    return found


def key_of(one: Shop) -> bytes:
    """The key a shop signs with; empty when it has none, or it was made under another secret."""
    if not one.sealed_key:
        return b""
    try:
        return seals.unseal(bytes(one.sealed_key), purpose=SEALED)
    except seals.Unreadable:
        return b""


def shops() -> tuple[ShopLine, ...]:
    """All shops, by name."""
    return tuple(
        ShopLine(
            one.pk,
            one.name,
            one.hint,
            one.key_made_at,
            one.heard_at,
            one.refused_at,
            wording.refusal(one.refused_code) if one.refused_code else "",
        )
        for one in Shop.objects.order_by("name")[:200]
    )


def file(file_id: int) -> PurchaseFile:
    """The file of this number. Raises Http404."""
    found = PurchaseFile.objects.select_related("shop").filter(pk=file_id).first()
    if found is None:
        raise Http404
    return found


def files() -> tuple[FileLine, ...]:
    """The latest files."""
    return tuple(
        FileLine(
            one.pk,
            one.file_name,
            one.shop.name,
            one.state,
            one.get_state_display(),
            wording.refusal(one.error_code) if one.error_code else "",
            one.new,
            one.changed,
            one.known,
            one.refused,
            one.added_at,
        )
        for one in PurchaseFile.objects.select_related("shop").order_by("-pk")[:SHOWN]
    )


@dataclass(frozen=True)
class LookedLine:
    """A row of a file as it would be kept; `wrong` says why it would be left out."""

    line: int
    order_id: str
    key: str
    items: str
    amount: Decimal | None
    currency: str
    bought_at: datetime | None
    wrong: str
    raw: str


def looked(one: PurchaseFile, *, currency: str, now: datetime) -> dict[str, Any]:
    """For the page that shows how a file would be read: its first rows, how many of them fit, and `fault` where it is no file of purchases."""
    try:
        rows = purchase_files.look(one, currency=currency, now=now)
    except BadOrder as error:
        return {
            "file": one,
            "fault": wording.refusal(error.code),
            "rows": (),
            "wrong": (),
            "seen": 0,
            "fit": 0,
        }
    wrong = [row for row in rows if row.order is None]
    return {
        "file": one,
        "fault": "",
        "rows": [_looked(row) for row in rows if row.order is not None][:SHOWN],
        "wrong": [_looked(row) for row in wrong[:SHOWN]],
        "seen": len(rows),
        "fit": len(rows) - len(wrong),
    }


def _looked(row: purchase_files.Looked) -> LookedLine:
    order = row.order
    if order is None:
        why = wording.refusal(row.wrong) + (f" ({row.detail})" if row.detail else "")
        return LookedLine(row.line, "", "", "", None, "", None, why, row.raw)
    items = lines.in_a_line({"name": name, "quantity": quantity} for name, quantity in order.items)
    return LookedLine(
        row.line, order.order_id, order.key, items, order.amount, order.currency, order.bought_at, "", ""
    )


def refused(one: PurchaseFile, *, after: int = 0, limit: int = 100) -> tuple[RefusedLine, ...]:
    """Rows of a file that were left out, in their order."""
    rows = RefusedRow.objects.filter(file=one, line__gt=after).order_by("line")[:limit]
    return tuple(
        RefusedLine(
            row.line, wording.refusal(row.reason) + (f" ({row.detail})" if row.detail else ""), row.raw
        )
        for row in rows
    )
