"""Which threads come next in a view: ids found by walking one index, never by sorting what is stored.

Views have an index each, and a page of one costs the same in a store of any size. What a view is narrowed to has none: so many rows of the walk
are looked at, and where fewer than a page of them fit, the page says how far it looked and goes on from there.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from grapevine.converse.models import Message as Said
from grapevine.converse.models import MessageState, Naming, Seat, Status, Thread
from grapevine.converse.selectors.wishes import URGENT_FIRST, Wish
from grapevine.core import once
from grapevine.listen.contracts.readings import WANT_BITS

PAGE = 40
LOOKED_AT = 2000
STUCK = (
    MessageState.FAILED,
    MessageState.UNCLEAR,
    MessageState.STOPPED,
    MessageState.HELD,
    MessageState.RETURNED,
)
_STATUS = {
    "waiting": Status.WAITING,
    "snoozed": Status.SNOOZED,
    "resolved": Status.RESOLVED,
    "spam": Status.SPAM,
}
_LOOKED = ("pk", "brand_id", "source_id", "lang", "priority", "assignee_id", "wants")


@dataclass(frozen=True)
class Walked:
    """Ids in their order; `after` is where the next page begins (empty: there is none), `short` says that it is because of how far one looked."""

    ids: tuple[int, ...]
    after: str = ""
    short: bool = False


def page(wish: Wish, *, user: Any, after: str = "") -> Walked:
    """The next threads of a view without a search."""
    if wish.view in ("named", "stuck"):
        return _listed(wish, user, after)
    urgent = wish.view in URGENT_FIRST
    name = "due_at" if urgent else "last_at"
    at, last = place(after)
    limit = LOOKED_AT if wish.narrows else PAGE + 1
    found = []
    for rows in _strands(wish.view, user):
        if at is not None and urgent:
            rows = rows.filter(due_at__gte=at).filter(Q(due_at__gt=at) | Q(pk__gt=last))
        elif at is not None:
            rows = rows.filter(last_at__lte=at).filter(Q(last_at__lt=at) | Q(pk__lt=last))
        rows = rows.order_by(name, "pk") if urgent else rows.order_by(f"-{name}", "-pk")
        found.append(list(rows.values_list(*_LOOKED, name)[:limit]))
    looked = _plaited(found)[:limit]
    fits = fitting(wish, [row[0] for row in looked])
    kept = [row for row in looked if fits(row[:-1])] if wish.narrows else looked
    return _cut(kept, looked, limit)


def following(wish: Wish, thread: Thread, *, user: Any) -> int | None:
    """The thread that stands behind this one in a list, to go on with; at its end the list's first, None when it holds no other."""
    if wish.q:
        return None
    moment = thread.due_at if wish.view in URGENT_FIRST else thread.last_at
    walked = wish.view not in ("named", "stuck") and moment is not None
    behind = page(wish, user=user, after=f"{moment.isoformat()}~{thread.pk}").ids if moment and walked else ()
    first = (one for one in page(wish, user=user).ids if one != thread.pk)
    return next(iter(behind), None) or next(first, None)


def _strands(view: str, user: Any) -> list[QuerySet[Thread]]:
    """What a view's index is walked for. Of several teams each is walked by itself: no database keeps the order of many in one walk."""
    if view != "team":
        return [of_view(view, user)]
    return [_ours().filter(team_id=one) for one in _teams(user)]


def _plaited(found: Sequence[list[tuple[Any, ...]]]) -> list[tuple[Any, ...]]:
    """Rows of several walks in one order: what is due first stands first."""
    if len(found) == 1:
        return found[0]
    return sorted(itertools.chain.from_iterable(found), key=lambda row: (row[-1], row[0]))


def _cut(kept: Sequence[tuple[Any, ...]], looked: Sequence[tuple[Any, ...]], limit: int) -> Walked:
    ids = tuple(row[0] for row in kept[:PAGE])
    if len(kept) > PAGE:
        return Walked(ids, _name(kept[PAGE - 1]))
    if len(looked) == limit and looked:
        return Walked(ids, _name(looked[-1]), short=True)
    return Walked(ids)


