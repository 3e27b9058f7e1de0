"""How often somebody may try: failed sign-ins counted per address and account, per account and per address; and whatever else
strangers may do only so often.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings

from grapevine.core.models import SignInAttempt

WINDOW = timedelta(minutes=15)
# Somebody mistyping; somebody guessing from many places; somebody trying one password on many accounts.
PER_PAIR, PER_ACCOUNT, PER_ADDRESS = 5, 50, 50


def _key(*words: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), "\n".join(words).encode(), hashlib.sha256).hexdigest()


def _limits(address: str, account: str) -> dict[str, int]:
    account = account.strip().lower()
    address = neighbourhood(address)
    return {
        _key("pair", address, account): PER_PAIR,
        _key("account", account): PER_ACCOUNT,
        _key("address", address): PER_ADDRESS,
    }


def wait(*, address: str, account: str, at: datetime) -> timedelta | None:
    """How long to wait before the next try; None when one may try now."""
    longest: timedelta | None = None
    for key, limit in _limits(address, account).items():
        recent = (
            SignInAttempt.objects.filter(key=key, at__gt=at - WINDOW)
            .order_by("-at")
            .values_list("at", flat=True)
        )
        tries = list(recent[:limit])
        if len(tries) >= limit:
            left = tries[-1] + WINDOW - at
            longest = left if longest is None else max(longest, left)
    return longest


def failed(*, address: str, account: str, at: datetime) -> None:
    """Count a failed try."""
    SignInAttempt.objects.bulk_create(SignInAttempt(key=key, at=at) for key in _limits(address, account))


def succeeded(*, address: str, account: str) -> None:
    """Forget the mistypings of somebody who is in now. What counts against the address alone stays."""
    account = account.strip().lower()
    SignInAttempt.objects.filter(key=_key("pair", neighbourhood(address), account)).delete()


def neighbourhood(address: str) -> str:
    """An address with those that are handed out together with it: whoever has one of IPv6 has the other 2**64 of its network."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv6Address) and found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(ip_network((found, 64), strict=False)) if found.version == 6 else str(found)


def turn(what: str, *whose: str, limit: int, within: timedelta, at: datetime) -> timedelta | None:
    """Take one of `limit` turns at `what` in `within` (a day at most); how long to wait when there is none left, and None when it was had."""
    key = _key("turn", what, *whose)
    recent = SignInAttempt.objects.filter(key=key, at__gt=at - within).order_by("-at")
    had = list(recent.values_list("at", flat=True)[:limit])
    if len(had) >= limit:
        return had[-1] + within - at
    SignInAttempt.objects.create(key=key, at=at)
    return None


def forget(*, before: datetime) -> int:
    """Remove tries that count no longer."""
    return SignInAttempt.objects.filter(at__lt=before).delete()[0]
