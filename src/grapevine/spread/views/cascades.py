"""Doors to cascades: all of them, a new one, one as a tree with time, and who joined."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from grapevine.core import access, clock
from grapevine.listen.contracts.filters import Wish
from grapevine.listen.selectors import filters
from grapevine.spread import calendars, cascade_charts, cascade_words, time_marks
from grapevine.spread.actions import cascades as actions
from grapevine.spread.cascade_forms import KEPT, CascadeForm
from grapevine.spread.models import Cascade
from grapevine.spread.observed import Asked
from grapevine.spread.selectors import cascades, choices, networks, simulations
from grapevine.spread.selectors import works as standings
from grapevine.spread.views import works
from grapevine.ui import csv_files

SEE, MAKE = cascades.SEE, actions.PERMISSION


@access.needs(SEE)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What was read of how things spread."""
    context = {"rows": cascades.rows(by=request.user), "may_make": access.may(request.user, MAKE)}
    return render(request, "spread/cascades.html", context)


@access.needs(MAKE)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Ask how the posts of a filter spread; who comes from the stream brings its filter along."""
    now = clock.now()
    wish = Wish.read(request.GET)
    choice = filters.understood(wish, now=now, zone=filters.reader_zone())
    form = CascadeForm(request.POST or None, now=now, initial=_initial(wish, choice))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        begins, ends = form.period()
        made = actions.ask(
            name=told["name"],
            wish=form.wish(),
            begins=begins,
            ends=ends,
            network=choices.network(int(told["network"])) if told["network"] else None,
            window_hours=told["window_hours"],
            by=request.user,
            at=now,
        )
        return redirect("spread:cascade", made.pk)
    context = {"form": form, "chips": [one for one in choice.chips if set(one.names) & set(KEPT)]}
    return render(request, "spread/cascade_new.html", context, status=422 if form.errors else 200)


@access.needs(MAKE)
@require_safe
def count(request: HttpRequest) -> HttpResponse:
    """How many posts the form would have read, of how many people: a piece of its page."""
    given = request.GET.copy()
    given["name"] = given.get("name") or "-"  # which may still be missing
    form = CascadeForm(given, now=clock.now())
    return render(request, "spread/_cascade_count.html", {"found": form.counted()})


def _initial(wish: Wish, choice: filters.Choice) -> dict[str, Any]:
    newest = networks.newest()
    start, end = choice.filter.start, choice.filter.end
    return {
        **wish.params(),
        "name": ", ".join(str(one.text) for one in choice.chips if "since" not in one.names)[:140],
        "since": timezone.localtime(start).date() if start else None,
        "until": timezone.localtime(end - timedelta(seconds=1)).date() if end else None,
        "network": str(newest.pk) if newest is not None else "",
    }


def _days(asked: Asked) -> str:
    """Of which days it was read, where it was asked of whole days; else from moment to moment."""
    if not asked.begins or not asked.ends:
        return ""
    begins, ends = datetime.fromisoformat(asked.begins), datetime.fromisoformat(asked.ends)
    days = calendars.days(begins, ends)
    first, last = (
        (formats.date_format(one, "DATE_FORMAT") for one in days)
        if days
        else map(time_marks.moment, (begins, ends))
    )
    return f"{first} – {last}"


@access.needs(SEE)
@require_safe
def page(request: HttpRequest, cascade_id: int) -> HttpResponse:
    """One cascade: the tree, who brought most, how it grew, and what can be learnt of it."""
    cascade = cascades.reachable(cascade_id)
    found = cascades.page(cascade)
    seen = found.seen
    after = request.GET.get("after", "")
    members, further = cascades.joinings(
        cascade, after=int(after) if after.isdecimal() and len(after) < 10 else -1
    )
    choice = filters.understood(found.wish, now=clock.now(), zone=filters.reader_zone())
    context = {
        "cascade": cascade,
        "work": standings.standing(cascade, by=request.user),
        "page": found,
        "chips": [one for one in choice.chips if not {"since", "until"} & set(one.names)],
        "days": _days(found.asked),
        "change": reverse("spread:cascade-new") + found.wish.address(),
        "stream": reverse("listen:stream") + found.wish.address() if found.wish else "",
        "members": members,
        "further": f"?after={further}#joined" if further is not None else "",
        "curve": cascade_charts.curve(found),
        "generations": cascade_charts.generations(seen),
        "hows": cascade_charts.hows(seen),
        "exposures": cascade_charts.exposures(seen.estimated) if seen.estimated else None,
        **cascade_words.of(seen),
        "says": cascade_words.tree(seen),
        "axis_y": round(found.picture.tree.height - 22, 1),
        "may_make": access.may(request.user, MAKE),
        "may_simulate": access.may(request.user, simulations.MAKE),
    }
    return render(request, "spread/cascade.html", context)


@access.needs(SEE)
@require_safe
def table(request: HttpRequest, cascade_id: int) -> HttpResponse:
    """Everybody who joined, as a file."""
    cascade = cascades.reachable(cascade_id)
    columns = (
        _("Place"),
        _("Who"),
        _("Joined"),
        _("How"),
        _("Brought by"),
        _("Steps from who began"),
        _("Had joined of whom they listen to"),
    )
    rows = (
        (one.place + 1, one.name, one.at.isoformat(), one.how, one.by_name, one.depth, one.exposed)
        for one in cascades.everybody(cascade)
    )
    return csv_files.of_rows(columns, rows, name=f"cascade-{cascade.pk}")


@access.needs(SEE)
@require_safe
def numbers(request: HttpRequest, cascade_id: int, chart: str) -> HttpResponse:
    """The numbers below one of its charts, as a file."""
    cascade = cascades.reachable(cascade_id)
    page = cascades.page(cascade)
    seen = page.seen
    drawn = {
        "curve": lambda: cascade_charts.curve(page),
        "steps": lambda: cascade_charts.generations(seen),
        "exposures": lambda: cascade_charts.exposures(seen.estimated) if seen.estimated else None,
    }.get(chart)
    found = drawn() if drawn is not None else None
    if found is None:
        return redirect("spread:cascade", cascade.pk)
    return csv_files.of_chart(found, name=f"cascade-{cascade.pk}-{chart}")


urlpatterns = [
    path("spread/cascades/", index, name="cascades"),
    path("spread/cascades/new/", new, name="cascade-new"),
    path("spread/cascades/new/count/", count, name="cascade-count"),
    path("spread/cascades/<int:cascade_id>/", page, name="cascade"),
    path("spread/cascades/<int:cascade_id>/joined.csv", table, name="cascade-csv"),
    path("spread/cascades/<int:cascade_id>/<slug:chart>.csv", numbers, name="cascade-chart-csv"),
    *works.doors("cascade", "spread/cascades/<int:cascade_id>", Cascade, MAKE),
]
