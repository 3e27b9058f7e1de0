"""Nobody gets into our network by typing an address."""

import contextlib
import gzip
import ipaddress
import shutil
import ssl
import subprocess
import time
import tracemalloc
import zlib

import pytest

from grapevine.connectors import addresses, http
from grapevine.connectors.base import Unreachable
from grapevine.connectors.tests import servers
from grapevine.connectors.tests.conftest import LOOPBACK


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "2130706433", "0x7f.1", "127.1", "localhost", "[::1]", "[::ffff:7f00:1]"]
)
def test_loopback_is_refused_however_it_is_spelt(server: servers.Server, host: str) -> None:
    server.pages["/"] = lambda page: page.answer(200, b"secret")
    with http.Client() as client, pytest.raises(Unreachable) as caught:
        client.get(server.url(host=host))
    assert caught.value.code in ("address_refused", "unknown_host")
    assert server.seen == []


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("ftp://example.org/", "url_scheme"),
        ("file:///etc/passwd", "url_scheme"),
        ("gopher://example.org/", "url_scheme"),
        ("javascript:alert(1)", "url_scheme"),
        ("//example.org/", "url_scheme"),
        ("", "url_scheme"),
        ("http://user:pw@example.org/", "url_userinfo"),
        ("https://public.example@127.0.0.1/", "url_userinfo"),
        ("http:///path", "url_broken"),
        ("http://[::1", "url_broken"),
        ("http://exa mple.org/", "url_broken"),
        ("http://a:99999999/", "url_broken"),
    ],
)
def test_strange_addresses_are_refused_before_anything_is_opened(url: str, code: str) -> None:
    with (
        http.Client(resolve=lambda host, port: pytest.fail("looked up")) as client,
        pytest.raises(Unreachable) as caught,
    ):
        client.get(url)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("target", "code"),
    [
        ("http://127.0.0.1:1/", "address_refused"),
        ("http://169.254.169.254/latest/meta-data/", "address_refused"),
        ("http://[::ffff:169.254.169.254]/", "address_refused"),
        ("file:///etc/passwd", "url_scheme"),
        ("http://u:p@example.org/", "url_userinfo"),
    ],
)
def test_a_redirect_to_the_inside_is_refused(server: servers.Server, target: str, code: str) -> None:
    server.pages["/"] = lambda page: page.answer(302, Location=target)
    allow = addresses.AllowList.parse([f"blog.example:{server.server_port}"])
    lookup = {"blog.example": ["127.0.0.1"]}
    with http.Client(allow=allow, resolve=_resolver(lookup)) as client, pytest.raises(Unreachable) as caught:
        client.get(server.url(host="blog.example"))
    assert caught.value.code == code
    assert len(server.seen) == 1


def test_a_name_that_changes_its_address_after_the_check_gains_nothing(server: servers.Server) -> None:
    """DNS rebinding: the first answer is allowed, every later one points elsewhere. One look-up, one
    connection."""
    server.pages["/"] = lambda page: page.answer(200, b"here", Connection="close")
    answers = [["127.0.0.1"], ["169.254.169.254"]]
    asked: list[str] = []

    def turncoat(host: str, port: int) -> list[addresses.Address]:
        asked.append(host)
        return [ipaddress.ip_address(one) for one in answers[min(len(asked), len(answers)) - 1]]

    with http.Client(allow=LOOPBACK, resolve=turncoat) as client:
        assert client.get(server.url(host="rebind.example")).body == b"here"
        assert asked == ["rebind.example"]
        with pytest.raises(Unreachable) as caught:
            client.get(server.url(host="rebind.example"))
    assert caught.value.code == "address_refused"
    assert caught.value.params["address"] == "169.254.169.254"


def test_a_name_with_one_address_inside_is_reached_only_by_the_others(server: servers.Server) -> None:
    server.pages["/"] = lambda page: page.answer(200, b"here")
    lookup = {"split.example": ["10.255.255.1", "127.0.0.1"]}
    with http.Client(allow=LOOPBACK, resolve=_resolver(lookup)) as client:
        assert client.get(server.url(host="split.example")).status == 200


def test_credentials_do_not_follow_a_redirect_to_another_host(server: servers.Server) -> None:
    with servers.serving() as other:
        server.pages["/"] = lambda page: page.answer(302, Location=other.url("/", host="localhost"))
        server.pages["/same"] = lambda page: page.answer(302, Location="/end")
        server.pages["/end"] = other.pages["/"] = lambda page: page.answer(200, b"end")
        with http.Client(allow=LOOPBACK, resolve=_resolver({}, default="127.0.0.1")) as client:
            client.get(server.url(), auth=("maria", "secret"))
            client.get(server.url("/same"), auth=("maria", "secret"))
        assert "Authorization" in server.seen[0][2]
        assert "Authorization" not in other.seen[0][2]
        assert "Authorization" in server.seen[-1][2]


def test_redirects_are_counted(server: servers.Server, client: http.Client) -> None:
    server.pages["/"] = lambda page: page.answer(302, Location="/")
    with pytest.raises(Unreachable) as caught:
        client.get(server.url())
    assert caught.value.code == "too_many_redirects"
    assert len(server.seen) == 6


