"""Fetching addresses that users type, without becoming a hole in the network they are fetched from.

The address is resolved and checked at the moment of connecting and the connection is made to the checked
address, so a name that answers differently the second time (DNS rebinding) gains nothing; TLS still verifies
the name. Each redirect is checked anew. Size (after decompression), time (as a whole) and redirects are
capped.
"""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from http import cookiejar
from typing import Any, Self

import httpcore
import httpx
import msgspec

from grapevine import __version__
from grapevine.connectors import network, pacing, urls
from grapevine.connectors.addresses import AllowList
from grapevine.connectors.base import BadData, CredentialError, Gone, RateLimit, RateLimited, Unreachable

_MOVED = frozenset({301, 302, 303, 307, 308})


def user_agent(contact: str = "") -> str:
    """Who we say we are: the product, its version, and where its operator can be reached if they gave an
    address."""
    return f"Grapevine/{__version__} (self-hosted listening{'; ' + contact if contact else ''})"


@dataclass(frozen=True)
class Caps:
    """How much one exchange may cost. Times in seconds, sizes in bytes after decompression."""

    total: float = 30.0
    connect: float = 10.0
    size: int = 10_000_000
    redirects: int = 5


@dataclass(frozen=True)
class Answer:
    """What a server answered. `url` is where it was found in the end; `moved_to` is set when it moved for
    good."""

    status: int
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    moved_to: str = ""

    @property
    def host(self) -> str:
        """The host that answered, for messages."""
        return httpx.URL(self.url).host

    def header(self, name: str) -> str:
        """A header by its name in any case, or an empty string."""
        return self.headers.get(name.lower(), "")

    def json(self) -> Any:
        """The body as JSON. Raises `BadData`."""
        try:
            return msgspec.json.decode(self.body)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise BadData("not_understood", host=self.host, detail=f"no JSON ({error}).") from None


@dataclass(frozen=True)
class Request:
    """One request as a connector means it. `auth` is user and password for HTTP Basic."""

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    params: Mapping[str, Any] = field(default_factory=dict)
    json: Any = None
    form: Mapping[str, Any] | None = None
    auth: tuple[str, str] | None = None


class Exchange:
    """What connectors call. Subclasses say in `exchange` how a request becomes an answer: over the network
    (`Client`) or from memory (`testing.FakeHttp`)."""

    def get(self, url: str, *, etag: str = "", modified: str = "", **more: Any) -> Answer:
        """GET, conditionally when `etag` or `modified` (as the server gave them) is known. See `request`."""
        headers = dict(more.pop("headers", None) or {})
        if etag:
            headers["If-None-Match"] = etag
        if modified:
            headers["If-Modified-Since"] = modified
        return self.request("GET", url, headers=headers, **more)

    def request(self, method: str, url: str, *, accept: Collection[int] = (), **more: Any) -> Answer:
        """Make one request and return the answer if it is 2xx, 304 or in `accept`; else raise what it means.

        Further arguments are the fields of `Request`. Raises `RateLimited`, `CredentialError`, `Gone` (410)
        and `Unreachable`.
        """
        answer = self.exchange(Request(method, url, **more))
        if 200 <= answer.status < 300 or answer.status == 304 or answer.status in accept:
            return answer
        raise meaning(answer, now=datetime.now(UTC))

    def exchange(self, request: Request) -> Answer:
        """Put the request and return whatever was answered. Raises `Unreachable` when nothing was."""
        raise NotImplementedError

    def connect(self, host: str, port: int) -> socket.socket:
        """A connection to a server that speaks something else than HTTP (mail, for one). Raises `Unreachable`."""
        raise NotImplementedError

    def go_on(self) -> None:
        """Said before every step of such a conversation that counts, and now and then in a long one. Whoever is in charge may refuse it."""

    def trust(self) -> ssl.SSLContext:
        """Whose certificates such a server may show."""
        return ssl.create_default_context()

    def together(self) -> AbstractContextManager[None]:
        """Requests within this block share the time of one: for tries of which any will do."""
        return contextlib.nullcontext()


def meaning(answer: Answer, *, now: datetime) -> Exception:
    """The error that a refusing answer stands for."""
    host, status = answer.host, answer.status
    wait = pacing.retry_after(answer.header("retry-after"), now=now)
    if status == 429 or (status == 503 and wait is not None):
        return RateLimited(60.0 if wait is None else wait, host=host)
    if status == 401:
        return CredentialError("credentials_refused", host=host)
    if status == 410:
        return Gone("gone", url=answer.url)
    if status == 404:
        return Unreachable("not_found", url=answer.url)
    if status >= 500:
        return Unreachable("server_error", host=host, status=status)
    return Unreachable("refused", host=host, status=status)


@cache
def _authorities(_speaking: str) -> ssl.SSLContext:
    """The usual authorities, read once a process: it takes longer than most requests. One for each protocol, since it names it."""
    return httpx.create_ssl_context(trust_env=False)


