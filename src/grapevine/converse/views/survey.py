"""The public page of our one question. Whoever has the link may answer it, and see nothing else."""

from __future__ import annotations

from django import forms
from django.core.validators import ProhibitNullCharactersValidator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from grapevine.converse.actions import surveys as actions
from grapevine.converse.models import Score
from grapevine.converse.selectors import surveys
from grapevine.core import access, clock


class AnswerForm(forms.Form):
    """Yes, partly or no; and a sentence, if one likes."""

    score = forms.TypedChoiceField(
        label=_("Did our answer help you?"),
        choices=[(one.value, one.label) for one in (Score.YES, Score.PARTLY, Score.NO)],
        coerce=int,
        widget=forms.RadioSelect,
    )
    sentence = forms.CharField(
        label=_("What should we know?"),
        required=False,
        max_length=actions.LONGEST,
        validators=[ProhibitNullCharactersValidator()],
        widget=forms.Textarea({"rows": 3}),
        help_text=_("It joins our conversation, and whoever answered you reads it."),
    )


# No cookie is set for who comes here, so there is no token to compare: the secret is in the address.
@csrf_exempt
@never_cache
@access.open_to_all
@require_http_methods(["GET", "HEAD", "POST"])
def survey(request: HttpRequest, token: str) -> HttpResponse:
    """The question; sent, the answer. Looking at it answers nothing: mail programs look at links, too."""
    row = surveys.of_token(token)
    at = clock.now()
    is_open = actions.may_answer(row, at)
    known = {"score": row.score, "sentence": row.message.text if row.message else ""}
    form = AnswerForm(request.POST if request.method == "POST" and is_open else None, initial=known)
    if request.method == "POST" and is_open and form.is_valid():
        try:
            actions.answer(survey=row, at=at, **form.cleaned_data)
        except actions.Over:
            is_open = False  # the hour ended between the look and the answer
        else:
            return redirect(reverse("converse:survey", args=[token], query={"saved": 1}))
    context = {
        "form": form,
        "open": is_open,
        "answered": row.answered_at is not None,
        "saved": "saved" in request.GET and row.answered_at is not None,
    }
    # In the language we talked in, not in that of the machine they sit at.
    with translation.override(surveys.spoken(row.thread.lang)):
        response = render(request, "converse/survey.html", context, status=200 if is_open else 410)
    # The frame offers its scripts a token; nobody is signed in here, so the cookie that belongs to it need not be set.
    request.META.pop("CSRF_COOKIE_NEEDS_UPDATE", None)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


urlpatterns = [path("survey/<slug:token>/", survey, name="survey")]
