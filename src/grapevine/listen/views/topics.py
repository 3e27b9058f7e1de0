"""The topics of a brand's talk, as its page shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import ngettext

from grapevine.listen import brand_links
from grapevine.listen.models import Brand
from grapevine.listen.periods import Period
from grapevine.listen.reads import MOOD_NUMBERS
from grapevine.listen.selectors import stream
from grapevine.listen.selectors.filters import Choice
from grapevine.listen.selectors.topics import Told, Topics
from grapevine.listen.views import posts
from grapevine.ui.components.posts import PostView
from grapevine.ui.numbers import num
from grapevine.understand.contracts import MOOD_NAMES, MOOD_TONES, MOODS

CHARACTERS = 400


@dataclass(frozen=True)
class Part:
    """A piece of the bar of moods: from where it goes and how far, in hundredths."""

    name: Any
    tone: str
    share: float
    begin: float
    width: float


@dataclass(frozen=True)
class Topic:
    """A topic: what it is called, where its posts are, how many, how they feel (the mood of most of them first), its course and its typical post."""

    label: str
    lang: str
    href: str
    posts: int
    before: int
    is_new: bool
    since: date | None
    moods: tuple[Part, ...]
    foremost: Part | None
    curve: tuple[int, ...]
    described: str
    typical: PostView | None


def shown(brand: Brand, period: Period, found: Topics, choice: Choice) -> list[Topic]:
    """All of them."""
    rows = stream.rows(
        [one.typical for one in found.found if one.typical],
        choice.named,
        choice.sources,
        characters=CHARACTERS,
    )
    views = {row.post.id: item.view for item, row in zip(posts.items(rows, choice), rows, strict=True)}
    return [
        _topic(brand, period, one, views.get(one.typical.post_id) if one.typical else None)
        for one in found.found
    ]


def _topic(brand: Brand, period: Period, one: Told, typical: PostView | None) -> Topic:
    moods = _parts(one)
    return Topic(
        label=" · ".join(one.label),
        lang=one.lang,
        href=brand_links.stream(brand, period, q=one.query, lang=one.lang or "unsure"),
        posts=one.posts,
        before=one.before,
        is_new=one.is_new,
        since=one.since,
        moods=moods,
        foremost=max(moods, key=lambda part: part.share, default=None),
        curve=one.curve,
        described=_described(one.curve, period),
        typical=typical,
    )


def _parts(one: Told) -> tuple[Part, ...]:
    parts: list[Part] = []
    begin = 0.0
    for mood in MOODS:
        share = one.moods[MOOD_NUMBERS[mood]]
        if share > 0:
            parts.append(
                Part(MOOD_NAMES[mood], MOOD_TONES[mood], share, round(begin, 2), round(share * 100, 2))
            )
        begin += share * 100
    return tuple(parts)


def _described(curve: Sequence[int], period: Period) -> str:
    """The course in words: the most of a day or week."""
    most = max(curve, default=0)
    if period.bucket == "week":
        text = ngettext("At most %(n)s mention a week", "At most %(n)s mentions a week", most)
    else:
        text = ngettext("At most %(n)s mention a day", "At most %(n)s mentions a day", most)
    return text % {"n": num(most)}
