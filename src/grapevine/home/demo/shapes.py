"""The plain values the demo's story is made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from grapevine.connectors import base

Mood = Literal["negative", "neutral", "positive"]
Persona = Literal[
    "fan", "critic", "employee", "supplier", "barista", "passer-by", "spammer", "journalist", "brand"
]


@dataclass(frozen=True)
class Brand:
    """A brand people talk about. `forms` are its spellings with their weights, `things` its products by slot."""

    key: str
    name: str
    ours: bool
    description: str
    site: str
    handles: dict[str, str]
    forms: dict[str, float]
    things: dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Watch:
    """A standing query of a brand, in the watch language."""

    key: str
    brand: str
    name: str
    query: str


@dataclass(frozen=True)
class Source:
    """Where posts come from. `connector` is the kind of shelf that would fetch it; `terms` say what is allowed."""

    key: str
    name: str
    connector: Literal["feed", "wordpress", "file"]
    url: str
    terms: str
    retention_days: int


@dataclass(frozen=True)
class SavedFilter:
    """A suggestion for a filter of the stream: `where` by field (brand, watch, source, language, search)."""

    name: str
    where: dict[str, str]


@dataclass(frozen=True)
class Author:
    """Somebody who writes. `external_id` is the same in every source of `sources`; `followers` counts people
    outside the story too. `voice` is how they write, `circle` which community they belong to."""

    external_id: str
    handle: str
    name: str
    lang: str
    city: str
    country: str
    persona: Persona
    circle: str
    voice: str
    followers: int
    sources: tuple[str, ...]
    activity: float
    emoji: float
    typos: float
    brand: str = ""

    def as_author(self) -> base.Author:
        """As a connector would name them."""
        return base.Author(
            external_id=self.external_id,
            handle=self.handle,
            name=self.name,
            url=f"https://torget.example/@{self.handle}",
            followers=self.followers,
        )


@dataclass(frozen=True)
class Follow:
    """`follower` listens to `followed` (external ids), so talk flows from the second to the first."""

    follower: str
    followed: str
    since: datetime


@dataclass(frozen=True)
class Truth:
    """What is really so about a post, for tests and for later rooms to measure themselves against.

    `brand` is whom it is about, `names` which brands its text names, `about` its topic. `arc` is "storm" or
    "campaign"; `brought_by` the author, `brought_by_post` the post that carried it to the writer, over a follow.
    `copy_of` is the post that this one repeats nearly word for word.
    """

    lang: str
    mood: Mood
    theme: str
    topic: str
    intents: tuple[str, ...] = ()
    brand: str = ""
    names: tuple[str, ...] = ()
    off_topic: bool = False
    spam: bool = False
    arc: str = ""
    brought_by: str = ""
    brought_by_post: str = ""
    copy_of: str = ""


@dataclass(frozen=True)
class StoryPost:
    """One post of the story: in which source, what a connector yields, and the truth."""

    source: str
    post: base.Post
    truth: Truth


@dataclass(frozen=True)
class Story:
    """Everything the demo loads. `posts` are sorted by time."""

    until: datetime
    seed: int
    brands: tuple[Brand, ...]
    watches: tuple[Watch, ...]
    sources: tuple[Source, ...]
    authors: tuple[Author, ...]
    follows: tuple[Follow, ...]
    filters: tuple[SavedFilter, ...]
    posts: tuple[StoryPost, ...] = field(repr=False)
