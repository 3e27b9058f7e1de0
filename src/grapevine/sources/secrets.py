"""Secret settings at rest: sealed with a key derived from the installation's secret, so that a copy of the database gives none away."""

from __future__ import annotations

import base64
from collections.abc import Mapping

import msgspec
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from grapevine.connectors.base import CredentialError


def seal(values: Mapping[str, str]) -> bytes:
    """The values, unreadable without the installation's secret."""
    return _box().encrypt(msgspec.json.encode(dict(values)))


def unseal(sealed: bytes) -> dict[str, str]:
    """The values again. Raises CredentialError when the secret is another than the one they were sealed with."""
    try:
        return msgspec.json.decode(_box().decrypt(bytes(sealed)), type=dict[str, str])
    except InvalidToken:
        raise CredentialError("credentials_missing") from None


def _box() -> Fernet:
    # HKDF (RFC 5869) makes a key for this one purpose: whoever learns it learns nothing of sessions and their like.
    derived = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"grapevine.sources.credential")
    return Fernet(base64.urlsafe_b64encode(derived.derive(settings.SECRET_KEY.encode())))
