"""Asking politely, and saying in words what was answered."""

import gzip
import random
import socket
import threading
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grapevine.connectors import http, pacing
from grapevine.connectors.base import (
    BadData,
    ConnectorError,
    CredentialError,
    Gone,
    RateLimit,
    RateLimited,
    Unreachable,
)
from grapevine.connectors.tests import servers

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def test_we_say_who_we_are_and_nothing_else(server: servers.Server, client: http.Client) -> None:
    server.pages["/"] = lambda page: page.answer(200, b"", Set_Cookie="a=b")
    client.get(server.url())
    client.get(server.url())
    headers = server.seen[1][2]
    assert headers["User-Agent"].startswith("Grapevine/")
    assert "; mail@example.org" in http.user_agent("mail@example.org")
    assert "Cookie" not in headers
    assert "Referer" not in headers


def test_an_unchanged_page_costs_a_304(server: servers.Server, client: http.Client) -> None:
    def page(page: servers.Handler) -> None:
        known = page.headers.get("If-None-Match") == '"v1"'
        page.answer(304 if known else 200, b"" if known else b"body", ETag='"v1"')

    server.pages["/"] = page
    first = client.get(server.url())
    assert (first.status, first.body) == (200, b"body")
    second = client.get(server.url(), etag=first.header("ETag"), modified="Sun, 01 Mar 2026 12:00:00 GMT")
    assert (second.status, second.body) == (304, b"")
    assert server.seen[1][2]["If-Modified-Since"] == "Sun, 01 Mar 2026 12:00:00 GMT"


def test_compressed_answers_are_read_whole(server: servers.Server, client: http.Client) -> None:
    body = gzip.compress(b"first ") + gzip.compress(b"second")
    server.pages["/"] = lambda page: page.answer(200, body, Content_Encoding="gzip")
    assert client.get(server.url()).body == b"first second"
    server.pages["/broken"] = lambda page: page.answer(200, b"no gzip at all", Content_Encoding="gzip")
    server.pages["/strange"] = lambda page: page.answer(200, b"?", Content_Encoding="br")
    for path in ("/broken", "/strange"):
        with pytest.raises(Unreachable) as caught:
            client.get(server.url(path))
        assert caught.value.code == "no_answer"


@pytest.mark.parametrize(
    ("status", "headers", "kind", "code"),
    [
        (401, {}, CredentialError, "credentials_refused"),
        (403, {}, Unreachable, "refused"),
        (404, {}, Unreachable, "not_found"),
        (410, {}, Gone, "gone"),
        (429, {"Retry_After": "7"}, RateLimited, "rate_limited"),
        (429, {}, RateLimited, "rate_limited"),
        (500, {}, Unreachable, "server_error"),
        (503, {}, Unreachable, "server_error"),
        (503, {"Retry_After": "7"}, RateLimited, "rate_limited"),
    ],
)
def test_a_refusal_becomes_words(
    server: servers.Server, client: http.Client, status: int, headers: dict[str, str], kind: type, code: str
) -> None:
    server.pages["/"] = lambda page: page.answer(status, **headers)
    with pytest.raises(kind) as caught:
        client.get(server.url())
    assert caught.value.code == code
    assert str(caught.value)
    assert "{" not in str(caught.value)
    if "Retry_After" in headers:
        assert caught.value.retry_after == 7
    assert client.get(server.url(), accept=(status,)).status == status


def test_a_post_cut_off_half_way_is_not_called_failed(client: http.Client) -> None:
    """It may have arrived: whoever sends it again must look first."""
    listener = socket.create_server(("127.0.0.1", 0))

    def hang_up() -> None:
        connection, _ = listener.accept()
        connection.recv(65_536)
        connection.close()

    thread = threading.Thread(target=hang_up, daemon=True)
    thread.start()
    with pytest.raises(Unreachable) as caught:
        client.request("POST", f"http://127.0.0.1:{listener.getsockname()[1]}/", json={"a": 1})
    thread.join()
    listener.close()
    assert caught.value.code == "unconfirmed"
    with pytest.raises(Unreachable) as caught:
        client.request("POST", f"http://127.0.0.1:{_free_port()}/", json={"a": 1})
    assert caught.value.code == "no_answer"


def test_what_is_no_json_is_said_so(server: servers.Server, client: http.Client) -> None:
    server.pages["/"] = lambda page: page.answer(200, b"<html>")
    with pytest.raises(BadData, match=r"127\.0\.0\.1 sent"):
        client.get(server.url()).json()


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        (" 1.5 ", 1.5),
        ("-3", 0.0),
        ("Sun, 01 Mar 2026 12:01:00 GMT", 60.0),
        ("Sun, 01 Mar 2026 11:00:00 GMT", 0.0),
        ("Sun, 01 Mar 2026 13:01:00 +0100", 60.0),
        ("99999999", pacing.LONGEST_WAIT),
        ("soon", None),
        ("inf", None),
        ("nan", None),
        ("", None),
        (None, None),
    ],
)
def test_retry_after_is_read_as_seconds_and_as_a_date(value: str | None, seconds: float | None) -> None:
    assert pacing.retry_after(value, now=NOW) == seconds


@given(st.text(max_size=40))
def test_retry_after_never_breaks(value: str) -> None:
    wait = pacing.retry_after(value, now=NOW)
    assert wait is None or 0 <= wait <= pacing.LONGEST_WAIT


@given(st.integers(-5, 10_000), st.integers())
def test_backing_off_stays_between_nothing_and_the_cap(attempt: int, seed: int) -> None:
    wait = pacing.backoff(attempt, rng=random.Random(seed), first=2, cap=600)
    assert 0 <= wait <= min(600, 2 * 2 ** min(max(attempt, 1) - 1, 64))


def test_backing_off_spreads_over_the_whole_range() -> None:
    rng = random.Random(7)
    waits = [pacing.backoff(5, rng=rng, first=1, cap=100) for _ in range(2_000)]
    assert min(waits) < 0.5
    assert max(waits) > 15.5
    assert 7.5 < sum(waits) / len(waits) < 8.5


def test_a_host_is_asked_no_faster_than_its_rate() -> None:
    time = [0.0]
    pacer = pacing.Pacer(clock=lambda: time[0], sleep=lambda s: time.__setitem__(0, time[0] + s))
    limit = RateLimit(3, 30.0)
    starts = []
    for _ in range(6):
        pacer.wait("a.example", limit)
        starts.append(time[0])
    assert starts == [0, 0, 0, 10, 20, 30]
    assert pacer.wait("b.example", limit) == 0
    time[0] += 1_000
    assert pacer.wait("a.example", limit) == 0
    assert pacer.wait("a.example", None) == 0


def test_every_error_has_a_sentence_for_every_code() -> None:
    for kind in ConnectorError.__subclasses__():
        assert kind.code in kind.sentences
        for sentence in kind.sentences.values():
            assert sentence[0].isupper() or sentence[0] in "{“"
            assert sentence.endswith((".", "}"))


def test_retry_after_dates_are_counted_from_now() -> None:
    later = NOW + timedelta(seconds=90)
    assert pacing.retry_after(later.strftime("%a, %d %b %Y %H:%M:%S GMT"), now=NOW) == 90


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])
