"""Cascades: how something really spread, read out of the posts of a filter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
from django.db import transaction
from django.utils import timezone

from grapevine.core import bulk, jobs
from grapevine.engine.cascade import estimation
from grapevine.engine.cascade.errors import SpreadError
from grapevine.listen.contracts.filters import Wish
from grapevine.listen.selectors import authored, filters
from grapevine.people.selectors import every
from grapevine.sources.contracts import ids
from grapevine.sources.selectors import tied
from grapevine.sources.selectors.tied import Tied
from grapevine.spread import snapshots, tie_chances, unfolding
from grapevine.spread.actions import works
from grapevine.spread.faults import Fault
from grapevine.spread.models import Cascade, Joining, Network, WorkState
from grapevine.spread.observed import WINDOW, Asked, Estimated, Seen, unit_of
from grapevine.spread.snapshots import Snapshot
from grapevine.spread.unfolding import Joined, Told

PERMISSION = "spread.cascade.make"
DRAW = "spread.draw"
"""The job that draws its charts."""
_AT_ONCE = 5_000
_SOON = timedelta(seconds=1)
_UP = 12
"""So many posts up a conversation it is looked who began to answer whom."""


@transaction.atomic
def ask(
    *,
    name: str,
    wish: Wish,
    begins: datetime | None,
    ends: datetime,
    network: Network | None,
    by: Any,
    at: datetime,
    window_hours: float = WINDOW,
    is_demo: bool = False,
) -> Cascade:
    """Have it read how the posts of a filter spread from `begins` (None: from the first) to `ends`. Who brought whom where nobody says so is
    told by `network`. Raises AccessDenied."""
    asked = Asked(
        # Who asks about an author asks about a person: that has no place in what is kept of the question.
        wish=wish.without("author", "period", "since", "until").params(),
        begins=begins.isoformat() if begins else "",
        ends=ends.isoformat(),
        window_hours=window_hours,
    )
    return works.ask(
        Cascade(name=name, asked=asked.to_json(), network=network, is_demo=is_demo), by=by, at=at
    )


def do(row: Cascade, run: jobs.Run, *, clock: Callable[[], datetime]) -> None:
    """Read a cascade. Raises Fault when there is nothing to read."""
    asked, snapshot = Asked.from_json(row.asked), _snapshot(row)
    posts, first, wrote, nameless = _first_posts(asked, run, at=clock())
    if not posts:
        raise Fault("cascade_no_posts")
    if not first:
        raise Fault("cascade_no_people")
    run.progress(40, total=100)
    told = _told([post for post, _at in first.values()], run)
    joined = unfolding.unfold(first, told, _circle(snapshot), window=asked.window_hours * 3_600)
    run.progress(80, total=100)
    begin, end = (datetime.fromtimestamp(one.at, UTC) for one in (joined[0], joined[-1]))
    estimated = strangers = None
    if snapshot is not None:
        estimated, strangers = _estimated(snapshot, joined, asked.window_hours)
    depths = Counter(one.depth for one in joined)
    seen = Seen(
        posts=posts,
        people=len(joined),
        nameless=nameless,
        strangers=strangers or 0,
        unit=unit_of(begin, end),
        how=dict(Counter(str(one.how) for one in joined)),
        generations=tuple(depths[depth] for depth in range(max(depths) + 1)),
        reproduction=unfolding.reproduction(joined),
        delay_hours=unfolding.delay_hours(joined),
        half_hours=(joined[(len(joined) - 1) // 2].at - joined[0].at) / 3_600,
        estimated=estimated,
    )
    with transaction.atomic():
        _write(row, joined, wrote)
        jobs.put(DRAW, {"id": row.pk}, key=f"{DRAW}:{row.pk}", at=clock() + _SOON)
        works.finish(
            row,
            run,
            at=clock(),
            result=seen.to_json(),
            people=len(joined),
            depth=max(depths),
            begins_at=begin,
            ends_at=end,
        )


def _first_posts(
    asked: Asked, run: jobs.Run, *, at: datetime
) -> tuple[int, dict[int, tuple[int, int]], dict[int, int], int]:
    """How many posts there are, everybody's first of them with its moment, which of somebody's identities wrote each, and how many posts have
    no known author."""
    wish = asked.as_wish()
    if wish.by:
        raise Fault("cascade_meaning")
    choice = filters.understood(wish, now=at, zone=timezone.get_default_timezone())
    if choice.problems:
        raise Fault("cascade_filter", problem=str(choice.problems[0]))
    first: dict[int, int] = {}
    count = nameless = 0
    chosen = choice.filter if wish.spam else filters.without_spam(choice.filter)
    for part in authored.chunks(chosen):
        count += len(part)
        for post, identity in part:
            if identity is None:
                nameless += 1
            else:
                first[identity] = post  # the newest come first, so the last word is their first post
        run.progress(min(39, count // 1_000), total=100)
    whole: dict[int, tuple[int, int]] = {}
    for identity, who in every.stand_ins(first).items():
        post = first[identity]
        if who not in whole or post < whole[who][0]:
            whole[who] = (post, int(ids.moment(post).timestamp()))
    writers = {post: identity for identity, post in first.items()}
    return count, whole, {post: writers[post] for post, _at in whole.values()}, nameless


def _told(posts: Iterable[int], run: jobs.Run) -> dict[int, Told]:
    """What posts say of who brought their authors: whom they pass on, and whom they answer, up the conversation."""
    found: dict[int, Told] = {}
    spaces = tied.spaces()
    for part in bulk.chunks(sorted(posts), _AT_ONCE):
        known = {one.id: one for one in tied.some(part)}
        level = {one.answered_id for one in known.values()} | {one.passed_on_id for one in known.values()}
        for _step in range(_UP):
            level = {one for one in level if one and one not in known}
            if not level:
                break
            above = tied.some(sorted(level))
            known.update((one.id, one) for one in above)
            level = {one.answered_id for one in above} | {one.passed_on_id for one in above}
            run.pause()
        who = _identities(known.values(), spaces)
        for post in part:
            if post in known:
                found[post] = Told(
                    _up(known[post], known, who, "passed_on_id"), _up(known[post], known, who, "answered_id")
                )
    return found


def _identities(posts: Iterable[Tied], spaces: dict[int, str]) -> dict[int, int]:
    """The identities of the posts' authors, those of one person as one."""
    pairs = {one.id: (spaces.get(one.source_id, ""), one.author) for one in posts}
    known = every.by_authors(set(pairs.values()))
    stand_ins = every.stand_ins(known.values())
    return {post: stand_ins[known[pair]] for post, pair in pairs.items() if known.get(pair) in stand_ins}


