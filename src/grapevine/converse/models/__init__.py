"""The nouns of converse: conversations we take part in, and what is done with them."""

from grapevine.converse.models.desk import Team
from grapevine.converse.models.threads import (
    Direction,
    Draft,
    Label,
    Message,
    MessageState,
    Naming,
    Presence,
    Priority,
    Rearrangement,
    SavedView,
    Seen,
    Status,
    Thread,
)

__all__ = [
    "Direction",
    "Draft",
    "Label",
    "Message",
    "MessageState",
    "Naming",
    "Presence",
    "Priority",
    "Rearrangement",
    "SavedView",
    "Seen",
    "Status",
    "Team",
    "Thread",
]
