"""What rooms above may know of people: plain values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


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
