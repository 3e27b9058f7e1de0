"""What was caught of our own brands, for the room that answers it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import msgspec

from grapevine.connectors.base import Post
from grapevine.listen import accounts
from grapevine.listen.models import Brand, Mention
from grapevine.listen.reads import Read
from grapevine.sources.selectors import chains


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


def offered() -> list[tuple[int, str]]:
    """Our brands, for a mailbox or a form to be given one."""
    return list(Brand.objects.present().filter(ours=True).order_by("name").values_list("pk", "name"))


def of_letters(source_id: int) -> int | None:
    """The brand that letters from a source are about: the one it was given, while that is ours; else our only one."""
    given = chains.setting(source_id, "brand")
    known = {pk for pk, _name in offered()}
    if given.isdecimal() and int(given) in known:
        return int(given)
    return known.pop() if len(known) == 1 else None


def as_ours(posts: Sequence[Post]) -> Sequence[Post]:
    """Public posts by an account of one of our brands, marked as ours; the others as they are. One small question. Letters stay as they
    are: anybody may write any sender there."""
    known = accounts.present()
    if not known.handles or not known.ours:
        return posts
    return [
        msgspec.structs.replace(one, by_us=True)
        if one.by_us is None and one.kind != "message" and known.behind(one) & known.ours
        else one
        for one in posts
    ]
