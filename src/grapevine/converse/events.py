"""News of the converse room: what happened in conversations, and to who may speak in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class MandateChanged:
    """A mandate was given, changed, accepted or withdrawn. `what` is one of these."""

    mandate_id: int
    user_id: int
    what: str
    at: datetime


@dataclass(frozen=True)
class MandateEnding:
    """A mandate ends soon, and nobody was reminded of this end before."""

    mandate_id: int
    user_id: int
    ends_on: date
    at: datetime


@dataclass(frozen=True)
class ReplyHeld:
    """A reply waits for approval."""

    approval_id: int
    message_id: int
    thread_id: int
    at: datetime


@dataclass(frozen=True)
class ReplyDecided:
    """A held reply was approved, changed (and approved), returned, or taken back by its author. `what` is one of these."""

    approval_id: int
    message_id: int
    thread_id: int
    user_id: int | None
    what: str
    at: datetime


@dataclass(frozen=True)
class EditionWritten:
    """A guideline, the check, the triage or the signature has a new version."""

    kind: str
    key: str
    number: int
    renews: bool
    at: datetime


@dataclass(frozen=True)
class ThreadJudged:
    """The triage of a thread was recorded, or recorded anew."""

    thread_id: int
    outcome: str
    before: str
    at: datetime


@dataclass(frozen=True)
class RemovalAsked:
    """Somebody wants words of others taken away at their platform."""

    removal_id: int
    message_id: int
    thread_id: int
    at: datetime


@dataclass(frozen=True)
class RemovalSettled:
    """The platform answered, or can't be asked: `state` as `Removal` keeps it."""

    removal_id: int
    message_id: int
    thread_id: int
    state: str
    at: datetime
