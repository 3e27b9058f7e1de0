"""The main job as a person does it, in a real browser, with real processes, a real WordPress and real tweets.

A feed, a WordPress comment and a file of airline tweets arrive, are matched, shown live, searched and exported.
"""

from __future__ import annotations

import csv
import gzip
import io
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from grapevine.cli.tests.test_up import House, house
from grapevine.ui.testing import barriers
from tests.peers import wordpress

__all__ = ["house"]  # a fixture
pytestmark = [
    pytest.mark.both,
    pytest.mark.slow,
    pytest.mark.browser,
    pytest.mark.wordpress,
    pytest.mark.shared,
    pytest.mark.usefixtures("patient"),
]
WAIT = 150_000  # milliseconds a browser waits for what a worker must do first; machines are noisy


@pytest.fixture
def address(house: House) -> Iterator[str]:
    """Grapevine on an empty home, allowed to read this machine's own servers; the address of its set-up page."""
    environment = {**house.environment, "GRAPEVINE_ALLOWED_NETWORKS": "127.0.0.0/8"}
    process = subprocess.Popen(
        [sys.executable, "-m", "grapevine.cli.main", "up"], env=environment, stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        yield next(
            found.group() for line in process.stdout if (found := re.search(r"http://\S+set-up\S+", line))
        )
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=15)
        process.kill()
        if process.stdout is not None:
            process.stdout.close()


@pytest.fixture
def tweets(tmp_path: Path, shared: Path) -> Path:
    """The airline tweets, unpacked."""
    path = tmp_path / "airline.jsonl"
    path.write_bytes(gzip.decompress((shared / "text" / "en_airline_tweets.jsonl.gz").read_bytes()))
    return path


def test_talk_from_a_blog_a_feed_and_a_file_is_heard_shown_live_searched_and_exported(
    page: Page,
    address: str,
    blog: wordpress.WordPress,
    tweets: Path,
    house: House,
) -> None:
    root = house.address
    page.set_default_timeout(WAIT)
    _set_up(page, address)
    _add_brand_and_watch(page, root)

    # A blog with a comment, by its interface; and the same blog's feed, found from its page.
    post_id = blog.publish(
        "Winter timetable", "<p>We fly to Copenhagen again, says <b>VirginAmerica</b>.</p>"
    )
    blog.comment(post_id, "Gertrude", "I would rather fly with VirginAmerica than swim.")
    _add_source(page, root, "wordpress", "Our blog", blog.url)
    _add_source(page, root, "feed", "The blog's feed", blog.url)
    page.goto(f"{root}/stream/")
    expect(page.get_by_text("rather fly with")).to_be_visible()

    # The tweets come in while the stream is open, and are announced without a reload.
    other = page.context.new_page()
    other.set_default_timeout(WAIT)
    _import(other, root, tweets)
    expect(page.locator("#stream-said")).to_contain_text(re.compile(r"\d"))
    expect(other.get_by_text("7,240 read, 7,240 new, 0 known, 0 left out")).to_be_visible()

    # A comment that comes later arrives by itself.
    page.goto(f"{root}/stream/")
    blog.comment(post_id, "Ophelia", "There’s VirginAmerica, that’s for remembrance.")
    other.goto(f"{root}/sources/")
    other.get_by_role("link", name="Our blog").click()
    other.get_by_role("button", name="Read now").click()
    expect(page.locator("#stream-said")).to_contain_text(re.compile(r"\d"))

    # Searched in the watch language, and exported.
    page.goto(f"{root}/stream/?q=" + "flight+NEAR%2F3+cancel*+-refund")
    expect(page.locator("article").first).to_be_visible()
    assert barriers(page) == []
    page.goto(f"{root}/stream/?q=remembrance")
    expect(page.get_by_text("for remembrance").first).to_be_visible()
    rows = _export(page)
    assert len(rows) == 1
    assert "remembrance" in rows[0]["text"]

    # Nothing was lost or doubled on the way: every tweet that names it is there once.
    caught = [line for line in tweets.read_text().splitlines() if re.search(r"(?i)\bvirginamerica\b", line)]
    exported = _command(house, "export", "-", "--format", "csv", "--source", "Airline tweets")
    ids = [row["external_id"] for row in csv.DictReader(io.StringIO(exported.lstrip("\ufeff")))]
    assert len(ids) == len(set(ids))
    assert abs(len(ids) - len(caught)) <= len(caught) * 0.01  # addresses hold the name too, and are no words


def _set_up(page: Page, address: str) -> None:
    page.goto(address)
    given = {
        "organisation": "Elsinore Air",
        "name": "Hamlet",
        "email": "hamlet@elsinore.example",
        "password": "to be or not to be",
    }
    given["again"] = given["password"]
    for name, value in given.items():
        page.locator(f"[name={name}]").fill(value)
    page.get_by_role("button", name="Begin").click()
    expect(page).not_to_have_url(re.compile("set-up"))


def _add_brand_and_watch(page: Page, root: str) -> None:
    page.goto(f"{root}/brands/new/")
    page.locator("[name=name]").fill("Virgin America")
    page.get_by_role("button", name="Add, and write a watch").click()
    page.locator("[name=name]").fill("By name")
    query = page.locator("[name=query]")
    query.fill("virginamerica AND (")
    expect(page.locator("#watch-said")).to_contain_text("bracket")
    query.fill('virginamerica OR "virgin america"')
    expect(page.locator("#watch-said")).not_to_contain_text("bracket")
    page.get_by_role("button", name="Save").click()
    expect(page).to_have_url(re.compile(r"/watches/\d+"))


def _add_source(page: Page, root: str, connector: str, name: str, url: str) -> None:
    page.goto(f"{root}/sources/new/{connector}/")
    page.locator("[name=name]").fill(name)
    page.locator("[name=url], [name=address]").first.fill(url)
    page.get_by_role("button", name="Try it").click()
    expect(page.get_by_text("It works")).to_be_visible()
    page.get_by_role("button", name="Save").click()
    expect(page.locator("h1")).to_contain_text(name)


def _import(page: Page, root: str, path: Path) -> None:
    page.goto(f"{root}/sources/import/")
    page.locator("[name=file]").set_input_files(path)
    page.get_by_role("button", name="Look at the file").click()
    page.locator("[name=name]").fill("Airline tweets")
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page.locator("h1")).to_contain_text("Airline tweets")


def _export(page: Page) -> list[dict[str, str]]:
    page.get_by_role("link", name="Export").first.click()
    page.locator("[name=format][value=csv]").check()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").click()
    text = Path(download.value.path()).read_text("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def _command(house: House, *arguments: str) -> str:
    done: Any = subprocess.run(
        [sys.executable, "-m", "grapevine.cli.main", *arguments],
        env={**os.environ, **house.environment},
        capture_output=True,
        check=True,
    )
    return str(done.stdout.decode())
