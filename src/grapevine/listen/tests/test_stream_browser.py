"""The stream, a post and its export in a real browser: live posts, keys, barriers."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from grapevine.core.testing import NOON
from grapevine.listen.tests.telling import Tale, a_tale
from grapevine.ui import testing

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def tale(transactional_db: None) -> Tale:
    tale = a_tale()
    tale.say(
        "Who's there? Nobody at Elsinore answers",
        "Something is rotten at Elsinore, part 3 of a long story",
        "To Elsinore by ship: four days of wind",
        "The players have come to Elsinore and will give us a piece tonight",
        "My uncle says that Elsinore was better when his brother had it",
    )
    return tale


@pytest.fixture
def stream(page: Page, live_server: Any, tale: Tale) -> Page:
    testing.enter(page, live_server.url, role="member")
    page.goto(f"{live_server.url}/stream/")
    return page


def hear(page: Page) -> None:
    """Let the page know that something came, as the event stream would (it is another process, tested elsewhere)."""
    page.evaluate(
        "document.getElementById('stream-live').dispatchEvent(new CustomEvent('live', {bubbles: true}))"
    )


def shown(page: Page) -> list[str]:
    return [text.strip() for text in page.locator("#stream-rows .post-text").all_text_contents()]


@pytest.mark.both
def test_a_new_post_comes_in_without_a_reload(stream: Page, tale: Tale) -> None:
    complaints = testing.listen_to(stream)
    stream.evaluate("window.stays = true")
    tale.say("The ghost of Elsinore walks", at=NOON + timedelta(hours=5))
    hear(stream)
    expect(stream.locator("#stream-rows .post-text").first).to_have_text("The ghost of Elsinore walks")
    expect(stream.locator("#stream-said")).to_have_text("1 new mention")
    assert stream.evaluate("window.stays")
    assert complaints == []


def test_who_reads_is_told_and_not_disturbed(stream: Page, tale: Tale) -> None:
    stream.keyboard.press("j")
    before = shown(stream)
    tale.say("The ghost of Elsinore walks", "The ghost of Elsinore walks on", at=NOON + timedelta(hours=5))
    hear(stream)
    expect(stream.locator("#stream-new")).to_have_text("2 new")
    assert shown(stream) == before
    stream.keyboard.press(".")
    expect(stream.locator("#stream-new")).to_be_hidden()
    assert shown(stream)[2:] == before


def test_what_the_filters_keep_out_does_not_come_in(stream: Page, tale: Tale) -> None:
    stream.select_option("#stream-brand", "wittenberg")
    expect(stream).to_have_url(re.compile(r"/stream/\?brand=wittenberg$"))
    tale.say("Elsinore calls", at=NOON + timedelta(hours=5))
    tale.say("Wittenberg calls", at=NOON + timedelta(hours=6))
    hear(stream)
    expect(stream.locator("#stream-rows .post-text")).to_have_text(["Wittenberg calls"])


def test_a_search_by_keyboard_applies_nothing_the_policy_forbids(stream: Page) -> None:
    complaints = testing.listen_to(stream)
    # What browsers' extensions and screenshots do to a field: htmx must not carry the attribute over to the new one.
    stream.evaluate("document.getElementById('stream-q').style.setProperty('caret-color', 'red')")
    stream.keyboard.press("/")
    stream.keyboard.type("rotten")
    stream.keyboard.press("Enter")
    expect(stream).to_have_url(re.compile(r"/stream/\?q=rotten$"))
    expect(stream.locator("#stream-rows .post-text")).to_have_count(1)
    stream.keyboard.press("Escape")
    stream.keyboard.press("?")
    stream.keyboard.press("Escape")
    stream.go_back()
    expect(stream.locator("#stream-rows .post-text")).to_have_count(5)
    assert complaints == []


def test_keys_go_through_the_posts_and_open_them(stream: Page) -> None:
    ids = stream.evaluate(
        "[...document.querySelectorAll('#stream-rows [data-key-item]')].map((one) => one.id)"
    )
    focus = "document.activeElement.id"
    for _ in range(2):
        stream.keyboard.press("j")
    assert stream.evaluate(focus) == ids[1]
    stream.keyboard.press("k")
    assert stream.evaluate(focus) == ids[0]
    stream.keyboard.press("j")
    stream.keyboard.press("Enter")
    expect(stream).to_have_url(re.compile(f"/mentions/{ids[1].removeprefix('post-')}/$"))
    stream.keyboard.press("j")
    expect(stream).to_have_url(re.compile(f"/mentions/{ids[2].removeprefix('post-')}/$"))
    stream.keyboard.press("u")
    expect(stream).to_have_url(re.compile("/stream/$"))
    stream.keyboard.press("j")
    stream.keyboard.press("o")
    expect(stream).to_have_url(re.compile(f"/mentions/{ids[0].removeprefix('post-')}/$"))


@pytest.mark.both
def test_the_search_is_one_key_away_and_keeps_the_other_filters(stream: Page) -> None:
    stream.select_option("#stream-brand", "elsinore")
    expect(stream).to_have_url(re.compile(r"\?brand=elsinore$"))
    stream.locator("h1").click()
    stream.keyboard.press("/")
    stream.keyboard.type("part 3")
    stream.keyboard.press("Enter")
    expect(stream.locator("#stream-rows .post")).to_have_count(1)
    expect(stream).to_have_url(re.compile(r"\?q=part\+3&brand=elsinore$"))
    stream.go_back()
    expect(stream.locator("#stream-rows .post")).not_to_have_count(1)


def test_another_brand_lets_go_of_the_watch(stream: Page, tale: Tale) -> None:
    stream.select_option("#stream-watch", str(tale.watches["Elsinore"].pk))
    expect(stream).to_have_url(re.compile(r"\?watch=\d+$"))
    stream.select_option("#stream-brand", "wittenberg")
    expect(stream).to_have_url(re.compile(r"\?brand=wittenberg$"))


def test_copies_unfold_in_place(page: Page, live_server: Any, tale: Tale) -> None:
    line = "Elsinore has opened the new gate to the harbour and everybody is welcome to see it this week"
    for by in ("ophelia", "hamlet", "laertes"):
        tale.say(line, by=by)
    testing.enter(page, live_server.url, role="reader")
    page.goto(f"{live_server.url}/stream/?q=gate")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.locator(".copies .copy")).to_have_count(2)
    expect(page.locator("[data-unfold]")).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("x")
    expect(page.locator(".copies")).to_be_hidden()


@pytest.mark.both
def test_what_is_shown_is_downloaded(stream: Page) -> None:
    stream.goto(stream.url + "?q=elsinore+NOT+part")
    stream.keyboard.press("e")
    expect(stream.locator("h1")).to_have_text("Export")
    stream.get_by_label("UTF-8 with commas").check()
    with stream.expect_download() as coming:
        stream.get_by_role("button", name="Download").click()
    data = Path(coming.value.path()).read_bytes()
    rows = list(csv.DictReader(io.StringIO(data.decode(), newline="")))
    assert rows
    assert not any("part 3" in row["text"] for row in rows)


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_the_pages_have_no_barriers(
    page: Page, live_server: Any, tale: Tale, scheme: Any, width: int
) -> None:
    complaints = testing.listen_to(page)
    post = tale.say(
        "Elsinore once more", external_id="whole", title="A title", url="https://example.org/1", links=("https://example.org/x",),
        metrics={"likes": 3}, media=("image",), parent_id="p1", by="hamlet",
    )[0]  # fmt: skip
    tale.say("An answer about Elsinore", parent_id="whole", by="hamlet")
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 900})
    testing.enter(page, live_server.url, role="lead")
    for path in (
        "/stream/",
        "/stream/?brand=elsinore&period=12m&q=elsinore+OR+x",
        "/stream/?q=(x",
        "/stream/?q=nothing+like+it&brand=elsinore",
        f"/mentions/{post}/",
        f"/mentions/{post}/raw/",
        "/stream/export/",
    ):
        page.goto(f"{live_server.url}{path}")
        page.wait_for_load_state("networkidle")
        assert testing.barriers(page) == [], path
        assert testing.sticks_out(page) == 0, path
    assert complaints == []
