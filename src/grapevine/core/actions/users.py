"""What is done with users: adding, roles, passwords, leaving."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext_lazy as _

from grapevine.core import access, audit, news
from grapevine.core.events import UserAdded, UserDeactivated, UserRoleChanged
from grapevine.core.models import ApiToken, User
from grapevine.core.models.users import Role


class LastAdministrator(Exception):
    """Without an administrator nobody could ever make one again."""


class AddressTaken(Exception):
    """Somebody has this e-mail address already."""


@transaction.atomic
def add(
    *,
    email: str,
    name: str,
    role: str,
    by: Any,
    at: datetime,
    password: str | None = None,
    language: str = "",
) -> User:
    """Add somebody; without a password they choose one by the link of `link_to_password`.

    Tells UserAdded. Raises AccessDenied, AddressTaken, ValidationError (address or password).
    """
    access.require(by, "core.users.change")
    return _add(email=email, name=name, role=role, by=by, at=at, password=password, language=language)


def _add(
    *, email: str, name: str, role: str, by: Any, at: datetime, password: str | None, language: str
) -> User:
    email = User.objects.tidied(email)
    validate_email(email)
    if User.objects.filter(email=email).exists():
        raise AddressTaken(email)
    user = User(email=email, name=name.strip() or email, role=Role(role), language=language)
    if password is not None:
        validate_password(password, user)
    user.set_password(password)
    user.save()
    audit.record("core.user.added", subject=user, by=by, at=at, role=user.role)
    news.tell(UserAdded(user_id=user.pk, at=at))
    return user


@transaction.atomic
def add_first(*, email: str, name: str, password: str, language: str, at: datetime) -> User:
    """Make the first administrator: by the set-up page only, which knows the terminal's token. Tells UserAdded."""
    if User.objects.administrators().exists():
        raise access.AccessDenied("core.setup")
    return _add(
        email=email,
        name=name,
        role=Role.ADMINISTRATOR,
        by=access.SYSTEM,
        at=at,
        password=password,
        language=language,
    )


@transaction.atomic
def change_role(*, user: User, role: str, by: Any, at: datetime) -> None:
    """Let somebody do more or less. Tells UserRoleChanged. Raises AccessDenied, LastAdministrator."""
    access.require(by, "core.users.change")
    user = User.objects.select_for_update().get(pk=user.pk)
    if user.role == role:
        return
    if role != Role.ADMINISTRATOR:
        _keep_one_administrator(user)
    before, user.role = user.role, Role(role)
    user.save(update_fields=["role"])
    audit.record("core.user.role_changed", subject=user, by=by, at=at, before=before, after=user.role)
    news.tell(UserRoleChanged(user_id=user.pk, role=user.role, at=at))


@transaction.atomic
def deactivate(*, user: User, by: Any, at: datetime) -> None:
    """Let somebody in no longer: sessions and tokens end at once. Tells UserDeactivated.

    Raises AccessDenied, LastAdministrator.
    """
    access.require(by, "core.users.change")
    user = User.objects.select_for_update().get(pk=user.pk)
    _keep_one_administrator(user)
    user.is_active = False
    user.save(update_fields=["is_active"])
    ApiToken.objects.filter(user=user).delete()
    audit.record("core.user.deactivated", subject=user, by=by, at=at)
    news.tell(UserDeactivated(user_id=user.pk, at=at))


@transaction.atomic
def reactivate(*, user: User, by: Any, at: datetime) -> None:
    """Let somebody in again. Raises AccessDenied."""
    access.require(by, "core.users.change")
    user.is_active = True
    user.save(update_fields=["is_active"])
    audit.record("core.user.reactivated", subject=user, by=by, at=at)


def _keep_one_administrator(user: User) -> None:
    # The rows are locked, so that two who step down at once don't both find the other still there.
    others = User.objects.administrators().exclude(pk=user.pk).select_for_update()
    if user.is_administrator and not list(others[:1]):
        raise LastAdministrator


@transaction.atomic
def link_to_password(*, user: User, by: Any, at: datetime) -> tuple[str, str]:
    """The two parts of a one-time link by which `user` chooses a password. It is good for three days and one use.

    Raises AccessDenied.
    """
    access.require(by, "core.users.change")
    audit.record("core.user.password_link_made", subject=user, by=by, at=at)
    return urlsafe_base64_encode(force_bytes(user.pk)), default_token_generator.make_token(user)


@transaction.atomic
def set_password(*, user: User, password: str, by: Any, at: datetime) -> None:
    """Set a password; all other sessions of the user end. Raises AccessDenied, ValidationError."""
    if by is not user and by != user:
        access.require(by, "core.users.change")
    validate_password(password, user)
    user.set_password(password)
    user.save(update_fields=["password"])
    audit.record("core.user.password_set", subject=user, by=by, at=at)


@transaction.atomic
def change_own_password(*, user: User, old: str, new: str, at: datetime) -> None:
    """Change one's own password, knowing the old one. Raises AccessDenied, ValidationError."""
    access.require(user, "core.own.change")
    if not user.check_password(old):
        raise ValidationError({"old": _("This is not your present password.")})
    set_password(user=user, password=new, by=user, at=at)


@transaction.atomic
def change_own(
    *, user: User, name: str, language: str, time_zone: str, appearance: str, at: datetime
) -> None:
    """Change one's own name and how one sees things. Raises AccessDenied."""
    access.require(user, "core.own.change")
    user.name, user.language, user.time_zone, user.appearance = name, language, time_zone, appearance
    user.save(update_fields=["name", "language", "time_zone", "appearance"])
    audit.record("core.user.changed", subject=user, by=user, at=at)


def set_appearance(*, user: User, appearance: str) -> None:
    """Light, dark or as the device has it. A matter of taste, so it leaves no audit entry."""
    User.objects.filter(pk=user.pk).update(appearance=appearance)


def set_language(*, user: User, language: str) -> None:
    """The language one reads. A matter of taste, so it leaves no audit entry."""
    User.objects.filter(pk=user.pk).update(language=language)