def _name(row: Sequence[Any]) -> str:
    return f"{row[-1].isoformat()}~{row[0]}"


def place(after: str) -> tuple[datetime | None, int]:
    """A place in a list as an address names it; None for what names none."""
    moment, _tilde, number = after.partition("~")
    try:
        at = datetime.fromisoformat(moment)
        return (at, int(number)) if at.tzinfo is not None and len(number) < 19 else (None, 0)
    except ValueError:
        return None, 0


def of_view(view: str, user: Any) -> QuerySet[Thread]:
    """The threads of a view, in no order."""
    there = Thread.objects.filter(merged_into=None)
    if view == "all":
        return there
    if view in _STATUS:
        return there.filter(status=_STATUS[view])
    ours = _ours()
    if view == "mine":
        return ours.filter(assignee_id=user.pk or 0)
    if view == "team":
        teams = _teams(user)
        return ours.filter(team_id__in=teams) if teams else ours.none()
    if view == "free":
        return ours.filter(assignee=None, team=None)
    return ours


def _ours() -> QuerySet[Thread]:
    # What SQLite's partial indexes are of must be said as it stands there.
    return Thread.objects.filter(merged_into=None, status=Status.OPEN)


@once.a_page
def _teams(user: Any) -> tuple[int, ...]:
    seats = Seat.objects.filter(user_id=user.pk or 0).order_by("team_id")
    return tuple(seats.values_list("team_id", flat=True))


def _listed(wish: Wish, user: Any, after: str) -> Walked:
    """Views of threads by something in them: notes that name me, answers that went wrong. The latest first; few."""
    before = int(after) if after.isascii() and after.isdigit() and len(after) < 19 else None
    if wish.view == "named":
        rows: Any = Naming.objects.filter(user_id=user.pk or 0)
        pairs = rows.filter(pk__lt=before) if before else rows
        looked = list(pairs.order_by("-pk").values_list("pk", "message__thread_id")[: LOOKED_AT // 4])
    else:
        rows = Said.objects.pending(*STUCK)
        pairs = rows.filter(pk__lt=before) if before else rows
        looked = list(pairs.order_by("-pk").values_list("pk", "thread_id")[: LOOKED_AT // 4])
    threads = list(dict.fromkeys(thread for _number, thread in looked))
    if wish.narrows:
        fits = fitting(wish, threads)
        rows = {row[0]: row for row in Thread.objects.filter(pk__in=threads).values_list(*_LOOKED)}
        threads = [one for one in threads if one in rows and fits(rows[one])]
    if len(threads) > PAGE:
        shown = set(threads[:PAGE])
        last = min(number for number, thread in looked if thread in shown)
        return Walked(tuple(threads[:PAGE]), str(last))
    return Walked(tuple(threads), str(looked[-1][0]) if len(looked) == LOOKED_AT // 4 else "")


def fitting(wish: Wish, thread_ids: Sequence[int]) -> Callable[[Sequence[Any]], bool]:
    """Whether a row (of `_LOOKED`) fits what a view is narrowed to."""
    labelled: set[int] | None = None
    if wish.label:
        through = Thread.labels.through.objects.filter(
            label_id=int(wish.label), thread_id__in=list(thread_ids)
        )
        labelled = set(through.values_list("thread_id", flat=True))
    asked = [
        (place, wish.number(name))
        for place, name in ((1, "brand"), (2, "source"), (4, "priority"), (5, "who"))
        if wish.number(name) is not None
    ]
    bit = WANT_BITS[wish.want] if wish.want else 0

    def fits(row: Sequence[Any]) -> bool:
        return (
            all(row[place] == value for place, value in asked)
            and (not wish.lang or row[3] == wish.lang)
            and (not bit or bool(row[6] & bit))
            and (labelled is None or row[0] in labelled)
        )

    return fits


def rows_of(thread_ids: Sequence[int]) -> dict[int, tuple[Any, ...]]:
    """What `fitting` looks at, of threads that were not merged away."""
    found = Thread.objects.filter(pk__in=list(thread_ids), merged_into=None).values_list(
        *_LOOKED, "status", "team_id"
    )
    return {row[0]: row for row in found}
