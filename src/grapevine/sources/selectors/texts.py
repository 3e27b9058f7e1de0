"""What posts say, and no more: for counting words over many of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import F
from django.db.models.functions import Left

from grapevine.sources.models import Post

_AT_ONCE = 5000


def beginnings(post_ids: Iterable[int], *, characters: int) -> dict[int, str]:
    """Title and text of each post, both cut after `characters`; posts that are gone at their platform are left out."""
    wanted = list(post_ids)
    found: dict[int, str] = {}
    for first in range(0, len(wanted), _AT_ONCE):
        rows = Post.objects.filter(pk__in=wanted[first : first + _AT_ONCE], deleted_at=None)
        for pk, title, text in rows.values_list(
            "pk", Left(F("title"), characters), Left(F("text"), characters)
        ):
            found[pk] = f"{title} {text}" if title else text
    return found


class Heard(NamedTuple):
    """A post as a watch may ask about it, as lean as can be. `links` and what follows are empty unless asked for."""

    id: int
    source_id: int
    kind: str
    title: str
    text: str
    url: str
    site: str
    lang: str
    country: str
    author_handle: str
    author_name: str
    links: list[str] = []
    media: list[str] = []
    tags: list[str] = []
    mentions: list[str] = []


def newest(*, before: int | None, limit: int, characters: int, with_lists: bool = True) -> list[Heard]:
    """The newest published posts, or those that follow the post `before`; newest first. Posts gone at their platform are left out.

    Without `with_lists` (links, media, tags, mentions) it takes half the time.
    """
    rows = Post.objects.filter(deleted_at=None).exclude(kind="message")
    if before is not None:
        rows = rows.filter(pk__lt=before)
    cut = {"title": Left(F("title"), characters), "text": Left(F("text"), characters)}
    names = Heard._fields if with_lists else Heard._fields[:11]
    columns = [cut.get(name, F(name)) for name in names]
    return [Heard(*row) for row in rows.order_by("-pk").values_list(*columns)[:limit]]


STIR = ("likes", "shares", "comments", "replies", "reposts")


def stirs(post_ids: Iterable[int]) -> dict[int, int]:
    """How much each post stirred: likes, shares and comments together, as its platform counted them."""
    rows = Post.objects.filter(pk__in=list(post_ids)).values_list("pk", "metrics")
    return {pk: sum(_whole(metrics.get(name)) for name in STIR) for pk, metrics in rows}


def _whole(value: object) -> int:
    return value if isinstance(value, int) else 0
