"""Spread as people use it, in a real browser, on the demo: its network is drawn, forty people are compared with one hub, advice becomes an audience, and a
forecast is held against how the demo's campaign really spread. The worker's turns are taken by the test itself."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from grapevine.core import clock, jobs
from grapevine.core import testing as core
from grapevine.home.demo import loader
from grapevine.spread.actions import works
from grapevine.spread.models import Cascade, Network, Simulation
from grapevine.ui import testing as ui

pytestmark = [
    pytest.mark.slow,
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("patient"),
]
WAIT = 60_000


def work() -> None:
    """A turn of the worker, for this room alone. What waits for something else is begun again a little later: here at once."""
    while claimed := jobs.claim(1, at=clock.now() + timedelta(minutes=1), kinds=[works.WORK]):
        jobs.run(claimed[0])


def test_from_the_demos_network_to_a_forecast_held_against_what_happened(
    page: Page, live_server: Any, tmp_path: Path
) -> None:
    core.make_user(role="administrator")
    loader.load(at=clock.now())
    work()
    network = Network.objects.get(is_demo=True)
    campaign = Cascade.objects.filter(is_demo=True).order_by("pk")[1]
    assert (network.state, campaign.state) == ("done", "done"), (network.fault, campaign.fault)
    page.set_default_timeout(WAIT)
    complaints = ui.listen_to(page)
    ui.enter(page, live_server.url, role="lead")

    # The network is drawn.
    page.goto(f"{live_server.url}/spread/")
    page.get_by_role("link", name=network.name).first.click()
    expect(page.locator("canvas.map-canvas")).to_be_visible()
    drawn = "canvas => [...canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data].some(one => one)"
    page.wait_for_function(f"() => ({drawn})(document.querySelector('canvas.map-canvas'))")

    # Forty people against one hub, with bands.
    page.get_by_role("link", name="What if?").click()
    page.get_by_label("Name", exact=True).fill("Forty or one hub")
    page.get_by_role("button", name="Work it out").click()
    expect(page.locator("#work-simulation-" + str(Simulation.objects.latest("pk").pk))).to_be_visible()
    work()
    page.reload()
    expect(page.get_by_role("heading", name="As advised (40)", exact=True)).to_be_visible()
    expect(page.get_by_role("heading", name="Those with most listeners (1)", exact=True)).to_be_visible()
    expect(page.get_by_text("“As advised (40)” goes furthest")).to_be_visible()
    expect(page.get_by_text("In 95 of 100 runs between").first).to_be_visible()
    expect(page.locator(".chart-picture svg:visible")).to_have_count(3)
    assert ui.barriers(page) == []
    simulation = page.url

    # Advice becomes an audience, and goes out as a file.
    page.goto(f"{live_server.url}/spread/audiences/new/")
    page.get_by_label("Name", exact=True).fill("Regulars")
    page.get_by_label("How many people at most?").fill("12")
    page.get_by_role("button", name="Work it out").click()
    work()
    page.reload()
    expect(page.get_by_text("to those reached without them").first).to_be_visible()
    page.get_by_label("Keep it as").fill("Regulars of spring")
    page.get_by_role("button", name="Keep", exact=True).click()
    expect(page.get_by_role("heading", name="Regulars of spring")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download as CSV").click()
    download.value.save_as(tmp_path / "audience.csv")
    rows = list(csv.reader(io.StringIO((tmp_path / "audience.csv").read_text("utf-8-sig"))))
    assert rows[0][:2] == ["Place", "Handle"]
    assert len(rows) == 13

    # A forecast is kept, and held against the demo's campaign.
    page.goto(simulation)
    page.get_by_role("link", name="Keep as a forecast").first.click()
    begins = campaign.begins_at
    assert begins is not None
    page.get_by_label("It begins on").fill(begins.date().isoformat())
    page.get_by_label("Brand").select_option(index=1)
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_text("Not held against what happened yet.")).to_be_visible()
    page.get_by_label("Something that was read already").select_option(label=campaign.name)
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_text("people joined").first).to_be_visible()
    expect(page.get_by_text("Really joined").first).to_be_visible()
    expect(page.get_by_text("Hindsight, not foresight")).to_be_visible()
    assert ui.barriers(page) == []
    assert complaints == []
