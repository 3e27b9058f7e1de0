"""News of sources: ids and counts, told after the commit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class PostsStored:
    """A batch was stored: `new` posts, and `changed` ones that their authors edited."""

    source_id: int
    new: int
    changed: int
    at: datetime


@dataclass(frozen=True)
class PostsGone:
    """Posts have lost their text: deleted at the platform, too old, erased, or removed with their source."""

    source_id: int
    count: int
    at: datetime


@dataclass(frozen=True)
class SourceAdded:
    source_id: int
    at: datetime


@dataclass(frozen=True)
class SourceChanged:
    """Its name, settings or state. `state` is what it is now."""

    source_id: int
    state: str
    at: datetime


@dataclass(frozen=True)
class SourceRemoved:
    source_id: int
    at: datetime


@dataclass(frozen=True)
class ImportStarted:
    import_id: int
    source_id: int
    at: datetime


@dataclass(frozen=True)
class ImportEnded:
    """`state` is done, failed or cancelled."""

    import_id: int
    source_id: int
    state: str
    at: datetime


@dataclass(frozen=True)
class SourceFailed:
    """Reading failed for the first time after a success, or so that a person must act (`held`)."""

    source_id: int
    code: str
    held: bool
    at: datetime


@dataclass(frozen=True)
class OutgoingSent:
    """What somebody put into the outbox is there, by the platform's word or a person's. `state` is sent or moderated."""

    outgoing_id: int
    source_id: int
    of: str
    of_id: int
    state: str
    at: datetime


@dataclass(frozen=True)
class OutgoingFailed:
    """It isn't sent and isn't tried again by itself: a person must act. `state` is failed, unclear or stopped."""

    outgoing_id: int
    source_id: int
    of: str
    of_id: int
    state: str
    code: str
    at: datetime


@dataclass(frozen=True)
class OutboxHeld:
    """The platform no longer takes the source's credentials: nothing goes out until somebody has given new ones."""

    source_id: int
    code: str
    at: datetime


@dataclass(frozen=True)
class OutboxReleased:
    """What was held goes on."""

    source_id: int
    count: int
    at: datetime
