"""After a conversation: the reminder, and the one question."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from grapevine import connectors
from grapevine.converse import testing
from grapevine.converse.actions import surveys, threads, waits
from grapevine.converse.models import Colleague, FollowUp, Rollup, Survey
from grapevine.converse.selectors import surveys as selector
from grapevine.core import clock
from grapevine.core.testing import NOON, deeds, make_user, signed_in
from grapevine.sources import testing as sources

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def sums_are_right() -> object:
    yield
    assert testing.check_sums() == []


def test_who_resolves_is_reminded_after_a_week_or_as_they_wish() -> None:
    horatio, marcellus = make_user(name="Horatio"), make_user(name="Marcellus")
    Colleague.objects.create(user=marcellus, follow_up_days=2)
    mine, yours = testing.make_thread(), testing.make_thread(assignee=marcellus)
    threads.resolve(thread_ids=[mine.pk, yours.pk], by=horatio, at=NOON)
    found = {row.thread_id: (row.user, row.due_at) for row in FollowUp.objects.all()}
    assert found == {mine.pk: (horatio, NOON + 7 * DAY), yours.pk: (marcellus, NOON + 2 * DAY)}


def test_no_reminder_is_set_by_who_wants_none() -> None:
    horatio = make_user()
    Colleague.objects.create(user=horatio, follow_up_days=0)
    threads.resolve(thread_ids=[testing.make_thread().pk], by=horatio, at=NOON)
    assert not FollowUp.objects.exists()
    threads.resolve(thread_ids=[testing.make_thread().pk], by=horatio, at=NOON, follow_up_days=1)
    assert FollowUp.objects.get().due_at == NOON + DAY


def test_a_reminder_goes_when_they_write_again_or_the_resolution_is_undone() -> None:
    horatio = make_user()
    one, other = testing.make_thread(), testing.make_thread()
    deed = threads.resolve(thread_ids=[one.pk], by=horatio, at=NOON)
    threads.resolve(thread_ids=[other.pk], by=horatio, at=NOON)
    threads.undo(deed=deed, by=horatio, at=NOON)
    waits.ours(other, since=NOON, at=NOON)
    assert not FollowUp.objects.filter(done_at=None).exists()


def test_a_reminder_is_done_put_off_and_both_undone() -> None:
    client = signed_in("member")
    thread = testing.make_thread()
    row = FollowUp.objects.create(thread=thread, user=client.user, due_at=NOON, created_at=NOON)
    client.post(f"/desk/follow-ups/{row.pk}/done/")
    row.refresh_from_db()
    assert row.done_at is not None
    client.post(f"/desk/follow-ups/{row.pk}/undo/")
    client.post(f"/desk/follow-ups/{row.pk}/later/", {"days": "3"})
    row.refresh_from_db()
    assert row.done_at is None
    assert row.due_at > clock.now() + 2 * DAY
    client.post(f"/desk/follow-ups/{row.pk}/undo/?due={NOON:%Y-%m-%dT%H:%M}%2B00:00")
    row.refresh_from_db()
    assert row.due_at == NOON
    assert deeds() == [
        "converse.follow_up.done",
        "converse.follow_up.undone",
        "converse.follow_up.postponed",
        "converse.follow_up.undone",
    ]
    assert signed_in("lead").post(f"/desk/follow-ups/{row.pk}/done/").status_code == 404


def test_the_link_is_answered_without_signing_in_and_without_a_cookie() -> None:
    thread = testing.make_thread(status="resolved")
    token = surveys.ask(thread=thread, by=make_user(), at=clock.now())
    assert token not in str(Survey.objects.values())
    visitor = Client(enforce_csrf_checks=True)
    page = visitor.get(f"/survey/{token}/")
    assert page.status_code == 200
    assert "rotten" not in page.content.decode()  # nothing of the conversation
    answered = visitor.post(f"/survey/{token}/", {"score": "3", "sentence": "It plays again"})
    assert answered.status_code == 302
    assert not visitor.cookies
    assert thread.items.get(text="It plays again").notes == ["survey"]
    thread.refresh_from_db()
    assert thread.status == "resolved"
    assert Rollup.objects.get(span="d").helped == 1
    assert deeds() == ["converse.survey.asked", "converse.survey.answered"]


def test_an_answer_can_be_changed_for_an_hour_and_is_counted_once() -> None:
    thread = testing.make_thread(status="resolved")
    survey = selector.of_token(surveys.ask(thread=thread, by=make_user(), at=NOON))
    surveys.answer(survey=survey, score=3, sentence="Fine", at=NOON)
    surveys.answer(survey=survey, score=1, sentence="It broke again", at=NOON + timedelta(minutes=59))
    day = Rollup.objects.get(span="d")
    assert (day.helped, day.helped_not) == (0, 1)
    assert [one.text for one in thread.items.filter(notes=["survey"])] == ["It broke again"]
    with pytest.raises(surveys.Over):
        surveys.answer(survey=survey, score=3, sentence="", at=NOON + timedelta(hours=2))


def test_no_opens_the_conversation_again() -> None:
    thread = testing.make_thread(status="resolved", waiting_since=None, due_at=None)
    survey = selector.of_token(surveys.ask(thread=thread, by=make_user(), at=NOON))
    surveys.answer(survey=survey, score=1, sentence="", at=NOON)
    thread.refresh_from_db()
    assert (thread.status, thread.waiting_since) == ("open", NOON)
    assert selector.latest(thread).score == 1


def test_an_old_link_says_so_and_a_wrong_one_is_not_found() -> None:
    thread = testing.make_thread()
    token = surveys.ask(thread=thread, by=make_user(), at=clock.now() - 31 * DAY)
    visitor = Client()
    assert visitor.get(f"/survey/{token}/").status_code == 410
    assert visitor.post(f"/survey/{token}/", {"score": "3"}).status_code == 410
    assert visitor.get("/survey/nonsense/").status_code == 404
    assert Survey.objects.get().score is None


def test_the_line_for_the_reply_is_in_the_language_of_the_thread_or_english() -> None:
    assert "https://w.example/survey/t/" in selector.line("https://w.example/survey/t/", "xx")


def test_a_ticked_box_puts_our_question_beneath_the_answer_which_also_resolves() -> None:
    with sources.platform(private=True):
        client = signed_in("member")
        testing.make_mandate(client.user, at=clock.now())
        thread = testing.make_thread(
            text="",
            source=sources.make_sending_source(),
            external_id="post-1",
            lang="en",
            waiting_since=None,
            due_at=None,
        )
        testing.make_message(thread, "My lute is broken", external_id="post-1")
        waits.ours(thread, since=clock.now(), at=clock.now())
        thread.save()
        page = client.get(f"/inbox/{thread.pk}/").content.decode()
        assert 'name="ask"' in page
        sent = client.post(
            f"/inbox/{thread.pk}/reply/", {"text": "Here is a new lute", "ask": "1", "resolve": "1"}
        )
        assert sent.status_code == 303, sent.context.get("fault")
        said = thread.items.get(direction="ours").text
        assert said.startswith("Here is a new lute\n\nDid this help?")
        address = said.rpartition("testserver")[2]
        assert Client().get(address).status_code == 200
        assert FollowUp.objects.get().user == client.user
        assert Survey.objects.get().user == client.user


def test_where_all_can_read_it_nobody_is_asked_whether_it_helped() -> None:
    with sources.platform():
        client = signed_in("member")
        testing.make_mandate(client.user, at=clock.now())
        thread = testing.make_thread(
            text="", source=sources.make_sending_source(), external_id="post-1", lang="en"
        )
        testing.make_message(thread, "My lute is broken", external_id="post-1")
        assert 'name="ask"' not in client.get(f"/inbox/{thread.pk}/").content.decode()
        client.post(f"/inbox/{thread.pk}/reply/", {"text": "Here is a new lute", "ask": "1"})
        assert thread.items.get(direction="ours").text == "Here is a new lute"
        assert not Survey.objects.exists()


def test_only_letters_carry_a_link_meant_for_one_reader() -> None:
    private = {name for name, one in connectors.shelf().items() if one.manifest.carries_links}
    assert private == {"mail", "form"}


def test_reminders_stand_in_their_list_and_on_the_start_page() -> None:
    client = signed_in("member")
    thread = testing.make_thread(text="Does it play?", status="resolved")
    FollowUp.objects.create(thread=thread, user=client.user, due_at=NOON, created_at=NOON)
    for address in ("/desk/follow-ups/", "/"):
        page = client.get(address).content.decode()
        assert f"/inbox/{thread.pk}/" in page
        assert "Does it play?" in page
