"""What sources puts into the pages of the roof: trouble and imports on the start page, first steps, finds of the search box."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy, ngettext

from grapevine.core import access, clock
from grapevine.sources.models import Source
from grapevine.sources.selectors import imports, outbox, sources
from grapevine.ui import navigation, searches, slots, steps
from grapevine.ui.components.figures import num
from grapevine.ui.components.pulses import Happening
from grapevine.ui.slots import Panel

SHOWN = 6


def happened(request: HttpRequest, *, since: datetime, **_given: Any) -> Panel | None:
    """Sources in trouble, and files that came in since."""
    items = [
        Happening(
            text=row.name,
            icon="warning",
            href=reverse("sources:source", args=[row.id]),
            at=row.health.error_at,
            tone=row.health.tone,
            note=row.health.error or row.health.label,
        )
        for row in sources.in_trouble(by=request.user)[:SHOWN]
    ]
    items += [
        Happening(
            text=one.file_name,
            icon="file",
            href=reverse("sources:source", args=[one.source_id]),
            at=one.finished_at or one.created_at,
            tone="bad" if one.error else "warn" if one.command else "",
            note=one.error or (one.state_label if one.command else _counts(one)),
        )
        for one in imports.since(since, by=request.user, at=clock.now(), limit=SHOWN)
    ]
    if access.may(request.user, "sources.outbox.see") and (stuck := outbox.stuck_count()):
        text = ngettext("%(number)s answer could not be sent", "%(number)s answers could not be sent", stuck)
        items.insert(
            0,
            Happening(
                text=text % {"number": num(stuck)},
                icon="warning",
                href=reverse("sources:outbox"),
                tone="bad",
                note=gettext("Each says why, and what to do."),
            ),
        )
    return Panel("sources/_start.html", {"items": items}) if items else None


def _counts(one: imports.ImportRow) -> str:
    new = ngettext("%(number)s new post", "%(number)s new posts", one.new) % {"number": num(one.new)}
    if not one.rejected:
        return new
    out = ngettext("%(number)s row left out", "%(number)s rows left out", one.rejected) % {
        "number": num(one.rejected)
    }
    return f"{new}, {out}"


def find(words: str, request: HttpRequest) -> Sequence[searches.Hit]:
    """Sources by a part of their name."""
    found = Source.objects.filter(name__icontains=words)[:SHOWN]
    return [searches.Hit(one.name, reverse("sources:source", args=[one.pk]), "source", "") for one in found]


def compose() -> None:
    """Put all of it in its place. Called when Django starts."""
    navigation.add(
        navigation.Entry(
            "sources:sources",
            gettext_lazy("Sources"),
            icon="source",
            permission="sources.source.see",
            order=40,
            keys="g o",
            group="listen",
        )
    )
    slots.fill("home.side", happened, order=20, permission="sources.source.see")
    searches.add("sources", gettext_lazy("Sources"), find, order=40, permission="sources.source.see")
    steps.add(
        steps.Step(
            "sources.source",
            gettext_lazy("Add a source"),
            gettext_lazy("A blog, a feed, or a file from the tool you used before: where Grapevine listens."),
            "sources:new",
            done=Source.objects.filter(is_demo=False).exists,
            order=40,
            permission="sources.source.change",
            icon="source",
        )
    )
