"""Doors to the guideline: its pages, their history, writing them, the signature."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from grapevine.converse import differences, edition_words, sections, shipped
from grapevine.converse.actions import editions as actions
from grapevine.converse.guideline_forms import GuidelineForm, SignatureForm
from grapevine.converse.mandate_words import language
from grapevine.converse.models import EditionKind
from grapevine.converse.selectors import checks, editions, guidelines
from grapevine.converse.views import putting_back
from grapevine.core import access, clock
from grapevine.ui import toasts
from grapevine.ui.components.lists import Tab
from grapevine.understand.contracts import INTENT_NAMES, MOOD_NAMES

SEE = "converse.guideline.see"
CHANGE = actions.CHANGE
_TAKEN = frozenset({"new", "check", "signature", "preview"})


def _rights(request: HttpRequest) -> dict[str, bool]:
    return {
        "may_change": access.may(request.user, CHANGE),
        "may_take": access.may(request.user, "converse.check.take"),
    }


@access.needs(SEE)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All pages, each with its beginning."""
    pages = [guidelines.page(one) for one in editions.guidelines()]
    user_id = request.user.pk or 0
    context = {
        "pages": pages,
        "passed": checks.of([user_id])[user_id],
        "passes": checks.passed(user_id, clock.now()),
        "signature": guidelines.signature(request.user, lang=""),
        **_rights(request),
    }
    return render(request, "converse/guidelines.html", context)


@access.needs(SEE)
@require_safe
def page(request: HttpRequest, key: str) -> HttpResponse:
    """One page, in the reader's language or the one asked for."""
    written = editions.current(EditionKind.GUIDELINE, key)
    wanted = request.GET.get("lang", "")
    shown = guidelines.page(written, wanted)
    tabs = [
        Tab(language(lang), f"?lang={lang}", lang == shown.lang)
        for lang in shipped.LANGUAGES
        if written.content["body"].get(lang)
    ]
    others = [guidelines.page(one, wanted) for one in editions.guidelines() if one.key != key]
    context = {
        "page": shown,
        "retired": written.retired,
        "languages": tabs,
        "others": others,
        **_rights(request),
    }
    return render(request, "converse/guideline.html", context)


@access.needs(SEE)
@require_safe
def history(request: HttpRequest, key: str) -> HttpResponse:
    """The versions of a page, and what changed in each."""
    found = editions.history(EditionKind.GUIDELINE, key)
    if not found:
        raise Http404("no such page")
    lang = guidelines.page(found[0], request.GET.get("lang", "")).lang
    rows = [
        {"edition": one, "pieces": _changed(before, one, lang), "first": before is None}
        for one, before in zip(found, [*found[1:], None], strict=True)
    ]
    tabs = [Tab(language(one), f"?lang={one}", one == lang) for one in shipped.LANGUAGES]
    title = guidelines.page(found[0], lang).title
    context = {"key": key, "title": title, "rows": rows, "languages": tabs}
    return render(request, "converse/guideline_history.html", context)


def _changed(before: editions.Written | None, after: editions.Written, lang: str) -> list[differences.Piece]:
    if before is None:
        return []
    texts = [
        f"{one.content['title'].get(lang, '')}\n\n{one.content['body'].get(lang, '')}"
        for one in (before, after)
    ]
    pieces = differences.words(*texts)
    return [differences.Piece(_shortened(one.text), "same") if one.kind == "same" else one for one in pieces]


def _shortened(text: str, around: int = 120) -> str:
    """What stayed the same is shown as far as it tells where the change is."""
    return text if len(text) <= 2 * around + 20 else f"{text[:around]} […] {text[-around:]}"


@access.needs(CHANGE)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, key: str) -> HttpResponse:
    """Write a page anew, with a look at it before it is saved."""
    written = editions.current(EditionKind.GUIDELINE, key)
    form = GuidelineForm(request.POST or None, initial=GuidelineForm.of(written.content, written.number))
    return _write(request, form, key, written)


@access.needs(CHANGE)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Write a page that wasn't there."""
    form = GuidelineForm(request.POST or None, initial={"based_on": 0})
    return _write(request, form, "", None)


