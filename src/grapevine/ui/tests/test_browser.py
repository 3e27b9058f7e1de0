"""The interface in a real browser: barriers, policy, keys, notices, dialogs, live updates."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.utils import translation
from playwright.sync_api import Page, expect

from grapevine.core.models import User
from grapevine.ui import testing
from grapevine.ui.components import figures
from grapevine.ui.tests.moments import CASES

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def components(page: Page, live_server: Any) -> Page:
    testing.enter(page, live_server.url, role="administrator")
    page.goto(f"{live_server.url}/ui/components")
    return page


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])
def test_the_component_page_has_no_barriers(page: Page, live_server: Any, scheme: Any, width: int) -> None:
    complaints = testing.listen_to(page)
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 900})
    testing.enter(page, live_server.url, role="administrator")
    page.goto(f"{live_server.url}/ui/components")
    assert testing.barriers(page) == []
    assert testing.sticks_out(page) == 0
    assert complaints == []


@pytest.mark.parametrize("path", ["/", "/search?q=st", "/sign-in"])
def test_the_pages_around_have_no_barriers(page: Page, live_server: Any, path: str) -> None:
    complaints = testing.listen_to(page)
    testing.enter(page, live_server.url)
    if path == "/sign-in":
        page.context.clear_cookies()
    page.goto(f"{live_server.url}{path}")
    assert testing.barriers(page) == []
    assert complaints == []


@pytest.mark.parametrize("language", ["da", "nl", "sv"])
def test_every_label_of_the_bar_at_the_bottom_can_be_read_on_a_narrow_phone(
    page: Page, live_server: Any, language: str
) -> None:
    page.set_viewport_size({"width": 360, "height": 700})
    user = testing.enter(page, live_server.url, role="administrator")
    User.objects.filter(pk=user.pk).update(language=language)
    page.goto(live_server.url)
    cut = "[...document.querySelectorAll('.bottombar span')].filter(one => one.scrollWidth > one.clientWidth + 1).map(one => one.textContent)"
    assert page.evaluate(cut) == []
    assert page.evaluate("document.querySelector('.bottombar').scrollWidth") <= 360
    heights = page.evaluate("[...document.querySelectorAll('.bottombar span')].map(one => one.offsetHeight)")
    assert len(heights) == 5
    assert max(heights) <= 30  # two lines at most


def test_a_page_fits_a_window_of_320_pixels(components: Page) -> None:
    components.set_viewport_size({"width": 320, "height": 640})
    assert testing.sticks_out(components) == 0


def test_charts_take_the_colours_of_the_appearance(components: Page) -> None:
    read = "getComputedStyle(document.querySelector('.chart-picture .wide path[fill^=var]')).fill"
    components.emulate_media(color_scheme="light")
    light = components.evaluate(read)
    components.emulate_media(color_scheme="dark")
    assert components.evaluate(read) != light


@pytest.mark.parametrize("language", ["en", "sv"])
def test_the_browser_tells_moments_as_the_server_does(components: Page, language: str) -> None:
    with translation.override(language):
        words = figures.relative_words()
    script = components.locator("script[src*='ui/time']").get_attribute("src")
    cases = [(seconds, text) for seconds, written, text in CASES if written == language]
    told = components.evaluate(
        "async ([script, words, cases]) => { const { told } = await import(script); return cases.map(one => told(one, words)); }",
        [script, words, [seconds for seconds, _text in cases]],
    )
    assert told == [text for _seconds, text in cases]


def test_appearance_changes_at_once_and_is_remembered(components: Page) -> None:
    components.locator(".account > summary").click()
    with components.expect_response("**/ui/appearance"):
        components.get_by_role("button", name="Dark").click()
    assert components.evaluate("document.documentElement.dataset.appearance") == "dark"
    components.reload()
    assert components.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"
    assert User.objects.get().appearance == "dark"


def test_language_is_chosen_in_the_frame(components: Page) -> None:
    components.locator(".account > summary").click()
    components.get_by_role("button", name="Svenska").click()
    expect(components.locator("html")).to_have_attribute("lang", "sv")
    assert User.objects.get().language == "sv"


def test_a_key_focuses_the_search_and_a_pair_of_keys_goes_somewhere(components: Page) -> None:
    components.keyboard.press("/")
    expect(components.locator("#side-search")).to_be_focused()
    components.keyboard.type("gh")  # in a field, letters are letters
    expect(components.locator("#side-search")).to_have_value("gh")
    components.locator("h1").click()
    components.keyboard.press("g")
    components.keyboard.press("h")
    expect(components).to_have_url(re.compile(r"/$"))


def test_j_and_k_walk_through_a_list_and_a_key_acts_on_its_item(components: Page) -> None:
    components.keyboard.press("j")
    components.keyboard.press("j")
    expect(components.locator("#post-2")).to_be_focused()
    components.keyboard.press("k")
    expect(components.locator("#post-1")).to_be_focused()
    pressed = "document.querySelector('#post-1 [data-item-key=s]').addEventListener('click', () => { window.saved = true })"
    components.evaluate(pressed)
    components.keyboard.press("s")
    assert components.evaluate("window.saved") is True


def test_the_help_shows_the_keys_and_can_turn_them_off(components: Page) -> None:
    components.keyboard.press("?")
    help_ = components.get_by_role("dialog", name="Keyboard")
    expect(help_).to_be_visible()
    expect(help_).to_contain_text("Next in the list")
    expect(help_).to_contain_text("New brand")
    assert testing.barriers(components) == []
    help_.get_by_label("Single-key shortcuts").uncheck()
    components.keyboard.press("Escape")
    expect(help_).to_be_hidden()
    components.keyboard.press("/")
    expect(components.locator("#side-search")).not_to_be_focused()
    components.reload()
    components.keyboard.press("?")
    expect(help_).to_be_hidden()


def test_a_dialog_opens_holds_the_focus_and_closes(components: Page) -> None:
    opener = components.get_by_role("button", name="Open a dialog")
    opener.click()
    dialog = components.get_by_role("dialog", name="A dialog")
    expect(dialog).to_be_visible()
    components.mouse.click(5, 5)
    expect(dialog).to_be_hidden()
    opener.click()
    dialog.get_by_role("button", name="Close").click()
    expect(dialog).to_be_hidden()
    expect(opener).to_be_focused()


def test_a_menu_closes_with_escape_and_gives_the_focus_back(components: Page) -> None:
    menu = components.locator("details.menu").first
    menu.locator("summary").click()
    expect(menu.get_by_role("button", name="Remove")).to_be_visible()
    components.keyboard.press("Escape")
    expect(menu.get_by_role("button", name="Remove")).to_be_hidden()
    expect(menu.locator("summary")).to_be_focused()


def test_a_notice_shows_text_as_text_and_offers_to_undo(components: Page) -> None:
    detail = {"text": "Deleted <b>it</b>", "tone": "good", "undo": "/undo"}
    components.evaluate(
        f"document.dispatchEvent(new CustomEvent('grapevine:toast', {{detail: {json.dumps(detail)}}}))"
    )
    toast = components.locator(".toast")
    expect(toast).to_contain_text("Deleted <b>it</b>")
    assert toast.locator("form").get_attribute("action") == "/undo"
    assert testing.barriers(components) == []
    toast.get_by_role("button", name="Close").click()
    expect(toast).to_have_count(0)


_STREAM = """
window.EventSource = class extends EventTarget {
  constructor() { super(); window.theStream = this; }
  close() {}
};
"""


def test_what_happens_is_heard_by_those_it_concerns(page: Page, live_server: Any) -> None:
    page.add_init_script(_STREAM)  # a stream that says what the test wants, when it wants
    page.route("**/piece", lambda route: route.fulfill(body="fresh"))
    testing.enter(page, live_server.url, role="administrator")
    page.goto(f"{live_server.url}/ui/components")
    page.evaluate(
        """() => {
          const main = document.getElementById("main");
          main.insertAdjacentHTML("beforeend", `
            <p id="ours" data-live="sources" data-live-only="source=3" hx-get="/piece" hx-trigger="live">old</p>
            <p id="others" data-live="sources" data-live-only="source=4" hx-get="/piece" hx-trigger="live">old</p>
            <button id="count" data-live="sources" data-live-new="{n} new" hidden></button>`);
          htmx.process(main);
          main.dispatchEvent(new CustomEvent("htmx:afterSettle", { bubbles: true }));
        }"""
    )
    told = json.dumps({"source": 3, "count": 2})
    page.evaluate(
        "told => theStream.dispatchEvent(new MessageEvent('sources', { data: told, lastEventId: '1' }))", told
    )
    expect(page.locator("#count")).to_have_text("2 new")
    expect(page.locator("#ours")).to_have_text("fresh")
    expect(page.locator("#others")).to_have_text("old")
    # When the stream opens, what was said while nobody could hear is fetched once.
    page.evaluate("theStream.dispatchEvent(new Event('open'))")
    expect(page.locator("#others")).to_have_text("fresh")


def test_without_a_stream_the_page_says_that_it_looks_by_itself(page: Page, live_server: Any) -> None:
    page.route("**/live?*", lambda route: route.abort())
    testing.enter(page, live_server.url, role="administrator")
    page.goto(f"{live_server.url}/ui/components")
    page.evaluate(
        """() => {
          document.body.insertAdjacentHTML("beforeend", `<p data-live="sources"></p>`);
          document.body.dispatchEvent(new CustomEvent("htmx:afterSettle", { bubbles: true }));
        }"""
    )
    expect(page.locator("[data-live-state]")).to_have_text("Looking every 15 seconds")


def test_on_a_phone_the_other_pages_are_behind_more(page: Page, live_server: Any) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    testing.enter(page, live_server.url, role="administrator")
    page.goto(live_server.url)
    users = page.get_by_role("link", name="Users")
    expect(users).to_be_hidden()
    page.get_by_role("button", name="More").click()
    expect(users).to_be_visible()
    assert testing.barriers(page) == []


def test_the_frame_works_without_javascript(browser: Any, live_server: Any) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    testing.enter(page, live_server.url)
    page.goto(live_server.url)
    page.locator(".account > summary").click()
    page.get_by_role("button", name="Nederlands").click()
    expect(page.locator("html")).to_have_attribute("lang", "nl")
    page.locator("#side-search").fill("kaffe")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search\?q=kaffe"))
    context.close()


def test_an_old_form_can_be_gone_back_to_with_what_was_typed(page: Page, live_server: Any) -> None:
    testing.enter(page, live_server.url, role="lead")
    page.goto(f"{live_server.url}/brands/new/")
    page.get_by_label("Name", exact=True).fill("Elsinore Roasters")
    page.get_by_label("Violet").check()
    page.evaluate("document.querySelector('main input[name=csrfmiddlewaretoken]').value = 'x'.repeat(64)")
    page.locator("main form [type=submit]").last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("This form is too old.")
    page.get_by_role("button", name="Back to the form").click()
    expect(page.get_by_label("Name", exact=True)).to_have_value("Elsinore Roasters")
    expect(page.get_by_label("Violet")).to_be_checked()
    page.locator("main form [type=submit]").last.click()
    expect(page).to_have_url(re.compile(r"/watches/new/\?brand=elsinore-roasters$"))
