"""Doors to mandates: the list, one of them with its history, giving, changing, accepting, withdrawing."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from grapevine.converse import mandate_words as words
from grapevine.converse.actions import mandates as actions
from grapevine.converse.mandate_forms import MandateForm
from grapevine.converse.selectors import checks, mandates, names, speakers
from grapevine.converse.selectors.mandates import GIVE, SEE, Shown
from grapevine.core import access, clock
from grapevine.ui import toasts

STATES: dict[str, tuple[Any, str]] = {
    "holds": (lambda: _("Holds"), "good"),
    "waits": (lambda: _("Waits to be accepted"), "warn"),
    "later": (lambda: _("Begins later"), "info"),
    "ended": (lambda: _("Ended"), ""),
    "withdrawn": (lambda: _("Withdrawn"), ""),
}


def _card(one: Shown, known: names.Names) -> dict[str, Any]:
    say, tone = STATES[one.state]
    return {"one": one, "said": words.terms(one.terms, known), "state": say(), "tone": tone}


@access.needs(SEE)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Mine in full, and those of the others."""
    now, known = clock.now(), names.known()
    mine = mandates.shown(at=now, user_id=request.user.pk or 0)
    others = [one for one in mandates.shown(at=now) if one.user_id != request.user.pk]
    passed = checks.of([request.user.pk or 0])[request.user.pk or 0]
    context = {
        "mine": [_card(one, known) for one in mine],
        "others": [_card(one, known) for one in others],
        "without": [one for one in speakers.standing(at=now) if not one.mandates and not one.waiting],
        "passed": passed,
        "passes": passed.holds(now),
        "may_give": access.may(request.user, GIVE),
    }
    return render(request, "converse/mandates.html", context)


@access.needs(SEE)
@require_safe
def page(request: HttpRequest, mandate_id: int) -> HttpResponse:
    """One mandate with its history."""
    mandate = mandates.reachable_by(request.user, mandate_id)
    known = names.known()
    one = mandates.one(mandate, at=clock.now())
    past = [
        {"past": version, "said": _marked(version, before, known)}
        for version, before in _pairs(mandates.history(mandate))
    ]
    own = mandate.user_id == request.user.pk
    context = {
        **_card(one, known),
        "past": past,
        "own": own,
        "may_give": access.may(request.user, GIVE),
        "may_end": one.state != "withdrawn" and (own or access.may(request.user, GIVE)),
    }
    return render(request, "converse/mandate.html", context)


def _pairs(history: list[mandates.Past]) -> list[tuple[mandates.Past, mandates.Past | None]]:
    return list(zip(history, [*history[1:], None], strict=True))


def _marked(
    version: mandates.Past, before: mandates.Past | None, known: names.Names
) -> list[tuple[words.Said, bool]]:
    """Each line, and whether it says something else than in the version before."""
    earlier = {one.about: one.says for one in words.terms(before.terms, known)} if before else {}
    return [
        (one, bool(earlier) and earlier.get(one.about) != one.says)
        for one in words.terms(version.terms, known)
    ]


@access.needs(GIVE)
@require_http_methods(["GET", "POST"])
def give(request: HttpRequest) -> HttpResponse:
    """Give somebody a mandate."""
    now = clock.now()
    initial = MandateForm.defaults(mandates.day_of(now))
    if wanted := request.GET.get("user", ""):
        initial["user"] = wanted
    form = MandateForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            mandate = actions.give(
                user=speakers.user_of(given["user"]),
                terms=form.terms(),
                starts_on=given["starts_on"],
                ends_on=given["ends_on"],
                note=given["note"],
                by=request.user,
                at=now,
            )
        except actions.MandateRefused as refused:
            form.add_error(None, words.REFUSALS[refused.code]())
        else:
            said = _("%(name)s has a mandate. It holds as soon as it is accepted.")
            toasts.add(request, said % {"name": mandate.user.name})
            return redirect("converse:mandate", mandate.pk)
    return render(
        request, "converse/mandate_form.html", {"form": form, "mandate": None}, status=_status(form)
    )


@access.needs(GIVE)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, mandate_id: int) -> HttpResponse:
    """Let a mandate say something else, or last longer."""
    mandate = mandates.reachable_by(request.user, mandate_id, permission=GIVE)
    now = clock.now()
    one = mandates.one(mandate, at=now)
    standing = one.standing
    initial = MandateForm.of(one.terms, standing.starts_on, standing.ends_on, one.note)
    if "renew" in request.GET:
        initial["ends_on"] = max(standing.ends_on, mandates.day_of(now)) + (
            MandateForm.defaults(mandates.day_of(now))["ends_on"] - mandates.day_of(now)
        )
    form = MandateForm(request.POST or None, initial=initial, for_user=mandate.user_id)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.change(
                mandate=mandate,
                terms=form.terms(one.terms),
                starts_on=given["starts_on"],
                ends_on=given["ends_on"],
                note=given["note"],
                by=request.user,
                at=now,
            )
        except actions.MandateRefused as refused:
            form.add_error(None, words.REFUSALS[refused.code]())
        else:
            toasts.add(request, _("Saved. It holds again as soon as it is accepted."))
            return redirect("converse:mandate", mandate.pk)
    context = {"form": form, "mandate": mandate, "one": one}
    return render(request, "converse/mandate_form.html", context, status=_status(form))


def _status(form: MandateForm) -> int:
    return 422 if form.is_bound and not form.is_valid() else 200


@access.needs(SEE)
@require_POST
def accept(request: HttpRequest, mandate_id: int) -> HttpResponse:
    """Accept the version one has read."""
    mandate = mandates.reachable_by(request.user, mandate_id)
    try:
        version = int(request.POST.get("version", "0"))
    except ValueError:
        version = 0
    try:
        actions.accept(mandate=mandate, version=version, by=request.user, at=clock.now())
    except actions.MandateRefused as refused:
        toasts.add(request, words.REFUSALS[refused.code](), tone="bad")
        return redirect("converse:mandate", mandate.pk)
    if checks.passed(request.user.pk or 0, clock.now()):
        toasts.add(request, _("Accepted. You may speak now, without asking anyone."))
        return redirect("converse:mandates")
    toasts.add(request, _("Accepted. Before your first reply there are a few questions on the guideline."))
    return redirect("converse:check")


@access.needs(SEE)
@require_POST
def withdraw(request: HttpRequest, mandate_id: int) -> HttpResponse:
    """End a mandate now."""
    mandate = mandates.reachable_by(request.user, mandate_id)
    if mandate.user_id != request.user.pk and not access.may(request.user, GIVE):
        raise Http404("not one's own")
    actions.withdraw(mandate=mandate, by=request.user, at=clock.now())
    toasts.add(request, _("The mandate of %(name)s has ended.") % {"name": mandate.user.name}, tone="info")
    return redirect(reverse("converse:mandates"))


urlpatterns = [
    path("mandates/", index, name="mandates"),
    path("mandates/give/", give, name="mandate-give"),
    path("mandates/<int:mandate_id>/", page, name="mandate"),
    path("mandates/<int:mandate_id>/edit/", edit, name="mandate-edit"),
    path("mandates/<int:mandate_id>/accept/", accept, name="mandate-accept"),
    path("mandates/<int:mandate_id>/withdraw/", withdraw, name="mandate-withdraw"),
]