def _write(
    request: HttpRequest, form: GuidelineForm, key: str, written: editions.Written | None
) -> HttpResponse:
    preview: list[guidelines.Page] = []
    said: list[str] = []
    status = 200
    if request.method == "POST" and form.is_valid():
        content = form.content()
        if "preview" in request.POST:
            said = edition_words.faults(actions.faults(EditionKind.GUIDELINE, content))
            draft = editions.Written(EditionKind.GUIDELINE, key, 0, content)
            preview = [guidelines.page(draft, lang) for lang in content["body"]]
        else:
            try:
                row, undo = putting_back.write_edition(
                    request,
                    kind=EditionKind.GUIDELINE,
                    key=key or _key_of(content),
                    content=content,
                    based_on=form.cleaned_data["based_on"],
                    note=form.cleaned_data["note"],
                    renews=form.cleaned_data["renews"],
                )
            except actions.Unsound as unsound:
                said, status = edition_words.faults(unsound.faults), 422
            except actions.WrittenMeanwhile:
                said, status = [_written_meanwhile()], 409
            else:
                toasts.add(request, _("Saved as version %(number)s.") % {"number": row.number}, undo=undo)
                return redirect("converse:guideline", key=row.key)
    elif request.method == "POST":
        status = 422
    context = {
        "form": form,
        "key": key,
        "title": guidelines.page(written).title if written else "",
        "preview": preview,
        "said": said,
        "tags": [*INTENT_NAMES.items(), *MOOD_NAMES.items(), (sections.ALWAYS, _("every conversation"))],
    }
    return render(request, "converse/guideline_form.html", context, status=status)


def _written_meanwhile() -> str:
    return _(
        "Somebody saved another version since you began. Copy what you wrote, open the page again, and put it in there."
    )


def _key_of(content: dict[str, Any]) -> str:
    stem = slugify(next(iter(content["title"].values()), ""))[:50] or "page"
    taken = {one.key for one in editions.guidelines()} | _TAKEN
    names = [stem, *(f"{stem}-{number}" for number in range(2, 100))]
    return next(
        one for one in names if one not in taken and not editions.latest_number(EditionKind.GUIDELINE, one)
    )


@access.needs(CHANGE)
@require_POST
def retire(request: HttpRequest, key: str) -> HttpResponse:
    """Take a page away; its versions stay, and saving it again brings it back."""
    written = editions.current(EditionKind.GUIDELINE, key)
    try:
        actions.write(
            kind=EditionKind.GUIDELINE,
            key=key,
            content=written.content,
            based_on=written.number,
            retired=not written.retired,
            by=request.user,
            at=clock.now(),
        )
    except actions.WrittenMeanwhile:
        toasts.add(request, _written_meanwhile(), tone="bad")
        return redirect("converse:guideline", key=key)
    if written.retired:
        toasts.add(request, _("The page is back."))
        return redirect("converse:guideline", key=key)
    undo = reverse("converse:guideline-retire", args=[key])
    toasts.add(request, _("The page was taken away."), tone="info", undo=undo)
    return redirect("converse:guidelines")


@access.needs(CHANGE)
@require_http_methods(["GET", "POST"])
def signature(request: HttpRequest) -> HttpResponse:
    """How answers are signed."""
    written = editions.current(EditionKind.SIGNATURE)
    form = SignatureForm(request.POST or None, initial=SignatureForm.of(written.content, written.number))
    said: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            _row, undo = putting_back.write_edition(
                request,
                kind=EditionKind.SIGNATURE,
                content=form.content(),
                based_on=form.cleaned_data["based_on"],
            )
        except actions.Unsound as unsound:
            said = edition_words.faults(unsound.faults)
        except actions.WrittenMeanwhile:
            said = [_written_meanwhile()]
        else:
            toasts.add(request, _("Saved. Answers are signed like this from now on."), undo=undo)
            return redirect("converse:guidelines")
    context = {
        "form": form,
        "said": said,
        "samples": [
            guidelines.signed(one, name="Hanna Ek", relation=_("customer service"))
            for one in dict.fromkeys(written.content["template"].values())
        ],
    }
    return render(request, "converse/signature.html", context, status=422 if said else 200)


urlpatterns = [
    path("guidelines/", index, name="guidelines"),
    path("guidelines/new/", new, name="guideline-new"),
    path("guidelines/signature/", signature, name="signature"),
    path("guidelines/<slug:key>/", page, name="guideline"),
    path("guidelines/<slug:key>/history/", history, name="guideline-history"),
    path("guidelines/<slug:key>/edit/", edit, name="guideline-edit"),
    path("guidelines/<slug:key>/retire/", retire, name="guideline-retire"),
]