def _up(post: Tied, known: dict[int, Tied], who: dict[int, int], name: str) -> tuple[int, ...]:
    """Who wrote what a post passes on or answers, and what that answers or passes on, the nearest first."""
    found: list[int] = []
    above, step = getattr(post, name), 0
    while above in known and step <= _UP:
        if above in who:
            found.append(who[above])
        above, step = known[above].passed_on_id or known[above].answered_id, step + 1
    return tuple(found)


def _snapshot(row: Cascade) -> Snapshot | None:
    if row.network is None:
        return None
    if row.network.state in WorkState.unfinished():
        raise works.NotYet
    try:
        return snapshots.read(row.network)
    except KeyError:
        raise Fault("network_gone") from None


def _circle(snapshot: Snapshot | None) -> unfolding.Circle:
    """Whom somebody listened to at a moment: ties that had been seen by then."""
    if snapshot is None:
        return lambda identity, at: ()
    graph, identities = snapshot.graph, snapshot.people["identity"]
    numbers = {int(one): number for number, one in enumerate(identities.tolist()) if one}
    first = _first_of_in_ties(snapshot)

    def circle(identity: int, at: int) -> tuple[int, ...]:
        number = numbers.get(identity)
        if number is None:
            return ()
        row = slice(graph.in_at[number], graph.in_at[number + 1])
        return tuple(identities[graph.in_from[row][first[row] < at]].tolist())

    return circle


def _first_of_in_ties(snapshot: Snapshot) -> Any:
    """When each tie was seen first, in the order of `graph.in_from`."""
    graph = snapshot.graph
    sources = np.repeat(np.arange(graph.n, dtype=np.int64), graph.out_degree)
    order = np.lexsort((sources, graph.out_to))
    return np.asarray(snapshot.ties["first"])[order]


def _estimated(
    snapshot: Snapshot, joined: tuple[Joined, ...], window_hours: float
) -> tuple[Estimated | None, int]:
    """What the engine learns of it on the ties that were there before it began; and how many of those who joined are in no tie at all."""
    begin = joined[0].at
    seen = tie_chances.adopted(snapshot, [(one.identity, one.at) for one in joined], begin=begin)
    strangers = seen.unknown
    earlier = tie_chances.before(snapshot, begin)
    if not earlier.arcs:
        return None, strangers
    try:
        found = estimation.estimate(earlier, seen, window=window_hours)
    except SpreadError:
        return None, strangers
    held_out, first = found.score("chances of ties"), found.reproduction_of
    told = Estimated(
        people=found.people,
        joined=found.joined,
        ties=earlier.m,
        exposures=found.exposures,
        thresholds=found.thresholds,
        unprompted=found.unprompted,
        chances=tuple((one.group, one.chance, one.tries) for one in found.ties),
        occasions=held_out.occasions,
        held_out_people=held_out.people,
        auc=held_out.auc,
        better=held_out.better if held_out.occasions else None,
        circular=found.warning in (estimation.CIRCLE, estimation.USED),
        brought=first.value if first is not None else None,
        brought_by_chance=first.by_lot if first is not None else (),
    )
    return told, strangers


def _write(row: Cascade, joined: tuple[Joined, ...], wrote: dict[int, int]) -> None:
    Joining.objects.filter(cascade=row).delete()
    # Under the identity that wrote, not the one that stands for it: whoever is forgotten takes along what they did, and nothing else.
    # Who was forgotten since it began to be read must not come back with it.
    there = set(every.stand_ins(wrote.values()))
    Joining.objects.bulk_create(
        (
            Joining(
                cascade=row,
                place=place,
                identity_id=wrote[one.post] if wrote[one.post] in there else None,
                post_id=one.post,
                at=datetime.fromtimestamp(one.at, UTC),
                brought_by=one.brought_by,
                how=one.how,
                depth=one.depth,
                exposed=one.exposed,
            )
            for place, one in enumerate(joined)
        ),
        batch_size=2_000,
    )
