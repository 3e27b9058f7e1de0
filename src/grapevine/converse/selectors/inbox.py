"""The inbox's list: rows as a page shows them, and how many wait in each view."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from grapevine.converse import writers
from grapevine.converse.models import (
    Draft,
    Label,
    Message,
    Naming,
    Presence,
    SavedView,
    Seat,
    Seen,
    Status,
    Team,
    Thread,
)
from grapevine.converse.models import Message as Said
from grapevine.converse.selectors import searching, walks
from grapevine.converse.selectors.wishes import Wish
from grapevine.core import access, once
from grapevine.core.models import User
from grapevine.listen.selectors import brands
from grapevine.sources.selectors import shown

SEE = "converse.thread.see"
COUNTED = 99
EXCERPT = 160
DOUBTFUL = frozenset({"sender_unproven", "sender_disguised"})
"""What says of a letter that its sender may be somebody else."""


@dataclass(frozen=True)
class Word:
    """A label."""

    id: int
    name: str
    colour: int


@dataclass(frozen=True, kw_only=True)
class Row:
    """A thread in the list. From `excerpt` on it is what only the list shows (see `head`)."""

    id: int
    subject: str
    author: str
    address: str
    source: str
    brand: str
    colour: int | None
    lang: str
    status: str
    status_label: str
    priority: int
    priority_label: str
    assignee: str
    assignee_id: int | None
    team: str
    labels: tuple[Word, ...]
    last_at: datetime
    due_at: datetime | None
    snoozed_until: datetime | None
    messages: int
    excerpt: str = ""
    by_us: bool = False
    unseen: bool = False
    drafted: bool = False
    looking: tuple[str, ...] = ()
    state: str = ""
    doubtful: bool = False  # the latest in it may be by somebody else than it says


@dataclass(frozen=True)
class Page:
    """A page of the list. `after` is where the next begins; `short` says that one looked no further, `looked_back`
    (of a search) how far back that was."""

    rows: tuple[Row, ...]
    after: str = ""
    short: bool = False
    looked_back: datetime | None = None
    fault: str = ""


def page(wish: Wish, *, by: Any, at: datetime, after: str = "") -> Page:
    """The next threads that somebody asks for. Some ten statements, whatever is stored. Raises AccessDenied."""
    access.require(by, SEE)
    if wish.q:
        found = searching.page(wish, user=by, after=after)
        return Page(
            rows(found.ids, by=by, at=at, hits=found.hits),
            found.after,
            bool(found.looked_back),
            found.looked_back,
            found.fault,
        )
    walked = walks.page(wish, user=by, after=after)
    return Page(rows(walked.ids, by=by, at=at), walked.after, walked.short)


def rows(
    thread_ids: Sequence[int], *, by: Any, at: datetime, hits: dict[int, int] | None = None
) -> tuple[Row, ...]:
    """Threads as the list shows them, in the order given. `hits` names the messages to show instead of the latest."""
    threads = Thread.objects.in_bulk(list(thread_ids))
    latest = {pk: (hits or {}).get(pk) or one.latest_id for pk, one in threads.items()}
    said = Message.objects.filter(pk__in=[one for one in latest.values() if one is not None])
    messages = {one.pk: one for one in said.only("pk", "text", "direction", "state", "deleted_at", "notes")}
    own = {"user_id": by.pk or 0, "thread_id__in": list(threads)}
    seen = dict(Seen.objects.filter(**own).values_list("thread_id", "at"))
    drafted = set(Draft.objects.filter(**own).values_list("thread_id", flat=True))
    around = _around(threads.values())
    looking = _looking(threads, by, at)
    found = []
    for pk in thread_ids:
        thread = threads.get(pk)
        if thread is None:
            continue
        message = messages.get(latest[pk] or 0)
        found.append(
            replace(
                _named(thread, around),
                excerpt=_excerpt(message),
                by_us=message is not None and message.direction == "ours",
                unseen=thread.last_from_them_at is not None
                and (pk not in seen or seen[pk] < thread.last_from_them_at),
                drafted=pk in drafted,
                looking=tuple(looking.get(pk, ())),
                state=message.state if message is not None else "",
                doubtful=message is not None and not DOUBTFUL.isdisjoint(message.notes),
            )
        )
    return tuple(found)


def head(thread: Thread) -> Row:
    """A thread as it stands above its conversation: without what only a list shows of it."""
    labels = [Word(one.pk, one.name, one.colour) for one in thread.labels.all()]
    return _named(thread, _around([thread], {thread.pk: labels}))


@dataclass(frozen=True)
class _Around:
    """What threads name, by its ids."""

    called: dict[int, writers.Called]
    sources: dict[int, shown.SourceName]
    brands: dict[int, Any]
    people: dict[int, str]
    teams: dict[int, str]
    labels: dict[int, list[Word]]


def _around(threads: Collection[Thread], labels: dict[int, list[Word]] | None = None) -> _Around:
    return _Around(
        called=writers.called(one.identity_id for one in threads if one.identity_id is not None),
        sources=shown.source_names(),
        brands={one.pk: one for one in brands.choices()},
        people=_people(threads),
        teams=_teams(threads),
        labels=_labels([one.pk for one in threads]) if labels is None else labels,
    )


def _named(thread: Thread, around: _Around) -> Row:
    author = around.called.get(thread.identity_id or 0, writers.NOBODY)
    brand, source = around.brands.get(thread.brand_id or 0), around.sources.get(thread.source_id)
    return Row(
        id=thread.pk,
        subject=thread.subject,
        author=author.name,
        address=author.address,
        source=source.name if source else "",
        brand=brand.name if brand else "",
        colour=brand.position if brand else None,
        lang=thread.lang,
        status=thread.status,
        status_label=thread.get_status_display(),
        priority=thread.priority,
        priority_label=thread.get_priority_display(),
        assignee=around.people.get(thread.assignee_id or 0, ""),
        assignee_id=thread.assignee_id,
        team=around.teams.get(thread.team_id or 0, ""),
        labels=tuple(around.labels.get(thread.pk, ())),
        last_at=thread.last_at,
        due_at=thread.due_at if thread.status == Status.OPEN else None,
        snoozed_until=thread.snoozed_until,
        messages=thread.messages,
    )


def _excerpt(message: Message | None) -> str:
    return " ".join(message.text[: EXCERPT * 2].split())[:EXCERPT] if message is not None else ""


def _people(threads: Any) -> dict[int, str]:
    ids = {one.assignee_id for one in threads if one.assignee_id is not None}
    return dict(User.objects.filter(pk__in=ids).values_list("pk", "name")) if ids else {}


def _teams(threads: Any) -> dict[int, str]:
    ids = {one.team_id for one in threads if one.team_id is not None}
    return dict(Team.objects.filter(pk__in=ids).values_list("pk", "name")) if ids else {}


def _labels(thread_ids: Any) -> dict[int, list[Word]]:
    pairs = Thread.labels.through.objects.filter(thread_id__in=list(thread_ids)).order_by("label__name")
    found: dict[int, list[Word]] = {}
    for thread, pk, name, colour in pairs.values_list(
        "thread_id", "label_id", "label__name", "label__colour"
    ):
        found.setdefault(thread, []).append(Word(pk, name, colour))
    return found


def _looking(thread_ids: Any, by: Any, at: datetime) -> dict[int, list[str]]:
    there = Presence.objects.filter(thread_id__in=list(thread_ids), until__gt=at).exclude(user_id=by.pk or 0)
    found: dict[int, list[str]] = {}
    for thread, name in there.order_by("user__name").values_list("thread_id", "user__name"):
        found.setdefault(thread, []).append(name)
    return found


def counts(*, by: Any) -> dict[str, int]:
    """How many threads are in the views that ask for something, counted up to `COUNTED` + 1."""
    most = COUNTED + 1
    found = {
        view: len(walks.of_view(view, by).order_by().values_list("pk")[:most])
        for view in ("mine", "team", "free")
    }
    found["named"] = len(Naming.objects.filter(user_id=by.pk or 0, seen_at=None).values_list("pk")[:most])
    found["stuck"] = len(Said.objects.pending(*walks.STUCK).values_list("pk")[:most])
    return found


def opening(found: Mapping[str, int]) -> str:
    """The view to begin with, by their `counts`: one's own, else one's teams', else what is nobody's yet, else all that is open."""
    return next((view for view in ("mine", "team", "free") if found[view]), "open")


def stands_in(thread: Thread, *, by: Any) -> str:
    """The nearest view in which a thread stands."""
    if thread.status != Status.OPEN:
        return thread.status
    if thread.assignee_id is not None:
        return "mine" if thread.assignee_id == by.pk else "open"
    if thread.team_id is None:
        return "free"
    return "team" if Seat.objects.filter(team_id=thread.team_id, user_id=by.pk or 0).exists() else "open"


@dataclass(frozen=True)
class Choices:
    """What may be chosen for filters and changes."""

    people: tuple[tuple[int, str], ...]
    teams: tuple[tuple[int, str], ...]
    labels: tuple[Word, ...]
    brands: tuple[tuple[int, str], ...]
    sources: tuple[tuple[int, str], ...]


@once.a_page
def choices() -> Choices:
    """People who may answer, teams, labels, our brands, sources one may answer in. Few rows each."""
    able = [one for one in User.objects.active() if access.may(one, "converse.thread.work")]
    return Choices(
        people=tuple((one.pk, one.name) for one in able),
        teams=tuple(Team.objects.present().values_list("pk", "name")),
        labels=tuple(Word(one.pk, one.name, one.colour) for one in Label.objects.all()[:200]),
        brands=tuple((one.pk, one.name) for one in brands.choices() if one.ours),
        sources=tuple((pk, one.name) for pk, one in shown.source_names().items()),
    )


@dataclass(frozen=True)
class Saved:
    """A saved view."""

    id: int
    name: str
    wish: Wish
    shared: bool


def saved(*, by: Any) -> tuple[Saved, ...]:
    """One's own saved views and those for everybody."""
    there = SavedView.objects.filter(user=None) | SavedView.objects.filter(user_id=by.pk or 0)
    return tuple(Saved(one.pk, one.name, Wish.read(one.params), one.user_id is None) for one in there)
