"""What the start page is made of: how much is said of each brand, and what happened."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django import template

register = template.Library()


@dataclass(frozen=True)
class Pulse:
    """A brand since the last visit: its name, its place in the palette, where it leads, how many mentions, how many are
    usual for as long a time (None: not known), and the counts behind the small line. `rising` marks an unusual rise, with `note` saying how unusual.
    """

    name: str
    colour: int
    href: str
    count: int
    usual: float | None = None
    values: Sequence[int] = field(default_factory=tuple)
    note: Any = ""
    rising: bool = False


@register.inclusion_tag("ui/components/pulses.html")
def pulses(items: Iterable[Pulse]) -> dict[str, Any]:
    """Brands side by side, each with its figure and its line."""
    return {"pulses": list(items)}


@dataclass(frozen=True)
class Happening:
    """Something that happened: an icon, a sentence, where it leads, when, and its tone ("", good, warn, bad, info)."""

    text: Any
    icon: str = "dot"
    href: str = ""
    at: datetime | None = None
    tone: str = ""
    note: Any = ""


@register.inclusion_tag("ui/components/happenings.html")
def happenings(items: Iterable[Happening]) -> dict[str, Any]:
    """Happenings as a list, newest first as given."""
    return {"happenings": list(items)}
