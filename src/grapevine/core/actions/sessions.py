"""Signing in, and the set-up that makes signing in possible."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

from django.contrib.auth import authenticate
from django.db import transaction

from grapevine.core import access, audit, guests, installation, throttle
from grapevine.core.actions import users
from grapevine.core.models import User

_TOKEN = "setup.token"  # noqa: S105 - the name under which the token's hash is stored


class TooManyTries(Exception):
    """Too many failed tries of late."""

    def __init__(self, wait: timedelta) -> None:
        self.wait = wait
        super().__init__(f"wait {wait}")


def sign_in(*, email: str, password: str, address: str, at: datetime) -> User | None:
    """The user of this address and password, None when they don't fit; which of the two does not is not told.

    It takes as long for an account that is not there. Raises TooManyTries.
    """
    wait = throttle.wait(address=address, account=email, at=at)
    if wait is not None:
        raise TooManyTries(wait)
    user = authenticate(None, username=email, password=password)
    if not isinstance(user, User):
        throttle.failed(address=address, account=email, at=at)
        return None
    with transaction.atomic():
        throttle.succeeded(address=address, account=email)
        audit.record("core.user.signed_in", subject=user, by=user, at=at)
    return user


def needs_set_up() -> bool:
    """Whether there is no administrator yet; others may have been added on the command line already."""
    return not User.objects.administrators().exists()


def make_set_up_token() -> str:
    """A fresh token for the set-up page, to be printed in the terminal. Only its hash is stored; an older one is void."""
    token = secrets.token_urlsafe(24)
    installation.put(_TOKEN, hashlib.sha256(token.encode()).hexdigest())
    return token


def is_set_up_token(token: str) -> bool:
    """Whether this is the token that was printed last, and there is no administrator yet."""
    stored = installation.get(_TOKEN, "")
    given = hashlib.sha256(token.encode()).hexdigest()
    return bool(token) and hmac.compare_digest(stored, given) and needs_set_up()


@transaction.atomic
def set_up(
    *, token: str, email: str, name: str, password: str, organisation: str, language: str, at: datetime
) -> User:
    """Make the first administrator and name the organisation. The token is used up.

    Raises AccessDenied when the token is not the right one, ValidationError on the address or password.
    """
    if not is_set_up_token(token):
        raise access.AccessDenied("core.setup")
    user = users.add_first(email=email, name=name, password=password, language=language, at=at)
    installation.put(_TOKEN, None)
    guests.close_house()
    installation.change(by=user, at=at, organisation=organisation, language=language)
    return user
