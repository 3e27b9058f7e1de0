"""Live updates: a real server process, many open pages."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

import httpx
import pytest
from asgiref.sync import async_to_sync
from django.conf import settings

from grapevine.config import live_testing
from grapevine.config.live_testing import Server
from grapevine.core import guests, live, testing
from grapevine.core.models import LiveEvent

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def server() -> Iterator[Server]:
    with live_testing.running() as running:
        yield running


def cookie(role: str = "reader") -> dict[str, str]:
    return {settings.SESSION_COOKIE_NAME: testing.signed_in(role).cookies[settings.SESSION_COOKIE_NAME].value}


@dataclass
class Page:
    """An open page: what it heard, and when."""

    heard: list[tuple[str, dict[str, object]]] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    ready: asyncio.Event = field(default_factory=asyncio.Event)

    async def listen(
        self, client: httpx.AsyncClient, url: str, cookies: dict[str, str], **headers: str
    ) -> None:
        pairs = "; ".join(f"{name}={value}" for name, value in cookies.items())
        async with client.stream("GET", url, headers={"Cookie": pairs, **headers}) as answer:
            assert answer.status_code == 200
            event = ""
            async for line in answer.aiter_lines():
                if line.startswith(": connected"):
                    self.ready.set()
                elif line.startswith("id: "):
                    self.ids.append(line[4:])
                elif line.startswith("event: "):
                    event = line[7:]
                elif line.startswith("data: "):
                    self.heard.append((event, json.loads(line[6:])))
                    self.times.append(time.monotonic())


@asynccontextmanager
async def opened(url: str, cookies: dict[str, str], count: int) -> AsyncIterator[list[Page]]:
    limits = httpx.Limits(max_connections=None)
    async with httpx.AsyncClient(timeout=30, limits=limits) as client:
        pages = [Page() for _ in range(count)]
        tasks = [asyncio.create_task(page.listen(client, url, cookies)) for page in pages]
        await asyncio.wait_for(asyncio.gather(*(page.ready.wait() for page in pages)), 60)
        yield pages
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def test_two_hundred_open_pages_hear_each_notice_once(server: Server) -> None:
    cookies = cookie()

    async def watch() -> list[Page]:
        async with opened(f"{server.url}?channels=listen.mentions", cookies, 200) as pages:
            begun = time.monotonic()
            for number in range(5):
                await asyncio.to_thread(live.publish, "listen.mentions", count=number)
                await asyncio.to_thread(live.publish, "elsewhere", count=number)
            while any(len(page.heard) < 5 for page in pages) and time.monotonic() - begun < 20:
                await asyncio.sleep(0.02)
            await asyncio.sleep(0.3)  # to see that nothing comes twice
            return pages

    pages = async_to_sync(watch)()
    expected = [("listen.mentions", {"count": number}) for number in range(5)]
    assert all(page.heard == expected for page in pages)


def test_who_comes_back_is_told_what_was_missed(server: Server) -> None:
    cookies = cookie()
    for number in range(3):
        live.publish("listen.mentions", count=number)
    first, *_ = LiveEvent.objects.order_by("id").values_list("id", flat=True)

    async def come_back() -> Page:
        async with httpx.AsyncClient(timeout=30) as client:
            page = Page()
            await asyncio.sleep(0.5)
            listening = page.listen(
                client, f"{server.url}?channels=listen.mentions", cookies, **{"Last-Event-ID": str(first)}
            )
            with suppress(TimeoutError):
                await asyncio.wait_for(listening, 2)
            return page

    page = async_to_sync(come_back)()
    assert [data["count"] for _, data in page.heard] == [1, 2]


def test_who_is_not_signed_in_hears_nothing(server: Server) -> None:
    assert httpx.get(f"{server.url}?channels=a").status_code == 401
    false = {settings.SESSION_COOKIE_NAME: "x" * 32}
    assert httpx.get(f"{server.url}?channels=a", cookies=false).status_code == 401


def test_a_guest_of_the_demo_hears_too_until_somebody_is_made_a_user(server: Server) -> None:
    guests.open_house()
    with httpx.stream("GET", f"{server.url}?channels=a") as answer:
        assert answer.status_code == 200
    testing.make_user()
    assert httpx.get(f"{server.url}?channels=a").status_code == 401


def test_a_request_without_channels_or_for_another_host_is_refused(server: Server) -> None:
    cookies = cookie()
    assert httpx.get(server.url, cookies=cookies).status_code == 400
    strange = httpx.get(f"{server.url}?channels=a", cookies=cookies, headers={"Host": "evil.example"})
    assert strange.status_code == 400


def test_only_our_own_pages_may_read_it_from_another_port(server: Server) -> None:
    cookies = cookie()
    for origin, ours in (
        ("http://127.0.0.1:8123", True),
        ("http://127.0.0.1:9", False),
        ("http://evil.example:8123", False),
    ):
        with httpx.stream(
            "GET", f"{server.url}?channels=a", cookies=cookies, headers={"Origin": origin}
        ) as answer:
            allowed = answer.headers.get("Access-Control-Allow-Origin")
            assert allowed == (origin if ours else None)


def test_it_stops_within_seconds_with_pages_open(server: Server) -> None:
    cookies = cookie()

    async def stop() -> float:
        async with opened(f"{server.url}?channels=a", cookies, 20):
            begun = time.monotonic()
            server.process.terminate()
            await asyncio.to_thread(server.process.wait, 10)
            return time.monotonic() - begun

    assert async_to_sync(stop)() < 8
    assert server.process.returncode in (0, -15)
