"""Audiences as rooms above take them over: who is to be briefed, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Member:
    """Somebody to be briefed: an identity, their place in the order of choice, how many more are reached with them (None: unknown), and the
    reasons in words, in the language of whoever asks."""

    identity_id: int
    place: int
    gain: float | None
    why: tuple[str, ...]


@dataclass(frozen=True)
class Kept:
    """An audience that was kept under a name. `members` are those who were not taken out and may be contacted at the moment of asking; before
    anybody is written to, `people.selectors.contact.refusal` is asked again."""

    id: int
    name: str
    kept_at: datetime
    members: tuple[Member, ...]
