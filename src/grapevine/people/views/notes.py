"""Doors to what is remembered: noting, changing, removing; confirming and declining what messages suggest."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from grapevine.core import access, clock
from grapevine.people import forms, wording
from grapevine.people.actions import facts, memory
from grapevine.people.models import Fact, Promise, Proposal
from grapevine.people.selectors import lines, openings, persons, siblings
from grapevine.people.views import persons as pages
from grapevine.ui import toasts


@access.needs("people.person.change")
@require_POST
def note(request: HttpRequest, identity_id: int) -> HttpResponse:
    """Remember something."""
    found = siblings.reachable(identity_id)
    story = persons.story(found, by=request.user, at=clock.now())
    form = pages.note_form(story, request.POST)
    if not form.is_valid():
        return pages.story_page(request, found, status=422, note=form)
    learnt_of = siblings.reachable(int(form.cleaned_data.get("identity") or found.pk))
    try:
        fact = facts.note(identity=learnt_of, by=request.user, at=clock.now(), **form.values())
    except (facts.Refused, facts.NoConsent) as error:
        _add_error(form, error)
        return pages.story_page(request, found, status=422, note=form)
    toasts.add(request, _("Remembered."), undo=reverse("people:fact-remove", args=[fact.pk]))
    return pages.back(found.pk)


def _add_error(form: forms.NoteForm, error: Exception) -> None:
    if isinstance(error, facts.Refused):
        form.add_error("text", wording.special(error.category))
    else:
        form.add_error("basis", _("They have not agreed to be remembered. Note their consent first."))


def _fact(request: HttpRequest, fact_id: int, *, removed: bool = False) -> Fact:
    """A fact that this person may see. Raises Http404."""
    fact = Fact.objects.select_related("identity").filter(pk=fact_id, removed_at__isnull=not removed).first()
    if fact is None:
        raise Http404
    seen = fact.visibility == "team" or fact.noted_by_id == request.user.pk
    if not seen and not (fact.visibility == "leads" and access.may(request.user, lines.SEE_ALL)):
        raise Http404
    return fact


@access.needs("people.person.change")
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, fact_id: int) -> HttpResponse:
    """Correct what is remembered."""
    fact = _fact(request, fact_id)
    if not openings.is_open(siblings.of(fact.identity), by=request.user, at=clock.now()):
        return pages.back(fact.identity_id)
    names = ("kind", "text", "on", "how", "purpose", "basis", "visibility", "expires_on")
    initial = {name: getattr(fact, name) for name in names}
    form = forms.NoteForm(request.POST or None, initial=initial, today=pages.today())
    if request.method == "POST" and form.is_valid():
        wanted: dict[str, Any] = form.values()
        wanted["expires_on"] = wanted["expires_on"] or fact.expires_on
        if wanted["on"] == fact.on:
            wanted["precision"] = fact.precision
        try:
            facts.change(fact=fact, by=request.user, at=clock.now(), **wanted)
        except (facts.Refused, facts.NoConsent) as error:
            _add_error(form, error)
        else:
            toasts.add(request, _("Corrected."))
            return pages.back(fact.identity_id)
    context = {"form": form, "fact": lines.fact(fact), "identity": fact.identity}
    return render(request, "people/fact.html", context, status=422 if form.errors else 200)


@access.needs("people.person.change")
@require_POST
def remove(request: HttpRequest, fact_id: int) -> HttpResponse:
    """Remember it no longer."""
    fact = _fact(request, fact_id)
    facts.remove(fact=fact, by=request.user, at=clock.now())
    undo = reverse("people:fact-restore", args=[fact.pk])
    toasts.add(request, _("Removed. It is gone for good in a day."), tone="info", undo=undo)
    return pages.back(fact.identity_id)


@access.needs("people.person.change")
@require_POST
def restore(request: HttpRequest, fact_id: int) -> HttpResponse:
    """Bring back what was removed."""
    fact = _fact(request, fact_id, removed=True)
    try:
        facts.restore(fact=fact, by=request.user, at=clock.now())
    except facts.NoConsent:
        toasts.add(request, _("They took back their consent, so it stays removed."), tone="warn")
    else:
        toasts.add(request, _("It is back."))
    return pages.back(fact.identity_id)


@access.needs("people.person.change")
@require_POST
def keep(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """Remember what a message suggests; a promise of ours goes into my list."""
    proposal = _proposal(proposal_id)
    try:
        kept = memory.keep(proposal=proposal, by=request.user, at=clock.now())
    except memory.Decided:
        toasts.add(request, pages.gone(), tone="warn")
    except facts.Refused as error:
        toasts.add(request, wording.special(error.category), tone="warn")
    else:
        name = "people:promise-drop" if isinstance(kept, Promise) else "people:fact-remove"
        toasts.add(request, _("Remembered."), undo=reverse(name, args=[kept.pk]))
    return pages.back(proposal.identity_id, request)


@access.needs("people.person.change")
@require_POST
def decline(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """Don't remember what a message suggests."""
    proposal = _proposal(proposal_id)
    try:
        memory.decline(proposal=proposal, by=request.user, at=clock.now())
    except memory.Decided:
        toasts.add(request, pages.gone(), tone="warn")
    else:
        toasts.add(request, _("Not remembered, and not proposed again."), tone="info")
    return pages.back(proposal.identity_id, request)


def _proposal(proposal_id: int) -> Proposal:
    found = Proposal.objects.select_related("identity", "owner").filter(pk=proposal_id).first()
    if found is None:
        raise Http404
    return found


urlpatterns = [
    path("people/<int:identity_id>/note/", note, name="note"),
    path("people/facts/<int:fact_id>/", change, name="fact"),
    path("people/facts/<int:fact_id>/remove/", remove, name="fact-remove"),
    path("people/facts/<int:fact_id>/restore/", restore, name="fact-restore"),
    path("people/proposals/<int:proposal_id>/keep/", keep, name="proposal-keep"),
    path("people/proposals/<int:proposal_id>/decline/", decline, name="proposal-decline"),
]
