"""What rooms above may know of people: plain values."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol

from django.utils.functional import Promise

from grapevine.people.orders import Order

__all__ = ["Order", "Seen", "Tie", "TieGiver", "address", "give_ties", "givers", "origin"]


@dataclass
class Seen:
    """An author met in a batch of posts: as named in the latest of them, and when the earliest and the latest were published."""

    external_id: str
    handle: str
    name: str
    url: str
    followers: int | None
    first_at: datetime
    last_at: datetime


_origins: dict[str, Callable[[int], str]] = {}


def origin(of: str, address: Callable[[int], str]) -> None:
    """Say on which page a person finds what promises and facts name as their origin: `of`, by its number."""
    _origins[of] = address


def address(of: str, of_id: int | None) -> str:
    """The page where something was said; empty when no room says."""
    return _origins[of](of_id) if of_id is not None and of in _origins else ""


class Tie(NamedTuple):
    """Somebody listens to somebody, both by identity: it was seen at a moment, and counts so many times the weight of a tie that is given."""

    speaker: int
    listener: int
    at: datetime
    weight: float = 1.0


class TieGiver(Protocol):
    """A room that knows who listens to whom, and gives it to networks: who brought whom, who recommended whom.

    `name` is `room.what` and stays the same for ever; `label` is what people call it. With `fades` a tie counts for less the longer ago it
    was seen, as an answer does; without, it stands, as following does.
    """

    @property
    def name(self) -> str: ...

    @property
    def label(self) -> str | Promise: ...

    @property
    def fades(self) -> bool: ...

    def ties(self, *, since: datetime, until: datetime) -> Iterator[Tie]:
        """The ties seen in that time, both ends included, in any order, each as often as it was seen. Streamed: there may be millions.

        What stands (`fades` is false) is given whenever it began.
        """
        ...


_givers: dict[str, TieGiver] = {}


def give_ties(giver: TieGiver) -> None:
    """Let a giver's ties count in networks that are made from now on. Called when Django starts. Raises ValueError when its name is taken."""
    if giver.name in _givers:
        raise ValueError(f"{giver.name} gives ties already")
    _givers[giver.name] = giver


def givers() -> list[TieGiver]:
    """All givers, by name."""
    return [_givers[name] for name in sorted(_givers)]
