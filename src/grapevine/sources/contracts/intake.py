"""The way of a post through the house: how rooms above take part in the transaction that stores it.

News comes after the commit, and what came after it could be lost by a kill. So a room that must keep step with the posts registers a
`Step` when Django starts. `sources.actions` calls every step inside the transaction that stores, changes or removes posts: either all of it
happens, or nothing, the cursor of the source included. Steps are taken in the order in which they were registered.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from grapevine.connectors.base import Post


@dataclass(frozen=True)
class SourceFacts:
    """What a step may know of the source. `platform` is the name space of its authors' ids."""

    id: int
    name: str
    connector: str
    platform: str
    is_demo: bool = False


@dataclass(frozen=True)
class Before:
    """A stored post as it was before: changed since, or gone."""

    id: int
    title: str
    text: str
    tags: str = "[]"  # JSON, as stored
    mentions: str = "[]"


@dataclass
class Stored:
    """What has just been written, not yet committed.

    `posts` is the batch as it was given to `prepare` (unless `altered`), `published` when they were published as the database takes it; `new`
    and `changed` are places in it, `new_ids` and `before` go with them one by one.
    `gone` are posts that no longer have a text: deleted at the platform, too old, erased, or removed with their source.
    """

    source: SourceFacts
    at: datetime
    posts: Sequence[Post] = ()
    published: Sequence[str] = ()
    new: Sequence[int] = ()
    new_ids: Sequence[int] = ()
    changed: Sequence[int] = ()
    before: Sequence[Before] = ()
    gone: Sequence[Before] = field(default_factory=list)
    altered: bool = False  # `posts` were put right since, so what was prepared of them holds no longer


class Step(Protocol):
    """What a room does with every batch of posts."""

    name: str

    def begin(self) -> None:
        """Called in the worker's own thread before `prepare`; may ask the database."""
        ...

    def prepare(self, source: SourceFacts, posts: Sequence[Post]) -> Any:
        """What can be computed from the posts alone. No database; may run in another thread while the batch before is written."""
        ...

    def take(self, stored: Stored, prepared: Any) -> None:
        """Write along, inside the transaction. `prepared` is None when posts are only removed."""
        ...

    def part(self, source: SourceFacts) -> None:
        """The source is removed, all its posts are gone: remove what else came of it. Inside the transaction."""
        ...


_steps: list[Step] = []


def register(step: Step) -> None:
    """Add a step. Raises ValueError when one of that name is there."""
    if any(one.name == step.name for one in _steps):
        raise ValueError(f"the step {step.name!r} is registered already")
    _steps.append(step)


def begin() -> None:
    """Let all steps get ready."""
    for step in _steps:
        step.begin()


def prepare(source: SourceFacts, posts: Sequence[Post]) -> list[Any]:
    """What all steps prepare for a batch, in their order."""
    return [step.prepare(source, posts) for step in _steps]


def take(stored: Stored, prepared: Sequence[Any] | None) -> None:
    """Let all steps write along."""
    if prepared is not None and stored.altered:
        prepared = prepare(stored.source, stored.posts)
    for number, step in enumerate(_steps):
        step.take(stored, prepared[number] if prepared is not None else None)


def part(source: SourceFacts) -> None:
    """Let all steps part from a source, the last registered first."""
    for step in reversed(_steps):
        step.part(source)
