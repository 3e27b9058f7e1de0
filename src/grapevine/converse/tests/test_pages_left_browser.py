"""Leaving a conversation, and coming back to it, in a real browser: what was sent stays sent, and words go to whom they were meant for."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from grapevine.converse.actions import drafts
from grapevine.converse.models import Draft, Message
from grapevine.converse.tests.answering import waiting_for
from grapevine.core import clock
from grapevine.core import testing as core
from grapevine.sources import testing as sources
from grapevine.ui import testing as ui

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.usefixtures("patient")]
WAIT = 20_000


@pytest.fixture
def desk(page: Page, live_server: Any, transactional_db: None) -> Any:
    """Three conversations of one's own."""
    with sources.platform():
        user = core.make_user(name="Gertrude Queen")
        said = {"ophelia": "My lute is broken", "laertes": "Where is my sword?", "yorick": "Alas!"}
        page.threads = waiting_for(user, said)  # type: ignore[attr-defined]
        page.user, page.root = user, f"{live_server.url}/inbox/"  # type: ignore[attr-defined]
        ui.enter(page, live_server.url, user=user)
        yield page


def test_what_was_sent_does_not_come_back_and_the_next_key_goes_on_in_the_list(desk: Any) -> None:
    complaints = ui.listen_to(desk)
    thread = desk.threads[0]
    drafts.save(thread=thread, text="We mend it", is_note=False, by=desk.user, at=clock.now())
    desk.goto(f"{desk.root}{thread.pk}/?view=mine")
    with desk.expect_response(lambda one: one.request.headers.get("hx-target") == "thread-said"):
        desk.evaluate("htmx.trigger(document.querySelector('#thread-said'), 'live')")
    desk.locator("#answer-text").press("Control+Enter")
    expect(desk.locator("#thread-said")).to_contain_text("We mend it")
    expect(desk.locator(".thread-row", has_text="laertes")).to_be_focused()
    desk.keyboard.press("j")
    expect(desk.locator(".thread-row", has_text="yorick")).to_be_focused()
    desk.goto(f"{desk.root}?view=resolved")
    for _page in range(2):  # the one after it was sent, and the one from before
        desk.go_back()
        expect(desk.locator("#side-search")).to_be_attached()  # the whole page, never its piece
        expect(desk.locator("#answer-text")).to_have_value("")
    assert Message.objects.filter(direction="ours").count() == 1
    assert complaints == []


def test_what_is_typed_while_another_is_opened_waits_for_it(desk: Any) -> None:
    first, other = desk.threads[0], desk.threads[2]
    held: list[Route] = []
    desk.route(re.compile(rf"/inbox/{other.pk}/\?view=mine$"), lambda route: held.append(route))  # noqa: PLW0108 - a method of a list bears no mark of theirs
    desk.goto(f"{desk.root}{first.pk}/?view=mine")
    desk.fill("#answer-text", "Dear Ophelia")
    desk.locator(".thread-link", has_text="yorick").click()
    expect(desk.locator("#thread-pane")).to_have_attribute("aria-busy", "true")
    desk.keyboard.press("r")
    desk.keyboard.type("Dear Yorickk")
    desk.keyboard.press("Backspace")
    desk.keyboard.press("Control+Enter")
    desk.evaluate("document.getElementById('answer-form').requestSubmit()")
    expect(desk.locator("#answer-text")).to_have_value("Dear Ophelia")
    expect(desk.locator("#answer-text")).not_to_be_focused()
    held[0].continue_()
    expect(desk.locator("#thread-title")).to_have_text("yorick")
    expect(desk.locator("#answer-text")).to_have_value("Dear Yorick")
    expect(desk.locator("#answer-text")).to_be_focused()
    expect(desk.locator("#thread-pane")).not_to_have_attribute("aria-busy", "true")
    expect(desk.locator("#answer-state")).to_have_text("Draft kept")
    assert not Message.objects.filter(direction="ours").exists()
    assert dict(Draft.objects.values_list("thread_id", "text")) == {
        first.pk: "Dear Ophelia",
        other.pk: "Dear Yorick",
    }
