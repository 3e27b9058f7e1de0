"""Doors to the triage: the tree and how often it leads where, writing it, and walking it beside a conversation."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from grapevine.converse import addresses, edition_words, pictures, tree_forms
from grapevine.converse.actions import editions as writing
from grapevine.converse.actions import triage as actions
from grapevine.converse.in_language import chosen
from grapevine.converse.mandate_words import language
from grapevine.converse.models import EditionKind
from grapevine.converse.selectors import conversations, editions, triage
from grapevine.converse.selectors.mandates import day_of
from grapevine.converse.shipped import LANGUAGES
from grapevine.converse.tree_rules import TONES
from grapevine.converse.views import putting_back
from grapevine.core import access, clock
from grapevine.ui import toasts

SEE = "converse.guideline.see"
PERIODS = (7, 30, 90, 365)


@access.needs(SEE)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The tree as it is, and where it led lately."""
    days = next((one for one in PERIODS if str(one) == request.GET.get("days")), 30)
    today = day_of(clock.now())
    tree = editions.current(EditionKind.TRIAGE)
    context = {
        "questions": _readable(tree.content),
        "outcomes": [
            (key, chosen(one["name"]), chosen(one.get("advice") or {}), one.get("tone", ""))
            for key, one in tree.content["outcomes"].items()
        ],
        "edition": tree,
        "days": days,
        "periods": PERIODS,
        "chart": pictures.triage(triage.counted(today - timedelta(days=days - 1), today)),
        "may_change": access.may(request.user, writing.CHANGE),
        "history": editions.history(EditionKind.TRIAGE)[:10],
    }
    return render(request, "converse/triage.html", context)


def _readable(tree: dict[str, Any]) -> list[dict[str, Any]]:
    order, waiting = [], [tree["first"]]
    while waiting:
        key = waiting.pop(0)
        if key in order:
            continue
        order.append(key)
        waiting += [one["to"] for one in tree["questions"][key]["answers"] if one["to"] in tree["questions"]]
    numbers = {key: place for place, key in enumerate(order, start=1)}
    return [
        {
            "key": key,
            "number": numbers[key],
            "text": chosen(tree["questions"][key]["text"]),
            "help": chosen(tree["questions"][key].get("help") or {}),
            "answers": [
                {
                    "text": chosen(one["text"]),
                    "question": numbers.get(one["to"]),
                    "key": one["to"],
                    "outcome": ""
                    if one["to"] in tree["questions"]
                    else chosen(tree["outcomes"][one["to"]]["name"]),
                }
                for one in tree["questions"][key]["answers"]
            ],
        }
        for key in order
    ]


@access.needs(writing.CHANGE)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest) -> HttpResponse:
    """Write the tree anew."""
    tree = editions.current(EditionKind.TRIAGE)
    content: dict[str, Any] = tree.content
    number, said, status = tree.number, [], 200
    if request.method == "POST":
        content = tree_forms.written(request.POST)
        given = request.POST.get("based_on", "")
        number = int(given) if given.isdecimal() and len(given) < 9 else 0
        if "add" in request.POST:
            content = tree_forms.with_room(content, request.POST["add"])
        else:
            try:
                _row, undo = putting_back.write_edition(
                    request,
                    kind=EditionKind.TRIAGE,
                    content=content,
                    based_on=number,
                    note=request.POST.get("note", "")[:300],
                )
            except writing.Unsound as unsound:
                said, status = edition_words.faults(unsound.faults), 422
            except writing.WrittenMeanwhile:
                said, status = [_("Somebody saved another triage since you began. Open the page again.")], 409
            else:
                toasts.add(request, _("Saved. Conversations are judged by it from now on."), undo=undo)
                return redirect("converse:triage")
    context = {
        "content": content,
        "questions": [
            (key, one, chosen(one["text"]), tree_forms.answer_rows(one))
            for key, one in content["questions"].items()
        ],
        "outcomes": [(key, one, chosen(one["name"])) for key, one in content["outcomes"].items()],
        "number": number,
        "said": said,
        "tones": TONES,
        "languages": [(lang, language(lang)) for lang in LANGUAGES],
    }
    return render(request, "converse/triage_form.html", context, status=status)


@access.needs("converse.thread.see")
@require_http_methods(["GET", "POST"])
def beside(request: HttpRequest, thread_id: int) -> HttpResponse:
    """The tree beside a conversation: a question at a time (GET with the way so far), and recording where it led (POST)."""
    thread = conversations.reachable_by(request.user, thread_id)
    way = request.GET.get("way", "")
    if request.method == "POST":
        access.require(request.user, actions.WORK)
        given = request.POST.get("edition", "")
        try:
            if "forget" in request.POST:
                actions.forget(thread=thread, by=request.user, at=clock.now())
            else:
                actions.record(
                    thread=thread,
                    edition=int(given) if given.isdecimal() and len(given) < 9 else 0,
                    answers=triage.answers_of(request.POST.get("way", "")),
                    by=request.user,
                    at=clock.now(),
                )
        except actions.NoOutcome:
            toasts.add(request, _("The triage was changed meanwhile. Begin again."), tone="warn")
        if not request.htmx:  # type: ignore[attr-defined]
            return redirect(addresses.thread(thread.pk) or request.path)
    context = {
        "thread": thread,
        "tree": triage.beside(thread, way),
        "asking": "way" in request.GET,
        "may_work": access.may(request.user, actions.WORK),
    }
    whole = "converse/_triage.html" if request.htmx else "converse/triage_beside.html"  # type: ignore[attr-defined]
    return render(request, whole, context)


urlpatterns = [
    path("triage/", index, name="triage"),
    path("triage/edit/", edit, name="triage-edit"),
    path("threads/<int:thread_id>/triage/", beside, name="thread-triage"),
]
