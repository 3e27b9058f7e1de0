"""The inbox as a page: views, filters, search, conversations, and what is done to them there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from grapevine.converse import testing
from grapevine.converse.actions import drafts, notes, threads
from grapevine.converse.models import (
    Deed,
    Label,
    Message,
    MessageState,
    Priority,
    Rearrangement,
    Status,
    Thread,
)
from grapevine.core import clock
from grapevine.core import testing as core
from grapevine.core.testing import NOON, signed_in
from grapevine.people import testing as people
from grapevine.sources import testing as sources

pytestmark = pytest.mark.django_db


def listed(client: Any, address: str = "/inbox/") -> list[str]:
    return [item.row.subject for item in client.get(address).context["items"]]


def test_what_is_due_first_stands_first_in_ones_own_list() -> None:
    client = signed_in("member")
    for subject, hours in (("second", 2), ("first", 1), ("third", 3)):
        testing.make_thread(subject=subject, assignee=client.user, due_at=NOON + timedelta(hours=hours))
    testing.make_thread(subject="not mine")
    testing.make_thread(subject="done", assignee=client.user, status=Status.RESOLVED)
    assert listed(client) == ["first", "second", "third"]
    assert listed(client, "/inbox/?view=free") == ["not mine"]
    assert listed(client, "/inbox/?view=resolved") == ["done"]
    assert set(listed(client, "/inbox/?view=all")) == {"first", "second", "third", "not mine", "done"}


def test_my_teams_list_has_what_is_theirs() -> None:
    client = signed_in("member")
    team = testing.make_team(members=[client.user])
    testing.make_thread(subject="ours", team=team)
    testing.make_thread(subject="others", team=testing.make_team(name="Players"))
    assert listed(client, "/inbox/?view=team") == ["ours"]


def test_clocks_are_told_in_words() -> None:
    client = signed_in("member")
    at = clock.now()
    testing.make_thread(subject="late", assignee=client.user, due_at=at - timedelta(minutes=20, seconds=5))
    testing.make_thread(subject="soon", assignee=client.user, due_at=at + timedelta(hours=2, minutes=30))
    items = client.get("/inbox/").context["items"]
    assert [item.due.replace("\xa0", " ") for item in items] == ["late by 20 min", "in 2 h"]
    assert [item.tone for item in items] == ["bad", ""]


def test_a_view_is_narrowed_and_goes_on_page_by_page(monkeypatch: Any) -> None:
    from grapevine.converse.selectors import walks

    monkeypatch.setattr(walks, "PAGE", 2)
    monkeypatch.setattr(walks, "LOOKED_AT", 3)
    client = signed_in("member")
    word = Label.objects.create(name="parcel", created_at=NOON)
    for number in range(7):
        thread = testing.make_thread(
            subject=str(number), lang="da" if number % 3 == 0 else "sv", due_at=NOON + timedelta(hours=number)
        )
        if number in (1, 2):
            thread.labels.add(word)
    assert listed(client, f"/inbox/?view=open&label={word.pk}") == ["1", "2"]
    found, address = [], "/inbox/?view=open&lang=da"
    while address:
        context = client.get(address).context
        found += [item.row.subject for item in context["items"]]
        address = f"/inbox/{context['more']}" if context["more"] else ""
    assert found == ["0", "3", "6"]
    assert listed(client, "/inbox/?view=open&lang=sv")[:2] == ["1", "2"]


def test_a_search_finds_what_was_said_and_noted_the_latest_first() -> None:
    client = signed_in("member")
    old = testing.make_thread(text="My lute is broken", subject="old")
    testing.make_thread(text="My skull is broken", subject="skull")
    notes.write(thread=testing.make_thread(subject="noted"), text="the lute again", by=client.user, at=NOON)
    testing.make_message(old, "The lute, I said")
    assert listed(client, "/inbox/?q=lute") == ["old", "noted"]
    assert listed(client, '/inbox/?q="lute is broken"') == ["old"]
    assert listed(client, "/inbox/?q=lute NOT again") == ["old"]
    assert listed(client, "/inbox/?q=lute&view=resolved") == []
    assert client.get("/inbox/?q=(lute").context["page"].fault


def test_threads_are_done_with_many_at_once_and_put_back() -> None:
    client = signed_in("member")
    ids = [testing.make_thread(subject=str(n)).pk for n in range(3)]
    page = client.post(
        "/inbox/change/", {"do": "resolve", "thread": ids[:2], "next": "/inbox/?view=open"}, follow=True
    )
    assert page.redirect_chain[-1][0] == "/inbox/?view=open"
    assert Thread.objects.filter(status=Status.RESOLVED).count() == 2
    assert "Resolved 2 conversations." in page.content.decode()
    client.post(f"/inbox/undo/{Deed.objects.get().pk}/")
    assert Thread.objects.filter(status=Status.OPEN).count() == 3


@pytest.mark.parametrize(
    ("do", "values", "field", "after"),
    [
        ("assign:me", {}, "assignee__role", "member"),
        ("snooze:answer", {}, "status", Status.SNOOZED),
        ("snooze:at", {"until": "2999-01-01T08:00"}, "status", Status.SNOOZED),
        ("spam", {}, "status", Status.SPAM),
        ("wait", {}, "status", Status.WAITING),
        ("priority:1", {}, "priority", Priority.URGENT),
        ("label:new", {"new": "parcel"}, "labels__name", "parcel"),
    ],
)
def test_each_deed_does_what_it_says_is_written_down_and_can_be_undone(
    do: str, values: dict[str, str], field: str, after: Any
) -> None:
    client, thread = signed_in("member"), testing.make_thread()
    before = Thread.objects.values_list(field, flat=True).get()
    client.post("/inbox/change/", {"do": do, "thread": thread.pk, **values})
    assert Thread.objects.values_list(field, flat=True).get() == after
    assert core.deeds()[-1].startswith("converse.thread.")
    assert thread.items.filter(direction="event").count() == 1
    client.post(f"/inbox/undo/{Deed.objects.get().pk}/")
    assert Thread.objects.values_list(field, flat=True).get() == before
    assert not thread.items.filter(direction="event").exists()


def test_what_was_changed_again_since_is_not_put_back() -> None:
    client, thread = signed_in("member"), testing.make_thread()
    client.post("/inbox/change/", {"do": "resolve", "thread": thread.pk})
    threads.reopen(thread_ids=[thread.pk], by=core.make_user(), at=NOON)
    client.post(f"/inbox/undo/{Deed.objects.earliest('pk').pk}/")
    assert Thread.objects.get().status == Status.OPEN


def test_readers_are_given_nothing() -> None:
    client, thread = signed_in("member"), testing.make_thread()
    page = client.post(
        "/inbox/change/",
        {"do": f"assign:user:{core.make_user(role='reader').pk}", "thread": thread.pk},
        follow=True,
    )
    assert "They may not answer" in page.content.decode()
    assert Thread.objects.get().assignee is None


def test_a_long_conversation_is_shown_in_parts_the_latest_first() -> None:
    client, thread = signed_in("member"), testing.make_thread(text="")
    for number in range(95):
        testing.make_message(thread, f"word {number}", at=NOON + timedelta(minutes=number))
    context = client.get(f"/inbox/{thread.pk}/").context
    assert [line.text for line in context["said"]] == [f"word {n}" for n in range(55, 95)]
    earlier = client.get(
        f"/inbox/{thread.pk}/",
        {"before": context["conversation"].earlier},
        headers={"HX-Target": "thread-earlier"},
    )
    assert [line.text for line in earlier.context["said"]] == [f"word {n}" for n in range(15, 55)]
    assert "<html" not in earlier.content.decode()


def test_hostile_words_stay_words() -> None:
    client = signed_in("member")
    thread = testing.make_thread(
        text='<script>alert(1)</script> \u202egpj.exe <img src="https://spy.example/x">', subject="<b>hi</b>"
    )
    testing.make_message(thread, "😀", url="javascript:alert(1)", media=["image"])
    html = client.get(f"/inbox/{thread.pk}/").content.decode()
    assert "<script>alert" not in html
    assert 'src="https://spy' not in html
    assert "\u202e" not in html
    assert "javascript:alert" not in html
    assert "<b>hi</b>" not in html


def test_two_threads_are_merged_on_the_page_and_the_address_of_the_other_leads_on() -> None:
    client = signed_in("member")
    blog = testing.make_thread(text="On the blog", subject="blog")
    mail = testing.make_thread(
        text="By mail", subject="mail", identity=people.make_identity(), at=NOON + timedelta(hours=1)
    )
    page = client.post("/inbox/merge/", {"into": blog.pk, "thread": mail.pk}, follow=True)
    assert [line.text for line in page.context["said"] if line.said.direction == "theirs"] == [
        "On the blog",
        "By mail",
    ]
    assert client.get(f"/inbox/{mail.pk}/").url == f"/inbox/{blog.pk}/"
    client.post(f"/inbox/rearranged/{Rearrangement.objects.get().pk}/undo/")
    assert [one.text for one in Message.objects.filter(thread=mail)] == ["By mail"]


def test_drafts_and_presence_are_kept_for_each_colleague() -> None:
    client, thread = signed_in("member"), testing.make_thread()
    other = core.make_user(name="Marcellus")
    client.post(f"/inbox/{thread.pk}/draft/", {"text": "Dear Ham"})
    assert client.get(f"/inbox/{thread.pk}/").context["conversation"].draft == "Dear Ham"
    drafts.look(thread=thread, by=other, typing=True, at=clock.now())
    assert "Marcellus is typing" in client.post(f"/inbox/{thread.pk}/look/").content.decode()
    drafts.save(thread=thread, text="We mend", is_note=False, by=other, at=clock.now())
    drafts.look(thread=thread, by=other, typing=False, at=clock.now())
    assert "Marcellus has begun an answer" in client.get(f"/inbox/{thread.pk}/there/").content.decode()
    drafts.leave(thread=thread, by=other)
    assert client.get(f"/inbox/{thread.pk}/there/").content.decode().strip() == ""


def test_who_is_named_in_a_note_finds_it_until_they_have_seen_it() -> None:
    client, thread = signed_in("member"), testing.make_thread(subject="a riddle")
    client.user.name = "Horatio of Wittenberg"
    client.user.save()
    notes.write(thread=thread, text="Ask @horatio, he knows", by=core.make_user(name="Marcellus"), at=NOON)
    assert listed(client, "/inbox/?view=named") == ["a riddle"]
    assert client.get("/inbox/").context["tabs"][4].count == 1
    client.post(f"/inbox/{thread.pk}/look/")
    assert client.get("/inbox/").context["tabs"][4].count is None


def test_answers_that_went_wrong_have_a_view() -> None:
    client, thread = signed_in("member"), testing.make_thread(subject="stuck")
    testing.make_message(thread, "Sorry", direction="ours", state=MessageState.FAILED)
    assert listed(client, "/inbox/?view=stuck") == ["stuck"]


def test_a_saved_view_leads_back_to_how_one_looked() -> None:
    client = signed_in("member")
    client.post("/inbox/views/", {"view": "open", "lang": "da", "name": "The Danes"})
    (saved,) = client.get("/inbox/").context["saved"]
    assert (saved.name, saved.wish.address()) == ("The Danes", "?view=open&lang=da")
    client.post(f"/inbox/views/{saved.id}/remove/")
    assert client.get("/inbox/").context["saved"] == ()


def test_a_mention_is_picked_on_its_page_with_the_answers_it_has() -> None:
    from grapevine.listen import testing as listen

    client, watch = (
        signed_in("member"),
        listen.make_watch(brand=listen.make_brand(name="Elsinore", ours=True)),
    )
    source = sources.make_source()
    post = sources.make_post(source=source, text="Elsinore is a castle", external_id="1")
    sources.store(
        source,
        sources.heard("Is it?", external_id="2", parent_id="1", at=NOON + timedelta(hours=1)),
        sources.heard("It is", external_id="3", parent_id="2", at=NOON + timedelta(hours=2), by_us=True),
    )
    assert "Answer this" in client.get(f"/mentions/{post.pk}/").content.decode()
    page = client.post(f"/inbox/pick/{post.pk}/", follow=True)
    assert [line.text for line in page.context["said"] if line.said.direction == "theirs"] == [
        "Elsinore is a castle",
        "Is it?",
    ]
    # What we answered before anybody picked it is ours.
    assert [line.text for line in page.context["said"] if line.said.direction == "ours"] == ["It is"]
    assert Thread.objects.get().brand_id == watch.brand_id
    assert "Go to the conversation" in client.get(f"/mentions/{post.pk}/").content.decode()


def test_list_page_and_search_ask_as_much_for_many_as_for_few(django_assert_max_num_queries: Any) -> None:
    client = signed_in("member")
    for number in range(45):
        testing.make_thread(
            text=f"lute {number}", assignee=client.user, due_at=NOON + timedelta(minutes=number)
        )
    thread = testing.make_thread(text="lute", subject="long")
    for number in range(60):
        testing.make_message(thread, f"lute {number}", at=NOON + timedelta(minutes=number))
    client.get("/inbox/")  # the first visit notes that somebody came, and reads the settings
    with django_assert_max_num_queries(29):
        client.get("/inbox/")
    with django_assert_max_num_queries(31):
        client.get("/inbox/?q=lute")
    with django_assert_max_num_queries(42):
        client.get(f"/inbox/{thread.pk}/", headers={"HX-Target": "thread-pane"})


def test_what_the_start_page_leads_to_stands_beside_the_list_it_is_in() -> None:
    client, thread = signed_in("member"), testing.make_thread(due_at=clock.now())
    assert f'href="/inbox/{thread.pk}/"' in client.get("/").content.decode()
    assert client.get(f"/inbox/{thread.pk}/").context["wish"].view == "free"
    assert "All answered" not in client.get(f"/inbox/{thread.pk}/?view=mine").content.decode()
