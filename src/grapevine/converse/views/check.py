"""Doors to the guideline's check: taking it, who has passed, writing its questions."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from grapevine.converse import check_forms, edition_words
from grapevine.converse.actions import checks as actions
from grapevine.converse.actions import editions as writing
from grapevine.converse.in_language import chosen
from grapevine.converse.mandate_words import language
from grapevine.converse.models import EditionKind
from grapevine.converse.selectors import checks, editions, guidelines, speakers
from grapevine.converse.shipped import LANGUAGES
from grapevine.converse.views import putting_back
from grapevine.core import access, clock
from grapevine.ui import toasts


@access.needs("converse.check.take")
@require_http_methods(["GET", "POST"])
def take(request: HttpRequest) -> HttpResponse:
    """The questions; after answering, what was wrong and where it stands."""
    check = editions.current(EditionKind.CHECK)
    questions = check.content["questions"]
    given: dict[int, list[int]] = {}
    marked = None
    if request.method == "POST":
        given = check_forms.answers(request.POST, len(questions))
        marked = actions.take(answers=given, by=request.user, at=clock.now())
        if marked.passed:
            toasts.add(request, _("All right: you know the guideline. That holds for a year."))
            return redirect("converse:mandates")
    user_id = request.user.pk or 0
    context = {
        "questions": _shown(questions, given, marked),
        "marked": marked,
        "wrong": sum(not one for one in marked.right) if marked else 0,
        "passed": checks.of([user_id])[user_id],
        "passes": checks.passed(user_id, clock.now()),
        "may_change": access.may(request.user, writing.CHANGE),
    }
    return render(request, "converse/check.html", context)


def _shown(
    questions: list[dict[str, Any]], given: dict[int, list[int]], marked: actions.Marked | None
) -> list[dict[str, Any]]:
    pages = {one.key: guidelines.page(one).title for one in editions.guidelines()}
    return [
        {
            "place": place,
            "text": chosen(question["text"]),
            "many": sum(bool(one.get("right")) for one in question["options"]) > 1,
            "options": [
                (number, chosen(one["text"]), number in given.get(place, ()))
                for number, one in enumerate(question["options"])
            ],
            "wrong": marked is not None and not marked.right[place],
            "right": marked is not None and marked.right[place],
            "why": chosen(question.get("why") or {}),
            "href": reverse("converse:guideline", args=[question["about"]])
            if question.get("about") in pages
            else "",
            "page": pages.get(question.get("about", ""), ""),
        }
        for place, question in enumerate(questions)
    ]


@access.needs("converse.mandate.give")
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Who has passed, and whose pass ends soon."""
    return render(request, "converse/check_people.html", {"rows": speakers.standing(at=clock.now())})


@access.needs(writing.CHANGE)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest) -> HttpResponse:
    """Write the questions anew."""
    check = editions.current(EditionKind.CHECK)
    content: dict[str, Any] = check.content
    number, said, status = check.number, [], 200
    if request.method == "POST":
        content = check_forms.written(request.POST)
        given = request.POST.get("based_on", "")
        number = int(given) if given.isdecimal() and len(given) < 9 else 0
        if "add" not in request.POST:
            try:
                _row, undo = putting_back.write_edition(
                    request,
                    kind=EditionKind.CHECK,
                    content=content,
                    based_on=number,
                    renews="renews" in request.POST,
                )
            except writing.Unsound as unsound:
                said, status = edition_words.faults(unsound.faults), 422
            except writing.WrittenMeanwhile:
                said, status = (
                    [_("Somebody saved other questions since you began. Open the page again.")],
                    409,
                )
            else:
                toasts.add(request, _("Saved. From now on these questions are asked."), undo=undo)
                return redirect("converse:check")
    context = {
        "questions": _editable(content["questions"], more="add" in request.POST),
        "number": number,
        "said": said,
        "languages": [(lang, language(lang)) for lang in LANGUAGES],
        "pages": [(one.key, guidelines.page(one).title) for one in editions.guidelines()],
    }
    return render(request, "converse/check_form.html", context, status=status)


def _editable(questions: list[dict[str, Any]], *, more: bool) -> list[dict[str, Any]]:
    """The questions as fields, with room for another answer each, and for another question when asked for."""
    empty: dict[str, Any] = {"about": "", "text": {}, "options": [], "why": {}}
    rows = [*questions, *([empty] if more or not questions else [])]
    return [
        {
            "number": number,
            "about": row.get("about", ""),
            "text": row["text"],
            "why": row.get("why") or {},
            "options": [
                (place, one["text"], bool(one.get("right")))
                for place, one in enumerate(
                    [
                        *row["options"],
                        *({"text": {}},) * (max(3, len(row["options"]) + 1) - len(row["options"])),
                    ][: check_forms.MOST_OPTIONS]
                )
            ],
        }
        for number, row in enumerate(rows)
    ]


urlpatterns = [
    path("guidelines/check/", take, name="check"),
    path("guidelines/check/people/", people, name="check-people"),
    path("guidelines/check/edit/", edit, name="check-edit"),
]
