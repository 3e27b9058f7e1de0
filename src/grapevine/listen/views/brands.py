"""Doors to brands: the page of all, the page of one, adding, changing, deleting and bringing back."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from grapevine.core import access, clock
from grapevine.listen import brand_links, charts, periods
from grapevine.listen.actions import brands as actions
from grapevine.listen.brand_forms import BrandForm
from grapevine.listen.selectors import brands, loud, moods, topics, watches, words
from grapevine.listen.views import talk as loudness
from grapevine.ui import csv_files, toasts


def period_of(request: HttpRequest) -> periods.Period:
    """The period the address asks for, in the reader's days."""
    return periods.chosen(request.GET.dict(), now=clock.now(), zone=timezone.get_current_timezone())


def _rights(request: HttpRequest) -> dict[str, bool]:
    return {
        "may_change": access.may(request.user, "listen.brand.change"),
        "may_write": access.may(request.user, "listen.watch.change"),
    }


@access.needs("listen.brand.see")
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """All brands side by side."""
    found = brands.compared(period_of(request))
    context = {
        "page": found,
        "share": charts.voices_of_all(found),
        "share_csv": brand_links.share_csv(found.period),
        "query": brand_links.query(found.period),
        "period_keys": brand_links.PERIOD_KEYS,
        **_rights(request),
    }
    return render(request, "listen/brands.html", context)


@access.needs("listen.brand.see")
@require_GET
def share_csv(request: HttpRequest) -> HttpResponse:
    """Share of voice as a file."""
    found = brands.compared(period_of(request))
    return csv_files.of_chart(charts.voices_of_all(found), name="share-of-voice")


@access.needs("listen.brand.see")
@require_GET
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """What is said about one brand."""
    brand = brands.reachable_by(request.user, slug)
    found = brands.page(brand, period_of(request))
    context = {
        "page": found,
        "charts": {name: draw(found) for name, draw in charts.OF_PAGE.items()},
        "links": brand_links.of_page(found),
        "watches": watches.briefly(brand, at=clock.now()),
        "query": brand_links.query(found.period),
        "period_keys": brand_links.PERIOD_KEYS,
        **brand_links.notes(found),
        **_rights(request),
    }
    return render(request, "listen/brand.html", context)


@access.needs("listen.brand.see")
@require_GET
def page_csv(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """The numbers behind one picture of a brand's page, as a file."""
    brand = brands.reachable_by(request.user, slug)
    if name == "words":
        risen = words.rising_of(brand, period_of(request))
        return csv_files.of_chart(charts.words(risen), name=f"{brand.slug}-words")
    if name == "topics":
        told = topics.of_brand(brand, period_of(request))
        return csv_files.of_chart(charts.topics(told), name=f"{brand.slug}-topics")
    drawn = charts.OF_PAGE[name](brands.page(brand, period_of(request)))
    return csv_files.of_chart(drawn, name=f"{brand.slug}-{name}")


@access.needs("listen.brand.see")
@require_GET
def talk(request: HttpRequest, slug: str) -> HttpResponse:
    """Words, topics, authors, repeats and the latest mentions: fetched after the page, since they are read and not counted."""
    brand = brands.reachable_by(request.user, slug)
    period = period_of(request)
    found = loud.of_brand(brand, period)
    context = {"brand": brand, "period": period, **loudness.shown(brand, period, found, now=clock.now())}
    whole = "listen/_brand_talk.html" if request.htmx else "listen/brand_talk.html"  # type: ignore[attr-defined]
    return render(request, whole, context)


@access.needs("listen.brand.see")
@require_GET
def wishes(request: HttpRequest, slug: str) -> HttpResponse:
    """What people want of a brand, a column for each wish: fetched after the page, since posts are read."""
    brand = brands.reachable_by(request.user, slug)
    period = period_of(request)
    columns = loudness.wishes(brand, period, moods.wanted(brand, period), now=clock.now())
    context = {"brand": brand, "period": period, "columns": columns}
    whole = "listen/_brand_wishes.html" if request.htmx else "listen/brand_wishes.html"  # type: ignore[attr-defined]
    return render(request, whole, context)


@access.needs("listen.brand.change")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Add a brand."""
    form = BrandForm(request.POST or None, initial=BrandForm.defaults())
    if request.method == "POST" and form.is_valid():
        brand = actions.add(**form.cleaned_data, by=request.user, at=clock.now())
        toasts.add(request, _("Added %(name)s. Now write a watch that finds it.") % {"name": brand.name})
        return redirect(f"{reverse('listen:watch-new')}?brand={brand.slug}")
    return render(request, "listen/brand_form.html", {"form": form, "brand": None})


@access.needs("listen.brand.change")
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change what a brand is called and how it is shown."""
    brand = brands.reachable_by(request.user, slug, permission=brands.CHANGE)
    form = BrandForm(request.POST or None, initial=BrandForm.of(brand), brand=brand)
    if request.method == "POST" and form.is_valid():
        actions.change(brand=brand, **form.cleaned_data, by=request.user, at=clock.now())
        toasts.add(request, _("Saved."))
        return redirect("listen:brand", slug=brand.slug)
    return render(request, "listen/brand_form.html", {"form": form, "brand": brand})


@access.needs("listen.brand.change")
@require_POST
def delete(request: HttpRequest, slug: str) -> HttpResponse:
    """Delete a brand; the notice offers to bring it back."""
    brand = brands.reachable_by(request.user, slug, permission=brands.CHANGE)
    actions.delete(brand=brand, by=request.user, at=clock.now())
    undo = reverse("listen:brand-restore", args=[brand.pk])
    toasts.add(request, _("Deleted %(name)s and its watches.") % {"name": brand.name}, tone="info", undo=undo)
    return redirect("listen:brands")


@access.needs("listen.brand.change")
@require_POST
def restore(request: HttpRequest, brand_id: int) -> HttpResponse:
    """Bring a deleted brand back."""
    brand = brands.deleted_reachable_by(request.user, brand_id)
    actions.restore(brand=brand, by=request.user, at=clock.now())
    toasts.add(request, _("%(name)s is back.") % {"name": brand.name})
    return redirect("listen:brand", slug=brand.slug)


urlpatterns = [
    path("brands/", index, name="brands"),
    path("brands/share-of-voice.csv", share_csv, name="brands-csv"),
    path("brands/new/", new, name="brand-new"),
    path("brands/deleted/<int:brand_id>/restore/", restore, name="brand-restore"),
    path("brands/<slug:slug>/", page, name="brand"),
    path("brands/<slug:slug>/talk/", talk, name="brand-talk"),
    path("brands/<slug:slug>/wishes/", wishes, name="brand-wishes"),
    path("brands/<slug:slug>/edit/", edit, name="brand-edit"),
    path("brands/<slug:slug>/delete/", delete, name="brand-delete"),
    *(
        path(f"brands/<slug:slug>/{name}.csv", page_csv, {"name": name}, name=f"brand-csv-{name}")
        for name in [*charts.OF_PAGE, "words", "topics"]
    ),
]
