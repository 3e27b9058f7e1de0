"""Mentions, for programs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from django.http import Http404
from ninja import Query, Router, Schema
from ninja.errors import HttpError
from pydantic import Field

from grapevine.core import clock
from grapevine.core.api import Token, answers
from grapevine.engine import query as language
from grapevine.listen import warmth
from grapevine.listen.contracts.filters import Wish
from grapevine.listen.selectors import filters, mentions, several, stream
from grapevine.understand.contracts import MOODS

router = Router(tags=["mentions"])
LARGEST = 2**63 - 1  # what the databases call an integer


class Filters(Schema):
    """What the stream's address has: `q` is a query in the watch language, `brand` a slug, `from` and `to` days."""

    q: str = ""
    brand: str = ""
    watch: str = ""
    source: str = ""
    lang: str = ""
    mood: str = ""
    want: str = ""
    spam: str = ""
    author: str = ""
    period: str = ""
    from_: str = Field("", alias="from")
    to: str = ""
    copies: Literal["", "all"] = ""
    before: Annotated[str, Field(pattern=r"^[0-9]{0,19}$")] = ""
    limit: Annotated[int, Field(ge=1, le=200)] = 50


class OfBrandOut(Schema):
    """How a post reads for one of the brands it mentions: a post may praise one and scold another, and each brand has a reader of its own.

    `by_brand` says that the brand wrote it itself: it has no mood and no wishes then.
    """

    brand: str
    mood: str
    wants: list[str]
    spam: bool
    by_brand: bool


class SharesOut(Schema):
    """How likely each mood is."""

    negative: float
    neutral: float
    positive: float


class CertaintyOut(Schema):
    """How sure the reader is of a post for one brand. `tier` is fast or deep: which of the two reads it so now. What people said of it stands
    in `brands`, and does not make the reader surer."""

    brand: str
    shares: SharesOut
    sure: bool
    tier: str


class MentionOut(Schema):
    """A post that watches caught. `id` is text; `copies` counts near-duplicates folded into it.

    `mood` is negative, neutral or positive, and empty when unsure; `wants` are what the reader saw in it: for the brand whose watch caught
    it first. `brands` says it for each.
    """

    id: str
    source: int
    external_id: str
    kind: str
    title: str
    text: str
    url: str
    author: str
    lang: str
    mood: str
    wants: list[str]
    spam: bool
    published_at: datetime
    edited_at: datetime | None
    deleted: bool
    watches: list[int]
    brands: list[OfBrandOut]
    copies: int


class OneMentionOut(MentionOut):
    """One mention, with how sure the reader is of it; `certainty` is empty for the minute in which the reader is made ready."""

    certainty: list[CertaintyOut]


class MentionsOut(Schema):
    """A part of the stream, newest first. Ask again with `before` = `older` for the next one; it is empty at the end."""

    mentions: list[MentionOut]
    older: str


def _mention(row: stream.Row, slugs: Mapping[int, str]) -> dict[str, Any]:
    post = row.post
    reads = {one.brand_id: one.read for one in reversed(row.caught) if one.brand_id in slugs}
    return {
        "id": str(post.id),
        "source": post.source_id,
        "external_id": post.external_id,
        "kind": post.kind,
        "title": post.title,
        "text": post.text,
        "url": post.url,
        "author": post.author_handle or post.author_name,
        "lang": row.lang,
        "mood": row.read.mood_name,
        "wants": row.read.want_names,
        "spam": row.read.spam,
        "published_at": post.published_at,
        "edited_at": post.edited_at,
        "deleted": post.deleted_at is not None,
        "watches": [one.watch_id for one in row.caught],
        "brands": [
            {
                "brand": slugs[brand],
                "mood": read.mood_name,
                "wants": read.want_names,
                "spam": read.spam,
                "by_brand": read.by_brand,
            }
            for brand, read in sorted(reads.items())
        ],
        "copies": row.copies,
    }


@router.get("", response=answers(MentionsOut), auth=Token("listen.mention.see"))
def list_mentions(request: Any, given: Query[Filters]) -> Any:
    """The stream under a filter. Texts are cut at 4,000 characters here; one mention alone has all of it."""
    values = given.dict(by_alias=True)
    before, limit = values.pop("before"), values.pop("limit")
    choice = filters.understood(Wish.read(values), now=clock.now(), zone=UTC)
    if choice.problems:
        if choice.wish.q:
            language.parse(choice.wish.q)  # a wrong query tells where it is wrong
        raise HttpError(422, " ".join(str(problem) for problem in choice.problems))
    found = stream.page(choice, before=min(int(before), LARGEST) if before else None, limit=limit)
    older = str(found.older) if found.older is not None else ""
    slugs = {pk: one.slug for pk, one in choice.named.brands.items()}
    return {"mentions": [_mention(row, slugs) for row in found.rows], "older": older}


@router.get("{int:mention_id}", response=answers(OneMentionOut), auth=Token("listen.mention.see"))
def get_mention(request: Any, mention_id: int) -> Any:
    """One mention, whole."""
    if not mentions.reachable_by(request.auth, mention_id):
        raise Http404("no such mention")
    choice = filters.understood(Wish(), now=clock.now(), zone=UTC)
    found = mentions.page(mention_id, choice)
    if found is None:
        raise Http404("no such mention")
    slugs = {pk: one.slug for pk, one in choice.named.brands.items()}
    return {**_mention(found.row, slugs), "certainty": _certainty(found.row, slugs)}


def _certainty(row: stream.Row, slugs: Mapping[int, str]) -> list[dict[str, Any]]:
    brands = sorted({one.brand_id for one in row.caught if one.brand_id in slugs})
    read = several.read_for(row.post.id, row.post.title, row.post.text, brands) if warmth.is_ready() else {}
    return [
        {
            "brand": slugs[brand],
            "shares": dict(zip(MOODS, one.sentiment_p, strict=True)),
            "sure": one.sure,
            "tier": one.tier,
        }
        for brand, one in read.items()
    ]
