"""What people puts into the pages of the roof: what is due today, the way to the people we know, finds of the search box.

The pages of people have slots themselves, told `identity_ids`: people.mentions, people.conversations, people.recommended, people.ideas,
people.ambassador.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy

from grapevine.core import access, clock
from grapevine.people.selectors import persons, promises
from grapevine.ui import navigation, searches, slots
from grapevine.ui.slots import Panel

SHOWN = 6


def due_today(request: HttpRequest, **_given: Any) -> Panel | None:
    """What I promised for today, and whose birthday it is."""
    found = promises.today(by=request.user, at=clock.now(), limit=SHOWN)
    if found.is_empty:
        return None
    may_change = access.may(request.user, "people.person.change")
    return Panel("people/_start.html", {"today": found, "may_change": may_change})


def find(words: str, request: HttpRequest) -> Sequence[searches.Hit]:
    """People by the beginning of their name, handle or address."""
    return [
        searches.Hit(
            row.called or "–",
            reverse("people:identity", args=[row.identity_id]),
            "people",
            ", ".join(dict.fromkeys(handle.channel for handle in row.handles)),
        )
        for row in persons.found(words, limit=SHOWN).rows
    ]


def compose() -> None:
    """Put all of it in its place. Called when Django starts."""
    navigation.add(
        navigation.Entry(
            "people:people",
            gettext_lazy("People"),
            icon="people",
            permission="people.person.see",
            order=35,
            keys="g p",
            group="answer",
            thumb=True,
        )
    )
    slots.fill("home.start", due_today, order=5, permission="people.person.see")
    searches.add("people", gettext_lazy("People"), find, order=30, permission="people.person.see")
