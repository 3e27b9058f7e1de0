"""The picture of a network in a real browser."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from grapevine.spread import testing
from grapevine.spread.tests.test_maps import TOWNS
from grapevine.ui import testing as ui

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_the_picture_is_drawn_and_people_are_reached_by_hand_and_by_keyboard(
    page: Any, live_server: Any
) -> None:
    network = testing.make_network(TOWNS)
    complaints = ui.listen_to(page)
    ui.enter(page, live_server.url)
    page.goto(f"{live_server.url}/spread/networks/{network.pk}/")
    page.wait_for_selector("[data-ready]")
    canvas = page.locator("canvas")
    assert page.evaluate(
        "(() => { const c = document.querySelector('canvas');"
        " return new Set(c.getContext('2d').getImageData(0, 0, c.width, c.height).data).size > 20 })()"
    ), "something is drawn"
    assert not page.locator(".map-still").is_visible()
    assert ui.barriers(page) == []  # axe, WCAG 2.2 AA
    assert ui.sticks_out(page) == 0

    # By keyboard: who stands in the middle, around their circle, and out again.
    canvas.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-circle-of]")
    chosen = page.locator("[data-circle-of]").get_attribute("data-circle-of")
    assert f"person={chosen}" in page.url
    page.wait_for_selector("[data-map][data-circle]")
    page.keyboard.press("]")
    page.wait_for_selector(".map-person-link.is-current")
    near = float(canvas.get_attribute("data-scale") or 0)
    page.keyboard.press("+")
    expect(canvas).not_to_have_attribute("data-scale", f"{near:.2f}")
    assert ui.barriers(page) == []
    page.keyboard.press("Escape")
    page.wait_for_selector("[data-circle-of]", state="detached")
    assert "person=" not in page.url

    # By the list and by search; what shows a tie is one step further.
    page.fill("#map-q", "hamlet")
    page.get_by_role("link", name="hamlet", exact=True).click()
    page.wait_for_selector("[data-circle-of='0']")
    page.locator(".map-why").first.click()
    page.get_by_role("heading", name=re.compile("listens to hamlet")).wait_for()
    assert complaints == []


def test_without_scripts_the_picture_stands_and_links_lead_on(browser: Any, live_server: Any) -> None:
    network = testing.make_network(TOWNS)
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    ui.enter(page, live_server.url)
    page.goto(f"{live_server.url}/spread/networks/{network.pk}/")
    assert page.locator(".map-still svg").is_visible()
    page.get_by_role("link", name="Around hamlet").click()
    page.get_by_role("link", name="hamlet", exact=True).click()
    assert page.get_by_role("heading", name="hamlet").is_visible()
    context.close()
