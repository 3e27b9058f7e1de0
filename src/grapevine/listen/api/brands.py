"""Brands, for programs."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Literal

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from grapevine.core import clock
from grapevine.core.api import Token, answers
from grapevine.listen import periods
from grapevine.listen.accounts import MOST
from grapevine.listen.actions import brands as actions
from grapevine.listen.api.words import AccountName, BrandName, Text
from grapevine.listen.selectors import brands, moods, volume
from grapevine.understand.contracts import INTENTS, MOODS

router = Router(tags=["brands"])


class BrandIn(Schema):
    """A brand to add or change. `accounts` are those it speaks by itself."""

    name: BrandName
    ours: bool = False
    description: Text = ""
    accounts: list[AccountName] = Field(default=[], max_length=MOST)


class BrandOut(Schema):
    """A brand. `slug` is its id in addresses and stays when the name changes."""

    slug: str
    name: str
    ours: bool
    description: str
    accounts: list[str]


class PointOut(Schema):
    at: datetime
    mentions: int
    before: int


class VolumeOut(Schema):
    """Mentions of a brand in a period and in the one before, as the brand's page draws them."""

    start: datetime
    end: datetime
    mentions: int
    before: int
    points: list[PointOut]
    sources: dict[str, int]
    languages: dict[str, int]
    share_of_voice: dict[str, float]
    moods: dict[str, int]
    wants: dict[str, int]
    spam: int
    by_brand: int


@router.get("", response=answers(list[BrandOut]), auth=Token("listen.brand.see"))
def list_brands(request: HttpRequest) -> Any:
    """All brands, ours first."""
    return brands.choices()


@router.post("", response=answers(BrandOut, 201), auth=Token("listen.brand.change"))
def add_brand(request: Any, given: BrandIn) -> Any:
    """Add a brand."""
    return Status(201, actions.add(by=request.auth, at=clock.now(), **given.dict()))


@router.get("{slug:slug}", response=answers(BrandOut), auth=Token("listen.brand.see"))
def get_brand(request: Any, slug: str) -> Any:
    """One brand."""
    return brands.reachable_by(request.auth, slug)


@router.put("{slug:slug}", response=answers(BrandOut), auth=Token("listen.brand.change"))
def change_brand(request: Any, slug: str, given: BrandIn) -> Any:
    """Change a brand."""
    brand = brands.reachable_by(request.auth, slug)
    return actions.change(brand=brand, by=request.auth, at=clock.now(), **given.dict())


@router.delete("{slug:slug}", response=answers(None, 204), auth=Token("listen.brand.change"))
def delete_brand(request: Any, slug: str) -> Any:
    """Delete a brand. A person can restore it on the page."""
    actions.delete(brand=brands.reachable_by(request.auth, slug), by=request.auth, at=clock.now())
    return Status(204, None)


@router.get("{slug:slug}/volume", response=answers(VolumeOut), auth=Token("listen.brand.see"))
def brand_volume(request: Any, slug: str, period: Literal["7", "30", "90", "365"] = "30") -> Any:
    """How much is said about a brand: over time, by source and language, its share of voice, and how the posts read."""
    brand = brands.reachable_by(request.auth, slug)
    chosen = periods.chosen({"period": period}, now=clock.now(), zone=UTC)
    found = volume.of_brand(brand.pk, chosen)
    read = moods.of_brand(brand.pk, chosen).total
    return {
        "start": chosen.start_at,
        "end": chosen.end_at,
        "mentions": found.total.posts,
        "before": found.total.before,
        "points": [{"at": p.at, "mentions": p.posts, "before": p.before} for p in found.points],
        "sources": {part.key: part.count.posts for part in found.sources},
        "languages": {part.key: part.count.posts for part in found.languages},
        "share_of_voice": {voice.slug: voice.share for voice in found.voices},
        "moods": {name: read[name].posts for name in (*MOODS, "unsure")},
        "wants": {name: read[name].posts for name in INTENTS},
        "spam": read["spam"].posts,
        "by_brand": read["by_brand"].posts,
    }
