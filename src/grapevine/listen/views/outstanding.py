"""What stands out, as the start page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from django.urls import reverse

from grapevine.listen.contracts.filters import Wish
from grapevine.listen.models import Brand
from grapevine.listen.selectors import filters, stream
from grapevine.listen.selectors.outstanding import NewWords, Outstanding
from grapevine.listen.views import posts

CHARACTERS = 500


@dataclass(frozen=True)
class Word:
    """A new word, with the way to the posts that say it."""

    word: str
    now: int
    href: str


@dataclass(frozen=True)
class Group:
    """A brand's new words."""

    brand: Brand
    words: tuple[Word, ...]


def shown(found: Outstanding, *, now: datetime, zone: tzinfo) -> dict[str, Any]:
    """The context of the piece of page."""
    choice = filters.understood(Wish(), now=now, zone=zone)
    rows = stream.rows(found.loudest, choice.named, choice.sources, characters=CHARACTERS)
    return {
        "groups": [_group(one) for one in found.words],
        "loudest": [item.view for item in posts.items(rows, choice)],
    }


def _group(found: NewWords) -> Group:
    words = tuple(
        Word(
            one.word,
            one.now,
            reverse("listen:stream") + Wish(brand=found.brand.slug, q=f'"{one.word}"', period="30").address(),
        )
        for one in found.words
    )
    return Group(found.brand, words)
