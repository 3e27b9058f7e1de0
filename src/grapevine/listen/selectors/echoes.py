"""How far a post was repeated: the near-duplicates that were folded into it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from grapevine.listen.models import Mention

MOST = 500


@dataclass(frozen=True)
class Echo:
    """One repetition: when, by whom (an identity, if known), with how many followers (if the platform says)."""

    post_id: int
    published_at: datetime
    identity_id: int | None
    followers: int | None


def of_post(post_id: int) -> list[Echo]:
    """The repetitions of a post, the latest `MOST`. Of a post that is one itself, those of the post it repeats; itself is left out."""
    own = Mention.objects.filter(post_id=post_id, nth=0).values_list("lead_id", flat=True).first()
    lead = own or post_id
    rows = Mention.objects.filter(lead_id=lead, lead_id__gt=0, nth=0).order_by("-post_id")
    if lead != post_id:
        first = Mention.objects.filter(post_id=lead, nth=0)
        found = [*_read(rows.exclude(post_id=post_id)), *_read(first)]
    else:
        found = _read(rows)
    return found


def _read(rows: QuerySet[Mention]) -> list[Echo]:
    chosen = rows.values_list("post_id", "published_at", "identity_id", "post__author_followers")
    return [Echo(*row) for row in chosen[:MOST]]
