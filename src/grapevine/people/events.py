"""News of people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class IdentitiesForgotten:
    """Nothing is left of these identities but their numbers."""

    identity_ids: tuple[int, ...]
    at: datetime
