"""Doors to somebody as a whole: handing over all that is held about them, and forgetting them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from grapevine.core import access, clock
from grapevine.people import forms
from grapevine.people.actions import whole as actions
from grapevine.people.selectors import memory, openings, siblings, whole
from grapevine.people.views import persons as pages


@access.needs("people.person.hand-over")
@require_POST
@never_cache
def hand_over(request: HttpRequest, identity_id: int) -> HttpResponseBase:
    """All that is held about somebody, as a file."""
    found = siblings.reachable(identity_id)
    at = clock.now()
    if not openings.is_open(siblings.of(found), by=request.user, at=at):
        return pages.back(found.pk)
    told = actions.hand_over(identity=found, by=request.user, at=at)
    answer = StreamingHttpResponse(told, content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="person-{found.pk}.json"'
    return answer


@access.needs("people.person.forget")
@require_http_methods(["GET", "POST"])
@never_cache
def forget(request: HttpRequest, identity_id: int) -> HttpResponse:
    """Forget somebody, once it is said that this is really wanted; and how far it is."""
    found = siblings.reachable(identity_id)
    at = clock.now()
    state = whole.forgetting(found)
    if state is None and not openings.is_open(siblings.of(found), by=request.user, at=at):
        return pages.back(found.pk)
    form = forms.ForgetForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.forget(identity=found, by=request.user, at=at)
        return redirect("people:forget", found.pk)
    context = {
        "identity": found,
        "called": memory.called(found),
        "handles": [memory.handle(one) for one in siblings.of(found)],
        "state": state,
        "form": form,
    }
    return render(request, "people/forget.html", context, status=422 if form.errors else 200)


urlpatterns = [
    path("people/<int:identity_id>/hand-over/", hand_over, name="hand-over"),
    path("people/<int:identity_id>/forget/", forget, name="forget"),
]
