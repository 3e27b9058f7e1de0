"""Purchases come in: from shops that sign what they send, and from files (`purchase_files`)."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from grapevine.core import access, audit, live, news, seals
from grapevine.people import events
from grapevine.people.channels import PURCHASES
from grapevine.people.models import Delivery, Key, Purchase, Shop
from grapevine.people.orders import Order

SEALED = "people.shop"


@dataclass(frozen=True)
class Stored:
    """What became of orders: how many were new, changed and known already."""

    new: int = 0
    changed: int = 0
    known: int = 0


@dataclass(frozen=True)
class Signed:
    """What a shop signed a message with, and when it did."""

    signature: str
    at: datetime


@transaction.atomic
def add_shop(*, name: str, by: Any, at: datetime) -> Shop:
    """Add a place that purchases come from."""
    access.require(by, "people.purchase.add")
    shop = Shop.objects.create(name=name, added_at=at)
    audit.record("people.shop.added", subject=shop, by=by, at=at)
    return shop


@transaction.atomic
def make_key(*, shop: Shop, by: Any, at: datetime) -> str:
    """Make a key for a shop to sign with, and return it: it can't be shown again. The one before is worthless from now on."""
    access.require(by, "people.shop.change")
    key = f"gvs_{secrets.token_urlsafe(32)}"
    shop.sealed_key = seals.seal(key.encode(), purpose=SEALED)
    shop.hint, shop.key_made_at = key[-4:], at
    shop.refused_at, shop.refused_code = None, ""
    shop.save()
    audit.record("people.shop.key_made", subject=shop, by=by, at=at)
    return key


@transaction.atomic
def revoke_key(*, shop: Shop, by: Any, at: datetime) -> None:
    """Take nothing signed from a shop any longer."""
    access.require(by, "people.shop.change")
    shop.sealed_key, shop.hint, shop.key_made_at = b"", "", None
    shop.save()
    audit.record("people.shop.key_revoked", subject=shop, by=by, at=at)


@transaction.atomic
def remove_shop(*, shop_id: int, by: Any, at: datetime) -> bool:
    """Take a shop away with all that was bought there, and the keys that named a customer of it alone; False when it has gone already."""
    access.require(by, "people.shop.change")
    shop = Shop.objects.filter(pk=shop_id).first()
    if shop is None:
        return False
    keys = set(Purchase.objects.filter(shop=shop).values_list("key_id", flat=True))
    audit.record("people.shop.removed", subject=shop, by=by, at=at)
    shop.delete()
    Key.objects.filter(pk__in=keys, holdings=None, purchases=None).delete()
    live.publish(PURCHASES, purchases=0)
    return True


def note_refusal(*, shop: Shop, code: str, at: datetime) -> None:
    """Note, for the page, that a shop was sent away; at most once a minute, so that strangers at the door make us write little."""
    rows = Shop.objects.filter(pk=shop.pk)
    rows.filter(Q(refused_at=None) | Q(refused_at__lt=at - timedelta(minutes=1))).update(
        refused_at=at, refused_code=code
    )


@transaction.atomic
def receive(
    *, shop: Shop, received: Sequence[Order], at: datetime, by: Any = access.SYSTEM, signed: Signed | None = None
) -> Stored:  # fmt: skip
    """Store orders: new ones, those that changed since; a repeated one is known already. Tells PurchasesReceived.

    What was signed before what we have of an order, and a message that was taken already, change nothing.
    """
    access.require(by, "people.purchase.add")
    one_at_a_time(shop)
    if signed is not None:
        taken = {"shop": shop, "signature": signed.signature}
        if not Delivery.objects.get_or_create(**taken, defaults={"at": at})[1]:
            return Stored(known=len(received))
    stored, touched = store(shop, received, at, signed.at if signed else None)
    Shop.objects.filter(pk=shop.pk).update(heard_at=at)
    if touched:
        audit.record(
            "people.purchases.received", subject=shop, by=by, at=at, new=stored.new, changed=stored.changed,
            known=stored.known,
        )  # fmt: skip
        told(touched, at)
    return stored


def told(touched: Sequence[int], at: datetime) -> None:
    """Let it be known that these purchases came or changed."""
    news.tell(events.PurchasesReceived(tuple(touched), at))
    live.publish(PURCHASES, purchases=len(touched))


def one_at_a_time(shop: Shop) -> None:
    """Whoever brings orders of a shop at the same moment waits until these are stored."""
    Shop.objects.select_for_update().get(pk=shop.pk)


def store(
    shop: Shop, received: Sequence[Order], at: datetime, signed_at: datetime | None = None
) -> tuple[Stored, list[int]]:
    """Keep orders, and say which rows that touched. Within the caller's transaction, which holds the shop (`one_at_a_time`)."""
    latest = {one.order_id: one for one in received}  # the same order twice in one batch: the last one holds
    there = {row.order_id: row for row in Purchase.objects.filter(shop=shop, order_id__in=list(latest))}
    wanted = {(one.key_kind, one.key) for one in latest.values()}
    Key.objects.bulk_create(
        [Key(kind=kind, value=value) for kind, value in sorted(wanted)], ignore_conflicts=True
    )
    named = Q(pk__in=[])
    for kind in {kind for kind, _value in wanted}:
        named |= Q(kind=kind, value__in=[value for its, value in wanted if its == kind])
    held = {(row.kind, row.value): row for row in Key.objects.filter(named)}
    new, changed = [], []
    said_again: list[int] = []
    for one in latest.values():
        row = there.get(one.order_id)
        if row is not None and _is_newer(row, signed_at):
            continue
        if row is not None and row.mark == one.mark:
            if signed_at is not None and row.signed_at != signed_at:
                said_again.append(row.pk)
            continue
        values = {
            "key": held[one.key_kind, one.key],
            "items": [{"name": name, "quantity": quantity} for name, quantity in one.items],
            "amount": one.amount,
            "currency": one.currency,
            "bought_at": one.bought_at,
            "mark": one.mark,
            "received_at": at,
            "signed_at": signed_at or (row.signed_at if row else None),
        }
        if row is None:
            new.append(Purchase(shop=shop, order_id=one.order_id, **values))
        else:
            for name, value in values.items():
                setattr(row, name, value)
            changed.append(row)
    Purchase.objects.bulk_create(new)
    if changed:
        fields = ["key", "items", "amount", "currency", "bought_at", "mark", "received_at", "signed_at"]
        Purchase.objects.bulk_update(changed, fields)
    Purchase.objects.filter(pk__in=said_again).update(signed_at=signed_at)
    stored = Stored(len(new), len(changed), len(received) - len(new) - len(changed))
    return stored, [row.pk for row in [*new, *changed]]


def _is_newer(row: Purchase, signed_at: datetime | None) -> bool:
    return signed_at is not None and row.signed_at is not None and row.signed_at > signed_at
