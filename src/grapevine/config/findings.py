"""What was found by looking: the words of `grapevine doctor`, and the register of those who look."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

State = Literal["ok", "warning", "failed"]


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: whether it works, and in words what was seen and what to do. Never a secret."""

    what: str
    state: State
    told: str


Look = Callable[[], Iterator[Finding]]
_looks: list[Look] = []


def look(function: Look) -> Look:
    """Register something to look at, once Django is awake and the database answers."""
    _looks.append(function)
    return function


def looks() -> list[Look]:
    """All that was registered."""
    return list(_looks)
