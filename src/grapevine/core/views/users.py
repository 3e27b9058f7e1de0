"""Users and their roles, for administrators."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from grapevine.core import access, clock, forms
from grapevine.core.actions import users
from grapevine.core.models.users import Role
from grapevine.core.selectors import users as selector


def _page(request: HttpRequest, *, status: int = 200, **changed: Any) -> HttpResponse:
    context = {
        "rows": selector.all_for(request.user),
        "form": forms.NewUser(),
        "roles": Role.choices,
        "link": "",
        "person": "",
        "wrong": "",
        **changed,
    }
    return render(request, "core/users.html", context, status=status)


def _link(request: HttpRequest, user: Any) -> str:
    uid, token = users.link_to_password(user=user, by=request.user, at=clock.now())
    return request.build_absolute_uri(reverse("core:choose-password", args=[uid, token]))


@access.needs("core.users.see")
@require_safe
def everybody(request: HttpRequest) -> HttpResponse:
    """All users."""
    return _page(request)


@access.needs("core.users.change")
@require_POST
@never_cache
def add(request: HttpRequest) -> HttpResponse:
    """Add somebody, and show the link by which they choose a password."""
    form = forms.NewUser(request.POST)
    if form.is_valid():
        try:
            user = users.add(by=request.user, at=clock.now(), **form.cleaned_data)
        except users.AddressTaken:
            form.add_error("email", _("Somebody has this address already."))
        except ValidationError as error:
            form.add_error("email", error)
        else:
            return _page(request, link=_link(request, user), person=user.name)
    return _page(request, form=form, status=422)


@access.needs("core.users.change")
@require_POST
def role(request: HttpRequest, user_id: int) -> HttpResponse:
    """Change what somebody may do."""
    user = selector.reachable_by(request.user, user_id)
    form = forms.RoleChoice(request.POST)
    if not form.is_valid():
        return _page(request, wrong=_("There is no such role."), status=422)
    try:
        users.change_role(user=user, role=form.cleaned_data["role"], by=request.user, at=clock.now())
    except users.LastAdministrator:
        return _page(request, wrong=_last(), status=422)
    return redirect("core:users")


@access.needs("core.users.change")
@require_POST
def close(request: HttpRequest, user_id: int) -> HttpResponse:
    """Let somebody in no longer."""
    user = selector.reachable_by(request.user, user_id)
    try:
        users.deactivate(user=user, by=request.user, at=clock.now())
    except users.LastAdministrator:
        return _page(request, wrong=_last(), status=422)
    return redirect("core:users")


@access.needs("core.users.change")
@require_POST
def reopen(request: HttpRequest, user_id: int) -> HttpResponse:
    """Let somebody in again."""
    user = selector.reachable_by(request.user, user_id)
    users.reactivate(user=user, by=request.user, at=clock.now())
    return redirect("core:users")


@access.needs("core.users.change")
@require_POST
@never_cache
def link(request: HttpRequest, user_id: int) -> HttpResponse:
    """A one-time link to a new password, to be handed over by the administrator."""
    user = selector.reachable_by(request.user, user_id)
    return _page(request, link=_link(request, user), person=user.name)


def _last() -> str:
    return _("This is the last administrator. Make somebody else one first.")
