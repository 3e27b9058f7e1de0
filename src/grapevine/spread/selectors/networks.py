"""Networks there are, what they are made of, and what was found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from grapevine.listen.selectors import brands
from grapevine.people import contracts
from grapevine.sources.selectors import shown
from grapevine.spread import ties
from grapevine.spread.definitions import Definition, Found
from grapevine.spread.models import Network, WorkState
from grapevine.spread.selectors import works
from grapevine.spread.selectors.works import Standing

MOST = 100


@dataclass(frozen=True, kw_only=True)
class Row:
    """A network in the list."""

    id: int
    name: str
    work: Standing
    until: datetime
    people: int
    ties: int
    communities: int
    fresh: bool
    is_demo: bool
    older: int


@dataclass(frozen=True, kw_only=True)
class About:
    """A network's definition and what was found. `brand` is empty for all talk; `kinds` are (kind, its weight, how many ties show it)."""

    definition: Definition
    found: Found
    brand: str
    brand_is_gone: bool
    sources: tuple[str, ...]
    kinds: tuple[tuple[ties.Kind, float, int], ...]
    givers: tuple[str, ...]


def reachable(network_id: int, *, removed: bool = False) -> Network:
    """The network of this number. Raises Http404."""
    return works.reachable(Network, network_id, removed=removed)


def choices() -> list[Network]:
    """The networks that can be computed with, the newest first; of a series the newest alone stands for it."""
    found, seen = [], set()
    for network in Network.objects.done().order_by("-until", "-pk")[:MOST]:
        series = network.series_id or network.pk
        if series not in seen:
            seen.add(series)
            found.append(network)
    return found


def called(name: str) -> Network | None:
    """The network of this number or name that can be computed with, of several the newest; None when there is none."""
    found = Network.objects.done().order_by("-until", "-pk")
    if name.isdecimal() and (numbered := found.filter(pk=int(name)).first()):
        return numbered
    return found.filter(name=name).first()


def newest() -> Network | None:
    """The network that was made of the latest talk, one of our own before the demo's; None when there is none."""
    found = choices()
    own = [network for network in found if not network.is_demo]
    return next(iter(own or found), None)


def before(network: Network) -> Network | None:
    """The network of the same series that came before; None when it is the first."""
    series = network.series_id or network.pk
    rows = Network.objects.done().filter(pk__lt=network.pk).filter(series_id=series)
    found: Network | None = rows.order_by("-pk").first()
    if found is None and network.series_id is not None:
        return Network.objects.done().filter(pk=network.series_id).first()
    return found


def rows(*, by: Any) -> tuple[Row, ...]:
    """The networks of the page, the newest first; of a series the newest, with how many older ones there are. Statements go with those
    that are being made."""
    chosen: dict[int, Network] = {}
    older: dict[int, int] = {}
    for network in Network.objects.present().order_by("-made_at", "-pk")[: MOST * 4]:
        series = network.series_id or network.pk
        if series not in chosen:
            chosen[series], older[series] = network, 0
        elif (
            chosen[series].state in (WorkState.FAILED, WorkState.CANCELLED)
            and network.state == WorkState.DONE
        ):
            # What failed this night must not hide what is there to be used.
            chosen[series] = network
            older[series] += 1
        else:
            older[series] += 1
    return tuple(
        Row(
            id=one.pk,
            name=one.name,
            work=works.standing(one, by=by),
            until=one.until,
            people=one.people,
            ties=one.ties,
            communities=one.communities,
            fresh=one.is_fresh,
            is_demo=one.is_demo,
            older=older[series],
        )
        for series, one in list(chosen.items())[:MOST]
    )


def about(network: Network) -> About:
    """What a network is made of, with names; three statements at most."""
    definition, found = Definition.from_json(network.asked), Found.from_json(network.result)
    brand = ""
    if definition.brand_id is not None:
        brand = next((one.name for one in brands.choices() if one.pk == definition.brand_id), "")
    names = shown.source_names() if definition.source_ids else {}
    labels = {giver.name: str(giver.label) for giver in contracts.givers()}
    return About(
        definition=definition,
        found=found,
        brand=brand,
        brand_is_gone=definition.brand_id is not None and not brand,
        sources=tuple(names[one].name for one in definition.source_ids if one in names),
        kinds=tuple(
            (kind, definition.weights[code], found.kinds.get(code, 0))
            for code, kind in ties.KINDS.items()
            if definition.weights.get(code, 0) > 0
        ),
        givers=tuple(labels.get(one, one) for one in definition.givers),
    )
