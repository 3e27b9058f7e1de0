"""What posts answer: the way from an answer up to what began it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from grapevine.core import bulk
from grapevine.sources import shelf
from grapevine.sources.models import Post, Source


class Place(NamedTuple):
    """Where a post stands at its platform: what it answers, and the conversation it belongs to."""

    id: int
    external_id: str
    parent_id: str
    thread_id: str
    author_id: str
    title: str

    @property
    def above(self) -> str:
        """What it answers; where a platform names only the conversation, that. Empty when it began one."""
        return self.parent_id or (self.thread_id if self.thread_id != self.external_id else "")


_COLUMNS = "id, external_id, parent_external_id, thread_external_id, author_external_id, title"


def places(source_id: int, external_ids: Collection[str]) -> dict[str, Place]:
    """Stored posts of a source by their ids there. One question."""
    if not external_ids:
        return {}
    condition, values = bulk.among("external_id", list(external_ids))
    rows = bulk.ask(
        f"SELECT {_COLUMNS} FROM sources_post WHERE source_id = %s AND {condition}", [source_id, *values]
    )
    return {row[1]: Place(*row) for row in rows}


def place(post_id: int) -> Place | None:
    """Where one post stands."""
    row = Post.objects.filter(pk=post_id).values_list(*[name.strip() for name in _COLUMNS.split(",")]).first()
    return Place(*row) if row is not None else None


def letterboxes() -> list[int]:
    """The sources where people write to us alone: mailboxes and contact forms. An answer to a form goes out through a mailbox, and what
    follows comes in there."""
    rows = Source.objects.values_list("pk", "connector")
    return [pk for pk, connector in rows if "message" in getattr(shelf.manifest(connector), "fetches", ())]


def setting(source_id: int, key: str) -> str:
    """A setting of a source as text; empty when it has none."""
    found = Source.objects.filter(pk=source_id).values_list("settings", flat=True).first() or {}
    return str(found.get(key) or "")


def heard_since(source_id: int) -> datetime:
    """Since when we listen to a source."""
    return Source.objects.values_list("created_at", flat=True).get(pk=source_id)
