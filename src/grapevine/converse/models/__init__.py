"""The nouns of converse: conversations we take part in, and what is done with them."""

from grapevine.converse.models.aftercare import FollowUp, Score, Survey
from grapevine.converse.models.desk import ClosedDay, Colleague, HandOver, Seat, Shift, Target, Team
from grapevine.converse.models.guidelines import (
    CheckTaken,
    Edition,
    EditionKind,
    SaidBand,
    SaidBefore,
    Snippet,
    SnippetKind,
)
from grapevine.converse.models.inbox import (
    SETTING,
    AnswerFile,
    Deed,
    Draft,
    Presence,
    Rearrangement,
    SavedView,
    Seen,
)
from grapevine.converse.models.mandates import Approval, ApprovalState, Mandate, MandateVersion, SpeaksAs
from grapevine.converse.models.routing import Rule
from grapevine.converse.models.tallies import Kind, Rollup, Tally, Turn
from grapevine.converse.models.threads import (
    Direction,
    Label,
    Message,
    MessageState,
    Naming,
    Priority,
    Status,
    Thread,
)
from grapevine.converse.models.triage import Removal, RemovalHow, RemovalState, Triage, TriageDay

__all__ = [
    "SETTING",
    "AnswerFile",
    "Approval",
    "ApprovalState",
    "CheckTaken",
    "ClosedDay",
    "Colleague",
    "Deed",
    "Direction",
    "Draft",
    "Edition",
    "EditionKind",
    "FollowUp",
    "HandOver",
    "Kind",
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
    "Rollup",
    "Rule",
    "SaidBand",
    "SaidBefore",
    "SavedView",
    "Score",
    "Seat",
    "Seen",
    "Shift",
    "Snippet",
    "SnippetKind",
    "SpeaksAs",
    "Status",
    "Survey",
    "Tally",
    "Target",
    "Team",
    "Thread",
    "Triage",
    "TriageDay",
    "Turn",
]
