"""A blog that can be answered, and what is said there, for tests of conversations."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from grapevine.connectors.base import Post
from grapevine.converse.models import Message, Thread
from grapevine.core.testing import NOON
from grapevine.listen import testing as listen
from grapevine.sources import testing as sources
from grapevine.sources.testing import Source

COMPLAINT = "I am very angry at Elsinore: my coffee machine broke after two days and nobody answers. This is terrible service!"
CHAT = "Elsinore is a castle in Denmark"


def make_blog(name: str = "Elsinore Blog", **values: Any) -> Source:
    """A WordPress that we may answer on."""
    settings = {"url": "https://blog.elsinore.example", "user": "gertrude", "password": "hush"}
    return sources.make_source(name=name, connector="wordpress", settings=settings, created_at=NOON, **values)


def listening() -> Any:
    """Our brand with its watch."""
    brand = listen.make_brand(name="Elsinore", ours=True)
    return listen.make_watch(brand=brand, query="elsinore")


def comment(text: str = COMPLAINT, **values: Any) -> Post:
    values.setdefault("kind", "comment")
    values.setdefault("at", NOON)
    return sources.heard(text, **values)


def letter(text: str = "Where is my parcel?", **values: Any) -> Post:
    return comment(text, kind="message", **values)


def hear(source: Source, *posts: Post, at: datetime = NOON + timedelta(minutes=5), **values: Any) -> None:
    sources.store(source, *posts, at=at, **values)


def only_thread() -> Thread:
    return Thread.objects.get(merged_into=None)


def said(thread: Thread) -> list[tuple[str, str]]:
    """Who said what, in the conversation's order, without events."""
    rows = Message.objects.filter(thread=thread).exclude(direction="event").order_by("at", "pk")
    return [(row.direction, row.text) for row in rows]
