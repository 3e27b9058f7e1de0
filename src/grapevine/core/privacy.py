"""The registry of personal data: each room's `privacy.py` writes its holders into it.

A holder knows where personal data of a person or an identity lies in its room, hands it over and forgets it. A test of the house
walks all models: whatever leads to a person must be named by a holder.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Protocol


@dataclass(frozen=True)
class Subject:
    """Whom a request is about: a person, identities (rows of people) or a user of the house; whichever are known."""

    identity_ids: tuple[int, ...] = ()
    # (source id, the author's id at the platform): how rooms that don't know `people` find their rows
    authors: tuple[tuple[int, str], ...] = ()
    person_id: int | None = None
    user_id: int | None = None


class Holder(Protocol):
    """One place where personal data lies."""

    @property
    def name(self) -> str:
        """Such as "listen.mentions"."""
        ...

    @property
    def models(self) -> tuple[str, ...]:
        """Labels of the models it answers for, such as "listen.mention"."""
        ...

    @property
    def purpose(self) -> str: ...

    @property
    def retention(self) -> str: ...

    def hand_over(self, subject: Subject) -> list[dict[str, Any]]:
        """All it holds about the subject, as plain values."""
        ...

    def forget(self, subject: Subject) -> int:
        """Remove or blacken it; returns how many rows were touched."""
        ...


@dataclass
class _Registry:
    holders: dict[str, Holder] = field(default_factory=dict)


_registry = _Registry()


def register(holder: Holder) -> None:
    """Write a holder into the registry. Raises ValueError when its name is taken."""
    if holder.name in _registry.holders:
        raise ValueError(f"{holder.name} is registered already")
    _registry.holders[holder.name] = holder


def holders() -> list[Holder]:
    """All holders, by name."""
    return [_registry.holders[name] for name in sorted(_registry.holders)]


def from_the_top() -> list[Holder]:
    """All holders, those of upper rooms first: they still ask those below who somebody is, so what is below is forgotten after them."""
    return list(reversed(_registry.holders.values()))
