"""Doors to one network: its page with the picture, the people in it, their circles, and what shows a tie."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import path
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import condition, require_safe

from grapevine.core import access
from grapevine.spread import descriptions, maps, snapshots, still
from grapevine.spread.definitions import Found
from grapevine.spread.models import Network, WorkState
from grapevine.spread.selectors import circles, networks, pictures, works
from grapevine.spread.snapshots import Snapshot
from grapevine.ui.components.posts import straight

SEE = "spread.network.see"
MAKE = "spread.network.make"
MOST_NAMES = 200


def _done(network_id: int) -> tuple[Network, Snapshot]:
    """A network that is there, with its arrays. Raises Http404."""
    network = networks.reachable(network_id)
    try:
        return network, snapshots.read(network)
    except KeyError:
        raise Http404 from None


def _number(request: HttpRequest, name: str) -> int | None:
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


@access.needs(SEE)
@require_safe
def network(request: HttpRequest, network_id: int) -> HttpResponse:
    """The page of a network; while it is in the making, how far it is."""
    row = networks.reachable(network_id)
    context: dict[str, Any] = {
        "network": row,
        "work": works.standing(row, by=request.user),
        "about": networks.about(row),
        "may_make": access.may(request.user, MAKE),
        "may_simulate": access.may(request.user, "spread.simulation.make"),
    }
    try:
        snapshot = snapshots.read(row)
    except KeyError:
        snapshot = None
    if snapshot is None or row.state != WorkState.DONE:
        return render(request, "spread/network.html", context)
    found = Found.from_json(row.result)
    drawn = maps.of(snapshot)
    chosen = _number(request, "person")
    context |= {
        "snapshot": snapshot,
        "map": drawn,
        "still": still.drawing(drawn, snapshot, descriptions.of_picture(drawn)),
        "compared": pictures.compared(row, snapshot),
        "lines": descriptions.lines(found, drawn.people),
        **_side(request, row, snapshot, drawn, person=chosen),
    }
    return render(request, "spread/network.html", context)


def _side(
    request: HttpRequest, row: Network, snapshot: Snapshot, drawn: maps.Map, person: int | None = None
) -> dict[str, Any]:
    """What stands beside the picture: one person's circle, people found, one community's, or the communities."""
    found = Found.from_json(row.result)
    side: dict[str, Any] = {"network": row, "map": drawn, "languages": found.languages}
    if person is not None:
        try:
            return side | {"circle": circles.circle(snapshot, person)}
        except KeyError:
            return side | {"communities": pictures.communities(drawn, snapshot, found)}
    words = request.GET.get("q", "").strip()[:100]
    if words:
        return side | {"words": words, "found": circles.called_like(snapshot, words)}
    number = _number(request, "community")
    disc = next((place for place, one in enumerate(drawn.discs) if one.number == number), None)
    if disc is not None:
        whole = pictures.communities(drawn, snapshot, found, only=disc)[0]
        return side | {"community": whole, "found": circles.most_listened_to(snapshot, community=number)}
    return side | {"communities": pictures.communities(drawn, snapshot, found)}


@access.needs(SEE)
@require_safe
def people(request: HttpRequest, network_id: int) -> HttpResponse:
    """People of a network: those called so, or those of one community; else its communities."""
    row, snapshot = _done(network_id)
    return _page(request, _side(request, row, snapshot, maps.of(snapshot)))


@access.needs(SEE)
@require_safe
def person(request: HttpRequest, network_id: int, number: int) -> HttpResponse:
    """Somebody's circle. Raises Http404 when nobody has that number."""
    row, snapshot = _done(network_id)
    if number >= snapshot.graph.n:
        raise Http404
    return _page(request, _side(request, row, snapshot, maps.of(snapshot), person=number))


@access.needs(SEE)
@require_safe
def tie(request: HttpRequest, network_id: int, number: int, listener_number: int) -> HttpResponse:
    """What shows that somebody listens to somebody, both ways. Raises Http404 when neither does."""
    row, snapshot = _done(network_id)
    ties = []
    for one, other in ((number, listener_number), (listener_number, number)):
        try:
            ties.append(circles.tie(snapshot, one, other))
        except KeyError:
            continue
    if not ties:
        raise Http404
    return _page(request, {"network": row, "ties": ties, "back": number})


def _page(request: HttpRequest, side: dict[str, Any]) -> HttpResponse:
    if request.headers.get("HX-Target") == "map-side":
        return render(request, "spread/_map_side.html", side)
    return render(request, "spread/network_people.html", side)


@access.needs(SEE)
@require_safe
def names(request: HttpRequest, network_id: int) -> HttpResponse:
    """The handles of people by number (`n=3,17,…`), for the picture."""
    _row, snapshot = _done(network_id)
    asked = [
        int(one)
        for one in request.GET.get("n", "").split(",")
        if one.isascii() and one.isdigit() and len(one) < 10
    ]
    numbers = [one for one in asked[:MOST_NAMES] if one < snapshot.graph.n]
    identities = {one: int(snapshot.people["identity"][one]) for one in numbers}
    found = circles.told_apart(one for one in identities.values() if one)
    answer = JsonResponse({str(one): straight(found.get(identities[one], "")) for one in numbers})
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _etag(request: HttpRequest, network_id: int) -> str:
    row = networks.reachable(network_id)
    return f'"{row.pk}-{row.revision}-{row.stamp or int(row.made_at.timestamp())}"'


def _data(request: HttpRequest, network_id: int, make: Callable[[Snapshot], bytes]) -> HttpResponse:
    packed = make(_done(network_id)[1])
    encoded = "gzip" in request.headers.get("Accept-Encoding", "")
    answer = HttpResponse(
        packed if encoded else gzip.decompress(packed), content_type="application/octet-stream"
    )
    if encoded:
        answer.headers["Content-Encoding"] = "gzip"
    # Asked for again each time, since somebody may have been taken out; unchanged, it isn't sent again.
    answer.headers["Cache-Control"] = "private, no-cache"
    patch_vary_headers(answer, ["Accept-Encoding"])
    return answer


@access.needs(SEE)
@require_safe
@condition(etag_func=_etag)
def places(request: HttpRequest, network_id: int) -> HttpResponse:
    """Everybody's place, for the picture; see `maps.places`."""
    return _data(request, network_id, maps.places)


@access.needs(SEE)
@require_safe
@condition(etag_func=_etag)
def arcs(request: HttpRequest, network_id: int) -> HttpResponse:
    """All ties, for the picture; see `maps.arcs`."""
    return _data(request, network_id, maps.arcs)


_ONE = "spread/networks/<int:network_id>/"
urlpatterns = [
    path(_ONE, network, name="network"),
    path(f"{_ONE}people/", people, name="network-people"),
    path(f"{_ONE}people/<int:number>/", person, name="network-person"),
    path(f"{_ONE}people/<int:number>/to/<int:listener_number>/", tie, name="network-tie"),
    path(f"{_ONE}names", names, name="network-names"),
    path(f"{_ONE}places", places, name="network-places"),
    path(f"{_ONE}arcs", arcs, name="network-arcs"),
]
