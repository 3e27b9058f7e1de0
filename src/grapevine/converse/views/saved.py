"""Doors to saved views of the inbox."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from grapevine.converse.actions import reverting
from grapevine.converse.actions import views as actions
from grapevine.converse.models import SavedView
from grapevine.converse.selectors.wishes import Wish
from grapevine.converse.views import putting_back
from grapevine.core import access, clock
from grapevine.ui import toasts


@require_POST
@access.needs("converse.thread.work")
def save(request: HttpRequest) -> HttpResponse:
    """Keep how the inbox is looked at now."""
    wish, name = Wish.read(request.POST), " ".join(request.POST.get("name", "").split())[:80]
    try:
        if name:
            shared = "shared" in request.POST
            kept = actions.save(
                name=name, params=wish.params(), shared=shared, by=request.user, at=clock.now()
            )
            undo = reverse("converse:view-remove", args=[kept.pk])
            toasts.add(request, _("Saved “%(name)s”.") % {"name": name}, undo=undo)
        else:
            toasts.add(request, _("A view needs a name."), tone="bad")
    except actions.NameTaken:
        toasts.add(request, _("There is a view called “%(name)s” already.") % {"name": name}, tone="bad")
    except actions.TooMany:
        toasts.add(request, _("There are too many saved views. Remove one first."), tone="bad")
    return redirect(reverse("converse:inbox") + wish.address())


@require_POST
@access.needs("converse.thread.work")
def remove(request: HttpRequest, view_id: int) -> HttpResponse:
    """Remove a saved view."""
    kept = SavedView.objects.filter(pk=view_id).first()
    shared = kept is not None and kept.user_id is None
    own = kept is not None and kept.user_id == request.user.pk
    if kept is None or not (own or (shared and access.may(request.user, actions.SHARE))):
        raise Http404("no such view")
    at = clock.now()
    with reverting.noted("views", kept.user_id or "", by=request.user, at=at) as noted:
        actions.remove(kept=kept, by=request.user, at=at)
    told = _("Removed “%(name)s”.") % {"name": kept.name}
    toasts.add(request, told, undo=putting_back.address(noted))
    return redirect("converse:inbox")


urlpatterns = [
    path("inbox/views/", save, name="view-save"),
    path("inbox/views/<int:view_id>/remove/", remove, name="view-remove"),
]
