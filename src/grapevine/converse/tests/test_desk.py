"""Teams, their hours and days, who is on call, reply times: set on their pages, and what follows from it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from grapevine.converse import testing
from grapevine.converse.actions import colleagues, on_call, recalculation, targets, teams, waits
from grapevine.converse.models import ClosedDay, Colleague, HandOver, Shift, Target, Team, Thread
from grapevine.converse.selectors import teams as selector
from grapevine.converse.targets import Aim
from grapevine.core import jobs
from grapevine.core.access import AccessDenied
from grapevine.core.testing import deeds, make_user, signed_in

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
NIGHT = datetime(2026, 3, 2, 22, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def waiting(team: Team, **values: object) -> Thread:
    thread = testing.make_thread(at=MONDAY, team=team, waiting_since=None, due_at=None, **values)
    waits.ours(thread, since=MONDAY, at=MONDAY)
    thread.save()
    return thread


def test_a_lead_founds_a_team_and_comes_to_its_hours() -> None:
    member, lead = make_user(), signed_in("lead")
    answer = lead.post(
        "/desk/teams/new/",
        {
            "name": " The  Guard ",
            "members": [member.pk],
            "country": "DK",
            "zone": "Europe/Copenhagen",
            "assigns": "on",
        },
    )
    team = Team.objects.get()
    assert answer.url == f"/desk/teams/{team.pk}/hours/"
    assert (team.name, [seat.user for seat in team.seats.all()], team.assigns) == (
        "The Guard",
        [member],
        True,
    )
    assert deeds() == ["converse.team.added"]
    again = lead.post("/desk/teams/new/", {"name": "the guard"})
    assert "There is a team of this name already." in again.content.decode()


def test_a_member_sees_the_desk_and_changes_nothing_there() -> None:
    team, client = testing.make_team(), signed_in("member")
    assert client.get("/desk/").status_code == 200
    assert client.get(f"/desk/teams/{team.pk}/hours/").status_code == 200
    assert (
        client.post(f"/desk/teams/{team.pk}/hours/", {"d0_0_from": "08:00", "d0_0_to": "12:00"}).status_code
        == 404
    )
    with pytest.raises(AccessDenied):
        teams.add(name="Mine", by=make_user(), at=MONDAY)


def test_the_week_is_typed_day_by_day_and_a_night_goes_on_into_the_next() -> None:
    team, lead = testing.make_team(), signed_in("lead")
    lead.post(
        f"/desk/teams/{team.pk}/hours/",
        {
            "d0_0_from": "08:00",
            "d0_0_to": "12:00",
            "d0_1_from": "13:00",
            "d0_1_to": "17:00",
            "d5_0_from": "22:00",
            "d5_0_to": "06:00",
            "d6_0_from": "00:00",
            "d6_0_to": "00:00",
            "same": "on",
        },
    )
    team.refresh_from_db()
    weekdays = [[day, *span] for day in range(5) for span in ([480, 720], [780, 1020])]
    assert team.week == [*weekdays, [5, 1320, 1800], [6, 0, 1440]]
    assert deeds() == ["converse.team.hours_set"]
    shown = lead.get(f"/desk/teams/{team.pk}/hours/").content.decode()
    assert 'name="d5_0_to" value="06:00"' in shown


def test_half_a_span_is_pointed_out() -> None:
    team, lead = testing.make_team(), signed_in("lead")
    answer = lead.post(f"/desk/teams/{team.pk}/hours/", {"d0_0_from": "08:00"})
    assert "Both ends are needed" in answer.content.decode()


def test_after_hours_change_what_is_due_is_reckoned_anew_by_a_job() -> None:
    team, lead = testing.make_team(zone="UTC"), make_user(role="lead")
    thread = waiting(team)
    assert thread.due_at == MONDAY + 8 * HOUR
    with pytest.raises(ValueError, match="no span"):
        teams.set_hours(team=team, week=[[0, 600, 500]], by=lead, at=MONDAY)
    teams.set_hours(team=team, week=[[day, 0, 1440] for day in range(7)], by=lead, at=MONDAY)
    targets.set_for(channel="", aims={3: Aim(90)}, by=lead, at=MONDAY)
    assert recalculation.is_running() == {"done": 0, "total": None}
    jobs.run_due(at=datetime.now(UTC))
    thread.refresh_from_db()
    assert thread.due_at == MONDAY + timedelta(minutes=90)
    assert recalculation.is_running() is None


def test_reply_times_are_set_by_channel_and_taken_back_by_leaving_them_empty() -> None:
    testing.make_thread()
    lead = signed_in("lead")
    sent = {
        "channel": "file",
        "file-n1": "30",
        "file-unit1": "minutes",
        "file-clock1": "clock",
        "file-n3": "4",
        "file-unit3": "hours",
        "file-clock3": "work",
    }
    sent |= {
        f"file-{name}{place}": value
        for place in (2, 4)
        for name, value in (("unit", "hours"), ("clock", "work"))
    }
    assert lead.post("/desk/targets/", sent).status_code == 302
    assert [(t.priority, t.minutes, t.by_clock) for t in Target.objects.order_by("priority")] == [
        (1, 30, True),
        (3, 240, False),
    ]
    lead.post("/desk/targets/", {**sent, "file-n1": ""})
    assert Target.objects.get().priority == 3
    assert deeds() == ["converse.targets.set"] * 2
    assert lead.get("/desk/targets/").status_code == 200
    assert lead.post("/desk/targets/", {"channel": "pigeon"}).status_code == 404


def test_a_holiday_can_be_worked_and_any_day_be_closed() -> None:
    team, lead = testing.make_team(country="DK", zone="Europe/Copenhagen"), make_user(role="lead")
    at = datetime(2026, 12, 1, tzinfo=UTC)
    before = [row.day for row in selector.days(team, at=at) if row.day.year == 2026]
    assert before == [date(2026, 12, 25), date(2026, 12, 26)]
    teams.close_day(team=None, day=date(2026, 12, 24), name="Christmas Eve", by=lead, at=at)
    teams.close_day(team=team, day=date(2026, 12, 26), open_after_all=True, by=lead, at=at)
    found = {row.day: (row.name, row.open_after_all, row.for_all) for row in selector.days(team, at=at)}
    assert found[date(2026, 12, 24)] == ("Christmas Eve", False, True)
    assert found[date(2026, 12, 26)] == ("Anden juledag", True, False)
    hours = selector.one(team, at=at).hours
    assert date(2026, 12, 24) in hours.closed
    assert date(2026, 12, 26) not in hours.closed
    teams.forget_day(row=ClosedDay.objects.get(team=team), by=lead, at=at)
    assert date(2026, 12, 26) in selector.one(team, at=at).hours.closed


def test_a_dissolved_team_comes_back_unless_its_name_is_taken() -> None:
    team, lead = testing.make_team(), signed_in("lead")
    lead.post(f"/desk/teams/{team.pk}/dissolve/")
    assert not Team.objects.present().exists()
    other = testing.make_team()
    lead.post(f"/desk/teams/{team.pk}/restore/")
    assert list(Team.objects.present()) == [other]
    Team.objects.filter(pk=other.pk).update(name="Another")
    lead.post(f"/desk/teams/{team.pk}/restore/")
    assert Team.objects.present().count() == 2
    assert deeds() == ["converse.team.dissolved", "converse.team.restored"]


def test_people_take_turns_on_call_from_midnight_to_midnight_by_the_teams_clock() -> None:
    team, lead = testing.make_team(zone="Europe/Copenhagen"), make_user(role="lead")
    horatio, marcellus = make_user(name="Horatio"), make_user(name="Marcellus")
    made = colleagues.take_turns(
        team=team, users=[horatio, marcellus], first=date(2026, 3, 23), weeks=3, by=lead, at=MONDAY
    )
    assert [one.user for one in made] == [horatio, marcellus, horatio]
    # Over the change to summer time the second week ends at midnight all the same.
    assert made[1].starts_at.astimezone(ZoneInfo("UTC")) == datetime(2026, 3, 29, 22, tzinfo=UTC)
    with pytest.raises(ValueError, match="27"):
        colleagues.take_turns(
            team=team, users=[horatio], first=date(2026, 3, 23), weeks=27, by=lead, at=MONDAY
        )


def test_a_shift_is_typed_by_the_clock_of_the_team() -> None:
    team, lead, horatio = testing.make_team(zone="America/New_York"), signed_in("lead"), make_user()
    lead.post(
        f"/desk/teams/{team.pk}/shifts/",
        {"user": horatio.pk, "starts_at": "2026-03-02T17:00", "ends_at": "2026-03-03T09:00"},
    )
    shift = Shift.objects.get()
    assert shift.starts_at == datetime(2026, 3, 2, 22, tzinfo=UTC)
    backwards = {"user": horatio.pk, "starts_at": "2026-03-02T17:00", "ends_at": "2026-03-01T09:00"}
    assert "ends before" in lead.post(f"/desk/teams/{team.pk}/shifts/", backwards).content.decode()
    lead.post(f"/desk/teams/{team.pk}/shifts/{shift.pk}/remove/")
    assert deeds() == ["converse.shift.added", "converse.shift.removed"]


def night() -> tuple[Thread, object, object]:
    team, horatio, osric = testing.make_team(zone="UTC"), make_user(name="Horatio"), make_user(name="Osric")
    Shift.objects.create(team=team, user=osric, starts_at=MONDAY, ends_at=MONDAY + timedelta(days=7))
    return waiting(team, priority=1, assignee=horatio), horatio, osric


def test_what_is_urgent_at_night_goes_to_who_is_on_call_and_comes_back_in_the_morning() -> None:
    thread, horatio, osric = night()
    calm = waiting(thread.team, assignee=horatio)
    assert on_call.hand_over(at=MONDAY) == 0  # they are there
    assert on_call.hand_over(at=NIGHT) == 1
    assert on_call.hand_over(at=NIGHT + HOUR) == 0
    thread.refresh_from_db()
    calm.refresh_from_db()
    assert (thread.assignee, calm.assignee) == (osric, horatio)
    assert on_call.hand_over(at=NIGHT + 12 * HOUR) == 1
    thread.refresh_from_db()
    assert thread.assignee == horatio
    assert HandOver.objects.get().ended_at == NIGHT + 12 * HOUR
    assert deeds() == ["converse.thread.handed_over"] * 2
    assert [
        one.event["reasons"][0]["code"] for one in thread.items.filter(direction="event").order_by("pk")
    ] == ["hours_over", "hours_begin"]


def test_what_was_answered_at_night_stays_with_who_answered_it() -> None:
    thread, _horatio, osric = night()
    on_call.hand_over(at=NIGHT)
    thread.refresh_from_db()
    waits.answered(thread, at=NIGHT + HOUR)
    thread.status = "waiting"
    thread.save()
    assert on_call.hand_over(at=NIGHT + 12 * HOUR) == 0
    thread.refresh_from_db()
    assert thread.assignee == osric


def test_everybody_says_of_themselves_what_routing_should_know_and_a_lead_of_all() -> None:
    client, other = signed_in("member"), make_user(name="Osric")
    sent = {"languages": ["da", "sv"], "max_load": "5", "follow_up_days": "3", "hold_seconds": "20"}
    assert client.post(f"/desk/people/{client.user.pk}/", sent).status_code == 302
    row = Colleague.objects.get()
    assert (row.languages, row.max_load, row.follow_up_days, row.hold_seconds) == (["da", "sv"], 5, 3, 20)
    assert client.post(f"/desk/people/{other.pk}/", sent).status_code == 404
    assert signed_in("lead").post(f"/desk/people/{other.pk}/", sent).status_code == 302
    assert deeds() == ["converse.colleague.described"] * 2
    assert client.get("/desk/people/").status_code == 200


def test_the_list_of_teams_asks_as_much_for_five_teams_as_for_one(
    django_assert_max_num_queries: object,
) -> None:
    for number in range(5):
        testing.make_team(name=f"Team {number}", members=[make_user()], country="SE")
    with django_assert_max_num_queries(7):  # type: ignore[operator]
        rows = selector.everybody(at=MONDAY)
    assert len(rows) == 5
