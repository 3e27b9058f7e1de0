"""What converse does with every batch of posts, in the transaction that stores them (see `sources.contracts.intake`)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from grapevine.connectors.base import Post
from grapevine.converse.actions import joining, leaving
from grapevine.sources.contracts.intake import SourceFacts, Stored


class Answering:
    """Opens threads, continues them, and shows in them what was changed and taken away there."""

    name = "converse"

    def begin(self) -> None:
        """Nothing to get ready."""

    def prepare(self, source: SourceFacts, posts: Sequence[Post]) -> None:
        """Nothing that could be known without the threads."""

    def take(self, stored: Stored, prepared: Any) -> None:
        if stored.gone:
            leaving.posts([one.id for one in stored.gone], at=stored.at)
        if stored.changed:
            joining.review(stored)
        if stored.new:
            joining.hear(stored)

    def part(self, source: SourceFacts) -> None:
        leaving.source(source.id)
