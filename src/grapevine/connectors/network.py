"""The bottom of `http`: a network backend that checks addresses and deadlines, and a transport on top of
it."""

from __future__ import annotations

import contextlib
import ipaddress
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import httpcore
import httpx

from grapevine.connectors.addresses import Address, AllowList
from grapevine.connectors.base import Unreachable

Resolver = Callable[[str, int], list[Address]]


def resolve(host: str, port: int) -> list[Address]:
    """All addresses of a host, in the system's order of preference. Raises `OSError`."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(ipaddress.ip_address(str(entry[4][0])) for entry in found))


class CheckedBackend(httpcore.NetworkBackend):
    """Connects to addresses that the allow-list lets through, and to nothing else.

    What was resolved and checked is what is connected to: the name is not looked up a second time. The
    deadline of the running request (per thread) bounds every single wait on the wire, so that a server
    sending one byte at a time cannot hold us longer.
    """

    def __init__(
        self, *, allow: AllowList, resolve: Resolver, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._allow = allow
        self._resolve = resolve
        self._clock = clock
        self._inner = httpcore.SyncBackend()
        self._local = threading.local()

    @contextlib.contextmanager
    def deadline(self, at: float) -> Iterator[None]:
        """Let nothing on this thread wait beyond `at` (by the clock given)."""
        self._local.at = at
        try:
            yield
        finally:
            self._local.at = None

    def left(self, timeout: float | None) -> float:
        """How long one wait may take: `timeout`, or what is left until the deadline. Raises `ReadTimeout`."""
        at: float | None = getattr(self._local, "at", None)
        if at is None:
            return 30.0 if timeout is None else timeout
        rest = at - self._clock()
        if rest <= 0:
            raise httpcore.ReadTimeout("deadline")
        return rest if timeout is None else min(timeout, rest)

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Resolve, check, connect. Raises `Unreachable` when no address may be used."""
        allowed = self.checked(host, port, timeout)
        failure: Exception | None = None
        for address in allowed:
            try:
                stream = self._inner.connect_tcp(
                    str(address), port, self.left(timeout), local_address, socket_options=socket_options
                )
                return _Stream(stream, self)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure or httpcore.ConnectError("no address")

    def checked(self, host: str, port: int, timeout: float | None) -> list[Address]:
        """The addresses of a host that may be connected to. Raises `Unreachable` when there is none."""
        addresses = self._lookup(host, port, self.left(timeout))
        allowed = [one for one in addresses if self._allow.lets(one, host=host, port=port)]
        if not allowed:
            raise Unreachable("address_refused", host=host, address=str(addresses[0]))
        return allowed

    def _lookup(self, host: str, port: int, timeout: float) -> list[Address]:
        """Look the host up in a thread of its own: the system's resolver knows no time-out."""
        found: list[list[Address] | OSError | UnicodeError] = []

        def look() -> None:
            try:
                found.append(self._resolve(host, port))
            except (OSError, UnicodeError) as error:
                found.append(error)

        thread = threading.Thread(target=look, name="resolve", daemon=True)
        thread.start()
        thread.join(timeout)
        if not found:
            raise httpcore.ConnectTimeout("name lookup")
        if isinstance(found[0], list) and found[0]:
            return found[0]
        raise Unreachable("unknown_host", host=host)

    def sleep(self, seconds: float) -> None:
        """Asked for by httpcore between its own retries, of which we use none."""
        time.sleep(seconds)


def line(addresses: list[Address], *, host: str, port: int, timeout: float) -> socket.socket:
    """A plain connection to the first of the (checked) addresses that answers. Raises `Unreachable`."""
    failure: OSError = OSError("no address")
    for address in addresses:
        try:
            return socket.create_connection((str(address), port), timeout)
        except OSError as error:
            failure = error
    if isinstance(failure, TimeoutError):
        raise Unreachable("timed_out", host=host, seconds=round(timeout, 1))
    raise Unreachable("no_answer", host=host, detail=str(failure)[:200] or type(failure).__name__)


class _Stream(httpcore.NetworkStream):
    """A connection whose every wait is bounded by the deadline of the request in hand."""

    def __init__(self, inner: httpcore.NetworkStream, backend: CheckedBackend) -> None:
        self._inner = inner
        self._backend = backend

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._backend.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._backend.left(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Stream(
            self._inner.start_tls(ssl_context, server_hostname, self._backend.left(timeout)), self._backend
        )

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class _Body(httpx.SyncByteStream):
    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def __iter__(self) -> Iterator[bytes]:
        yield from self._stream

    def close(self) -> None:
        self._stream.close()


class Transport(httpx.BaseTransport):
    """httpx on an httpcore pool with our backend. No proxies, HTTP/1.1."""

    def __init__(self, backend: CheckedBackend, *, context: ssl.SSLContext) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=context, network_backend=backend, max_connections=20, keepalive_expiry=15.0
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """One exchange; errors are httpcore's."""
        assert isinstance(request.stream, httpx.SyncByteStream)
        response = self._pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(
                    scheme=request.url.raw_scheme,
                    host=request.url.raw_host,
                    port=request.url.port,
                    target=request.url.raw_path,
                ),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        return httpx.Response(
            status_code=response.status,
            headers=response.headers,
            stream=_Body(response.stream),
            extensions=response.extensions,
        )

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()


def unreachable(error: Exception, *, host: str, seconds: float) -> Unreachable:
    """Say in our words what httpcore ran into."""
    if isinstance(error, httpcore.TimeoutException):
        return Unreachable("timed_out", host=host, seconds=round(seconds, 1))
    if isinstance(error.__context__, ssl.SSLCertVerificationError):
        return Unreachable("bad_certificate", host=host, detail=error.__context__.verify_message)
    return Unreachable("no_answer", host=host, detail=str(error)[:200] or type(error).__name__)


def inflated(parts: Iterator[bytes], encoding: str, step: int) -> Iterator[bytes]:
    """Undo gzip or deflate, holding at most `step` bytes (1 MiB) of the result at a time.

    Raises `zlib.error` for broken data and for codings we did not ask for.
    """
    encoding = encoding.strip().lower()
    if encoding in ("", "identity"):
        yield from parts
        return
    if encoding not in ("gzip", "x-gzip", "deflate"):
        raise zlib.error(f"content coding {encoding}")
    step = min(step, 1 << 20) + 1
    unzip: Any = None
    for part in filter(None, parts):
        if unzip is None:
            # "deflate" is zlib-wrapped by the book and bare in the wild: a zlib header has 8 in its low
            # nibble
            bare = encoding == "deflate" and part[0] & 0x0F != 8
            unzip = zlib.decompressobj(-15 if bare else 47)
        rest = part
        while rest:
            yield unzip.decompress(rest, step)
            rest = unzip.unconsumed_tail
            if unzip.eof and (rest := unzip.unused_data):
                if encoding == "deflate":
                    return
                unzip = zlib.decompressobj(47)
    if unzip is not None:
        yield unzip.flush()
