"""One's own settings: name, language, time, appearance, password, API tokens."""

from __future__ import annotations

from typing import Any, cast

from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from grapevine.core import access, clock, forms
from grapevine.core.actions import tokens, users
from grapevine.core.models import User
from grapevine.core.selectors import users as users_selector


def _page(request: HttpRequest, *, status: int = 200, **changed: Any) -> HttpResponse:
    user = cast("User", request.user)
    context = {
        "own": forms.Own(
            initial={
                "name": user.name,
                "language": user.language,
                "time_zone": user.time_zone,
                "appearance": user.appearance,
            }
        ),
        "password": forms.OwnPassword(),
        "new_token": forms.NewToken(),
        "tokens": users_selector.tokens_of(user),
        "email": user.email,
        "key": "",
        "saved": request.GET.get("saved", ""),
        **changed,
    }
    return render(request, "core/own.html", context, status=status)


@access.needs("core.own.change")
def own(request: HttpRequest) -> HttpResponse:
    """My settings."""
    if request.method != "POST":
        return _page(request)
    form = forms.Own(request.POST)
    if not form.is_valid():
        return _page(request, own=form, status=422)
    users.change_own(user=cast("User", request.user), at=clock.now(), **form.cleaned_data)
    return redirect("/settings/you?saved=own")


@access.needs("core.own.change")
@require_POST
@sensitive_post_parameters("old", "password", "again")
def password(request: HttpRequest) -> HttpResponse:
    """My new password; my other sessions end, this one goes on."""
    form = forms.OwnPassword(request.POST)
    user = cast("User", request.user)
    if form.is_valid():
        given = form.cleaned_data
        try:
            users.change_own_password(user=user, old=given["old"], new=given["password"], at=clock.now())
        except ValidationError as error:
            form.add_error(None if hasattr(error, "error_dict") else "password", error)
        else:
            update_session_auth_hash(request, user)
            return redirect("/settings/you?saved=password")
    return _page(request, password=form, status=422)


@access.needs("core.own.change")
@require_POST
@never_cache
def create_token(request: HttpRequest) -> HttpResponse:
    """A new key, shown this once."""
    form = forms.NewToken(request.POST)
    if not form.is_valid():
        return _page(request, new_token=form, status=422)
    key = tokens.create(user=cast("User", request.user), name=form.cleaned_data["token_name"], at=clock.now())
    return _page(request, key=key)


@access.needs("core.own.change")
@require_POST
def revoke_token(request: HttpRequest, token_id: int) -> HttpResponse:
    """Make one of my keys worthless."""
    if not tokens.revoke(user=cast("User", request.user), token_id=token_id, at=clock.now()):
        raise Http404("no such token")
    return redirect("/settings/you?saved=token")
