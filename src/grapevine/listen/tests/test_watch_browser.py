"""Writing a watch in a real browser; and that the pages of brands and watches have no barriers."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from grapevine.core import clock, jobs
from grapevine.listen import testing as listen
from grapevine.listen import warmth
from grapevine.listen.models import Mention, Watch
from grapevine.sources import testing as sources
from grapevine.ui import testing

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
WAIT = 20_000


@pytest.fixture
def elsinore(page: Page, live_server: Any) -> Page:
    """A lead's browser, a brand with a watch, and some talk."""
    warmth.warm()
    page.set_default_timeout(WAIT)
    testing.enter(page, live_server.url, role="lead")
    brand = listen.make_brand(name="Elsinore", slug="elsinore", ours=True)
    listen.make_watch(brand=brand, name="By name", query="elsinore")
    now = clock.now()
    source = sources.make_source()
    texts = [
        "Elsinore coffee is wonderful today",
        "Coffee of Elsinore, but with tea beside it",
        "The strike at Elsinore goes on",
        "Nothing of the kind",
    ]
    sources.store(
        source,
        *(sources.heard(t, at=now - timedelta(hours=n + 1), author=f"a{n}") for n, t in enumerate(texts)),
    )
    return page


@pytest.mark.both
def test_a_watch_is_written_with_help_tried_saved_and_matched(elsinore: Page, live_server: Any) -> None:
    page, complaints = elsinore, testing.listen_to(elsinore)
    page.goto(f"{live_server.url}/watches/new/?brand=elsinore")
    said = page.locator("#watch-said")
    query = page.get_by_role("textbox", name="Query", exact=True)

    query.press_sequentially("coffee AND (tea OR", delay=5)
    expect(said).to_contain_text("Character 17: OR needs something after it.", timeout=WAIT)
    expect(query).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#watch-preview .q-error")).to_have_text("OR")
    said.get_by_role("button", name="Go there").click()
    assert page.evaluate("document.getElementById('id_query').selectionStart") == 16

    query.fill("coffee elsinore -tea")
    expect(said).to_contain_text("The query is right", timeout=WAIT)
    expect(query).not_to_have_attribute("aria-invalid", "true")
    preview = page.locator("#watch-preview")
    expect(preview).to_contain_text("does not contain “tea”")
    expect(
        preview.locator("mark").filter(has_text=re.compile("^coffee$", re.IGNORECASE)).first
    ).to_be_visible()
    expect(preview.locator(".missed").filter(has_text="-tea")).to_contain_text("but with tea beside it")
    assert testing.barriers(page) == []

    page.get_by_label("Name").fill("Coffee without tea")
    query.press("Control+Enter")
    page.wait_for_url(re.compile(r"/watches/\d+/$"))
    expect(page.locator("progress")).to_be_visible()
    expect(page.get_by_role("region", name="Notices")).to_contain_text("listens from now on")

    jobs.run_due(at=clock.now())
    expect(page.locator("#watch-progress")).to_contain_text("4 posts were looked at", timeout=WAIT)
    expect(page.locator("#watch-figures")).to_contain_text("1")
    watch = Watch.objects.get(name="Coffee without tea")
    assert Mention.objects.filter(watch=watch).count() == 1
    assert testing.barriers(page) == []
    assert complaints == []


def test_matching_history_can_be_stopped_on_the_page(elsinore: Page, live_server: Any) -> None:
    page = elsinore
    page.goto(f"{live_server.url}/watches/new/?brand=elsinore&query=strike")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Stop").click()
    expect(page.locator("#watch-progress")).to_contain_text("was stopped")
    page.get_by_role("button", name="Match history again").first.click()
    expect(page.locator("progress")).to_be_visible()


def test_an_example_fills_the_query_and_can_be_taken_back(elsinore: Page, live_server: Any) -> None:
    page = elsinore
    page.goto(f"{live_server.url}/watches/new/?brand=elsinore&query=elsinore")
    query = page.get_by_role("textbox", name="Query", exact=True)
    page.get_by_role("link", name="Questions about a brand").click()
    expect(query).to_have_value("nordrost has:question")
    query.press("Control+z")
    expect(query).to_have_value("elsinore")


def test_without_javascript_the_editor_tries_and_saves_too(
    elsinore: Page, live_server: Any, browser: Any
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    testing.enter(page, live_server.url, role="lead")
    page.goto(f"{live_server.url}/watches/new/?brand=elsinore")
    page.locator("#id_query").fill("coffee AND")
    page.get_by_role("button", name="Try it").click()
    expect(page.locator("#watch-said")).to_contain_text("Character 8")
    page.locator("#id_query").fill("coffee")
    page.get_by_role("button", name="Try it").click()
    expect(page.locator("#watch-preview mark").first).to_be_visible()
    page.get_by_role("button", name="Save").click()
    expect(page.locator("h1")).to_have_text("coffee")
    context.close()


def test_a_brands_page_fetches_its_talk_and_leads_into_the_stream(elsinore: Page, live_server: Any) -> None:
    page, complaints = elsinore, testing.listen_to(elsinore)
    page.goto(f"{live_server.url}/brands/elsinore/")
    expect(page.locator("#brand-talk")).to_contain_text("Latest mentions")
    page.get_by_role("link", name="90 days").click()
    page.wait_for_url(re.compile("period=90"))
    expect(page.locator("#brand-talk")).to_contain_text("Busiest authors")
    with page.expect_download() as download:
        page.locator("details:has(a[download]) > summary").first.click()
        page.locator("a[download]").first.click()
    assert download.value.suggested_filename == "elsinore-volume.csv"
    page.get_by_role("link", name="In the stream", exact=True).click()
    page.wait_for_url(re.compile("/stream/.*brand=elsinore.*period=90"))
    assert complaints == []


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
def test_the_pages_of_brands_and_watches_have_no_barriers(
    elsinore: Page, live_server: Any, scheme: Any, width: int
) -> None:
    page, complaints = elsinore, testing.listen_to(elsinore)
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 900})
    watch = Watch.objects.get().pk
    for path in (
        "/", "/brands/", "/brands/elsinore/", "/brands/elsinore/edit/", "/watches/", f"/watches/{watch}/",
        "/watches/new/?query=elsinore%20NEAR/20%20coffee", "/watches/new/?query=(",
    ):  # fmt: skip
        page.goto(f"{live_server.url}{path}")
        page.wait_for_load_state("networkidle")
        assert testing.barriers(page) == [], path
        assert testing.sticks_out(page) == 0, path
    assert complaints == []


def test_what_is_typed_while_the_page_still_loads_is_looked_for_too(elsinore: Page, live_server: Any) -> None:
    page, held = elsinore, list[Route]()
    # Playwright marks what it is given, and a bare method of a list cannot be marked.
    page.route(re.compile(r"htmx[^/]*\.js"), lambda route: held.append(route))  # noqa: PLW0108
    page.goto(f"{live_server.url}/watches/new/?brand=elsinore", wait_until="commit")
    page.get_by_role("textbox", name="Query", exact=True).fill("coffee AND (")
    assert held
    for route in held:
        route.continue_()
    expect(page.locator("#watch-said")).to_contain_text("bracket", timeout=WAIT)
