"""Doors to leaving somebody alone, and to what they agreed to."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from grapevine.core import access, clock
from grapevine.people import forms
from grapevine.people.actions import contact
from grapevine.people.models import Consent, DoNotContact
from grapevine.people.selectors import persons, siblings
from grapevine.people.views import persons as pages
from grapevine.ui import toasts


@access.needs("people.person.change")
@require_POST
def refuse(request: HttpRequest, identity_id: int) -> HttpResponse:
    """Leave somebody alone from now on."""
    found = siblings.reachable(identity_id)
    story = persons.story(found, by=request.user, at=clock.now())
    form = pages.refusal_form(story, request.POST)
    if not form.is_valid():
        return pages.story_page(request, found, status=422, refusal=form)
    row = contact.refuse(identity=found, by=request.user, at=clock.now(), **form.cleaned_data)
    undo = reverse("people:refusal-allow", args=[row.pk])
    toasts.add(request, _("They are left alone. What waits to be sent is stopped."), undo=undo)
    return pages.back(found.pk)


@access.needs("people.person.change")
@require_POST
def allow(request: HttpRequest, refusal_id: int) -> HttpResponse:
    """Let them be written to again."""
    row = _refusal(refusal_id)
    contact.allow(refusal=row, by=request.user, at=clock.now())
    undo = reverse("people:refusal-again", args=[row.pk])
    toasts.add(request, _("They may be written to again."), tone="info", undo=undo)
    return pages.back(row.identity_id)


@access.needs("people.person.change")
@require_POST
def again(request: HttpRequest, refusal_id: int) -> HttpResponse:
    """Undo that they may be written to."""
    row = _refusal(refusal_id)
    contact.refuse_again(refusal=row, by=request.user, at=clock.now())
    toasts.add(request, _("They are left alone as before."))
    return pages.back(row.identity_id)


@access.needs("people.person.change")
@require_POST
def consent(request: HttpRequest, identity_id: int) -> HttpResponse:
    """Note a consent."""
    found = siblings.reachable(identity_id)
    form = forms.ConsentForm(request.POST)
    if form.is_valid() and form.cleaned_data["given_on"] > pages.today():
        form.add_error("given_on", _("This day has not come yet."))
    if not form.is_valid():
        return pages.story_page(request, found, status=422, consent=form)
    contact.consent(identity=found, by=request.user, at=clock.now(), **form.cleaned_data)
    toasts.add(request, _("Their consent is noted."))
    return pages.back(found.pk)


@access.needs("people.person.change")
@require_POST
def withdraw(request: HttpRequest, consent_id: int) -> HttpResponse:
    """Note that they took a consent back."""
    row = Consent.objects.select_related("identity").filter(pk=consent_id).first()
    if row is None:
        raise Http404
    removed = contact.withdraw(given=row, way="message", by=request.user, at=clock.now())
    said = _("It is noted that they took it back.")
    if removed:
        told = ngettext(
            "%(number)s note that stood on it is removed.", "%(number)s notes that stood on it are removed.", removed
        )  # fmt: skip
        said = f"{said} {told % {'number': removed}}"
    toasts.add(request, said, tone="info")
    return pages.back(row.identity_id)


def _refusal(refusal_id: int) -> DoNotContact:
    found = DoNotContact.objects.select_related("identity").filter(pk=refusal_id).first()
    if found is None:
        raise Http404
    return found


urlpatterns = [
    path("people/<int:identity_id>/leave-alone/", refuse, name="refuse"),
    path("people/refusals/<int:refusal_id>/allow/", allow, name="refusal-allow"),
    path("people/refusals/<int:refusal_id>/again/", again, name="refusal-again"),
    path("people/<int:identity_id>/consent/", consent, name="consent"),
    path("people/consents/<int:consent_id>/withdraw/", withdraw, name="consent-withdraw"),
]
