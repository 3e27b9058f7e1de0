"""A server gets so much of our time and no more, however it spends it."""

import time

import pytest

from grapevine.connectors import http
from grapevine.connectors.base import RateLimit, Unreachable
from grapevine.connectors.feed import discovery
from grapevine.connectors.tests import servers
from grapevine.connectors.tests.conftest import LOOPBACK


def _slow(location: str) -> servers.Page:
    def page(page: servers.Handler) -> None:
        time.sleep(0.4)
        page.answer(
            302 if location else 200, b"<html>no feed</html>", **({"Location": location} if location else {})
        )

    return page


def test_redirects_share_the_time_of_one_request(server: servers.Server) -> None:
    for step in range(5):
        server.pages[f"/{step}"] = _slow(f"/{step + 1}")
    server.pages["/5"] = _slow("")
    with http.Client(allow=LOOPBACK, caps=http.Caps(total=1.0)) as client:
        started = time.monotonic()
        with pytest.raises(Unreachable) as caught:
            client.get(server.url("/0"))
    assert caught.value.code == "timed_out"
    assert time.monotonic() - started < 1.4


def test_all_tries_for_a_feed_share_the_time_of_one_request(server: servers.Server) -> None:
    server.pages.update({path: _slow("") for path in ("/", *(f"/{name}" for name in discovery._USUAL))})
    with http.Client(allow=LOOPBACK, caps=http.Caps(total=1.0)) as client:
        started = time.monotonic()
        with pytest.raises(Unreachable) as caught:
            discovery.discover(server.url(), client)
        assert caught.value.code == "timed_out"
        assert time.monotonic() - started < 1.4
        assert client.get(server.url()).status == 200, "later requests have their own time"


def test_waiting_for_our_turn_is_not_held_against_the_server(server: servers.Server) -> None:
    server.pages["/"] = lambda page: page.answer(302, Location="/end")
    server.pages["/end"] = lambda page: page.answer(200, b"end")
    with http.Client(allow=LOOPBACK, caps=http.Caps(total=0.5), rate=RateLimit(1, 0.7)) as client:
        assert client.get(server.url()).body == b"end"
        with client.together():
            assert client.get(server.url()).body == b"end"
