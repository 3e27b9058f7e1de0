"""Doors to openers and facts: the list, adding, changing, removing; and finding them beside a reply."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from grapevine.converse import addresses, own_words
from grapevine.converse.actions import reverting
from grapevine.converse.actions import snippets as actions
from grapevine.converse.guideline_forms import SnippetForm
from grapevine.converse.mandate_words import language
from grapevine.converse.models import Message, Snippet
from grapevine.converse.selectors import conversations, snippets
from grapevine.converse.shipped import LANGUAGES
from grapevine.converse.views import putting_back
from grapevine.core import access, clock
from grapevine.ui import toasts
from grapevine.ui.components.lists import Tab

SEE = "converse.snippet.see"
_WHY: dict[str, Any] = {
    "empty": lambda: _("Write something."),
    "lines": lambda: _("One line only: what has several is an answer, and answers are written by people."),
    "sentences-opener": lambda: _(
        "An opener is one sentence at most. What goes on after it has to be somebody’s own words: people notice answers from a tin."
    ),
    "sentences-fact": lambda: _(
        "A fact is two sentences at most. Make two facts of it, or put the rest on a page and link to it."
    ),
    "long-opener": lambda: _("An opener has 140 characters at most."),
    "long-fact": lambda: _("A fact has 300 characters at most, addresses not counted."),
}


@access.needs(SEE)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All openers and facts, of one language or of all."""
    lang = request.GET.get("lang", "")
    lang = lang if lang in LANGUAGES else ""
    here = reverse("converse:snippets")
    rows = snippets.all_of_them(lang=lang)
    context = {
        "openers": [one for one in rows if one.kind == "opener"],
        "facts": [one for one in rows if one.kind == "fact"],
        "tabs": [
            Tab(_("All"), here, not lang),
            *(Tab(language(one), f"{here}?lang={one}", one == lang) for one in LANGUAGES),
        ],
        "lang": lang or (get_language() or "en")[:2],
        "may_change": access.may(request.user, actions.CHANGE),
    }
    return render(request, "converse/snippets.html", context)


@access.needs(actions.CHANGE)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Add one."""
    lang = request.GET.get("lang", (get_language() or "en")[:2])
    form = SnippetForm(request.POST or None, initial={"kind": request.GET.get("kind", "fact"), "lang": lang})
    return _write(request, form, None)


@access.needs(actions.CHANGE)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, snippet_id: int) -> HttpResponse:
    """Change one."""
    row = snippets.reachable_by(request.user, snippet_id)
    initial = {
        "kind": row.kind,
        "name": row.name,
        "text": row.text,
        "lang": row.lang,
        "brand": row.brand_id or "",
        "checked_on": row.checked_on,
    }
    return _write(request, SnippetForm(request.POST or None, initial=initial), row)


def _write(request: HttpRequest, form: SnippetForm, row: Snippet | None) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            undo = _kept(request, form, row)
        except actions.Refused as refused:
            form.add_error("text", _WHY[refused.code]())
        else:
            toasts.add(request, _("Saved."), undo=undo)
            return redirect("converse:snippets")
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "converse/snippet_form.html", {"form": form, "row": row}, status=status)


def _kept(request: HttpRequest, form: SnippetForm, row: Snippet | None) -> str:
    """Keep it; where that can be taken back."""
    at = clock.now()
    if row is None:
        made = actions.keep(by=request.user, at=at, **form.cleaned_data)
        return reverse("converse:snippet-remove", args=[made.pk])
    with reverting.noted("snippet", row.pk, by=request.user, at=at) as noted:
        actions.keep(snippet=row, by=request.user, at=at, **form.cleaned_data)
    return putting_back.address(noted)


@access.needs(actions.CHANGE)
@require_POST
def remove(request: HttpRequest, snippet_id: int) -> HttpResponse:
    """Take one away; the notice offers to bring it back."""
    row = snippets.reachable_by(request.user, snippet_id)
    actions.remove(snippet=row, by=request.user, at=clock.now())
    undo = reverse("converse:snippet-restore", args=[row.pk])
    toasts.add(request, _("Removed “%(name)s”.") % {"name": row.name}, tone="info", undo=undo)
    return redirect("converse:snippets")


@access.needs(actions.CHANGE)
@require_POST
def restore(request: HttpRequest, snippet_id: int) -> HttpResponse:
    """Bring one back."""
    row = snippets.reachable_by(request.user, snippet_id)
    actions.restore(snippet=row, by=request.user, at=clock.now())
    toasts.add(request, _("“%(name)s” is back.") % {"name": row.name})
    return redirect("converse:snippets")


@access.needs(actions.CHANGE)
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Add the shipped openers of a language."""
    lang = request.POST.get("lang", "")
    if lang in LANGUAGES:
        added = actions.begin_with(lang=lang, by=request.user, at=clock.now())
        toasts.add(
            request,
            ngettext(
                "Added %(number)s opener. Change it until it sounds like you.",
                "Added %(number)s openers. Change them until they sound like you.",
                added,
            )
            % {"number": added},
        )
    return redirect("converse:snippets")


@access.needs(SEE)
@require_safe
def beside(request: HttpRequest, thread_id: int) -> HttpResponse:
    """Those for a conversation, narrowed down by words: buttons that put them into the reply."""
    thread = conversations.reachable_by(request.user, thread_id)
    words = request.GET.get("words", "")[:80]
    found = snippets.fitting(lang=thread.lang, brand_id=thread.brand_id, words=words)
    context = {"thread": thread, "found": found, "words": words}
    whole = "converse/_words.html" if request.htmx else "converse/words_beside.html"  # type: ignore[attr-defined]
    return render(request, whole, context)


@access.needs("converse.thread.work")
@require_POST
def said_before(request: HttpRequest, thread_id: int) -> HttpResponse:
    """Whether a reply that is being written is nearly like many before: a line with the number and a link, or nothing."""
    thread = conversations.reachable_by(request.user, thread_id)
    found = own_words.alike(request.POST.get("text", "")[:20_000])
    rows = Message.objects.filter(pk__in=found.message_ids).exclude(thread=thread).order_by("-pk")
    latest = rows.first() if found.is_many else None
    context = {
        "count": found.count,
        "many": found.is_many,
        "latest": latest,
        "href": f"{addresses.thread(latest.thread_id)}#message-{latest.pk}" if latest else "",
    }
    return render(request, "converse/_said_before.html", context)


urlpatterns = [
    path("openers/", index, name="snippets"),
    path("openers/new/", new, name="snippet-new"),
    path("openers/begin/", begin, name="snippets-begin"),
    path("openers/<int:snippet_id>/edit/", edit, name="snippet-edit"),
    path("openers/<int:snippet_id>/remove/", remove, name="snippet-remove"),
    path("openers/<int:snippet_id>/restore/", restore, name="snippet-restore"),
    path("threads/<int:thread_id>/words/", beside, name="thread-words"),
    path("threads/<int:thread_id>/said-before/", said_before, name="thread-said-before"),
]
