"""What spread does when a source is removed: its people are removed with it, so they leave everything here first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from grapevine.connectors.base import Post
from grapevine.people.selectors import every
from grapevine.sources.contracts.intake import SourceFacts, Stored
from grapevine.spread.actions import forgetting


class Parting:
    """Takes no part in storing posts: networks are read from the store when they are asked for."""

    name = "spread"

    def begin(self) -> None:
        pass

    def prepare(self, source: SourceFacts, posts: Sequence[Post]) -> None:
        return None

    def take(self, stored: Stored, prepared: Any) -> None:
        pass

    def part(self, source: SourceFacts) -> None:
        forgetting.everywhere(every.of_platform(source.platform))
