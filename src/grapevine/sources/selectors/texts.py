"""What posts say, and no more: for counting words over many of them."""

from __future__ import annotations

from collections.abc import Iterable

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
        for pk, title, text in rows.values_list("pk", Left(F("title"), characters), Left(F("text"), characters)):
            found[pk] = f"{title} {text}" if title else text
    return found
