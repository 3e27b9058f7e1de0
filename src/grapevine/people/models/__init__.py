"""The nouns of people."""

from grapevine.people.models.consents import Consent, DoNotContact, Opening
from grapevine.people.models.identities import Identity, Person
from grapevine.people.models.joins import Apart, Join
from grapevine.people.models.memory import Fact, Promise, Proposal
from grapevine.people.models.purchases import (
    Delivery,
    Holding,
    Key,
    ProfileLink,
    Purchase,
    PurchaseFile,
    RefusedRow,
    Shop,
)

__all__ = [
    "Apart",
    "Consent",
    "Delivery",
    "DoNotContact",
    "Fact",
    "Holding",
    "Identity",
    "Join",
    "Key",
    "Opening",
    "Person",
    "ProfileLink",
    "Promise",
    "Proposal",
    "Purchase",
    "PurchaseFile",
    "RefusedRow",
    "Shop",
]
