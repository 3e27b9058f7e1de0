"""Doors for those who are not in yet: signing in, set-up, choosing a password by a link."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import login, logout
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from grapevine.core import access, clock, forms, guests
from grapevine.core.actions import sessions, users
from grapevine.core.requests import address_of
from grapevine.core.selectors import users as users_selector

_BACKEND = "django.contrib.auth.backends.ModelBackend"


def _next(request: HttpRequest) -> str:
    """Where to go afterwards: where one wanted to, if that is here."""
    wish = request.POST.get("next") or request.GET.get("next") or ""
    here = {request.get_host()}
    safe = url_has_allowed_host_and_scheme(wish, allowed_hosts=here, require_https=request.is_secure())
    return wish if safe else resolve_url(settings.LOGIN_REDIRECT_URL)


def _is_in(request: HttpRequest) -> bool:
    user: Any = request.user
    return bool(user.is_authenticated and not user.is_guest)


@access.open_to_all
@never_cache
@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in with address and password."""
    if _is_in(request):
        return redirect(_next(request))
    if not users_selector.any_user():
        return redirect("core:set-up")
    form = forms.SignIn(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        status = 422
        try:
            user = sessions.sign_in(
                email=form.cleaned_data["email"],
                password=form.cleaned_data["password"],
                address=address_of(request),
                at=clock.now(),
            )
        except sessions.TooManyTries as error:
            minutes = max(1, round(error.wait.total_seconds() / 60))
            told = ngettext(
                "Too many tries. Wait a minute, then try again.",
                "Too many tries. Wait %(minutes)s minutes, then try again.",
                minutes,
            )
            form.add_error(None, told % {"minutes": minutes})
            status = 429
        else:
            if user is not None:
                login(request, user, backend=_BACKEND)
                return redirect(_next(request))
            form.add_error(None, _("This address and this password do not go together."))
    return render(request, "core/sign_in.html", {"form": form, "next": _next(request)}, status=status)


@access.open_to_all
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Leave."""
    logout(request)
    return redirect(settings.LOGIN_URL)


@access.open_to_all
@never_cache
@sensitive_post_parameters("password", "again")
def set_up(request: HttpRequest) -> HttpResponse:
    """Make the first administrator, with the token printed in the terminal. Of use once."""
    token = request.POST.get("token") or request.GET.get("token") or ""
    if not sessions.needs_set_up():
        if token and request.method == "GET":
            return render(request, "core/set_up_done.html", {}, status=410)
        return redirect(settings.LOGIN_URL)
    if not sessions.is_set_up_token(token):
        told = {"false_token": bool(token), "demo": guests.welcome(), "anybody": users_selector.any_user()}
        return render(request, "core/set_up_wait.html", told, status=403 if token else 200)
    form = forms.SetUp(request.POST or None, initial={"language": get_language()})
    if request.method == "POST" and form.is_valid():
        given = {
            name: form.cleaned_data[name]
            for name in ("email", "name", "password", "organisation", "language")
        }
        try:
            user = sessions.set_up(token=token, at=clock.now(), **given)
        except ValidationError as error:
            form.add_error("password", error)
        else:
            login(request, user, backend=_BACKEND)
            return redirect(settings.LOGIN_REDIRECT_URL)
    status = 422 if request.method == "POST" else 200
    response = render(request, "core/set_up.html", {"form": form, "token": token}, status=status)
    # The token stands in the address. (Without any referrer browsers send Origin: null, which CSRF refuses.)
    response.headers["Referrer-Policy"] = "same-origin"
    return response


@access.open_to_all
@never_cache
@sensitive_post_parameters("password", "again")
def choose_password(request: HttpRequest, uid: str, token: str) -> HttpResponse:
    """Choose a password by the link an administrator gave. Of use once."""
    user = users_selector.of_link(uid, token)
    if user is None:
        return render(request, "core/link_used_up.html", {}, status=410)
    form = forms.NewPassword(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            users.set_password(user=user, password=form.cleaned_data["password"], by=user, at=clock.now())
        except ValidationError as error:
            form.add_error("password", error)
        else:
            login(request, user, backend=_BACKEND)
            return redirect(settings.LOGIN_REDIRECT_URL)
    status = 422 if request.method == "POST" else 200
    response = render(
        request, "core/choose_password.html", {"form": form, "person": user.name}, status=status
    )
    response.headers["Referrer-Policy"] = "same-origin"
    return response
