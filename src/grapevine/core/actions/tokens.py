"""Keys that programs show instead of a password."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import transaction

from grapevine.core import access, audit
from grapevine.core.models import ApiToken, User

PREFIX = "gv_"
_NOTE_EVERY = timedelta(minutes=5)  # so that a busy program does not turn every reading into a write


def digest_of(key: str) -> str:
    """What is stored of a key. A plain hash will do: keys are 256 random bits, nobody guesses them."""
    return hashlib.sha256(key.encode()).hexdigest()


@transaction.atomic
def create(*, user: User, name: str, at: datetime) -> str:
    """Make a key for `user` and return it: it can't be shown again. Raises AccessDenied."""
    access.require(user, "core.own.change")
    key = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        user=user, name=name[:80], digest=digest_of(key), hint=key[-4:], created_at=at
    )
    audit.record("core.token.created", subject=token, by=user, at=at)
    return key


@transaction.atomic
def revoke(*, user: User, token_id: int, at: datetime) -> bool:
    """Make one's own key worthless. False when there is none of that id. Raises AccessDenied."""
    access.require(user, "core.own.change")
    token = ApiToken.objects.filter(user=user, pk=token_id).first()
    if token is None:
        return False
    audit.record("core.token.revoked", subject=token, by=user, at=at)
    token.delete()
    return True


def note_use(*, token: ApiToken, at: datetime) -> None:
    """Note that a key was used, for its owner's page."""
    if token.last_used_at is None or at - token.last_used_at >= _NOTE_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=at)