class Client(Exchange):
    """The real thing. Thread-safe; keeps connections open, so make one per process or per job and `close`
    it."""

    def __init__(
        self,
        *,
        allow: AllowList | None = None,
        caps: Caps | None = None,
        rate: RateLimit | None = None,
        pacer: pacing.Pacer | None = None,
        contact: str = "",
        resolve: network.Resolver = network.resolve,
        context: ssl.SSLContext | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.caps = caps or Caps()
        self.rate = rate
        self._clock = clock
        self._context = context
        self._shared = threading.local()  # until when the requests of a block may take
        self._pacer = pacer or pacing.Pacer()
        self._backend = network.CheckedBackend(allow=allow or AllowList(), resolve=resolve, clock=clock)
        self._http = httpx.Client(
            transport=network.Transport(self._backend, context=context or _authorities("HTTP")),
            trust_env=False,
            follow_redirects=False,
            cookies=cookiejar.CookieJar(cookiejar.DefaultCookiePolicy(allowed_domains=[])),  # we keep none
            headers={"User-Agent": user_agent(contact), "Accept-Encoding": "gzip, deflate"},
            timeout=httpx.Timeout(self.caps.total, connect=self.caps.connect),
        )

    def close(self) -> None:
        """Close the connections kept open."""
        self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def connect(self, host: str, port: int) -> socket.socket:
        """Connect to a checked address of the host, paced like a request. Every wait on it is bounded by the time of one exchange."""
        self._pacer.wait(host, self.rate)
        addresses = self._backend.checked(host, port, self.caps.connect)
        opened = network.line(addresses, host=host, port=port, timeout=self.caps.connect)
        opened.settimeout(self.caps.total)
        return opened

    def trust(self) -> ssl.SSLContext:
        """As given, else the usual authorities. A context of its own: that of HTTP offers servers nothing but HTTP (ALPN)."""
        return self._context or _authorities("anything")

    @contextlib.contextmanager
    def together(self) -> Iterator[None]:
        """Let the requests of this block (and thread) take no longer than a single one may."""
        outer: float | None = getattr(self._shared, "ends", None)
        self._shared.ends = self._clock() + self.caps.total if outer is None else outer
        try:
            yield
        finally:
            self._shared.ends = outer

    def exchange(self, request: Request) -> Answer:
        """Put the request, following the redirects of a GET, each checked like the first, all within the time of one.

        Waiting for our turn, as the rate asks, does not count: it is not the server's doing.
        """
        here = urls.checked(request.url)
        if request.params:
            here = here.copy_merge_params(dict(request.params))
        moved_to, for_good, auth = "", True, request.auth
        shared: float | None = getattr(self._shared, "ends", None)
        ends = self._clock() + self.caps.total if shared is None else shared
        for _ in range(self.caps.redirects + 1):
            ends += self._pacer.wait(here.host, self.rate)
            if shared is not None:
                self._shared.ends = ends
            with self._backend.deadline(ends):
                answer = self._once(request, here, auth)
            location = answer.header("location")
            if answer.status not in _MOVED or not location or request.method not in ("GET", "HEAD"):
                return Answer(answer.status, answer.url, answer.headers, answer.body, moved_to)
            there = urls.joined(here, location)
            if auth and not urls.same_origin(here, there):
                auth = None
            for_good = for_good and answer.status in (301, 308)
            moved_to = str(there) if for_good else moved_to
            here = there
        raise Unreachable("too_many_redirects", host=here.host, limit=self.caps.redirects)

    def _once(self, request: Request, url: httpx.URL, auth: tuple[str, str] | None) -> Answer:
        built = self._http.build_request(
            request.method, url, headers=dict(request.headers), json=request.json, data=request.form
        )
        try:
            response = self._http.send(built, stream=True, auth=auth)
            try:
                body = self._body(response)
            finally:
                response.close()
        except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
            raise network.unreachable(error, host=url.host, seconds=self.caps.connect) from None
        except (
            httpcore.TimeoutException,
            httpcore.NetworkError,
            httpcore.ProtocolError,
            zlib.error,
        ) as error:
            if request.method not in ("GET", "HEAD"):
                raise Unreachable("unconfirmed", host=url.host, detail=type(error).__name__) from None
            raise network.unreachable(error, host=url.host, seconds=self.caps.total) from None
        kept = {name.lower(): value for name, value in response.headers.items()}
        return Answer(response.status_code, str(url), kept, body)

    def _body(self, response: httpx.Response) -> bytes:
        parts: list[bytes] = []
        left = self.caps.size
        for part in network.inflated(
            response.iter_raw(), response.headers.get("content-encoding", ""), self.caps.size
        ):
            left -= len(part)
            if left < 0:
                raise Unreachable("too_large", host=response.url.host, limit=self.caps.size)
            parts.append(part)
        return b"".join(parts)
