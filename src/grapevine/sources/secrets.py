"""Secret settings at rest, sealed."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from grapevine.connectors.base import CredentialError
from grapevine.core import seals

_PURPOSE = "sources.credential"


def seal(values: Mapping[str, str]) -> bytes:
    """The values, unreadable without the installation's secret."""
    return seals.seal(msgspec.json.encode(dict(values)), purpose=_PURPOSE)


def unseal(sealed: bytes) -> dict[str, str]:
    """The values again. Raises CredentialError when the secret is another than the one they were sealed with."""
    try:
        return msgspec.json.decode(seals.unseal(sealed, purpose=_PURPOSE), type=dict[str, str])
    except seals.Unreadable:
        raise CredentialError("credentials_missing") from None
