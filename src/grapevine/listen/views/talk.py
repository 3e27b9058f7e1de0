"""What is loudest about a brand, as its page shows it: cards, links and a picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import ngettext

from grapevine.listen import brand_links, charts, next_actions
from grapevine.listen.contracts.filters import Wish
from grapevine.listen.models import Brand
from grapevine.listen.periods import Period
from grapevine.listen.selectors import filters, stream, walks
from grapevine.listen.selectors.authors import Busy
from grapevine.listen.selectors.filters import Choice
from grapevine.listen.selectors.loud import Loud
from grapevine.listen.selectors.moods import Much, Wanted
from grapevine.listen.suspicions import Chorus
from grapevine.listen.views import posts, topics
from grapevine.ui.components.posts import PostView
from grapevine.ui.numbers import num
from grapevine.understand.contracts import INTENT_NAMES

CHARACTERS = 700


@dataclass(frozen=True)
class Author:
    """A busy author: the handle, where their posts about the brand are, how many."""

    handle: str
    href: str
    posts: int
    share: float
    beat: str = ""


def shown(brand: Brand, period: Period, found: Loud, *, now: datetime) -> dict[str, Any]:
    """The context of the piece of page that shows it."""
    choice = filters.understood(Wish(brand=brand.slug), now=now, zone=period.zone)
    return {
        "talk": found,
        "words": charts.words(found.words),
        "authors": [_author(brand, period, one, found.beats.get(one.identity_id)) for one in found.authors],
        "repeats": [
            _repeated(view, one, found.choruses.get(one.post.id))
            for view, one in _views(found.repeats, choice)
        ],
        "latest": [view for view, _one in _views(found.latest, choice)],
        "topics": topics.shown(brand, period, found.topics, choice),
        "links": brand_links.of_talk(brand, period),
    }


@dataclass(frozen=True)
class Column:
    """One wish: what it is called, how many posts show it, the latest of them, what to do, and where all of them are."""

    name: Any
    advice: Any
    much: Much
    href: str
    latest: tuple[PostView, ...]


def wishes(brand: Brand, period: Period, found: Sequence[Wanted], *, now: datetime) -> list[Column]:
    """The columns of what people want, the fullest first."""
    choice = filters.understood(Wish(brand=brand.slug), now=now, zone=period.zone)
    return [
        Column(
            INTENT_NAMES[one.want],
            next_actions.NEXT[one.want],
            one.much,
            brand_links.stream(brand, period, want=one.want),
            tuple(view for view, _row in _views(one.latest, choice)),
        )
        for one in sorted(found, key=lambda one: -one.much.posts)
    ]


def _author(brand: Brand, period: Period, one: Busy, beat: timedelta | None) -> Author:
    href = brand_links.stream(brand, period, author=str(one.identity_id))
    return Author(one.handle or str(one.identity_id), href, one.posts, one.share, _beat(beat) if beat else "")


def _views(found: Sequence[walks.Found], choice: Choice) -> list[tuple[PostView, stream.Row]]:
    rows = stream.rows(found, choice.named, choice.sources, characters=CHARACTERS)
    return [(item.view, row) for item, row in zip(posts.items(rows, choice), rows, strict=True)]


def _repeated(view: PostView, row: stream.Row, chorus: Chorus | None) -> PostView:
    badges = [*view.badges]
    if chorus:
        said = ngettext(
            "Perhaps arranged: %(new)s of %(authors)s author never heard before",
            "Perhaps arranged: %(new)s of %(authors)s authors never heard before",
            chorus.authors,
        )
        badges.append((said % {"new": num(chorus.new), "authors": num(chorus.authors)}, "warn"))
    return replace(
        view, badges=badges, copies=row.copies, copies_href=reverse("listen:copies", args=[row.post.id])
    )


def _beat(gap: timedelta) -> str:
    """How often somebody posts who posts like a clock."""
    minutes = round(gap.total_seconds() / 60)
    if minutes < 120:
        return ngettext("Every %(n)s minute, like a clock", "Every %(n)s minutes, like a clock", minutes) % {
            "n": num(minutes)
        }
    hours = round(minutes / 60)
    return ngettext("Every %(n)s hour, like a clock", "Every %(n)s hours, like a clock", hours) % {
        "n": num(hours)
    }
