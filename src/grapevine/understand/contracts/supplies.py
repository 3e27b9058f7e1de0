"""Where texts to be labelled come from: rooms above register a supply when Django starts; this room knows no posts and no brands.

A *scope* is a short text, such as `brand:12`, under which corrections are kept and learnt from. It belongs to the supply that names it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol


@dataclass(frozen=True)
class Scope:
    """A scope as people know it. `colour` is its place in the palette, None for none."""

    key: str
    name: str
    colour: int | None = None


@dataclass(frozen=True)
class Candidate:
    """A text that may be labelled or corrected. `author` is its author's id at the platform, `source_id` and `source` where it came from."""

    subject_id: int
    text: str
    lang: str
    source_id: int | None
    source: str
    author: str
    published_at: datetime
    href: str = ""


class Supply(Protocol):
    """What a room gives to be labelled. `subject` is what its texts are, such as "post"."""

    subject: str

    def scopes(self, by: Any) -> list[Scope]:
        """All scopes that somebody may see, in their order."""
        ...

    def candidates(self, scope: str, *, since: datetime, limit: int) -> Sequence[Candidate]:
        """At most `limit` texts of a scope since then, spread over the time; asks no more of the store than a page may."""
        ...

    def some(self, scope: str, subject_ids: Collection[int]) -> dict[int, Candidate]:
        """These texts, as far as they are (still) there and in that scope."""
        ...


_supplies: dict[str, Supply] = {}


def register(supply: Supply) -> None:
    """Add a supply, or put another in place of the one for the same subject."""
    _supplies[supply.subject] = supply


def of(subject: str) -> Supply | None:
    """The supply of a subject."""
    return _supplies.get(subject)


def all_scopes(by: Any) -> list[tuple[str, Scope]]:
    """The scopes of all supplies that somebody may see, each with its subject."""
    return [(supply.subject, scope) for supply in _supplies.values() for scope in supply.scopes(by)]
