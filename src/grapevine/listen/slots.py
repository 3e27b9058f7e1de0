"""What listen puts into the pages of the roof: panels of the start page, first steps, finds of the search box."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grapevine.core import clock
from grapevine.listen import of_persons
from grapevine.listen.contracts.filters import Wish
from grapevine.listen.models import Brand, HourlyRollup, Watch
from grapevine.listen.selectors import pulses
from grapevine.sources.selectors import chains
from grapevine.ui import searches, slots, steps
from grapevine.ui.components.figures import num
from grapevine.ui.components.pulses import Pulse
from grapevine.ui.slots import Panel

HITS = 6


def since_you_were_here(request: HttpRequest, *, since: datetime, **_given: Any) -> Panel | None:
    """Each brand with what was said since, beside what is usual for as long a time."""
    found = pulses.since(since, clock.now())
    if not found:
        return None
    zoned = {"from": since.isoformat(timespec="minutes")}
    items = [
        Pulse(
            name=one.brand.name,
            colour=one.brand.position,
            href=reverse("listen:stream") + Wish(brand=one.brand.slug, since=zoned["from"]).address(),
            count=one.posts,
            usual=one.usual,
            values=one.curve,
            rising=one.is_unusual,
            note=_note(one),
        )
        for one in found
    ]
    stands_out = f"{reverse('listen:stands-out')}?{urlencode({'since': since.isoformat()})}"
    return Panel(
        "listen/_start_pulses.html",
        {
            "pulses": items,
            "stands_out": stands_out,
            "any": any(one.posts for one in found),
            "compared": any(one.usual is not None for one in found),
        },
    )


def _note(one: pulses.BrandPulse) -> str:
    if one.usual is None:
        return ""
    if one.is_unusual and one.usual >= 1:
        return _("%(times)s times the usual") % {"times": num(one.posts / one.usual, 1)}
    if one.usual < 0.5:
        return _("usually nothing")
    return _("usual: %(number)s") % {"number": num(round(one.usual))}


def caught_of_source(request: HttpRequest, *, source_id: int, posts: int, **_given: Any) -> Panel | None:
    """On the page of a source: the way to what watches caught of it, and the hint that only this is in the stream. Letters ask for no watch."""
    if not posts or source_id in chains.letterboxes():
        return None
    caught = HourlyRollup.objects.filter(source_id=source_id).exists()
    return Panel(
        "listen/_of_source.html",
        {"caught": caught, "href": reverse("listen:stream") + Wish(source=str(source_id)).address()},
    )


def find_brands(words: str, request: HttpRequest) -> Sequence[searches.Hit]:
    """Brands by a part of their name."""
    found = Brand.objects.present().filter(name__icontains=words)[:HITS]
    return [
        searches.Hit(
            brand.name, reverse("listen:brand", args=[brand.slug]), "brand", _("Ours") if brand.ours else ""
        )
        for brand in found
    ]


def find_watches(words: str, request: HttpRequest) -> Sequence[searches.Hit]:
    """Watches by a part of their name."""
    found = Watch.objects.present().select_related("brand").filter(name__icontains=words)[:HITS]
    return [
        searches.Hit(watch.name, reverse("listen:watch", args=[watch.pk]), "watch", watch.brand.name)
        for watch in found
    ]


def fill() -> None:
    """Put all of it where it belongs; called when Django starts."""
    slots.fill("sources.source", caught_of_source, permission="listen.mention.see")
    slots.fill("people.mentions", of_persons.mentions, order=10, permission="listen.mention.see")
    slots.fill("people.recommended", of_persons.recommended, order=10, permission="listen.mention.see")
    slots.fill("home.start", since_you_were_here, order=10, permission="listen.mention.see")
    searches.add("brands", gettext_lazy("Brands"), find_brands, order=10, permission="listen.brand.see")
    searches.add("watches", gettext_lazy("Watches"), find_watches, order=20, permission="listen.watch.see")
    steps.add(
        steps.Step(
            "listen.brand",
            gettext_lazy("Add your brand"),
            gettext_lazy("The name people know you by, and those you want to compare with."),
            "listen:brand-new",
            done=Brand.objects.present().filter(is_demo=False).exists,  # the demo is not one's own doing
            order=20,
            permission="listen.brand.change",
            icon="brand",
        )
    )
    steps.add(
        steps.Step(
            "listen.watch",
            gettext_lazy("Write a watch"),
            gettext_lazy(
                "A query that finds what is said about it. You see what it would have caught while you type."
            ),
            "listen:watch-new",
            done=Watch.objects.present().filter(is_demo=False).exists,
            order=30,
            permission="listen.watch.change",
            icon="watch",
        )
    )