def test_a_permanent_move_is_told_and_a_passing_one_is_not(
    server: servers.Server, client: http.Client
) -> None:
    server.pages["/old"] = lambda page: page.answer(301, Location="/new")
    server.pages["/away"] = lambda page: page.answer(302, Location="/new")
    server.pages["/new"] = lambda page: page.answer(200, b"")
    assert client.get(server.url("/old")).moved_to == server.url("/new")
    assert client.get(server.url("/away")).moved_to == ""


@pytest.mark.parametrize("coding", ["gzip", "deflate", "bare"])
def test_a_bomb_is_dropped_when_it_swells(server: servers.Server, client: http.Client, coding: str) -> None:
    zeros = b"\0" * 100_000_000
    bomb = gzip.compress(zeros, 9) if coding == "gzip" else zlib.compress(zeros, 9)
    if coding == "bare":
        bomb = bomb[2:-4]
    del zeros
    encoding = "gzip" if coding == "gzip" else "deflate"
    server.pages["/"] = lambda page: page.answer(200, bomb, Content_Encoding=encoding)
    tracemalloc.start()
    with pytest.raises(Unreachable) as caught:
        client.get(server.url())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert caught.value.code == "too_large"
    assert peak < 3_000_000


def test_an_endless_answer_is_dropped_at_the_cap(server: servers.Server, client: http.Client) -> None:
    def endless(page: servers.Handler) -> None:
        page.send_response(200)
        page.end_headers()
        with contextlib.suppress(OSError):
            while True:
                page.wfile.write(b"x" * 65_536)

    server.pages["/"] = endless
    with pytest.raises(Unreachable) as caught:
        client.get(server.url())
    assert caught.value.code == "too_large"


@pytest.mark.parametrize("where", ["head", "body"])
def test_a_server_that_drips_is_left_when_the_time_is_up(server: servers.Server, where: str) -> None:
    def drip(page: servers.Handler) -> None:
        if where == "body":
            page.send_response(200)
            page.send_header("Content-Length", "1000")
            page.end_headers()
        with contextlib.suppress(OSError):
            for byte in b"HTTP/1.1 200 OK\r\nX-Slow: " + b"z" * 1000:
                page.wfile.write(bytes([byte]))
                page.wfile.flush()
                time.sleep(0.05)

    server.pages["/"] = drip
    started = time.monotonic()
    with (
        http.Client(allow=LOOPBACK, caps=http.Caps(total=0.5)) as client,
        pytest.raises(Unreachable) as caught,
    ):
        client.get(server.url())
    assert caught.value.code == "timed_out"
    assert time.monotonic() - started < 1.5


def test_a_resolver_that_hangs_is_left_when_the_time_is_up() -> None:
    def hang(host: str, port: int) -> list[addresses.Address]:
        time.sleep(3)
        return []

    started = time.monotonic()
    with (
        http.Client(resolve=hang, caps=http.Caps(connect=0.2)) as client,
        pytest.raises(Unreachable) as caught,
    ):
        client.get("http://slow.example/")
    assert caught.value.code == "timed_out"
    assert time.monotonic() - started < 1.5


def test_tls_verifies_the_name_typed_and_not_the_address(tmp_path_factory: pytest.TempPathFactory) -> None:
    if shutil.which("openssl") is None:
        pytest.skip("needs the openssl command to make a certificate")
    folder = tmp_path_factory.mktemp("tls")
    key, cert = folder / "key.pem", folder / "cert.pem"
    subprocess.run(
        [
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-days",
            "2",
            "-subj",
            "/CN=blog.example",
        ]
        + ["-addext", "subjectAltName=DNS:blog.example", "-keyout", str(key), "-out", str(cert)],
        check=True,
        capture_output=True,
    )
    inside = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    inside.load_cert_chain(cert, key)
    trusting = ssl.create_default_context(cafile=str(cert))
    resolver = _resolver({}, default="127.0.0.1")
    with servers.serving(inside) as server:
        server.pages["/"] = lambda page: page.answer(200, b"safe")
        with http.Client(allow=LOOPBACK, resolve=resolver, context=trusting) as client:
            assert client.get(server.url(host="blog.example")).body == b"safe"
            for wrong in ("other.example", "127.0.0.1"):
                with pytest.raises(Unreachable) as caught:
                    client.get(server.url(host=wrong))
                assert caught.value.code == "bad_certificate", wrong
        with http.Client(allow=LOOPBACK, resolve=resolver) as client, pytest.raises(Unreachable) as caught:
            client.get(server.url(host="blog.example"))
        assert caught.value.code == "bad_certificate"


def test_no_proxy_of_the_environment_is_used(server: servers.Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    server.pages["/"] = lambda page: page.answer(200, b"direct")
    with http.Client(allow=LOOPBACK) as client:
        assert client.get(server.url()).body == b"direct"


def _resolver(table: dict[str, list[str]], default: str = "") -> "http.network.Resolver":
    def look(host: str, port: int) -> list[addresses.Address]:
        try:
            return [ipaddress.ip_address(host)]
        except ValueError:
            return [ipaddress.ip_address(one) for one in table.get(host, [default])]

    return look
