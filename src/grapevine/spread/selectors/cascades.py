"""Cascades there are, and what was seen of one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from grapevine.listen.contracts.filters import Wish
from grapevine.people.selectors import names
from grapevine.spread import calendars, tree_labels, trees
from grapevine.spread.models import Cascade, How, Joining
from grapevine.spread.observed import Asked, Seen
from grapevine.spread.selectors import works
from grapevine.spread.selectors.works import Standing
from grapevine.spread.tree_labels import Label
from grapevine.spread.trees import Dot, Tree

SEE = "spread.network.see"
MOST, TOP, PAGE, LABELS, LINKED = 100, 12, 50, 16, 400


@dataclass(frozen=True, kw_only=True)
class Row:
    """A cascade in the list."""

    id: int
    name: str
    work: Standing
    people: int
    depth: int
    begins_at: datetime | None
    ends_at: datetime | None
    is_demo: bool


@dataclass(frozen=True, kw_only=True)
class Member:
    """Somebody who joined. `name` is their handle (empty: forgotten or unknown), `by_name` that of who brought them."""

    place: int
    identity_id: int | None
    name: str
    at: datetime
    how: str
    how_label: str
    depth: int
    exposed: int
    post_id: int | None
    by_place: int | None
    by_identity_id: int | None
    by_name: str


@dataclass(frozen=True)
class Bringer:
    """Somebody who brought others: how many at once, and how many of those came in the end (the whole branch)."""

    place: int
    identity_id: int | None
    name: str
    at: datetime
    brought: int
    branch: int


@dataclass(frozen=True)
class Spot:
    """A dot of the picture with who it is; `href` leads to them where there are few enough."""

    dot: Dot
    title: str
    identity_id: int | None


@dataclass(frozen=True)
class Picture:
    """The tree, with names where there is room."""

    tree: Tree
    spots: tuple[Spot, ...]
    names: tuple[Label, ...]
    moments: tuple[Label, ...]


@dataclass(frozen=True)
class Page:
    """A cascade as its page shows it."""

    asked: Asked
    seen: Seen
    wish: Wish
    picture: Picture
    bringers: tuple[Bringer, ...]
    curve: tuple[tuple[datetime, int], ...]


def reachable(cascade_id: int, *, removed: bool = False) -> Cascade:
    """The cascade of this number. Raises Http404."""
    return works.reachable(Cascade, cascade_id, removed=removed)


def rows(*, by: Any, limit: int = MOST) -> tuple[Row, ...]:
    """Cascades, the latest asked for first."""
    return tuple(
        Row(
            id=one.pk,
            name=one.name,
            work=works.standing(one, by=by),
            people=one.people,
            depth=one.depth,
            begins_at=one.begins_at,
            ends_at=one.ends_at,
            is_demo=one.is_demo,
        )
        for one in Cascade.objects.present().order_by("-made_at", "-pk")[:limit]
    )


def page(cascade: Cascade) -> Page:
    """All of its page but the list of joinings. A handful of statements; the picture is drawn of the numbers alone."""
    asked, seen = Asked.from_json(cascade.asked), Seen.from_json(cascade.result)
    found = list(
        Joining.objects.filter(cascade=cascade)
        .order_by("place")
        .values_list("at", "brought_by", "how", "identity_id")
    )
    nodes = [trees.Node(int(at.timestamp()), by, how) for at, by, how, _identity in found]
    tree = trees.drawn(nodes)
    who = [identity for _at, _by, _how, identity in found]
    bringers = _bringers(nodes, who)
    return Page(
        asked, seen, asked.as_wish(), _picture(tree, who, [one.place for one in bringers]), bringers,
        calendars.counted((at for at, _by, _how, _identity in found), seen.unit),
    )  # fmt: skip


def _bringers(nodes: Sequence[trees.Node], who: Sequence[int | None]) -> tuple[Bringer, ...]:
    brought, branch = [0] * len(nodes), [1] * len(nodes)
    for place in range(len(nodes) - 1, -1, -1):
        by = nodes[place].brought_by
        if by is not None:
            brought[by] += 1
            branch[by] += branch[place]
    most = sorted(
        (place for place in range(len(nodes)) if brought[place]), key=lambda one: (-branch[one], one)
    )[:TOP]
    called = _called(who[place] for place in most)
    return tuple(
        Bringer(
            place,
            who[place],
            called.get(who[place] or 0, ""),
            datetime.fromtimestamp(nodes[place].at, UTC),
            brought[place],
            branch[place] - 1,
        )
        for place in most
    )


def _called(identities: Iterable[int | None]) -> dict[int, str]:
    return names.identities(one for one in identities if one)


def _picture(tree: Tree, who: Sequence[int | None], most: Sequence[int]) -> Picture:
    # A few can be opened one by one; of many, those who brought most.
    open_ones = {dot.place for dot in tree.dots} if len(tree.dots) <= LINKED else set(most)
    called = _called(who[place] for place in open_ones)
    spots = tuple(
        Spot(dot, called.get(who[dot.place] or 0, ""), who[dot.place] if dot.place in open_ones else None)
        for dot in tree.dots
    )
    few = len(tree.dots) <= LABELS
    wanted = [
        (spot.dot, spot.title)
        for spot in sorted(spots, key=lambda one: -one.dot.brought)
        if spot.title and (few or spot.dot.place in most)
    ]
    return Picture(tree, spots, tree_labels.names(tree, wanted), tree_labels.moments(tree))


def joinings(cascade: Cascade, *, after: int = -1) -> tuple[tuple[Member, ...], int | None]:
    """A page of who joined, in order, and after which place the next one begins (None: that is all)."""
    found = list(Joining.objects.filter(cascade=cascade, place__gt=after).order_by("place")[: PAGE + 1])
    shown = found[:PAGE]
    by = {
        one.place: one.identity_id
        for one in Joining.objects.filter(
            cascade=cascade, place__in={row.brought_by for row in shown if row.brought_by is not None}
        )
    }
    called = _called([*(row.identity_id for row in shown), *by.values()])
    members = tuple(
        Member(
            place=row.place,
            identity_id=row.identity_id,
            name=called.get(row.identity_id or 0, ""),
            at=row.at,
            how=row.how,
            how_label=str(How(row.how).label),
            depth=row.depth,
            exposed=row.exposed,
            post_id=row.post_id,
            by_place=row.brought_by,
            by_identity_id=by.get(row.brought_by) if row.brought_by is not None else None,
            by_name=called.get(by.get(row.brought_by) or 0, "") if row.brought_by is not None else "",
        )
        for row in shown
    )
    return members, shown[-1].place if len(found) > PAGE else None


def everybody(cascade: Cascade) -> Iterable[Member]:
    """Everybody who joined, in order, piece by piece."""
    after: int | None = -1
    while after is not None:
        found, after = joinings(cascade, after=after)
        yield from found
