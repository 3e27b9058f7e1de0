"""Brands in a real browser."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from grapevine.core import clock
from grapevine.listen import testing as listen
from grapevine.listen.tests.test_topics import LATE, say
from grapevine.ui import testing

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.mark.parametrize("address", ["", "loud/", "loud/edit/", "loud/talk/"])
def test_a_name_without_a_blank_fits_a_phone(page: Page, live_server: Any, address: str) -> None:
    listen.make_watch(brand=listen.make_brand(name="W" * 80, slug="loud", ours=True))
    listen.make_watch(brand=listen.make_brand(name="M" * 80, slug="louder"))
    page.set_viewport_size({"width": 390, "height": 844})
    testing.enter(page, live_server.url, role="lead")
    page.goto(f"{live_server.url}/brands/{address}")
    assert testing.sticks_out(page) == 0


def test_too_long_a_name_is_told_and_not_cut(page: Page, live_server: Any) -> None:
    testing.enter(page, live_server.url, role="lead")
    page.goto(f"{live_server.url}/brands/new/")
    name = page.get_by_label("Name", exact=True)
    name.fill("W" * 400)
    page.get_by_role("main").get_by_role("button").last.click()
    expect(page.get_by_text("at most 80 characters")).to_be_visible()
    assert page.get_by_label("Name", exact=True).input_value() == "W" * 400


def test_topics_have_no_barriers_and_fit_a_phone(page: Page, live_server: Any) -> None:
    listen.make_watch(brand=listen.make_brand(name="Elsinore", slug="elsinore", ours=True), query="elsinore")
    say(clock.now() - timedelta(days=3), *LATE * 6)
    complaints = testing.listen_to(page)
    testing.enter(page, live_server.url, role="reader")
    page.goto(f"{live_server.url}/brands/elsinore/")
    expect(page.locator(".topic").first).to_be_visible()
    assert testing.barriers(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    assert testing.sticks_out(page) == 0
    page.locator(".topic h3 a").first.click()
    expect(page.locator("#stream-rows article").first).to_be_visible()
    assert complaints == []
