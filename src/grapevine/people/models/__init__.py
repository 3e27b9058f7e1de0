"""The nouns of people."""

from grapevine.people.models.identities import Identity, Person

__all__ = ["Identity", "Person"]
