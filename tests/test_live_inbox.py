"""A new message is on an open screen within a second: a real browser, the real event stream, both databases."""

from __future__ import annotations

import dataclasses
import statistics
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from grapevine.config import live_testing
from grapevine.converse import testing
from grapevine.core import clock
from grapevine.core import testing as core
from grapevine.people import testing as people
from grapevine.sources import testing as sources
from grapevine.ui import testing as ui

pytestmark = [pytest.mark.both, pytest.mark.browser, pytest.mark.slow]
TIMES = 7
WATCH = """(selector) => {
  window.shown = {};
  const look = () => {
    for (const one of document.querySelectorAll(selector)) {
      const found = /Word (\\d+)/.exec(one.textContent);
      if (found && !(found[1] in window.shown)) window.shown[found[1]] = Date.now();
    }
  };
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
}"""


@pytest.fixture
def stream(live_server: Any, settings: Any) -> Iterator[None]:
    pages_port = urlsplit(live_server.url).port or 0
    with sources.platform(), live_testing.running(pages_port=pages_port) as server:
        settings.GRAPEVINE = dataclasses.replace(settings.GRAPEVINE, live_port=server.port)
        yield


@pytest.mark.usefixtures("stream")
def test_a_new_message_is_on_an_open_screen_within_a_second(
    page: Page, live_server: Any, record_property: Any
) -> None:
    source = sources.make_sending_source()
    user = core.make_user()
    at = clock.now()
    thread = testing.make_thread(
        text="", subject="", source=source, assignee=user, identity=people.make_identity(handle="ophelia"),
        external_id="first", due_at=at, last_at=at, last_from_them_at=at,
    )  # fmt: skip
    testing.make_message(thread, "My lute is broken", at=at, external_id="first")
    complaints = ui.listen_to(page)
    ui.enter(page, live_server.url, user=user)
    page.goto(f"{live_server.url}/inbox/{thread.pk}/")
    expect(page.locator("[data-live-state]")).to_have_attribute("data-state", "on")
    page.fill("#answer-text", "Half of an answer")
    page.evaluate(WATCH, "#thread-said .said-text")
    waited = []
    for number in range(TIMES):
        told = sources.heard(
            f"Word {number}", external_id=f"more-{number}", parent_id="first", thread_id="first", kind="comment", at=clock.now(),
        )  # fmt: skip
        sources.store(source, told, at=clock.now())
        stored = time.time()
        page.wait_for_function(f"() => window.shown[{number}]")
        waited.append(page.evaluate(f"() => window.shown[{number}]") / 1000 - stored)
    record_property("seconds", [round(one, 3) for one in waited])
    print("seconds until a message was on the screen:", [round(one, 3) for one in waited])
    # On a machine that is busy with other tests some take longer; that it can be had in less says that nothing waits on purpose.
    assert min(waited) < 1
    assert statistics.median(waited) < 3
    # Who was writing, writes on.
    expect(page.locator("#answer-text")).to_have_value("Half of an answer")
    expect(page.locator("#answer-text")).to_be_focused()
    expect(page.locator(".thread-excerpt")).to_contain_text(f"Word {TIMES - 1}")
    assert complaints == []
