"""Questions about users and their keys."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.tokens import default_token_generator
from django.http import Http404
from django.utils.http import urlsafe_base64_decode

from grapevine.core import access
from grapevine.core.models import User


@dataclass(frozen=True)
class UserRow:
    """A user as the administrator's page lists them."""

    id: int
    name: str
    email: str
    role: str
    role_name: str
    is_active: bool
    last_seen_at: datetime | None
    is_self: bool


@dataclass(frozen=True)
class TokenRow:
    """A key as its owner's page lists it."""

    id: int
    name: str
    hint: str
    created_at: datetime
    last_used_at: datetime | None


def any_user() -> bool:
    """Whether anybody was made a user yet."""
    return User.objects.exists()


def all_for(by: Any) -> list[UserRow]:
    """All users, those who may sign in first. Raises AccessDenied."""
    access.require(by, "core.users.see")
    return [
        UserRow(
            id=user.pk,
            name=user.name,
            email=user.email,
            role=user.role,
            role_name=user.get_role_display(),
            is_active=user.is_active,
            last_seen_at=user.last_seen_at,
            is_self=user.pk == by.pk,
        )
        for user in User.objects.order_by("-is_active", "name", "pk")
    ]


def reachable_by(by: Any, user_id: int) -> User:
    """A user, for somebody who may see users. Raises AccessDenied, Http404."""
    access.require(by, "core.users.see")
    user = User.objects.filter(pk=user_id).first()
    if user is None:
        raise Http404("no such user")
    return user


def of_link(uid: str, token: str) -> User | None:
    """The user whom a one-time password link was made for; None when it is used up, too old or false."""
    try:
        user = User.objects.active().filter(pk=int(urlsafe_base64_decode(uid))).first()
    except (ValueError, OverflowError):
        return None
    return user if user is not None and default_token_generator.check_token(user, token) else None


def tokens_of(user: User) -> list[TokenRow]:
    """One's own keys."""
    return [TokenRow(t.pk, t.name, t.hint, t.created_at, t.last_used_at) for t in user.tokens.all()]


def of_address(email: str) -> User | None:
    """The user of an e-mail address, for the command line on the machine itself."""
    return User.objects.filter(email=User.objects.tidied(email)).first()
