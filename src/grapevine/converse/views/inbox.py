"""Doors to the inbox: the list, a conversation beside it, and its parts."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_GET

from grapevine.converse.models import Priority, Thread
from grapevine.converse.selectors import inbox, threads, unread
from grapevine.converse.selectors.wishes import VIEWS, Wish
from grapevine.converse.views import shown
from grapevine.core import access, clock
from grapevine.listen.contracts import differing
from grapevine.sources.selectors import shown as posts
from grapevine.ui import toasts
from grapevine.ui.components.lists import Tab
from grapevine.ui.components.posts import straight
from grapevine.understand.contracts import INTENT_NAMES, LANGUAGES


@require_GET
@access.needs("converse.thread.see")
def index(request: HttpRequest) -> HttpResponse:
    """The list. Asked for what follows, it answers with the next rows alone."""
    wish = Wish.read(request.GET)
    after = request.GET.get("after", "")[:80]
    if request.headers.get("HX-Target") == "inbox-more":
        found = inbox.page(wish, by=request.user, at=clock.now(), after=after)
        return render(request, "converse/inbox.html#rows", _rows(found, wish))
    return _page(request, wish if _asks(request) else None, None, after)


def _asks(request: HttpRequest) -> bool:
    """Whether an address says what is to be listed."""
    return "view" in request.GET or Wish.read(request.GET).narrows


@require_GET
@access.needs("converse.thread.see")
def thread(request: HttpRequest, thread_id: int) -> HttpResponse:
    """A conversation: alone as a piece, with the list beside it as a page."""
    found = threads.reachable_by(request.user, thread_id, merged=True)
    wish = Wish.read(request.GET)
    if found.merged_into_id is not None:
        asked = wish.address() if _asks(request) else ""
        return redirect(reverse("converse:thread", args=[found.merged_into_id]) + asked)
    target = request.headers.get("HX-Target", "")
    if target in ("thread-pane", "thread-earlier", "thread-said"):
        if target == "thread-pane":
            return render(request, "converse/_thread.html", _thread(request, found, wish))
        piece = "#said" if target == "thread-earlier" else "#conversation"
        return render(request, f"converse/_thread.html{piece}", _continued(request, found, wish))
    if not _asks(request):
        wish = Wish(view=inbox.stands_in(found, by=request.user))
    return _page(request, wish, found, "")


def _page(request: HttpRequest, wish: Wish | None, chosen: Thread | None, after: str) -> HttpResponse:
    at = clock.now()
    counts = inbox.counts(by=request.user)
    wish = wish or Wish(view=inbox.opening(counts))
    found = inbox.page(wish, by=request.user, at=at, after=after)
    here = reverse("converse:inbox")
    context: dict[str, Any] = {
        **_rows(found, wish),
        "tabs": [
            Tab(
                label,
                here + wish.seen_as(view).address(view=view),
                view == wish.view,
                counts.get(view) or None,
            )
            for view, label in VIEWS.items()
            if view != "stuck" or counts["stuck"] or wish.view == "stuck"
        ],
        "choices": inbox.choices(),
        "priorities": Priority.choices,
        "wants": [(name, label) for name, label in INTENT_NAMES.items()],
        "languages": LANGUAGES,
        "saved": inbox.saved(by=request.user),
        "snoozes": shown.snoozes(at),
        "may_work": access.may(request.user, "converse.thread.work"),
        "may_share": access.may(request.user, "converse.view.share"),
        "chosen": chosen,
        "unread": unread.told(unread.count(request.user)),
        "next": request.get_full_path(),
        "view_label": VIEWS[wish.view],
        "live_only": f"users={request.user.pk}" if wish.view == "mine" and not wish.narrows else "",
    }
    if chosen is not None:
        context |= _thread(request, chosen, wish)
    # A piece has no place for the frame's notices: the last one goes along as an event.
    waiting = toasts.take(request) if request.htmx else []  # type: ignore[attr-defined]
    response = render(request, "converse/inbox.html", context)
    for one in waiting[-1:]:
        toasts.send(
            response,
            one["text"],
            tone=one["tone"],
            undo=one["undo"],
            undo_label=one["undo_label"],
            lasts=one["left"],
        )
    return response


def _rows(found: inbox.Page, wish: Wish) -> dict[str, Any]:
    return {
        "page": found,
        "wish": wish,
        "items": shown.rows(found.rows, wish, now=clock.now()),
        "here": reverse("converse:inbox"),
        "more": wish.address(after=found.after) if found.after else "",
    }


def _continued(request: HttpRequest, chosen: Thread, wish: Wish) -> dict[str, Any]:
    page = threads.continued(chosen, by=request.user, before=request.GET.get("before", "")[:80])
    may = _may(request)
    address = reverse("converse:thread", args=[chosen.pk]) + wish.address()
    return {
        "thread": chosen,
        "conversation": page,
        "said": shown.lines(page.said, may_approve=may["may_approve"]),
        "address": address,
        "next": address,
        **may,
    }


def _may(request: HttpRequest) -> dict[str, bool]:
    return {
        "may_work": access.may(request.user, "converse.thread.work"),
        "may_approve": access.may(request.user, "converse.reply.approve"),
        "may_open": access.may(request.user, "people.person.see"),
    }


def _thread(request: HttpRequest, chosen: Thread, wish: Wish) -> dict[str, Any]:
    before = request.GET.get("before", "")[:80]
    at = clock.now()
    page = threads.page(chosen, by=request.user, at=at, before=before)
    may = _may(request)
    return {
        "thread": chosen,
        "conversation": page,
        "item": shown.row(page.row, wish, now=at),
        "said": shown.lines(page.said, may_approve=may["may_approve"]),
        "wish": wish,
        "back": reverse("converse:inbox") + wish.address(),
        "address": reverse("converse:thread", args=[chosen.pk]) + wish.address(),
        "there": threads.there(chosen, by=request.user, at=at),
        "choices": inbox.choices(),
        "colleagues": inbox.choices().people,
        "author": straight(page.row.author),
        "priorities": Priority.choices,
        "snoozes": shown.snoozes(at),
        **may,
        "window": page.until,
        "next": reverse("converse:thread", args=[chosen.pk]) + wish.address(),
    }


@require_GET
@access.needs("converse.thread.see")
def changes(request: HttpRequest, message_id: int) -> HttpResponse:
    """What its author changed of a message, the latest change first."""
    message = threads.message_reachable_by(request.user, message_id)
    text, made = message.text, []
    for version in posts.versions(message.post_id) if message.post_id is not None else ():
        made.append((version.until, differing.between(version.text, text)))
        text = version.text
    return render(request, "converse/changes.html", {"changes": made, "message": message})


@require_GET
@access.needs("converse.thread.see")
def candidates(request: HttpRequest, thread_id: int) -> HttpResponse:
    """Conversations that may be put into this one."""
    found = threads.reachable_by(request.user, thread_id)
    words = request.GET.get("with", "")[:200]
    at = clock.now()
    rows = threads.mergeable(found, words, by=request.user, at=at)
    context = {
        "rows": shown.rows(rows, Wish(), now=at),
        "thread": found,
        "words": words,
        "next": request.GET.get("next", ""),
    }
    return render(request, "converse/_candidates.html", context)


urlpatterns = [
    path("inbox/", index, name="inbox"),
    path("inbox/<int:thread_id>/", thread, name="thread"),
    path("inbox/<int:thread_id>/merge/", candidates, name="candidates"),
    path("inbox/messages/<int:message_id>/changes/", changes, name="changes"),
]
