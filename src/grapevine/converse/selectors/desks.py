"""The desk as it stands at a moment: hours and targets (`book`), and all that routing needs (`desk`). Rows in, plain values out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.db.models import Count

from grapevine.converse import closed_days, routing
from grapevine.converse.clocks import Hours, week_of
from grapevine.converse.models import (
    ClosedDay,
    Colleague,
    Rule,
    Seat,
    Shift,
    Status,
    Target,
    Team,
    Thread,
)
from grapevine.converse.models.desk import office_hours
from grapevine.converse.selectors import mandates
from grapevine.converse.targets import Aim, Book
from grapevine.core import installation
from grapevine.core.models import User
from grapevine.core.models.users import Role
from grapevine.engine import query
from grapevine.listen.selectors import pulses
from grapevine.sources.selectors import shown
from grapevine.understand.contracts import INTENTS, MOODS

ANSWERING = (Role.MEMBER, Role.LEAD, Role.ADMINISTRATOR)  # who may work on threads
USUAL_LOAD = 20


def book(at: datetime, *, teams: Iterable[Team] | None = None) -> Book:
    """Hours and targets around a moment. Four questions, however large the house; none about teams that are given."""
    rows = list(Team.objects.present()) if teams is None else list(teams)
    house = installation.zone()
    years = range(at.year - 1, at.year + 3)
    typed = list(
        ClosedDay.objects.filter(day__gte=date(years[0], 1, 1), day__lte=date(years[-1], 12, 31)).values_list(
            "team_id", "day", "open_after_all"
        )
    )
    general = [(day, opened) for team_id, day, opened in typed if team_id is None]
    hours = {}
    for team in rows:
        own = [(day, opened) for team_id, day, opened in typed if team_id == team.pk]
        hours[team.pk] = Hours(
            zone=ZoneInfo(team.zone) if team.zone else house,
            week=week_of(team.week),
            # What is said of the team counts more than what is said of all, and that more than the calendar.
            closed=closed(team.country, years, [*general, *own]),
        )
    aims = {(one.channel, one.priority): Aim(one.minutes, one.by_clock) for one in Target.objects.all()}
    channels = {pk: one.connector for pk, one in shown.source_names().items()}
    return Book(
        house=Hours(house, week_of(office_hours()), closed("", years, general)),
        hours=hours,
        aims=aims,
        channels=channels,
    )


def closed(country: str, years: Iterable[int], typed: Iterable[tuple[date, bool]]) -> frozenset[date]:
    """The days on which a team is not there; what is said later wins."""
    days = dict.fromkeys(closed_days.of_country(country, years), True)
    for day, opened in typed:
        days[day] = not opened
    return frozenset(day for day, is_closed in days.items() if is_closed)


def desk(at: datetime, *, rules: Collection[Rule] | None = None, among: Book | None = None) -> routing.Desk:
    """All that choosing needs at a moment; with `rules`, as if those were the rules. A fixed number of questions."""
    hours = (among or book(at)).hours
    on_call = {row.team_id: row.user_id for row in shifts_at(at)}
    seats: dict[int, list[int]] = defaultdict(list)
    for team_id, user_id in Seat.objects.order_by("id").values_list("team_id", "user_id"):
        seats[team_id].append(user_id)
    crews = {
        team.pk: routing.Crew(
            id=team.pk,
            name=team.name,
            members=tuple(seats[team.pk]),
            hours=hours.get(team.pk),
            assigns=team.assigns,
            on_call=on_call.get(team.pk),
        )
        for team in Team.objects.present()
    }
    chosen = Rule.objects.present().filter(active=True) if rules is None else rules
    return routing.Desk(
        rules=tuple(rule for row in chosen if (rule := read(row)) is not None),
        crews=crews,
        people=people(at),
        storms=pulses.storms(at),
    )


def people(at: datetime) -> dict[int, routing.Person]:
    """Everybody who answers, with what they are laden with."""
    rows = {row.user_id: row for row in Colleague.objects.all()}
    users = list(User.objects.active().filter(role__in=ANSWERING).values_list("pk", "name"))
    laden = loads(pk for pk, _name in users)
    mandated = mandates.held(at=at)
    found = {}
    for pk, name in users:
        row = rows.get(pk)
        found[pk] = routing.Person(
            id=pk,
            name=name,
            languages=frozenset(row.languages) if row else frozenset(),
            max_load=row.max_load if row else USUAL_LOAD,
            load=laden[pk],
            away_until=row.away_until if row else None,
            mandates=tuple(mandated.get(pk, ())),
        )
    return found


def loads(users: Iterable[int]) -> Counter[int]:
    """How many open threads each of these has: as many index entries are read as are open with them."""
    rows = (
        Thread.objects.filter(assignee_id__in=list(users), status=Status.OPEN, merged_into=None)
        .order_by()
        .values_list("assignee_id")
        .annotate(number=Count("id"))
    )
    return Counter(dict(rows))


def shifts_at(at: datetime) -> list[Shift]:
    """Who is on call at a moment: of two for a team, who began first."""
    found = Shift.objects.filter(starts_at__lte=at, ends_at__gt=at).order_by("-starts_at", "-id")
    return list(found.select_related("user"))


def read(row: Rule) -> routing.Rule | None:
    """A rule as choosing takes it. One whose words can't be read any longer fits nothing: None."""
    words = None
    if row.words.strip():
        words = _parsed(row.words)
        if words is None:
            return None
    return routing.Rule(
        id=row.pk or 0,
        name=row.name,
        languages=frozenset(row.languages),
        wants=sum(1 << INTENTS.index(name) for name in row.wants if name in INTENTS),
        moods=frozenset(MOODS.index(name) + 1 for name in row.moods if name in MOODS),
        brands=frozenset(row.brands),
        sources=frozenset(row.sources),
        words=words,
        needs_mandate=row.needs_mandate,
        team_id=row.team_id,
        user_id=row.to_user_id,
        priority=row.priority,
        label_id=row.label_id,
    )


@lru_cache(maxsize=256)
def _parsed(text: str) -> query.Node | None:
    return query.check(text).node


def facts_of(thread: Thread, *, text: str = "", channels: Mapping[int, str] | None = None) -> routing.Facts:
    """What routing looks at in a thread; `text` is their first message."""
    return routing.Facts(
        key=f"{thread.source_id}/{thread.external_id or thread.pk}",
        source_id=thread.source_id,
        channel=(channels or {}).get(thread.source_id, ""),
        brand_id=thread.brand_id,
        lang=thread.lang,
        mood=thread.mood,
        wants=thread.wants,
        title=thread.subject,
        text=text,
        priority=thread.priority,
    )


def week_ago(at: datetime) -> datetime:
    """Since when rules are tried."""
    return at - timedelta(days=7)
