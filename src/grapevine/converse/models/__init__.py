"""The nouns of converse: conversations we take part in, and what is done with them."""

from grapevine.converse.models.desk import Team
from grapevine.converse.models.guidelines import (
    CheckTaken,
    Edition,
    EditionKind,
    SaidBand,
    SaidBefore,
    Snippet,
    SnippetKind,
)
from grapevine.converse.models.mandates import Approval, ApprovalState, Mandate, MandateVersion, SpeaksAs
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
from grapevine.converse.models.triage import Removal, RemovalHow, RemovalState, Triage, TriageDay

__all__ = [
    "Approval",
    "ApprovalState",
    "CheckTaken",
    "Direction",
    "Draft",
    "Edition",
    "EditionKind",
    "Label",
    "Mandate",
    "MandateVersion",
    "Message",
    "MessageState",
    "Naming",
    "Presence",
    "Priority",
    "Rearrangement",
    "Removal",
    "RemovalHow",
    "RemovalState",
    "SaidBand",
    "SaidBefore",
    "SavedView",
    "Seen",
    "Snippet",
    "SnippetKind",
    "SpeaksAs",
    "Status",
    "Team",
    "Thread",
    "Triage",
    "TriageDay",
]
