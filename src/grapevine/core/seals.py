"""Secrets at rest: sealed with a key derived from the installation's secret, so that a copy of the database gives none away."""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class Unreadable(ValueError):
    """It was sealed with another installation's secret, or for another purpose."""


def seal(value: bytes, *, purpose: str) -> bytes:
    """The value, unreadable without the installation's secret. `purpose` names what it is for: whoever learns one key learns no other."""
    return _box(purpose).encrypt(value)


def unseal(sealed: bytes, *, purpose: str) -> bytes:
    """The value again. Raises Unreadable."""
    try:
        return _box(purpose).decrypt(bytes(sealed))
    except InvalidToken:
        raise Unreadable(purpose) from None


def _box(purpose: str) -> Fernet:
    # HKDF (RFC 5869) makes a key for one purpose.
    derived = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=f"grapevine.{purpose}".encode())
    return Fernet(base64.urlsafe_b64encode(derived.derive(settings.SECRET_KEY.encode())))
