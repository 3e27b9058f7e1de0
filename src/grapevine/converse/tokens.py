"""Secrets that stand in links we send: made here, and kept as a digest only."""

from __future__ import annotations

import hashlib
import secrets


def new() -> str:
    """A token nobody can guess."""
    return secrets.token_urlsafe(16)


def digest_of(token: str) -> str:
    """Under what it is found."""
    return hashlib.sha256(token.encode()).hexdigest()
