"""Doors to who is whom: joining, parting, saying that two are not the same; addresses, numbers and links that prove it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from grapevine.core import access, clock
from grapevine.people import forms
from grapevine.people.actions import joins, keys
from grapevine.people.models import Holding, Identity, Join
from grapevine.people.models.purchases import HoldingWay
from grapevine.people.selectors import siblings
from grapevine.people.views import persons as pages
from grapevine.ui import toasts


@access.needs("people.person.change")
@require_POST
def join(request: HttpRequest, identity_id: int) -> HttpResponse:
    """These two are one person."""
    found, other = siblings.reachable(identity_id), _other(request)
    try:
        done = joins.join(first=found, second=other, by=request.user, at=clock.now())
    except joins.SamePerson:
        toasts.add(request, _("They are one person already."), tone="info")
    else:
        undo = reverse("people:join-undo", args=[done.pk])
        toasts.add(request, _("They are one person from now on."), undo=undo)
    return pages.back(found.pk)


@access.needs("people.person.change")
@require_POST
def apart(request: HttpRequest, identity_id: int) -> HttpResponse:
    """These two are not one person."""
    found, other = siblings.reachable(identity_id), _other(request)
    joins.say_apart(first=found, second=other, by=request.user, at=clock.now())
    toasts.add(request, _("It is not suggested again."), tone="info")
    return pages.back(found.pk)


@access.needs("people.person.change")
@require_POST
def undo(request: HttpRequest, join_id: int) -> HttpResponse:
    """They are not one person after all."""
    row = Join.objects.select_related("first").filter(pk=join_id).first()
    if row is None:
        raise Http404
    try:
        joins.undo(done=row, by=request.user, at=clock.now())
    except joins.LaterFirst:
        said = _("They were joined with somebody else since. Undo that first, then this.")
        toasts.add(request, said, tone="warn")
    else:
        toasts.add(request, _("They are two again. What was noted stays with whom it was learnt of."))
    return pages.back(row.first_id)


@access.needs("people.person.change")
@require_POST
def key(request: HttpRequest, identity_id: int) -> HttpResponse:
    """Note an address or number that is theirs. That a colleague noted it proves nothing, so nobody is joined by it."""
    found = siblings.reachable(identity_id)
    form = forms.KeyForm(request.POST)
    if form.is_valid():
        try:
            held = keys.hold(
                identity=found, way=HoldingWay.HUMAN, by=request.user, at=clock.now(), **form.cleaned_data
            )
        except keys.WrongKey:
            form.add_error("value", _("This is no e-mail address, or no number."))
        else:
            undo = reverse("people:key-remove", args=[held.pk])
            toasts.add(request, _("Noted. What was bought under it stands here from now on."), undo=undo)
            return pages.back(found.pk)
    return pages.story_page(request, found, status=422, key=form)


@access.needs("people.person.change")
@require_POST
def let_go(request: HttpRequest, holding_id: int) -> HttpResponse:
    """It isn't theirs."""
    row = Holding.objects.select_related("identity", "key").filter(pk=holding_id).first()
    if row is None:
        raise Http404
    keys.let_go(holding=row, by=request.user, at=clock.now())
    toasts.add(request, _("Taken away."), tone="info")
    return pages.back(row.identity_id)


@access.needs("people.person.change")
@require_POST
def link(request: HttpRequest, identity_id: int) -> HttpResponse:
    """Note an address on their profile."""
    found = siblings.reachable(identity_id)
    form = forms.LinkForm(request.POST)
    if form.is_valid():
        try:
            keys.link(identity=found, address=form.cleaned_data["address"], by=request.user, at=clock.now())
        except keys.WrongKey:
            form.add_error("address", _("This is no web address."))
        else:
            toasts.add(request, _("Noted."))
            return pages.back(found.pk)
    return pages.story_page(request, found, status=422, link=form)


def _other(request: HttpRequest) -> Identity:
    given = request.POST.get("other", "")
    return siblings.reachable(int(given) if given.isdecimal() and len(given) < 19 else 0)


urlpatterns = [
    path("people/<int:identity_id>/join/", join, name="join"),
    path("people/<int:identity_id>/apart/", apart, name="apart"),
    path("people/joins/<int:join_id>/undo/", undo, name="join-undo"),
    path("people/<int:identity_id>/key/", key, name="key"),
    path("people/keys/<int:holding_id>/remove/", let_go, name="key-remove"),
    path("people/<int:identity_id>/link/", link, name="link"),
]
