"""What converse puts into other rooms' pages: the way to the inbox, what there is to answer, a button on a mention."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from grapevine.converse.models import Message, Thread
from grapevine.converse.selectors import inbox, unread, walks
from grapevine.converse.selectors.wishes import Wish
from grapevine.converse.views import shown
from grapevine.core import clock
from grapevine.sources.selectors import chains
from grapevine.ui import navigation, slots
from grapevine.ui.components.figures import num
from grapevine.ui.slots import Panel

SHOWN = 5


def to_answer(request: HttpRequest, *, since: datetime, **_given: Any) -> Panel | None:
    """What is due first of what is one's own, and how much waits for nobody yet."""
    at = clock.now()
    counts = inbox.counts(by=request.user)
    if not any(counts.values()):
        return None
    ids = (
        walks.page(Wish(), user=request.user).ids[:SHOWN]
        or walks.page(Wish(view="free"), user=request.user).ids[:SHOWN]
    )
    items = shown.rows(inbox.rows(ids, by=request.user, at=at), None, now=at)
    return Panel("converse/_start.html", {"items": items, "counts": counts})


def pick(request: HttpRequest, *, post_id: int, **_given: Any) -> Panel:
    """On a mention: the conversation it stands in, or a button that makes one of it."""
    known = Message.objects.filter(post_id=post_id).values_list("thread_id", flat=True).first()
    return Panel("converse/_pick.html", {"thread_id": known, "post_id": post_id})


def of_person(request: HttpRequest, *, identity_ids: Sequence[int], **_given: Any) -> Panel | None:
    """On a person's page: the conversations we had with them, the latest first."""
    theirs = Thread.objects.filter(identity_id__in=list(identity_ids), merged_into=None).order_by("-last_at")
    ids = list(theirs.values_list("pk", flat=True)[: SHOWN * 4])
    items = shown.rows(inbox.rows(ids, by=request.user, at=clock.now()), None, now=clock.now())
    return Panel("converse/_of_person.html", {"items": items}) if items else None


def of_source(request: HttpRequest, *, source_id: int, **_given: Any) -> Panel | None:
    """On the page of a mailbox or a form: how many conversations came of it, and the way to them."""
    if source_id not in chains.letterboxes():
        return None
    there = Thread.objects.filter(source_id=source_id).exclude(external_id="")
    number = len(there.values_list("pk")[: inbox.COUNTED + 1])
    href = reverse("converse:inbox") + Wish(view="all", source=str(source_id)).address()
    counted = f"{num(inbox.COUNTED)}+" if number > inbox.COUNTED else num(number)
    return Panel("converse/_of_source.html", {"number": number, "counted": counted, "href": href})


def compose() -> None:
    """Put all of it in its place. Called when Django starts."""
    navigation.add(
        navigation.Entry(
            "converse:inbox",
            _("Inbox"),
            icon="comment",
            permission="converse.thread.see",
            order=5,
            keys="g i",
            group="answer",
            thumb=True,
            count=lambda request: unread.count(request.user),
        )
    )
    slots.fill("home.start", to_answer, order=5, permission="converse.thread.see")
    slots.fill("sources.source", of_source, permission="converse.thread.see")
    slots.fill("people.conversations", of_person, order=10, permission="converse.thread.see")
    slots.fill("listen.mention", pick, order=10, permission="converse.thread.work")
