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


@dataclass(frozen=True)
class ThreadOpened:
    """A conversation began: by what was heard, or because a person picked it (`by_id`)."""

    thread_id: int
    by_id: int | None
    at: datetime


@dataclass(frozen=True)
class MessageHeard:
    """Somebody wrote in a conversation. `reopened` says that it had been answered, snoozed or resolved."""

    thread_id: int
    message_id: int
    reopened: bool
    at: datetime


@dataclass(frozen=True)
class ReplyWritten:
    """A colleague wrote an answer. `state` is approval, scheduled or waiting."""

    thread_id: int
    message_id: int
    by_id: int | None
    state: str
    at: datetime


@dataclass(frozen=True)
class ReplySent:
    """The platform has our answer, and said so."""

    thread_id: int
    message_id: int
    at: datetime


@dataclass(frozen=True)
class ReplyStuck:
    """An answer was not sent and waits for a person. `state` is failed, unclear, stopped or held."""

    thread_id: int
    message_id: int
    state: str
    at: datetime


@dataclass(frozen=True)
class NoteWritten:
    """A colleague left a note; `named` are those it names."""

    thread_id: int
    message_id: int
    named: tuple[int, ...]
    at: datetime


@dataclass(frozen=True)
class ThreadChanged:
    """Its status, assignee, team, labels or priority were changed. `what` is the audit's word for it."""

    thread_id: int
    what: str
    at: datetime


@dataclass(frozen=True)
class ThreadsRearranged:
    """Threads were merged, or one was split, or that was undone. `what` is one of these."""

    kept_id: int
    other_id: int
    what: str
    at: datetime
