"""A conversation beside its list, in a real browser: its address, its focus, its drafts, and colleagues called by name."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from grapevine.converse.models import Naming
from grapevine.converse.tests.answering import waiting_for
from grapevine.core import testing as core
from grapevine.sources import testing as sources
from grapevine.ui import testing as ui

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.usefixtures("patient")]
WAIT = 20_000


@pytest.fixture
def desk(page: Page, live_server: Any, transactional_db: None) -> Any:
    """Two conversations of one's own."""
    with sources.platform():
        user = core.make_user(name="Gertrude Queen")
        *_, thread = waiting_for(user, {"ophelia": "My lute is broken", "yorick": "Alas!"})
        ui.enter(page, live_server.url, user=user)
        page.root, page.thread = live_server.url, thread  # type: ignore[attr-defined]
        yield page


def hear(page: Page, selector: str) -> None:
    """Let a piece of the page know that something came, and wait until it has asked and been answered."""
    with page.expect_response(lambda one: one.request.headers.get("hx-request") == "true"):
        page.evaluate("(one) => htmx.trigger(document.querySelector(one), 'live')", selector)


def test_the_address_is_that_of_the_open_conversation_and_the_way_back_leads_to_its_place(desk: Any) -> None:
    complaints = ui.listen_to(desk)
    desk.goto(f"{desk.root}/inbox/?view=mine")
    expect(desk).to_have_title(re.compile(r"^\(2\) "))
    hear(desk, "#inbox-rows")
    with desk.expect_response("**/look/"):  # the server knows that it was seen
        desk.locator(".thread-link", has_text="yorick").click()
    expect(desk.locator("#thread-title")).to_be_focused()
    expect(desk).to_have_url(re.compile(rf"/inbox/{desk.thread.pk}/\?view=mine$"))
    expect(desk).to_have_title(re.compile(r"^\(1\) "))
    hear(desk, "#inbox-rows")
    expect(desk).to_have_title(re.compile(r"^\(1\) "))
    expect(desk).to_have_url(re.compile(rf"/inbox/{desk.thread.pk}/\?view=mine$"))
    expect(desk.locator("#thread-title")).to_be_focused()
    desk.keyboard.press("b")
    expect(desk).to_have_url(re.compile(r"/inbox/\?view=mine$"))
    expect(desk.locator(".thread-row", has_text="yorick")).to_be_focused()
    desk.go_back()
    expect(desk.locator("#thread-title")).to_have_text("yorick")
    desk.go_back()
    expect(desk.locator("#thread-title")).to_have_count(0)
    expect(desk.locator(".thread-row")).to_have_count(2)
    assert complaints == []


def test_a_colleague_is_named_by_keyboard_and_what_is_begun_survives_what_comes_in(desk: Any) -> None:
    horatio = core.make_user(name="Horatio Lind")
    core.make_user(name="Laertes")
    desk.goto(f"{desk.root}/inbox/{desk.thread.pk}/")
    expect(desk.locator(".answer-to")).to_contain_text("yorick")
    desk.keyboard.press("n")
    desk.keyboard.type("Do you know him, @hor")
    choices = desk.locator("#answer-names [role=option]:visible")
    expect(choices).to_have_text(["Horatio Lind"])
    expect(desk.locator("#answer-names-found")).to_have_text("1 colleague")
    assert ui.barriers(desk) == []
    desk.keyboard.press("Enter")
    expect(desk.locator("#answer-text")).to_have_value("Do you know him, @Horatio Lind ")
    desk.keyboard.type("or @")
    expect(choices).to_have_count(4)
    desk.keyboard.press("ArrowDown")
    desk.keyboard.press("Escape")
    expect(desk.locator("#answer-names")).to_be_hidden()
    expect(desk.locator("#answer-text")).to_be_focused()

    # A promise that is half written, while something arrives.
    desk.locator(".promise summary").click()
    desk.fill("#promise-text", "A new skull")
    desk.locator("#promise-text").evaluate("(one) => one.setSelectionRange(2, 5)")
    hear(desk, "#beside")
    hear(desk, "#thread-said")
    expect(desk.locator("#promise-text")).to_have_value("A new skull")
    expect(desk.locator("#promise-text")).to_be_focused()
    assert desk.locator("#promise-text").evaluate("(one) => [one.selectionStart, one.selectionEnd]") == [2, 5]

    desk.locator("#answer-note").click()
    expect(desk.locator(".said.note")).to_contain_text("@Horatio Lind")
    assert [one.user_id for one in Naming.objects.all()] == [horatio.pk]
