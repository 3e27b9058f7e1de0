"""Makers for tests: people who sign in, and what was told and written meanwhile."""

from __future__ import annotations

import itertools
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from django.test import Client

from grapevine.core import news
from grapevine.core.models import ApiToken, AuditEntry, Job, User
from grapevine.core.models.users import Role

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
PASSWORD = "a long walk in the rain"
ROLES = ("reader", "member", "lead", "administrator")
_NAMES = {"reader": "Ophelia", "member": "Horatio", "lead": "Gertrude", "administrator": "Hamlet"}
_numbers = itertools.count(1)


def make_user(*, role: str = "member", name: str = "", email: str = "", password: str = PASSWORD) -> User:
    """Somebody with a role. Names come from a castle in Denmark unless given."""
    name = name or _NAMES[role]
    user = User(email=email or f"{name.lower()}{next(_numbers)}@elsinore.example", name=name, role=Role(role))
    user.set_password(password)
    user.save()
    return user


def signed_in(role: str = "member", *, user: User | None = None) -> Client:
    """A browser in which somebody of this role (or `user`) has signed in. The user is `client.user`."""
    client = Client()
    client.user = user or make_user(role=role)  # type: ignore[attr-defined]
    client.force_login(client.user)  # type: ignore[attr-defined]
    return client


def deeds() -> list[str]:
    """What the audit says was done, the oldest first."""
    return list(AuditEntry.objects.order_by("id").values_list("action", flat=True))


@contextmanager
def heard(*kinds: type) -> Iterator[list[Any]]:
    """Collect news of these kinds while the block runs.

    In a test's own transaction nothing is committed: take pytest-django's `django_capture_on_commit_callbacks(execute=True)`
    around what tells, or a transactional test.
    """
    told: list[Any] = []
    with news.listening(told.append, *kinds):
        yield told


def make_job() -> Job:
    """A job that waits."""
    return Job.objects.create(kind="core.tidy", run_at=NOON, created_at=NOON)


def make_token(user: User | None = None) -> ApiToken:
    """A key of somebody."""
    return ApiToken.objects.create(
        user=user or make_user(), name="a program", digest=secrets.token_hex(32), hint="abcd", created_at=NOON
    )
