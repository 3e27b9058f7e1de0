"""News of people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class IdentitiesForgotten:
    """Nothing is left of these identities but their numbers."""

    identity_ids: tuple[int, ...]
    at: datetime


@dataclass(frozen=True)
class FactNoted:
    """Something is remembered of somebody from now on."""

    identity_id: int
    fact_id: int
    at: datetime


@dataclass(frozen=True)
class ProposalsMade:
    """A message suggests things to remember; `of`/`of_id` name it."""

    identity_id: int
    of: str
    of_id: int
    proposals: int
    at: datetime


@dataclass(frozen=True)
class PromiseMade:
    """Somebody of the house said that they would do something."""

    promise_id: int
    identity_id: int
    owner_id: int | None
    at: datetime


@dataclass(frozen=True)
class PromiseMoved:
    """A promise is done, dropped, put off or open again."""

    promise_id: int
    identity_id: int
    state: str
    at: datetime


@dataclass(frozen=True)
class PersonsJoined:
    """Two identities are one person from now on."""

    join_id: int
    person_id: int
    way: str
    at: datetime


@dataclass(frozen=True)
class JoinUndone:
    """They are not one person after all."""

    join_id: int
    at: datetime


@dataclass(frozen=True)
class ContactRefused:
    """We do not write to somebody any longer, on `channel` (or on none, when that is empty)."""

    identity_id: int
    channel: str
    at: datetime


@dataclass(frozen=True)
class ContactAllowed:
    """We may write to somebody again."""

    identity_id: int
    channel: str
    at: datetime


@dataclass(frozen=True)
class ConsentGiven:
    """Somebody agreed to something."""

    identity_id: int
    purpose: str
    at: datetime


@dataclass(frozen=True)
class ConsentWithdrawn:
    """Somebody took back what they had agreed to."""

    identity_id: int
    purpose: str
    at: datetime


@dataclass(frozen=True)
class PurchasesReceived:
    """Purchases came in, new or changed."""

    purchase_ids: tuple[int, ...]
    at: datetime
