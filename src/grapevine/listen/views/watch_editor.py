"""Doors to the watch editor: writing a new watch, changing one, and what the editor says while somebody types.

Whoever may see watches may try a query; saving takes more.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from grapevine.core import access, clock
from grapevine.engine.query import dialects
from grapevine.listen import cheat_sheet, query_words
from grapevine.listen.actions import watches as actions
from grapevine.listen.models import Watch
from grapevine.listen.selectors import watches
from grapevine.listen.views import verdicts
from grapevine.listen.watch_forms import DialectForm, WatchForm
from grapevine.ui import toasts


@access.needs("listen.watch.see")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Write a watch."""
    initial = {name: request.GET.get(name, "") for name in ("brand", "name", "query")}
    return _editor(request, None, initial)


@access.needs("listen.watch.see")
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, watch_id: int) -> HttpResponse:
    """Change a watch."""
    watch = watches.reachable_by(request.user, watch_id)
    return _editor(request, watch, WatchForm.of(watch))


@access.needs("listen.watch.see")
@require_http_methods(["GET", "POST"])
def preview(request: HttpRequest) -> HttpResponse:
    """What is to be said of a query, as a piece of the editor."""
    text = (request.POST or request.GET).get("query", "")
    context = {"verdict": verdicts.judged(text), "is_piece": True}
    return render(request, "listen/_watch_preview.html", context)


@access.needs("listen.watch.see")
@require_safe
def language(request: HttpRequest) -> HttpResponse:
    """How watches are written, in full."""
    spoken = get_language() or ""
    context = {
        "operators": cheat_sheet.operators(spoken),
        "examples": cheat_sheet.examples(spoken),
        "fields": cheat_sheet.FIELDS,
        "tools": list(dialects.DIALECTS.values()),
    }
    return render(request, "listen/watch_language.html", context)


def _editor(request: HttpRequest, watch: Watch | None, initial: dict[str, Any]) -> HttpResponse:
    wish = request.POST.get("do", "")
    if request.method != "POST":
        return _page(request, watch, WatchForm(initial=initial))
    if wish == "translate":
        return _translated(request, watch)
    form = WatchForm(request.POST)
    if wish == "save" and form.is_valid():
        return _save(request, watch, form.cleaned_data)
    return _page(request, watch, form if wish == "save" else WatchForm(initial=request.POST.dict()))


def _save(request: HttpRequest, watch: Watch | None, data: dict[str, Any]) -> HttpResponse:
    at = clock.now()
    if watch is None:
        saved = actions.add(**data, by=request.user, at=at)
        toasts.add(
            request, _("“%(name)s” listens from now on. History is being matched.") % {"name": saved.name}
        )
    else:
        saved = actions.change(watch=watch, **data, by=request.user, at=at)
        number = saved.version.number if saved.version else 1
        toasts.add(request, _("Saved “%(name)s”, version %(n)s.") % {"name": saved.name, "n": number})
    return redirect("listen:watch", watch_id=saved.pk)


def _translated(request: HttpRequest, watch: Watch | None) -> HttpResponse:
    """The editor with a query of another tool put into our language."""
    asked = DialectForm(request.POST)
    values, notes = request.POST.dict(), None
    if not asked.is_valid():
        return _page(request, watch, WatchForm(initial=values), dialect=asked, is_pasting=True)
    if asked.cleaned_data["foreign"].strip():
        found = dialects.from_dialect(
            asked.cleaned_data["foreign"], asked.cleaned_data["dialect"] or "brandwatch"
        )
        values["query"] = found.query
        notes = [query_words.note(note) for note in found.notes]
    return _page(request, watch, WatchForm(initial=values), dialect=asked, notes=notes, is_pasting=True)


def _page(
    request: HttpRequest,
    watch: Watch | None,
    form: WatchForm,
    *,
    dialect: DialectForm | None = None,
    notes: list[str] | None = None,
    is_pasting: bool = False,
) -> HttpResponse:
    text = str(form["query"].value() or "")
    context = {
        "form": form,
        "watch": watch,
        "dialect": dialect or DialectForm(),
        "notes": notes,
        "is_pasting": is_pasting,
        "verdict": verdicts.judged(text),
        "may_change": access.may(request.user, watches.CHANGE),
        "is_guest": getattr(request.user, "is_guest", False),
        "cheat_sheet": cheat_sheet.operators(get_language() or ""),
        "examples": cheat_sheet.examples(get_language() or ""),
    }
    return render(request, "listen/watch_editor.html", context)


urlpatterns = [
    path("watches/language/", language, name="watch-language"),
    path("watches/new/", new, name="watch-new"),
    path("watches/preview/", preview, name="watch-preview"),
    path("watches/<int:watch_id>/edit/", edit, name="watch-edit"),
]
