"""The nouns of sources: where we hear from, and what was heard as it came."""

from grapevine.sources.models.follows import Follow
from grapevine.sources.models.imports import Import, ImportState, Rejected
from grapevine.sources.models.outbox import Outgoing, OutgoingFile, OutgoingKind, OutgoingState
from grapevine.sources.models.posts import Counter, Post, PostVersion, RawBlock
from grapevine.sources.models.sources import Credential, CredentialState, Source, SourceState

__all__ = [
    "Counter",
    "Credential",
    "CredentialState",
    "Follow",
    "Import",
    "ImportState",
    "Outgoing",
    "OutgoingFile",
    "OutgoingKind",
    "OutgoingState",
    "Post",
    "PostVersion",
    "RawBlock",
    "Rejected",
    "Source",
    "SourceState",
]
