"""What somebody said in public, on the pages of people: their mentions over all channels, and what they recommended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from grapevine.core import clock
from grapevine.listen.contracts.filters import Wish
from grapevine.listen.selectors import filters, of_authors
from grapevine.listen.views import posts
from grapevine.ui.components.posts import BrandTag
from grapevine.ui.slots import Panel

MENTIONS, RECOMMENDED = 12, 5
_LENGTH = 200


@dataclass(frozen=True)
class Line:
    """A post of theirs, in a line."""

    text: str
    href: str
    where: str
    at: datetime
    brands: tuple[BrandTag, ...]
    badges: tuple[tuple[Any, str], ...]


def mentions(request: HttpRequest, *, identity_ids: Sequence[int], **_given: Any) -> Panel | None:
    """The latest of what they said about our brands, on all channels."""
    return _panel(identity_ids, _("What they said in public"), limit=MENTIONS)


def recommended(request: HttpRequest, *, identity_ids: Sequence[int], **_given: Any) -> Panel | None:
    """What they recommended to others."""
    return _panel(identity_ids, _("What they recommended"), limit=RECOMMENDED, wanting="recommends")


def _panel(ids: Sequence[int], title: str, *, limit: int, wanting: str = "") -> Panel | None:
    choice = filters.understood(Wish(), now=clock.now(), zone=filters.reader_zone())
    rows = of_authors.latest(ids, choice, limit=limit, wanting=wanting)
    if not rows:
        return None
    # The stream is filtered by one author: of several there is no such page.
    more = (
        reverse("listen:stream") + Wish(author=str(ids[0])).address() if len(ids) == 1 and not wanting else ""
    )
    items = []
    for row in rows:
        card = posts.item(row, choice, Wish())
        text, _spans = posts.excerpt(row.post.title or row.post.text, (), cut=row.post.cut, length=_LENGTH)
        items.append(
            Line(
                posts.straight(text) or _("A post without words"),
                card.view.href,
                card.view.source_name,
                row.post.published_at,
                tuple(card.view.brands),
                tuple(card.view.badges),
            )
        )
    return Panel("listen/_of_person.html", {"title": title, "items": items, "more": more})
