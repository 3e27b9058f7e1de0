"""The inbox in a real browser: keys, colleagues who answer at once, what arrives, a phone."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from grapevine.converse import testing
from grapevine.converse.actions import drafts, replies
from grapevine.converse.models import Draft, Message, Status, Thread
from grapevine.converse.tests.answering import waiting_for
from grapevine.core import clock
from grapevine.core import testing as core
from grapevine.people import testing as people
from grapevine.sources import testing as sources
from grapevine.ui import testing as ui

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def desk(page: Page, live_server: Any, transactional_db: None) -> Any:
    """Three threads of one's own on a platform that can be answered."""
    with sources.platform():
        user = core.make_user()
        waiting_for(
            user, {"ophelia": "My lute is broken", "laertes": "Where is my sword?", "yorick": "Alas!"}
        )
        ui.enter(page, live_server.url, user=user)
        page.user, page.root = user, live_server.url  # type: ignore[attr-defined]
        yield page


def hear(page: Page, selector: str) -> None:
    """Let a piece of the page know that something came, as the event stream would (it is another process, tested elsewhere)."""
    page.evaluate("(one) => htmx.trigger(document.querySelector(one), 'live')", selector)


def names(page: Page) -> list[str]:
    return [one.strip() for one in page.locator(".thread-who bdi").all_text_contents()]


def test_the_list_is_worked_through_by_keyboard_and_undone(desk: Any) -> None:
    complaints = ui.listen_to(desk)
    desk.goto(f"{desk.root}/inbox/")
    assert names(desk) == ["ophelia", "laertes", "yorick"]
    desk.keyboard.press("j")
    desk.keyboard.press("e")
    expect(desk.locator(".thread-who")).to_have_count(2)
    desk.keyboard.press("x")
    expect(desk.locator(".tools-count")).to_have_text("1 ticked")
    desk.keyboard.press("s")
    expect(desk.locator("button:focus")).to_have_text("Until they answer")
    desk.keyboard.press("Enter")
    expect(desk.locator(".thread-who")).to_have_count(1)
    assert list(Thread.objects.order_by("pk").values_list("status", flat=True)) == [
        Status.RESOLVED,
        Status.SNOOZED,
        Status.OPEN,
    ]
    desk.locator(".toast-close").last.click()
    desk.keyboard.press("z")  # its notice has gone
    expect(desk.locator(".thread-who")).to_have_count(2)
    assert sorted(names(desk)) == ["laertes", "yorick"]
    first = names(desk)[0]
    desk.keyboard.press("k")
    desk.keyboard.press("Enter")
    expect(desk.locator("#thread-title")).to_have_text(first)
    desk.keyboard.press("r")
    expect(desk.locator("#answer-text")).to_be_focused()
    assert (
        ui.barriers(desk, without=("heading-order",)) == []
    )  # a guideline’s own lines bring headings of their own
    assert complaints == []


def test_a_colleague_is_seen_and_nobody_answers_twice(desk: Any) -> None:
    thread, other = Thread.objects.get(external_id="ophelia"), core.make_user(name="Marcellus")
    testing.make_mandate(other, at=clock.now())
    desk.goto(f"{desk.root}/inbox/{thread.pk}/")
    drafts.look(thread=thread, by=other, typing=True, at=clock.now())
    hear(desk, "#there")
    expect(desk.locator("#there")).to_have_text("Marcellus is typing")
    desk.fill("#answer-text", "Bring it along, we mend it.")
    expect(desk.locator("#answer-state")).to_have_text("Draft kept")
    replies.write(thread=thread, text="We send you strings.", by=other, at=clock.now(), seen=0)
    desk.click("#answer-send")
    expect(desk.locator("#answer")).to_contain_text("Marcellus has answered meanwhile")
    expect(desk.locator("#answer")).to_contain_text("We send you strings.")
    expect(desk.locator("#answer-text")).to_have_value("Bring it along, we mend it.")
    assert Message.objects.filter(direction="ours").count() == 1
    desk.click("text=Send all the same")
    expect(desk.locator("#thread-said")).to_contain_text("Bring it along, we mend it.")
    assert Message.objects.filter(direction="ours").count() == 2


def test_what_they_write_comes_in_while_one_types(desk: Any) -> None:
    thread = Thread.objects.get(external_id="ophelia")
    desk.goto(f"{desk.root}/inbox/{thread.pk}/")
    desk.fill("#answer-text", "Dear Oph")
    testing.make_message(thread, "It is the third string", at=clock.now())
    hear(desk, "#thread-said")
    expect(desk.locator("#thread-said")).to_contain_text("It is the third string")
    expect(desk.locator("#answer-text")).to_have_value("Dear Oph")
    testing.make_thread(
        text="To sleep",
        assignee=desk.user,
        due_at=clock.now(),
        identity=people.make_identity(handle="gertrude"),
    )
    hear(desk, "#inbox-rows")
    expect(desk.locator(".thread-who").first).to_contain_text("gertrude")


def test_two_threads_are_merged_with_a_key_and_parted_again(desk: Any) -> None:
    desk.goto(f"{desk.root}/inbox/{Thread.objects.get(external_id='ophelia').pk}/")
    desk.keyboard.press("m")
    desk.locator("#merge-candidates label", has_text="laertes").click()
    desk.click("text=Put them into this one")
    desk.get_by_role("button", name="merge them").click()
    expect(desk.locator("#thread-said")).to_contain_text("Where is my sword?")
    assert Thread.objects.filter(merged_into=None).count() == 2
    desk.keyboard.press("u")
    expect(desk.locator("#thread-said")).not_to_contain_text("Where is my sword?")
    assert Thread.objects.filter(merged_into=None).count() == 3


def test_on_a_phone_the_list_leads_to_the_thread_and_back(desk: Any) -> None:
    desk.set_viewport_size({"width": 390, "height": 844})
    desk.goto(f"{desk.root}/inbox/")
    assert ui.sticks_out(desk) == 0
    desk.locator(".thread-link").first.click()
    expect(desk.locator("#thread-title")).to_be_visible()
    expect(desk.locator("#inbox-rows")).to_be_hidden()
    assert ui.sticks_out(desk) == 0
    assert (
        ui.barriers(desk, without=("heading-order",)) == []
    )  # a guideline’s own lines bring headings of their own
    desk.locator(".thread-back").click()
    expect(desk).to_have_url(re.compile(r"/inbox/(\?view=\w+)?$"))
    expect(desk.locator("#inbox-rows")).to_be_visible()


def test_an_answer_and_a_note_are_kept_apart_and_neither_is_lost(desk: Any) -> None:
    thread = Thread.objects.get(external_id="ophelia")
    drafts.save(thread=thread, text="Who has strings?", is_note=True, by=desk.user, at=clock.now())
    desk.goto(f"{desk.root}/inbox/{thread.pk}/")
    desk.fill("#answer-text", "Bring it along")
    desk.click("[data-write=note]")
    expect(desk.locator("#answer-text")).to_have_value("Who has strings?")
    desk.route("**/draft/", lambda route: route.abort())
    desk.fill("#answer-text", "Who has gut strings?")
    expect(desk.locator("#answer-state")).to_contain_text("Not kept yet")
    desk.unroute("**/draft/")
    expect(desk.locator("#answer-state")).to_have_text("Draft kept", timeout=15_000)
    desk.click("[data-write=answer]")
    expect(desk.locator("#answer-text")).to_have_value("Bring it along")
    assert dict(Draft.objects.values_list("is_note", "text")) == {
        False: "Bring it along",
        True: "Who has gut strings?",
    }
