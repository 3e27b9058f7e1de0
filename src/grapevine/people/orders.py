"""Orders as shops send them, in files and in signed messages: read, and told what is wrong with them. Pure.

A row is one order. The columns (of a file) and names (of JSON) are the same: see docs/purchases.md.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

COLUMNS = ("order_id", "email", "customer", "bought_at", "items", "amount", "currency")
NEEDED = ("order_id", "bought_at")
LONGEST_ID = 120
MOST_ITEMS = 200
WINDOW = 300
"""Seconds that the clock of a shop may differ from ours; older messages may be recorded ones."""
MOST_ORDERS = 500
"""So many orders a message may hold."""


class BadOrder(ValueError):
    """An order that can't be kept: `code` says why, `detail` where."""

    def __init__(self, code: str, detail: str = "") -> None:
        self.code, self.detail = code, detail[:200]
        super().__init__(f"{code}: {detail}")


@dataclass(frozen=True)
class Order:
    """What somebody bought: under which key (`email` or `customer`), what, for how much, when."""

    order_id: str
    key_kind: str
    key: str
    items: tuple[tuple[str, str], ...]  # (name, quantity)
    amount: Decimal | None
    currency: str
    bought_at: datetime

    @property
    def mark(self) -> str:
        """A fingerprint of what it says, by which a repeated order is told from a changed one."""
        whole = json.dumps(
            [self.key_kind, self.key, self.items, str(self.amount), self.currency, self.bought_at.isoformat()]
        )
        return hashlib.blake2b(whole.encode("utf-8", "replace"), digest_size=16).hexdigest()


def read(given: Mapping[str, Any], *, zone: ZoneInfo, now: datetime, currency: str = "") -> Order:
    """The order of a row or an object. `currency` is that of an amount which has none beside it. Raises BadOrder."""
    order_id = _text(given, "order_id")
    if not order_id:
        raise BadOrder("no_order_id")
    if len(order_id) > LONGEST_ID:
        raise BadOrder("long_order_id", order_id)
    email, customer = _text(given, "email").lower(), _text(given, "customer")
    if not email and not customer:
        raise BadOrder("no_key")
    if not email and len(customer) > 254:
        raise BadOrder("bad_customer", customer)
    if email and not _is_address(email):
        raise BadOrder("bad_email", email)
    amount = _amount(given)
    currency = _text(given, "currency").upper() or (currency if amount is not None else "")
    if currency and not (len(currency) == 3 and currency.isascii() and currency.isalpha()):
        raise BadOrder("bad_currency", currency)
    if amount is not None and not currency:
        raise BadOrder("no_currency")
    return Order(
        order_id=order_id,
        # A number is the shop's own; where both are given, the address is what people write from.
        key_kind="email" if email else "customer",
        key=email or customer,
        items=_items(given.get("items")),
        amount=amount,
        currency=currency,
        bought_at=_moment(_text(given, "bought_at"), zone, now),
    )


def _text(given: Mapping[str, Any], name: str) -> str:
    value = given.get(name)
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise BadOrder("not_text", name)
    return str(value).replace("\0", "").strip()


def _is_address(email: str) -> bool:
    name, at, host = email.rpartition("@")
    return bool(name and at and "." in host) and len(email) <= 254 and not any(map(str.isspace, email))


def _amount(given: Mapping[str, Any]) -> Decimal | None:
    text = _text(given, "amount").replace("\u00a0", "").replace(" ", "")
    if not text:
        return None
    if "," in text and "." not in text:
        text = text.replace(",", ".")
    try:
        amount = Decimal(text)
    except InvalidOperation:
        raise BadOrder("bad_amount", text) from None
    if not amount.is_finite() or abs(amount) >= Decimal(10) ** 12:
        raise BadOrder("bad_amount", text)
    return amount.quantize(Decimal("0.01"))


def _items(given: Any) -> tuple[tuple[str, str], ...]:
    """A list of {name, quantity} or of names; in a file "2 x Dark roast | Filters"."""
    if given is None:
        return ()
    if isinstance(given, str):
        return tuple(_item(part) for part in given.split("|")[:MOST_ITEMS] if part.strip())
    if not isinstance(given, list):
        raise BadOrder("bad_items")
    found = []
    for one in given[:MOST_ITEMS]:
        if isinstance(one, str):
            found.append(_item(one))
        elif isinstance(one, dict) and _text(one, "name"):
            found.append((_text(one, "name")[:200], _text(one, "quantity")[:12] or "1"))
        else:
            raise BadOrder("bad_items")
    return tuple(found)


def _item(text: str) -> tuple[str, str]:
    text = text.replace("\0", "").strip()
    number, sign, name = text.partition(" x ")
    if not sign:
        number, sign, name = text.partition(" × ")
    if sign and name.strip() and number.strip().replace(",", "").replace(".", "").isdecimal():
        return name.strip()[:200], number.strip()[:12]
    return text[:200], "1"


def _moment(text: str, zone: ZoneInfo, now: datetime) -> datetime:
    if not text:
        raise BadOrder("no_moment")
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise BadOrder("bad_moment", text) from None
    if at.time() == time() and len(text) <= 10:
        at = at.replace(hour=12)  # a day without an hour: at noon it is that day everywhere near
    if at.tzinfo is None:
        at = at.replace(tzinfo=zone)
    try:
        at = at.astimezone(UTC)
    except OverflowError:
        raise BadOrder("bad_moment", text) from None
    if at.year < 1970 or (at - now).days > 1:
        raise BadOrder("bad_moment", text)
    return at


def signature(key: bytes, timestamp: str, body: bytes) -> str:
    """What a shop sends in Grapevine-Signature: HMAC-SHA256 of "timestamp.body", in hexadecimal."""
    return hmac.new(key, timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def is_signed(key: bytes, timestamp: str, body: bytes, given: str) -> bool:
    """Whether a message was signed with the key, compared in constant time."""
    wanted = signature(key, timestamp, body)
    return hmac.compare_digest(wanted.encode(), given.strip().removeprefix("sha256=").lower().encode())


def is_fresh(timestamp: str, now: datetime) -> bool:
    """Whether a message is of now, by the moment that is signed with it (seconds since 1970)."""
    if not (timestamp.isascii() and timestamp.isdecimal() and len(timestamp) <= 12):
        return False
    return abs(now.timestamp() - int(timestamp)) <= WINDOW
