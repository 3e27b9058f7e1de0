"""Doors to how good readings are: all scopes, one scope with its figures, what it learnt, and what is wished of it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from grapevine.core import access, clock
from grapevine.ui import toasts
from grapevine.ui.numbers import percent
from grapevine.understand import charts, figures
from grapevine.understand.actions import corrections as corrections_actions
from grapevine.understand.actions import learning
from grapevine.understand.contracts import MOOD_NAMES, MOOD_TONES, MOODS, TIER_NAMES, WISHES, supplies
from grapevine.understand.contracts.supplies import Scope
from grapevine.understand.models import Adapter
from grapevine.understand.selectors import adapters, corrections, honesty
from grapevine.understand.selectors.honesty import ScopePage

SEE = "understand.reading.see"


def scope_for(request: HttpRequest, key: str) -> tuple[str, Scope]:
    """A scope that this person may see, with its subject. Raises Http404."""
    for subject, scope in supplies.all_scopes(request.user):
        if scope.key == key:
            return subject, scope
    raise Http404


@access.needs(SEE)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """All scopes: how good the readings of each are, as far as that is known."""
    scopes = [scope for _subject, scope in supplies.all_scopes(request.user)]
    found = honesty.summaries([scope.key for scope in scopes])
    rows = [(scope, found[scope.key]) for scope in scopes]
    return render(request, "understand/readings.html", {"rows": rows, "too_few": figures.TOO_FEW})


@access.needs(SEE)
@require_GET
def page(request: HttpRequest, scope: str) -> HttpResponse:
    """How good readings are on one's own texts."""
    _subject, there = scope_for(request, scope)
    asked = request.GET.get("draw", "")
    found = honesty.page(there.key, draw_id=int(asked) if asked.isdecimal() and len(asked) < 19 else None)
    return render(request, "understand/scope.html", _context(request, there, found))


def _context(request: HttpRequest, scope: Scope, found: ScopePage) -> dict[str, Any]:
    told = found.figures
    return {
        "scope": scope,
        "page": found,
        "latest": found.draws[0] if found.draws else None,
        "few": figures.FEW,
        "too_few": figures.TOO_FEW,
        "table": _table(told.table) if told else [],
        "moods": [MOOD_NAMES[mood] for mood in MOODS],
        "calibration": charts.calibration(told.bins) if told else None,
        "drift": charts.drift(found.drift),
        "groups": _groups(found) if told else [],
        "words": _words(scope.key),
        "options": honesty.options(scope.key),
        "wish": str(found.wish.share) if found.wish else "",
        "may_label": access.may(request.user, corrections_actions.CORRECT),
        "may_reset": access.may(request.user, "understand.adapter.reset"),
        "may_wish": access.may(request.user, "understand.wish.set"),
    }


def _table(counts: tuple[tuple[int, ...], ...]) -> list[tuple[Any, list[tuple[int, bool]], int]]:
    """Rows of what people said: its name, how often it was read as each mood (and whether that is right), and the sum."""
    return [
        (MOOD_NAMES[mood], [(count, place == at) for at, count in enumerate(row)], sum(row))
        for place, (mood, row) in enumerate(zip(MOODS, counts, strict=True))
    ]


def _groups(found: ScopePage) -> list[tuple[Any, Any, list[tuple[Any, Any]]]]:
    """By language, source and tier: what the groups are called, the heading of their column, and each with its figures."""
    told = found.figures
    if told is None:
        return []
    return [
        (_("By language"), _("Language"), [(_language(one.key), one) for one in told.langs]),
        (_("By source"), _("Source"), [(one.key, one) for one in told.sources]),
        (_("By reader"), _("Reader"), [(TIER_NAMES.get(one.key, one.key), one) for one in told.tiers]),
    ]


def _language(code: str) -> str:
    try:
        return str(get_language_info(code)["name_translated"]) if code else _("unsure")
    except KeyError:
        return _("Norwegian") if code == "no" else code


def _words(scope: str) -> list[tuple[Any, str, list[str]]]:
    """The words that moved the scope most: mood, its tone, the words."""
    found = adapters.words(scope)
    return [
        (MOOD_NAMES[mood], MOOD_TONES[mood], [word for word, _push in words])
        for mood, words in found.items()
        if words
    ]


@access.needs("understand.wish.set")
@require_POST
def wish(request: HttpRequest, scope: str) -> HttpResponse:
    """Say how often a sure reading should be right."""
    _subject, there = scope_for(request, scope)
    asked = request.POST.get("share", "")
    share = next((one for one in WISHES if str(one) == asked), None)
    if share is not None or asked == "":
        kept = learning.wish(scope=there.key, share=share, by=request.user, at=clock.now())
        if share is None:
            toasts.add(request, _("What counts as sure is as shipped again."))
        elif kept is None or kept.threshold is None:
            toasts.add(
                request,
                _(
                    "Your wish is kept. Until labels show that it can be met, what counts as sure stays as shipped."
                ),
                tone="info",
            )
        else:
            toasts.add(
                request,
                _(
                    "From now on a sure reading should be right %(share)s of the time. Posts of the past are read again in the background."
                )
                % {"share": percent(share)},
            )
    return redirect(f"{reverse('understand:scope', args=[there.key])}#sure")


@access.needs("understand.adapter.reset")
@require_POST
def reset(request: HttpRequest, scope: str) -> HttpResponse:
    """Read as shipped again."""
    _subject, there = scope_for(request, scope)
    if Adapter.objects.filter(scope=there.key).exists():
        learning.reset(scope=there.key, by=request.user, at=clock.now())
        toasts.add(request, _("“%(name)s” reads as shipped again.") % {"name": there.name}, tone="info")
    return redirect("understand:scope", scope=there.key)


@access.needs(SEE)
@require_GET
def said(request: HttpRequest, scope: str) -> HttpResponse:
    """What people said, the latest first."""
    subject, there = scope_for(request, scope)
    asked = request.GET.get("before", "")
    found = corrections.page(there.key, before=int(asked) if asked.isdecimal() and len(asked) < 19 else None)
    supply = supplies.of(subject)
    texts = supply.some(there.key, [row.subject_id for row in found.rows]) if supply and found.rows else {}
    context = {
        "scope": there,
        "page": found,
        "hrefs": {pk: one.href for pk, one in texts.items()},
        "is_first": not asked,
        "may_correct": access.may(request.user, corrections_actions.CORRECT),
    }
    return render(request, "understand/corrections.html", context)


@access.needs(corrections_actions.CORRECT)
@require_POST
def take_back(request: HttpRequest, scope: str) -> HttpResponse:
    """Take one correction back."""
    _subject, there = scope_for(request, scope)
    number = request.POST.get("correction", "")
    if not (number.isdecimal() and len(number) < 19):
        raise Http404
    correction = corrections.reachable_by(request.user, int(number))
    if correction.scope != there.key:
        raise Http404
    corrections_actions.take_back(correction=correction, by=request.user, at=clock.now())
    toasts.add(request, _("Taken back. What was learnt from it is unlearnt."), tone="info")
    return redirect("understand:corrections", scope=there.key)


urlpatterns = [
    path("readings/", index, name="readings"),
    path("readings/<str:scope>/", page, name="scope"),
    path("readings/<str:scope>/wish/", wish, name="wish"),
    path("readings/<str:scope>/reset/", reset, name="reset"),
    path("readings/<str:scope>/corrections/", said, name="corrections"),
    path("readings/<str:scope>/corrections/take-back/", take_back, name="take-back"),
]
