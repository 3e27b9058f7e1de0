"""Doors to labelling by hand: drawing texts, and saying of one after the other how it reads."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from grapevine.core import access, clock
from grapevine.ui import toasts
from grapevine.understand.actions import corrections, labels, turns
from grapevine.understand.contracts import MOOD_NAMES, MOODS, supplies
from grapevine.understand.contracts.supplies import Candidate, Scope
from grapevine.understand.models import Draw
from grapevine.understand.selectors import drawn
from grapevine.understand.views.readings import scope_for

CANDIDATES = 2000
PERIODS = (90, 365, 3650)
"""So many days are drawn from: the first that have texts enough."""


@access.needs(corrections.CORRECT)
@require_POST
def draw(request: HttpRequest, scope: str) -> HttpResponse:
    """Draw texts to be labelled; a draw that is not finished goes on instead."""
    subject, there = scope_for(request, scope)
    with transaction.atomic():
        turns.mine(there.key)  # two who press at once get one draw
        current = drawn.current(there.key)
        if current is not None and drawn.labelling(current).label is not None:
            return redirect("understand:label", scope=there.key)
        since, candidates = _candidates(subject, there)
        made = labels.draw(
            subject=subject,
            scope=there.key,
            candidates=candidates,
            since=since,
            by=request.user,
            at=clock.now(),
            seed=secrets.randbits(32),
        )
    if made is None:
        toasts.add(
            request,
            _("There is no post of “%(name)s” that nobody has labelled yet.") % {"name": there.name},
            tone="info",
        )
        return redirect("understand:scope", scope=there.key)
    return redirect("understand:label", scope=there.key)


def _candidates(subject: str, scope: Scope) -> tuple[datetime, Sequence[Candidate]]:
    supply, now = supplies.of(subject), clock.now()
    since, found = now, []
    for days in PERIODS:
        since = now - timedelta(days=days)
        found = list(supply.candidates(scope.key, since=since, limit=CANDIDATES)) if supply else []
        if len(found) >= 4 * labels.SIZE:
            break
    return since, found


@access.needs(corrections.CORRECT)
@require_GET
def page(request: HttpRequest, scope: str) -> HttpResponse:
    """One text after the other."""
    subject, there = scope_for(request, scope)
    current = drawn.current(there.key)
    if current is None:
        return redirect("understand:scope", scope=there.key)
    return _show(request, subject, there, current)


@access.needs(corrections.CORRECT)
@require_POST
def say(request: HttpRequest, scope: str) -> HttpResponse:
    """How the text reads, or that one can't tell."""
    subject, there = scope_for(request, scope)
    current = drawn.current(there.key)
    if current is None:
        return redirect("understand:scope", scope=there.key)
    label = drawn.reachable_by(request.user, current, request.POST.get("label", ""))
    supply = supplies.of(subject)
    text = supply.some(there.key, [label.subject_id]).get(label.subject_id) if supply else None
    said, at = request.POST.get("said", ""), clock.now()
    if label.is_done:
        pass  # a key pressed twice, or somebody else was faster
    elif text is None:
        labels.drop_missing(label=label)
    elif said in MOODS:
        labels.label(label=label, of=text, mood=said, by=request.user, at=at)
    elif said == "spam":
        labels.label(label=label, of=text, spam=True, by=request.user, at=at)
    elif said == "skip":
        labels.skip(label=label, by=request.user, at=at)
    return _after(request, subject, there, current)


@access.needs(corrections.CORRECT)
@require_POST
def undo(request: HttpRequest, scope: str) -> HttpResponse:
    """Take the last label back and show its text again."""
    subject, there = scope_for(request, scope)
    current = drawn.current(there.key)
    if current is None:
        return redirect("understand:scope", scope=there.key)
    labels.undo(draw=current, by=request.user, at=clock.now())
    return _after(request, subject, there, current)


def _after(request: HttpRequest, subject: str, scope: Scope, current: Draw) -> HttpResponse:
    if request.htmx:  # type: ignore[attr-defined]
        return _show(request, subject, scope, current, template="understand/_labelling.html")
    return redirect("understand:label", scope=scope.key)


def _show(
    request: HttpRequest, subject: str, scope: Scope, current: Draw, *, template: str = "understand/label.html"
) -> HttpResponse:  # fmt: skip
    supply = supplies.of(subject)
    while True:
        where = drawn.labelling(current)
        if where.label is None:
            text = None
            break
        text = (
            supply.some(scope.key, [where.label.subject_id]).get(where.label.subject_id) if supply else None
        )
        if text is not None:
            break
        labels.drop_missing(label=where.label)  # its author or the platform took it back meanwhile
    context = {
        "scope": scope,
        "where": where,
        "text": text,
        "number": min(where.done + 1, where.size),
        "moods": [(number, mood, MOOD_NAMES[mood]) for number, mood in enumerate(MOODS, start=1)],
        "last_said": MOOD_NAMES.get(where.last.said, "") if where.last else "",
        "last_read": MOOD_NAMES[where.last.read] if where.last else "",
    }
    return render(request, template, context)


urlpatterns = [
    path("readings/<str:scope>/draw/", draw, name="draw"),
    path("readings/<str:scope>/label/", page, name="label"),
    path("readings/<str:scope>/label/say/", say, name="say"),
    path("readings/<str:scope>/label/undo/", undo, name="label-undo"),
]
