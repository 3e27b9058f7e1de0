"""Doors to saved filters: save, rename, change, delete, and undo the deletion."""

from __future__ import annotations

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from grapevine.core import access, clock
from grapevine.listen.actions import filters as actions
from grapevine.listen.contracts.filters import Wish
from grapevine.listen.filter_forms import NameForm
from grapevine.listen.models import SavedFilter
from grapevine.listen.selectors import saved
from grapevine.ui import toasts

_SALT = "listen.filter.removed"
_UNDO_WITHIN = 24 * 3600  # seconds


def _to(wish: Wish) -> HttpResponse:
    return redirect(reverse("listen:stream") + (wish.address() if wish else ""))


def _own(request: HttpRequest, filter_id: int) -> SavedFilter:
    kept = saved.reachable_by(request.user, filter_id)
    if kept is None:
        raise Http404
    return kept


def _name(request: HttpRequest) -> str | None:
    form = NameForm(request.POST)
    if form.is_valid():
        return str(form.cleaned_data["name"])
    toasts.add(request, _("A filter needs a name of at most 80 letters."), tone="bad")
    return None


@require_POST
@access.needs("listen.filter.save")
def save(request: HttpRequest) -> HttpResponse:
    """Keep the filters sent along under the name given."""
    wish, name = Wish.read(request.POST), _name(request)
    if name:
        try:
            actions.save(wish=wish, name=name, by=request.user, at=clock.now())
            toasts.add(request, _("Saved “%(name)s”.") % {"name": name})
        except actions.NameTaken:
            toasts.add(
                request, _("You have a filter called “%(name)s” already.") % {"name": name}, tone="bad"
            )
        except actions.TooMany:
            toasts.add(
                request,
                _("You have %(n)s saved filters. Delete one first.") % {"n": actions.LIMIT},
                tone="bad",
            )
    return _to(wish)


@require_POST
@access.needs("listen.filter.save")
def rename(request: HttpRequest, filter_id: int) -> HttpResponse:
    """Give a saved filter another name."""
    kept, name = _own(request, filter_id), _name(request)
    if name:
        try:
            actions.rename(kept=kept, name=name, by=request.user, at=clock.now())
        except actions.NameTaken:
            toasts.add(
                request, _("You have a filter called “%(name)s” already.") % {"name": name}, tone="bad"
            )
    return _to(Wish.read(kept.params))


@require_POST
@access.needs("listen.filter.save")
def change(request: HttpRequest, filter_id: int) -> HttpResponse:
    """Let a saved filter stand for what is looked through now."""
    wish = Wish.read(request.POST)
    kept = actions.change(kept=_own(request, filter_id), wish=wish, by=request.user, at=clock.now())
    toasts.add(request, _("“%(name)s” now stands for this.") % {"name": kept.name})
    return _to(wish)


@require_POST
@access.needs("listen.filter.save")
def remove(request: HttpRequest, filter_id: int) -> HttpResponse:
    """Delete a saved filter; the notice offers to bring it back."""
    kept = _own(request, filter_id)
    # All that is needed to bring it back travels with the notice, signed; nothing deleted stays with us.
    token = signing.dumps({"user": kept.user_id, "name": kept.name, "params": kept.params}, salt=_SALT)
    actions.remove(kept=kept, by=request.user, at=clock.now())
    undo = reverse("listen:filter-undo", args=[token])
    toasts.add(request, _("Deleted “%(name)s”.") % {"name": kept.name}, tone="info", undo=undo)
    return _to(Wish.read(request.POST))


@require_POST
@access.needs("listen.filter.save")
def undo(request: HttpRequest, token: str) -> HttpResponse:
    """Bring a deleted filter back."""
    try:
        told = signing.loads(token, salt=_SALT, max_age=_UNDO_WITHIN)
    except signing.BadSignature as error:
        raise Http404 from error
    if told["user"] != request.user.pk:
        raise Http404
    wish = Wish.read(told["params"])
    try:
        actions.save(wish=wish, name=told["name"], by=request.user, at=clock.now())
    except (actions.NameTaken, actions.TooMany):
        toasts.add(request, _("There is a filter of that name again already."), tone="info")
    return _to(wish)


urlpatterns = [
    path("stream/filters/", save, name="filter-save"),
    path("stream/filters/<int:filter_id>/rename/", rename, name="filter-rename"),
    path("stream/filters/<int:filter_id>/change/", change, name="filter-change"),
    path("stream/filters/<int:filter_id>/delete/", remove, name="filter-delete"),
    path("stream/filters/undo/<str:token>/", undo, name="filter-undo"),
]
