"""Doors to people: the list, an identity by its handle, and, once opened, the person's story."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from grapevine.core import access, clock, installation
from grapevine.people import forms, terms, wording
from grapevine.people.actions import persons as actions
from grapevine.people.models import Identity
from grapevine.people.selectors import contact, memory, openings, persons, siblings
from grapevine.people.selectors.persons import Story

_CHANNELS = ("mail", "form")


def today() -> date:
    """The day it is where the house stands."""
    return terms.day_of(clock.now(), installation.zone())


@access.needs("people.person.see")
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Those we know, the latest noted first; or those found by `?q=`."""
    words = request.GET.get("q", "").strip()[:100]
    page = persons.found(words) if words else persons.listed(before=request.GET.get("before", "")[:60])
    context = {
        "page": page,
        "words": words,
        "proved": () if words else persons.lately_proved(),
        "new_person": forms.NewPersonForm(),
        "may_change": access.may(request.user, "people.person.change"),
        "may_see_purchases": access.may(request.user, "people.purchase.see"),
    }
    return render(request, "people/people.html", context)


@access.needs("people.person.change")
@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """Add somebody we met elsewhere; who adds them has opened their story."""
    form = forms.NewPersonForm(request.POST)
    if not form.is_valid():
        context = {"page": persons.listed(), "new_person": form, "may_change": True}
        return render(request, "people/people.html", context, status=422)
    at = clock.now()
    identity = actions.add(name=form.cleaned_data["name"], by=request.user, at=at)
    actions.open_story(identity=identity, reason="note", by=request.user, at=at)
    return redirect("people:person", identity.pk)


@access.needs("people.identity.see")
@require_GET
def identity(request: HttpRequest, identity_id: int) -> HttpResponse:
    """An author by the handle they chose, and what they said in public. What we know of them is behind the next door.

    Who wrote to us alone has no handle that they chose, but an address: only who may see people sees it.
    """
    found = siblings.reachable(identity_id)
    if found.platform.partition("/")[0] in _CHANNELS:
        access.require(request.user, "people.person.see")
    context = {
        "identity": found,
        "handle": memory.handle(found),
        "called": memory.called(found),
        "ids": (found.pk,),
        "refusals": contact.refusals([found.pk], at=clock.now()).get(found.pk, ()),
        "opening": forms.OpeningForm(),
        "may_open": access.may(request.user, "people.person.see"),
    }
    return render(request, "people/identity.html", context)


@access.needs("people.person.see")
@require_POST
def open_story(request: HttpRequest, identity_id: int) -> HttpResponse:
    """Open what is known of somebody, saying why; it is written down."""
    found = siblings.reachable(identity_id)
    form = forms.OpeningForm(request.POST)
    if not form.is_valid():
        return _ask(request, found, form)
    actions.open_story(identity=found, reason=form.cleaned_data["reason"], by=request.user, at=clock.now())
    return redirect("people:person", found.pk)


@access.needs("people.person.see")
@require_GET
def person(request: HttpRequest, identity_id: int) -> HttpResponse:
    """All there is to know of somebody, for who has opened it."""
    return story_page(request, siblings.reachable(identity_id))


def story_page(request: HttpRequest, found: Identity, *, status: int = 200, **changed: Any) -> HttpResponse:
    """The story of a person, with forms as they were sent where something is wrong with them; or the question why it is to be opened."""
    at = clock.now()
    if not openings.is_open(siblings.of(found), by=request.user, at=at):
        return _ask(request, found, forms.OpeningForm())
    story = persons.story(found, by=request.user, at=at)
    context = {
        "story": story,
        "identity": found,
        "reason": wording.reason(story.reason) if story.reason else "",
        "suggested": [
            {
                "one": one,
                "handle": memory.handle(one.other),
                "called": memory.called(one.other),
                "score": wording.score(one.score),
                "why": [wording.like(code) for code in one.reasons],
            }
            for one in story.suggestions
        ],
        "note": note_form(story),
        "promise": forms.PromiseForm(),
        "refusal": refusal_form(story),
        "consent": forms.ConsentForm(initial={"given_on": today()}),
        "key": forms.KeyForm(),
        "link": forms.LinkForm(),
        "may_change": access.may(request.user, "people.person.change"),
        "may_hand_over": access.may(request.user, "people.person.hand-over"),
        "may_forget": access.may(request.user, "people.person.forget"),
        **changed,
    }
    return render(request, "people/person.html", context, status=status)


def note_form(story: Story, data: Any = None) -> forms.NoteForm:
    """The form of a note about this person."""
    return forms.NoteForm(data, today=today(), handles=story.handles, auto_id="note_%s")


def refusal_form(story: Story, data: Any = None) -> forms.RefusalForm:
    """The form that says where and why somebody is to be left alone."""
    channels = list(dict.fromkeys([*(one.channel for one in story.handles), *_CHANNELS]))
    return forms.RefusalForm(data, today=today(), channels=channels, auto_id="refusal_%s")


def _ask(request: HttpRequest, found: Identity, form: forms.OpeningForm) -> HttpResponse:
    context = {"identity": found, "called": memory.called(found), "opening": form}
    return render(request, "people/opening.html", context, status=422 if form.errors else 200)


def back(identity_id: int, request: HttpRequest | None = None) -> HttpResponse:
    """To where the button stood, if the form of `request` names a page of ours; else to the story of somebody."""
    wanted = request.POST.get("next", "") if request is not None else ""
    if wanted and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        return redirect(wanted)
    return redirect(reverse("people:person", args=[identity_id]))


def gone(what: str = "") -> str:
    """What to say when somebody was faster."""
    return what or _("A colleague was faster: look at what is there now.")


urlpatterns = [
    path("people/", index, name="people"),
    path("people/new/", add, name="new"),
    path("people/<int:identity_id>/", identity, name="identity"),
    path("people/<int:identity_id>/open/", open_story, name="open"),
    path("people/<int:identity_id>/story/", person, name="person"),
]
