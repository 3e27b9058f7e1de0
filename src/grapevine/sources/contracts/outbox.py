"""The outbox as the rooms above see it: what they may put in, and how they are told what became of it.

A reply is written down in the transaction of whoever wants it (`sources.actions.outbox.put`); a worker sends it, once. Each row is somebody's:
`of` names whose (`converse.message`), `of_id` which. Whoever puts rows in registers a `Keeper` for that name when Django starts. It is asked
at the moment of sending whether the row may still go, and told how it ended, **inside the transaction** that stores it, so that
the room above never lags behind and no kill comes between.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol


@dataclass(frozen=True)
class Proof:
    """The ground on which a reply is called sent: what the platform answered, or (`by_word`) a person who looked there.

    `state` is published, held (there, for a moderator) or removed (what a removal asked for). `found` says that it was there already, from an
    earlier attempt that was cut short.
    """

    external_id: str
    url: str
    state: Literal["published", "held", "removed"]
    sent_at: datetime
    found: bool = False
    by_word: bool = False


@dataclass(frozen=True)
class Refusal:
    """Why something may no longer go: a code of its keeper's, which `Keeper.words` puts into words, and what fills them."""

    code: str
    params: Mapping[str, Any] = field(default_factory=dict)


Ending = Literal["failed", "unclear", "stopped", "cancelled"]
"""How a row ends that wasn't sent: a person must act; nobody knows whether it arrived; its keeper (or the house) said no; taken back."""


class Keeper(Protocol):
    """Who put something in. All but `words` is called inside a transaction; what is raised undoes it, and it is tried again."""

    def hold(self, of: str, ids: Collection[int]) -> None:
        """Lock what of its own it will change, before the outbox locks its rows: its keeper's rows come first, everywhere."""
        ...

    def may_go(self, of: str, of_id: int, at: datetime) -> Refusal | None:
        """Whether it may still go, asked right before each attempt. None: it may."""
        ...

    def went(self, of: str, of_id: int, proof: Proof, at: datetime) -> None:
        """It is there."""
        ...

    def failed(
        self, of: str, of_id: int, state: Ending, code: str, params: Mapping[str, Any], at: datetime
    ) -> None:
        """It isn't sent and isn't tried again by itself. `selectors.outbox.words` says why."""
        ...

    def held(self, of: str, of_id: int, code: str, params: Mapping[str, Any], at: datetime) -> None:
        """It waits until somebody gives the source credentials that work."""
        ...

    def released(self, of: str, of_id: int, at: datetime) -> None:
        """It waits for its turn again: after a hold, or because a person sends it once more."""
        ...

    def words(self, code: str, params: Mapping[str, Any]) -> str:
        """A refusal of its own in the reader's language, and what to do about it."""
        ...


_keepers: dict[str, Keeper] = {}
_addresses: dict[str, Callable[[int], str]] = {}


def register(of: str, keeper: Keeper, *, address: Callable[[int], str] | None = None) -> None:
    """Say who keeps rows of this name, and on which page a person finds one by its number. Raises ValueError when somebody does already."""
    if of in _keepers:
        raise ValueError(f"somebody keeps {of!r} already")
    _keepers[of] = keeper
    if address is not None:
        _addresses[of] = address


def keeper(of: str) -> Keeper:
    """Who keeps rows of this name. Raises KeyError."""
    return _keepers[of]


def address(of: str, of_id: int) -> str:
    """The page on which a person finds it; empty when there is none."""
    found = _addresses.get(of)
    return found(of_id) if found is not None else ""
