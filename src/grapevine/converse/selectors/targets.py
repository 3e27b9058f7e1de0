"""Reply times as their page shows them: for all channels, and for each that somebody writes to us on."""

from __future__ import annotations

from dataclasses import dataclass

from grapevine.converse.models import Target
from grapevine.converse.targets import USUAL, Aim
from grapevine.sources.selectors import shown


@dataclass(frozen=True)
class Channel:
    """A channel with its own aims, and those that hold where it has none. `sources` are the names of what we hear by it."""

    name: str
    sources: tuple[str, ...]
    aims: dict[int, Aim]
    otherwise: dict[int, Aim]


def channels() -> list[Channel]:
    """First what holds for all, then each channel that has sources or aims of its own."""
    own: dict[str, dict[int, Aim]] = {}
    for row in Target.objects.all():
        own.setdefault(row.channel, {})[row.priority] = Aim(row.minutes, row.by_clock)
    general = own.pop("", {})
    names: dict[str, list[str]] = {channel: [] for channel in own}
    for source in shown.source_names().values():
        names.setdefault(source.connector, []).append(source.name)
    rest = {**USUAL, **general}
    found = [Channel("", (), general, dict(USUAL))]
    return found + [Channel(name, tuple(names[name]), own.get(name, {}), rest) for name in sorted(names)]
