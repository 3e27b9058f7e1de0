"""Routing rules on their pages, and tried on last week's threads."""

from __future__ import annotations

from datetime import timedelta

import pytest

from grapevine.converse import explanations, testing
from grapevine.converse.actions import placing
from grapevine.converse.models import Label, Rule
from grapevine.converse.selectors import desks, previews
from grapevine.core import clock
from grapevine.core.testing import NOON, deeds, make_user, signed_in

pytestmark = pytest.mark.django_db


def make_rule(**values: object) -> Rule:
    return Rule.objects.create(**{"name": "Danish", "created_at": NOON, "changed_at": NOON, **values})


def test_what_is_asked_last_is_shown_and_a_rule_of_ones_own_can_begin_with_it() -> None:
    lead = signed_in("lead")
    page = lead.get("/desk/routing/")
    assert "Asked last" in page.content.decode()
    form = lead.get(f"/desk/routing/new/?{page.context['usual'].query}").context["form"]
    assert (form["wants"].value(), form["priority"].value()) == (["complains", "leaves", "asks_help"], "2")


def test_a_rule_is_written_tried_and_saved() -> None:
    court, guard = testing.make_team(), testing.make_team(name="The Guard")
    now = clock.now()
    danish = testing.make_thread(text="Min lut er i stykker", lang="da", at=now)
    testing.make_thread(text="My lute", lang="en", at=now)
    make_rule(name="All", team=court, position=5)
    lead = signed_in("lead")
    sent = {"name": "Danish", "languages": ["da"], "words": "lut", "team": guard.pk}
    tried = lead.post("/desk/routing/new/", {**sent, "try": "1"})
    assert Rule.objects.count() == 1
    preview = tried.context["preview"]
    assert (preview.tried, preview.hit, preview.changed) == (2, 1, 0)  # the rule above decides already
    lead.post("/desk/routing/new/", {**sent, "save": "1"})
    rule = Rule.objects.get(name="Danish")
    assert (rule.position, rule.team, rule.words) == (6, guard, "lut")
    lead.post(f"/desk/routing/{rule.pk}/move/up/")
    tried = lead.post(f"/desk/routing/{rule.pk}/", {**sent, "priority": "1", "try": "1"})
    moved = tried.context["preview"].moved
    assert [(one.thread_id, one.before.priority, one.after.priority) for one in moved] == [
        (danish.pk, "Normal", "Urgent")
    ]
    assert deeds() == ["converse.rule.added", "converse.rule.moved"]
    page = lead.get("/desk/routing/").content.decode()
    assert page.index("Danish") < page.index(">All<")


def test_words_that_cannot_be_read_and_a_rule_without_outcome_are_refused() -> None:
    lead = signed_in("lead")
    wrong = lead.post("/desk/routing/new/", {"name": "Odd", "words": '"open', "priority": "1", "save": "1"})
    assert "quote is not closed" in wrong.content.decode()
    nothing = lead.post("/desk/routing/new/", {"name": "Odd", "languages": ["da"], "save": "1"})
    assert "Say what comes of it" in nothing.content.decode()
    assert not Rule.objects.exists()


def test_a_rule_rests_wakes_goes_and_comes_back() -> None:
    rule, lead = make_rule(priority=1), signed_in("lead")
    lead.post(f"/desk/routing/{rule.pk}/switch/off/")
    assert desks.desk(NOON).rules == ()
    lead.post(f"/desk/routing/{rule.pk}/switch/on/")
    lead.post(f"/desk/routing/{rule.pk}/delete/")
    assert desks.desk(NOON).rules == ()
    lead.post(f"/desk/routing/{rule.pk}/restore/")
    assert [one.id for one in desks.desk(NOON).rules] == [rule.pk]
    assert deeds() == [
        "converse.rule.paused",
        "converse.rule.resumed",
        "converse.rule.deleted",
        "converse.rule.restored",
    ]


def test_a_preview_looks_at_last_week_only_and_changes_nothing() -> None:
    guard = testing.make_team(name="The Guard")
    testing.make_team()
    testing.make_thread(at=NOON - timedelta(days=8))
    thread = testing.make_thread(at=NOON - timedelta(days=6), text="A ghost")
    rule = Rule(name="Ghosts", words="ghost", team=guard, created_at=NOON, changed_at=NOON)
    preview = previews.of_rules([rule], at=NOON, about=rule)
    assert (preview.tried, preview.hit, preview.changed, preview.cut) == (1, 1, 1, False)
    assert (preview.moved[0].before.team, preview.moved[0].after.team) == ("", "The Guard")
    thread.refresh_from_db()
    assert thread.team is None


def test_a_preview_asks_as_much_for_ten_threads_as_for_one() -> None:
    previews.of_rules([], at=NOON)  # the time zone is asked for once

    def asked(number: int) -> int:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        for _one in range(number):
            testing.make_thread(at=NOON)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            previews.of_rules([Rule(name="G", words="rotten", priority=1)], at=NOON)
        return len(queries)

    assert asked(1) == asked(10)


def test_a_thread_is_placed_with_reasons_that_can_be_told() -> None:
    horatio = make_user(name="Horatio")
    court = testing.make_team(members=[horatio])
    label = Label.objects.create(name="Lutes", created_at=NOON)
    rule = make_rule(team=court, priority=2, label=label, words="lute")
    thread = testing.make_thread(text="My lute is broken")
    _choice, facts = placing.place(thread, text="My lute is broken", at=NOON)
    assert (thread.team_id, thread.assignee_id, thread.priority) == (court.pk, horatio.pk, 2)
    assert list(thread.labels.all()) == [label]
    assert explanations.of_event(facts) == "rule “Danish”; the one with most room of those who may"
    Rule.objects.filter(pk=rule.pk).update(name="Lutes to the court")
    assert "Lutes to the court" in explanations.of_event(facts)


def test_load_counts_open_threads_only() -> None:
    horatio = make_user(name="Horatio")
    testing.make_thread(assignee=horatio)
    testing.make_thread(assignee=horatio, status="resolved")
    assert desks.people(NOON)[horatio.pk].load == 1
