"""News this room tells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class UserAdded:
    """Somebody may sign in from now on."""

    user_id: int
    at: datetime


@dataclass(frozen=True)
class UserRoleChanged:
    """Somebody may do more, or less, than before."""

    user_id: int
    role: str
    at: datetime


@dataclass(frozen=True)
class UserDeactivated:
    """Somebody may not sign in any longer."""

    user_id: int
    at: datetime
