"""What was caught of our own brands, for the room that answers it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from grapevine.listen.models import Brand, Mention
from grapevine.listen.reads import Read


@dataclass(frozen=True)
class Caught:
    """A post that mentions a brand of ours: how it reads for that brand. `lead_id` is the post it nearly repeats, else 0."""

    post_id: int
    brand_id: int
    identity_id: int | None
    lead_id: int
    read: Read


def of_posts(post_ids: Collection[int]) -> dict[int, Caught]:
    """Those of the posts that mention a brand of ours that is there, each with the first such brand. Two questions at most."""
    if not post_ids:
        return {}
    ours = set(Brand.objects.present().filter(ours=True).values_list("pk", flat=True))
    if not ours:
        return {}
    rows = Mention.objects.filter(post_id__in=list(post_ids), nth__lte=1).order_by("post_id", "nth")
    found: dict[int, Caught] = {}
    for row in rows:
        if row.brand_id in ours and row.post_id not in found:
            read = Read(row.lang, row.mood, row.wants, row.spam, row.by_brand)
            found[row.post_id] = Caught(row.post_id, row.brand_id, row.identity_id, row.lead_id, read)
    return found


def only_brand() -> int | None:
    """Our brand, where we have just one: what is written to us alone is then about that."""
    ours = list(Brand.objects.present().filter(ours=True).values_list("pk", flat=True)[:2])
    return ours[0] if len(ours) == 1 else None
