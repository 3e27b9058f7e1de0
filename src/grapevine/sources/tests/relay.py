"""A platform's door in the tests' process: passes requests on, and does mischief once it has been accepted what was sent."""

from __future__ import annotations

import http.client
import threading
from base64 import b64decode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import msgspec

from grapevine.connectors.http import Answer, Request
from grapevine.connectors.wordpress.testing import BLOG, FakeSite

Passed = tuple[int, dict[str, str], bytes]
Backend = Callable[[str, str, dict[str, str], bytes], Passed]


class Relay:
    """Listens on a free port of loopback. A reply that carries the word `500`, `nothing` or `kill` in parentheses is accepted and then, the
    first time, answered with an error, not answered at all, or `victim` is called and it isn't answered."""

    def __init__(self, backend: Backend, *, of: str) -> None:
        self.victim: Callable[[], None] = lambda: None
        self._done: set[str] = set()
        self._lock = threading.Lock()
        relay = self

        class Door(BaseHTTPRequestHandler):
            def _pass(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                status, headers, answer = backend(self.command, self.path, dict(self.headers), body)
                mischief = relay._mischief(body) if self.command == "POST" and status < 300 else ""
                if mischief == "500":
                    status, headers, answer = 500, {}, b"Internal error"
                elif mischief:
                    if mischief == "kill":
                        relay.victim()
                    self.close_connection = True
                    return
                here = relay.url
                self.send_response(status)
                for name in ("link", "content-type"):
                    if name in headers:
                        self.send_header(name, headers[name].replace(of, here))
                answer = answer.replace(of.encode(), here.encode())
                answer = answer.replace(of.replace("/", "\\/").encode(), here.replace("/", "\\/").encode())
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            do_GET = do_POST = do_DELETE = _pass

            def log_message(self, *_: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def _mischief(self, body: bytes) -> str:
        with self._lock:
            for one in ("500", "nothing", "kill"):
                if f"({one})".encode() in body and one not in self._done:
                    self._done.add(one)
                    return one
        return ""

    @contextmanager
    def open(self) -> Iterator[Relay]:
        """Serve while the block runs."""
        thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield self
        finally:
            self._server.shutdown()
            self._server.server_close()
            thread.join()


def to_fake(site: FakeSite) -> Backend:
    """Answers of a WordPress in memory."""
    lock = threading.Lock()

    def ask(method: str, path: str, headers: dict[str, str], body: bytes) -> Passed:
        parts = urlsplit(path)
        token = headers.get("Authorization", "").removeprefix("Basic ")
        user, _, password = b64decode(token).decode().partition(":")
        params = {name: int(value) if value.isdecimal() else value for name, value in parse_qsl(parts.query)}
        request = Request(
            method,
            BLOG + parts.path,
            params=params,
            json=msgspec.json.decode(body) if body else None,
            auth=(user, password) if token else None,
        )
        with lock:
            answer: Answer = site.exchange(request)
        return answer.status, dict(answer.headers), answer.body

    return ask


def to_real(address: str) -> Backend:
    """Answers of a real server at `address`."""
    host = urlsplit(address).netloc

    def ask(method: str, path: str, headers: dict[str, str], body: bytes) -> Passed:
        kept = {name: headers[name] for name in ("Authorization", "Content-Type") if name in headers}
        asked = http.client.HTTPConnection(host, timeout=30)
        try:
            asked.request(method, path, body or None, kept | {"Host": host})
            answer = asked.getresponse()
            found = {name.lower(): value for name, value in answer.getheaders()}
            return answer.status, found, answer.read()
        finally:
            asked.close()

    return ask
